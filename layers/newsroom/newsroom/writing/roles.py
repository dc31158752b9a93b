"""What a sentence of a source can do in a digest: say what follows, how much it is, or what comes next.

Every rule here prefers nothing to the wrong thing: a sentence that denies, defends, guesses or leans on the one before
it fills no role, and a page without the module says why.
"""

import re
from collections.abc import Collection

from newsroom.writing.figures import figures
from newsroom.writing.topic import terms

_OUTCOME = (
    r"(?:mean|save|hurt|help|force|ease|squeeze|boost|weigh|threaten|narrow|widen|slow|lose|see|fall|drop|shrink"
    r"|double|halve|triple|deepen|weaken|strengthen|suffer|benefit|gain|derail|complicate|prevent|deprive|spare|become\s+(?:harder"
    r"|easier|dearer|cheaper)|pay\s+[^;]{1,25}\b(?:more|less))"
)
"""What happens to somebody; with "will", an act ("will cut output") is the news itself, not what follows from it."""
_CHANGE = (
    rf"(?:{_OUTCOME}|leave|cost|rise|raise|lower|cut|reduce|add|push|make|allow|delay|lift|increase|speed|remove|give|trigger|prompt|free|expose"
    r"|limit|bring|send|create|end|erase|wipe|mark|put|lead|result|affect|cripple|dampen|restrict)"
)
_EFFECT = re.compile(
    rf"""\b(?:which\s+(?:means|would\s+mean|will\s+mean)|(?:,|\s-)\s?meaning\s|means\s+(?:that\s+)?(?:the|a|it|they|more|less|fewer|about)
    |so\s+that\s+(?:the|a|\w+s)\b
    |(?<!he\s)(?<!she\s)(?<!they\s)(?<!\sit\s)(?<!we\s)(?<!you\s)(?<!i\s)(?:(?:would|could|may|might)\s+(?:\w+ly\s+|also\s+|then\s+|still
        \s+|soon\s+)?{_CHANGE}\b|will\s+(?:\w+ly\s+|also\s+|then\s+|still\s+|soon\s+)?{_OUTCOME}\b)
    |(?:is|are)\s+(?:likely|bound|expected|set)\s+to\s+{_OUTCOME}\b|looks?\s+set\s+to\s+{_OUTCOME}\b
    |expects?\s+(?:the|a|this)\s(?:\w+\s){{1,5}}to\s+{_CHANGE}\b
    |(?:threatens|weighs\s+on|weighed\s+on|puts?\s+pressure\s+on|adds\s+to|adds\s+(?:about|between|some|close)|deepens
      |(?<!to\s)clears?\s+the\s+way|(?<!to\s)opens?\s+the\s+(?:door|way)|(?<!to\s)paves?\s+the\s+way|strengthens\s+the\s+case
      |puts?\s+at\s+risk|has\s+(?:revived|forced|prompted|raised|left|thrown|limited|lifted)\s|costs?\s+(?:the|a|an|its|their)\b
      |leaves\s+(?:the|its|about|only|\w+s)\b|raises\s+the\s+(?:risk|prospect|cost|price|pressure|chance|chances|odds))
    |(?:sent|sends|pushed|pushes|dragged|pulled|knocked)\s+(?:the\s+|its\s+)?(?:[\w-]+\s){{0,2}}(?:shares?|prices?|stocks?|yields?|futures|bonds?|index
      |currency|dollar|euro|yen|rates)\b
    |,\s(?:sending|wiping|erasing|leaving(?!\sit\b)|raising|threatening|putting|pushing|dragging|driving|lifting|stoking|squeezing|sparing|cutting
      |deepening|strengthening|fuelling|fueling|adding\s+to)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
_COMPARED = re.compile(
    r"""\b(?:(?:high|low|larg|bigg|small|wid|narrow|steep|sharp|fast|slow|long|short|strong|weak|few|great|(?<!al)mo|lea)e?st
        \b[^.;]{0,45}?\b(?:since|in\s+(?:\w+[\s-]){1,3}?(?:years?|months?|decades?|weeks?)|ever|on\s+record|outside)
    |(?:first|record)\b[^.;]{0,40}\b(?:since|ever|on\s+record|in\s+(?:\w+\s){1,2}?(?:years?|months?|decades?))
    |(?:for|in)\s+the\s+(?:first|second|third|fourth|fifth)\s+(?:time|month|week|quarter|year)\s+(?:in|since|running)
    |(?:more|less|fewer|higher|lower|better|worse|bigger|smaller|faster|slower|weaker|stronger)(?:-\w+)?\s+than\s+(?!(?:an?\s)?\d|[$€£¥]|Rs|about|(?:one|two|three|four|five|six|seven|eight|nine|ten|half|twice)\b)
    |(?:shares?|stocks?|bonds?|notes?|yields?|futures|index|peso|rand|naira|rupee|yen|euro|dollar|pound|sterling|lira|crown|bitcoin|crude|brent)
        \b[^.;:]{0,30}?\b(?:fell|rose|gained|lost|dropped|slid|sank|slumped|jumped|surged|climbed|tumbled|plunged|weakened|strengthened|firmed)
    |compared\s+(?:with|to)|(?:up|down)\s+from|to\s+[^\s]*\d\S*(?:\s(?:per\s?cent|million|billion|trillion))?\s+from\s+[^\s]*\d
    |from\s+[^\s]*\d\S*(?:\s(?:per\s?cent|million|billion|trillion))?\s+(?:a\s(?:year|month|week)\s)?(?:to|earlier|before)\b
    |against\s+(?:a\s+loss\s+of\s+)?(?:\w+\s)?[^\s]*\d|(?:twice|double|triple|half|a\s(?:third|quarter|fifth|tenth)|(?:three|four)\s+times)
        (?:\s+of)?\s+(?:what|as\s+(?:much|many)|the\s+(?:usual|average|level|rate|\d))
    |(?:below|above|beat(?:ing)?|miss(?:ed|ing)|short\s+of)\s+(?:what|analysts|expectations|forecasts|estimates|an?\s+average
        |the\s+(?:average|\d)))""",
    re.VERBOSE | re.IGNORECASE,
)
"""A figure is news beside another: the largest, the first since, twice, from, than."""
_DENIES = re.compile(
    r"\b(?:not|never|neither|nor|cannot|nobody|nothing|no\s+(?:plans?|reason|need|longer|one|evidence|impact|comment)|den(?:y|ies|ied)"
    r"|declin(?:e|es|ed)\s+to|refus(?:e|es|ed)|reject(?:s|ed)?\s+(?:the\s+)?(?:claim|accusation|suggestion)s?|disput(?:es|ed)"
    r"|insist(?:s|ed)?|dismiss(?:es|ed))\b|n[’']t\b",
    re.IGNORECASE,
)
_GUESS = re.compile(
    r"^[\"“‘'(]*(?:if|unless|whether|perhaps|maybe|some\s+(?:say|believe|worry)|critics|supporters|opponents)\b"
    r"|\b(?:hypothetical|rumou?r|joked|imagine|wish(?:es|ed)?|hope[sd]?\b|suggest(?:s|ed)?|dream)\b|\?",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:\w+\s+(?:years?|months?|decades?|weeks?)\s+(?:ago|earlier|before)|in\s+(?:the\s+past|earlier|previous|past)\b|earlier\s+(?:this|last)\b"
    r"|at\s+the\s+time|back\s+then|once\s+(?:had|was)|had\s+(?:been|already|warned|expected|feared|hoped)|last\s+(?:year|time|summer"
    r"|spring|winter|autumn|decade|century)|previously|historically|would(?:n[’']t)?\s+have|could\s+have|might\s+have|should\s+have"
    r"|used\s+to|in\s+(?:the\s)?(?:18|19)\d\ds?|during\s+(?:his|her|the)\b)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"\b(?:should\s+be|ought|must\s+be|wrong|ridiculous|shameful|disgrace\w*|terrible|horrible|great\s+(?:guy|man|day)|sad|proud"
    r"|best\s+thing|worst\s+thing|i[’']m|accus(?:es|ed|ing)|blam(?:es|ed|ing)|attack(?:s|ed|ing)?\s+(?:on\s+)?(?:him|her|mr|president)"
    r"|disagree[ds]?|argu(?:es|ed|ing)|claim(?:s|ed)|criticis\w+|criticiz\w+|slam(?:s|med)|mock(?:s|ed)|vow(?:s|ed)|boast\w*|praised?)\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"^(?:\S+\s){1,5}had\s(?!to\b)", re.IGNORECASE)
_LONG_AGO = re.compile(
    r"\b(?:two|three|four|five|six|ten|\d+)\s+(?:years|decades)\s+(?:ago|before)\b|\blast\s+decade\b", re.IGNORECASE
)
_LEANS = re.compile(r"\b(?:it|they|them|he|she|him|her|his|its|their|this|that|these|those|such|both|one|ones)\b", re.I)
_OPENS_WITH = re.compile(r"^[\"“‘'(]*[Tt]he\s+((?:[a-z][\w-]*\s+)?)([a-z][\w-]*)\b")
_UNDERSTOOD = frozenset(
    """government central bank regulator ministry minister dollar euro yen pound currency president company commission
    authority agency court parliament senate treasury supervisor watchdog market markets index economy world country
    union group board chief exchange lender airline utility carmaker developer retailer insurer stock shares deal offer
    sale purchase takeover merger decision ruling strike tariff duty order auction fine penalty default outage closure
    listing cut""".split()  # noqa: SIM905
)
"""What "the" may go before although nobody has named it: the headline's reader knows which is meant."""

_LINKING = re.compile(
    r"^[\"“‘'(]*(?:but|and|or|so|also|however|still|yet|meanwhile|moreover|instead|then|there|here|in\s+this\s+case|more\s+important"
    r"|worse|even|indeed|in\s+addition|additionally|besides|nevertheless|nonetheless|otherwise|similarly|likewise|for\s+(?:instance|example|now)"
    r"|another|other|others|again|at\s+that\s+(?:level|point|time)|at\s+(?:issue|stake)|later|earlier|afterwards?|the\s+(?:former|latter|same)|as\s+a\s+(?:result|consequence))\b|^[^,]{2,30},\s(?:though|however|too|meanwhile|for\s+(?:instance|example)),",
    re.IGNORECASE,
)
_UNITS = frozenset(
    word.rstrip("s")[:6]
    for word in """million billion trillion percent per cent ton tonne dollar euro pound first second third point share
    price week month year day report new say said""".split()  # noqa: SIM905
)
ANCHORED = 9
"""Words at the beginning of a sentence among which a word of the headline says which thing "the" means."""
SHARED = 2
"""Content words of the headline that what happened must have: fewer, and it is about something beside it."""


def matter(*titles: str) -> frozenset[str]:
    """The content words of headlines as they are compared here: without plural, figures, units, and endings."""
    return frozenset(stem for title in titles for word in terms(title) if (stem := _stem(word)) not in _UNITS)


def stands_alone(text: str, told: Collection[str]) -> bool:
    """Whether a reader who knows only the headline understands the sentence; `told`: the headline's matter.

    Its first words lean on nothing before it: no pronoun, no linking word, and no "the" before a thing that neither
    the headline nor everybody knows.
    """
    beginning = " ".join(text.split()[:3])
    if _LINKING.match(text) or _LEANS.search(beginning):
        return False
    opening = _OPENS_WITH.match(text)
    return not opening or bool(
        {opening.group(1).strip().lower(), opening.group(2).lower()} & _UNDERSTOOD
        or matter(" ".join(text.split()[:ANCHORED])) & set(told)
    )


def about(text: str, headline: Collection[str]) -> int:
    """How many content words of the headline a sentence has."""
    return len(matter(text) & set(headline))


def _without_speech(text: str) -> str:
    """Without what stands in quotation marks: what somebody says will follow is their word."""
    return re.sub(r"[\"“][^\"”]*[\"”]", " ", text)


def _stem(word: str) -> str:
    return word if word[:1].isdigit() else word.rstrip("s")[:6]


def tells_what_happened(text: str, headline: Collection[str]) -> bool:
    """Whether it is about what the headline is about and says it as a fact that a stranger understands."""
    wanted = min(SHARED, len(headline))
    return about(text, headline) >= wanted and is_statement(text, headline)


def is_statement(text: str, headline: Collection[str]) -> bool:
    """Whether a stranger understands it, and it says what is, not what had been or what somebody guesses."""
    return stands_alone(text, headline) and not _GUESS.search(text) and not _HAD.match(text)


def says_what_follows(text: str, headline: Collection[str], least: int = 1) -> bool:
    """Whether it names a consequence, of the headline's matter, without denying, defending, judging or looking back.

    `least`: words of the matter that it must have.
    """
    return (
        bool(_EFFECT.search(_without_speech(text)))
        and not re.search(r"\bif\b", text)
        and about(text, headline) >= least
        and is_statement(text, headline)
        and not any(found.search(text) for found in (_DENIES, _PAST, _OPINION))
    )


def says_how_much(text: str, headline: Collection[str]) -> bool:
    """Whether it gives a figure and something to hold it against."""
    return (
        any(figure.kind in ("percent", "points", "money", "number") for figure in figures(text))
        and bool(_COMPARED.search(text))
        and about(text, headline) >= SHARED
        and stands_alone(text, headline)
        and not any(found.search(text) for found in (_DENIES, _GUESS, _LONG_AGO, _OPINION))
    )
