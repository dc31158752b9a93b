"""Who says it: the speaker of a sentence is the speaker of its source, by name, office and kind."""

import re
from collections.abc import Iterator
from functools import cache

from newsroom.review.closest import closest, overlap
from newsroom.review.framing import quotations, unquoted, without_framing
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding
from newsroom.review.wording import akin, form_of, known, lexicon, read
from newsroom.writing.evidence import locate, sentences
from newsroom.writing.names import all_names
from newsroom.writing.topic import terms

NAME = "speakers"
SURELY = 0.5
"""Share of content words that two sentences have in common when they are surely about one thing."""
_VERBS = (
    r"(?:said|says?|told|report(?:s|ed)|estimate[sd]|estimate(?=\sthat|\sthe|\sat)|calculates?d?|reckons?|call(?:s|ed)|warn(?:s|ed)|caution(?:s|ed)|repl(?:y|ies|ied)"
    r"|answer(?:s|ed)|argue[sd]?|add(?:s|ed)|expect(?:s|ed)?|thinks?|thought|believe[sd]?|stated?|confirm(?:s|ed)|spoke\sof|speaks\sof"
    r"|puts?|value[sd]?(?=\sat|\sit|\sthe)|predict(?:s|ed)|note[sd]|wrote|objected|disagreed|promised|recommended|described|saw|sees|see(?=\san?\s)|point(?:s|ed)\sout|complain(?:s|ed)|insist(?:s|ed)|admit(?:s|ted)|acknowledge[sd]|announce[sd]"
    r"|blame[sd]?|claimed|concluded?|suspect(?:s|ed)|found(?=\sthat)|learnt|learned|showe?[ds]?)"
)
_SPEECH = re.compile(rf"(?<![-\w])(?:had\s|has\s|have\s|also\s)?{_VERBS}\b(?!\s(?:by|in\sthe|savings|core))", re.I)
_NO_SPEECH = re.compile(
    r"(?:^|\b(?:will|would|can|could|may|might|should|everyone|nobody|contract[’']s|is|are|was|were|be|been|being|the|of|as|an?|to|than|its|their|what|in|annual|average|list|own|better-than)(?:\s(?:not|never|also|only|widely|generally))?)\s*$",
    re.I,
)
_AFTER = re.compile(rf"(?:[,.”\"?!]|^)\s*{_VERBS}\s(?P<who>(?:an?|the|one|its|his)\s[^,.;“”\"]{{3,90}})", re.I)
_INVERTED = re.compile(
    r",[”\"]?\s(?:said|says?|reported)\s(?!(?:that|it|he|she|they|we|there|on|in|at|of|to|for|during|after|before|this|so)\b)"
    r"(?P<who>[^,.;“”\"]{3,90})",
    re.I,
)
_ACCORDING = re.compile(
    r"\b(?:according\sto|in\sthe\swords\sof)\s(?P<who>[^,.;“”\"]{3,90})"
    r"|\bby\s(?P<own>(?:the\s|an?\s)?[^,.;“”\"]{3,50}?)(?:[’']s?)?\s(?:own\s)?(?:estimates?|calculations?|reckoning|count)"
    r"(?:\sof\s(?P<of>[^,.;“”\"]{3,50}))?",
    re.I,
)
_WORK = re.compile(
    r"^(?:an?\s|the\s|its\s)?(?:\w+\s)?(?:calculations?|estimates?|data|figures|surveys?|polls?|reports?|stud(?:y|ies)|analysis|research)"
    r"\s(?:by|of|from|released\sby|issued\sby|published\sby)\s",
    re.I,
)
_BY = re.compile(
    r"\b(?:survey|poll|study|analysis|review)\sby\s(?P<who>[^,.;“”\"]{3,60}?)(?=\s(?:in|on|of|among|found|showed)\b|[,.;]|$)",
    re.I,
)
_NOBODY = re.compile(r"(?:instead|in|on|at|for|with|by|from|to|against|than|not|of|depends)\b", re.I)
_PARTS = re.compile(r",\s?|\s(?:and|but|that|as|when|while|because|how|after|which|who|where)\s", re.I)
_ADVERB = re.compile(r"\s(?:now|also|still|already|once|again|later|then|only|\w+ly)\s*$", re.I)
_AUXILIARY = re.compile(r"\s(?:do|does|did|has|have|had|would|will|is|was)(?:\snot)?\s*$", re.I)
_PRONOUN = re.compile(
    r"^\w+\sof\s(?:them|these|those)\b"
    r"|^(?:and\s|but\s)?(?:we|I|it|he|she|they|that|who|this|which|one)\b(?:\s\w+)?$"
    r"|^(?:and\s|but\s)?(?:its|their|his|her)$",
    re.I,
)
_OFFICES = (
    (r"chief\sexecutive(?:\sofficer)?|chief\sexec|CEO", "chief executive"),
    (r"chief\sfinancial\sofficer|finance\s(?:chief|director)|CFO", "finance chief"),
    (r"chief\soperating\sofficer|COO", "operating chief"),
    (r"chief\seconomist", "economist"),
    (r"chief\sengineer", "chief engineer"),
    (r"deputy\sgovernor", "deputy governor"),
    (r"vice[\s-]president", "vice president"),
    (r"vice[\s-]chair\w*", "vice chair"),
    (r"vice\sminister", "vice minister"),
    (r"deputy\s(?:prime\s)?minister", "deputy minister"),
    (r"prime\sminister", "prime minister"),
    (r"principal\ssecretary", "principal secretary"),
    (r"deputy\ssecretary", "deputy secretary"),
    (r"finance\sminister", "finance minister"),
    (r"energy\sminister", "energy minister"),
    (r"governor", "governor"),
    (r"(?<!vice[\s-])president", "president"),
    (r"chair(?:man|woman|person)?", "chair"),
    (r"minister", "minister"),
)
_COMPANY = terms(
    """company group firm maker carrier airline utility developer bank lender exchange operator producer business
    insurer manufacturer retailer carmaker brewer miner management spokesperson"""
)

_ANY_COMPANY = terms("company group firm business management spokesperson")
_LOOSE = terms(
    """statement spokesperson official people person persons report asked surveyed polled newspaper notice filing letter
    member several some ship vessel two three four senior reporters hours within"""
)
"""Stems of seven letters: words around a speaker that name nobody."""


def speakers(submission: Submission) -> list[Finding]:
    """Blocks a fact that another says in its span; sentences that name the publisher alone are its own framing."""
    findings = []
    for claim in submission.claims:
        if claim.kind == "fact" and claim.spans:
            text = without_framing(claim, submission)
            if reason := another_speaker(text, submission.support(claim)):
                findings.append(finding(NAME, "block", reason, claim.id))
    return findings


def another_speaker_in(document: str, text: str) -> str:
    """The same against a whole document: asked of the sentence that is surely the one meant."""
    sentence = closest(text, document).sentence
    return another_speaker(text, sentence) if overlap(text, sentence) >= SURELY else ""


def another_speaker(text: str, support: str) -> str:
    """Why somebody else speaks here than there; empty when it is the same, or nobody is named."""
    if reason := _another_office(text, support) or _another_owner(text, support):
        return reason
    sentence = _home_of_quotation(text, support) or closest(text, support).sentence
    spoken = list(_speakers(sentence))
    given = [one for one in spoken if not _PRONOUN.match(one)] or _previous(sentence, support, bool(spoken))
    everything = terms(support)
    for who in (one for one in _speakers(text) if "the source" not in one.lower()):
        if not given or _PRONOUN.match(who):
            continue
        if all(_other_names(who, one) for one in given) or _of_another_house(who, given):
            return f"“{who}” says it here, “{given[0]}” in the source."
        if any(_offices(who) & _offices(one) for one in given):
            continue
        ours = terms(who) - _LOOSE
        if not ours or any(ours & (terms(one) | _kin(one)) for one in given):
            words = _modifiers(who) - everything - _LOOSE
            strange = frozenset(one for one in words if not any(akin(form_of(one), two.form) for two in read(support)))
            if ours and strange and not any(_kin(one) & strange for one in given):
                return f"The source has another speaker than “{who}”."
            continue
        if _may_be_one(who, given):
            continue
        return f"“{who}” says it here, “{given[0]}” in the source."
    return ""


def _speakers(text: str) -> Iterator[str]:
    plain = unquoted(text)
    turned = {match.end() - len(match["who"]) - 1 for match in (*_AFTER.finditer(plain), *_INVERTED.finditer(plain))}
    for pattern in (_ACCORDING, _AFTER, _INVERTED, _BY):
        for match in pattern.finditer(plain):
            yield _WORK.sub("", next(group for group in match.groups() if group).strip())
    for match in _SPEECH.finditer(plain):
        before = re.split(r"[;:]\s|\s\.\s|\.\s", plain[: match.start()])[-1]
        who = _LEADING.sub("", _subject(before))
        if (
            who
            and not (match.end() in turned and _is_said(before))
            and not _NOBODY.match(who)
            and not _SPEECH.search(who)
            and not _NO_SPEECH.search(before)
        ):
            yield who


def _is_said(before: str) -> bool:
    """Whether what stands before ", said the bank" is what it said, and not the bank with an apposition."""
    main = re.sub(r",\s(?:who|which|whose|where)\b[^,]*", "", before)
    return any(word.small in _FINITE | lexicon().past or word.small.endswith("ed") for word in read(main))


_FINITE = frozenset(
    "is are was were will would has have had did does do can could may might should must fell rose".split()  # noqa: SIM905
)


def _subject(words: str) -> str:
    """What stands before a verb of speech: its last part, or all of it where that closes an apposition."""
    plain = _AUXILIARY.sub("", _ADVERB.sub("", words)).rstrip()
    parts = [part.strip() for part in _PARTS.split(plain)]
    if not parts[-1]:
        return "" if not any(parts) else words.strip(" ,.")
    described = len(parts) > 1 and _RELATIVE.search(plain[: -len(parts[-1])]) and _describes(parts[-1])
    return parts[-2] if described else parts[-1]


def _describes(part: str) -> bool:
    """Whether what follows "that" tells of the one before it ("a plant that recovers nickel"); not "that analysts"."""
    first, *others = read(part) or [None]
    if not first or not others:
        return False
    somebody = _PEOPLE.search(first.small) and first.small.rstrip("s") not in lexicon().in_er
    return first.small in _FINITE or (first.small.endswith(("s", "ed")) and not somebody)


_LEADING = re.compile(r"^(?:and|but)(?:\s|$)", re.I)
_RELATIVE = re.compile(r"\b(?:that|which|who)\s$", re.I)
_PEOPLE = re.compile(r"(?:[eo]r|[iy]st|ian)s$")


def _home_of_quotation(text: str, support: str) -> str:
    """The sentence of the support in which what is quoted ends; empty when nothing is."""
    for quote in quotations(text):
        place = locate(quote.rstrip(",.;"), support)
        if place:
            return next((one.of(support) for one in sentences(support) if one.start < place.end <= one.end + 2), "")
    return ""


def _other_names(who: str, given: str) -> bool:
    """Whether both name somebody or some place, and nothing of it is the same."""
    ours = {part for name in all_names(who) for part in name.parts}
    theirs = {part for name in all_names(given) for part in name.parts}
    return bool(ours and theirs) and not any(one[:4] == other[:4] for one in ours for other in theirs)


def _previous(sentence: str, support: str, spoken: bool) -> list[str]:
    """Speakers of the sentence before, for one that goes on without naming them, or that only a pronoun speaks."""
    whole = [stretch.of(support) for stretch in sentences(support)]
    at = whole.index(sentence) if sentence in whole else 0
    goes_on = re.match(r"(?:It|He|She|They)\b" + ('|[“"]' if spoken else ""), sentence)
    return list(_speakers(whole[at - 1])) if at and goes_on else []


def _modifiers(who: str) -> frozenset[str]:
    """The words that tell one speaker from another of its kind: "economy" and "finance" before "ministry"."""
    return terms(re.split(r"\s(?:of|at|in|from|for|who|that|which|with)\s", who)[0])


def _kin(who: str) -> frozenset[str]:
    """Stems that may stand for this speaker: a company for its officers, an officer's other title."""
    offices = _offices(who)
    found = terms(" ".join(offices))
    return found | (_COMPANY if offices & {"chief executive", "finance chief", "operating chief"} else frozenset())


def _may_be_one(who: str, given: list[str]) -> bool:
    """Whether one of them is a company by name and the other by kind ("the utility")."""
    heads = [re.split(r"\s(?:of|at|in|from|for|who|that|which|with)\s|,\s", one)[0] for one in (who, *given)]
    kinds = [terms(one) & _COMPANY for one in heads]
    named = [
        bool(all_names(one)) and not kind and not _PLURAL.fullmatch(one) for one, kind in zip(heads, kinds, strict=True)
    ]
    return any(
        (kinds[0] and named[i])
        or (named[0] and kinds[i])
        or (kinds[0] and kinds[i] and (kinds[0] | kinds[i]) & _ANY_COMPANY)
        for i in range(1, len(kinds))
    )


_PLURAL = re.compile(r"[A-Z][a-z]+s")


def _of_another_house(who: str, given: list[str]) -> bool:
    """Whether an officer is one of another house than every speaker of the source: of a utility, of an association."""
    ours = _HOUSE.search(who)
    theirs = [match for one in given if (match := _HOUSE.search(one))]
    if not ours or len(theirs) < len(given) or all_names(" ".join((ours["house"], *(one["house"] for one in theirs)))):
        return False
    house = read(ours["house"])[:1]
    return bool(house) and not any(known(house[0], read(one["house"])) for one in theirs)


_HOUSE = re.compile(
    r"\b(?:executive|chief|head|officer|director|spokes\w+|economist|analyst|strategist|manager|treasurer)\s(?:of|at|for)\s(?:an?\s|the\s)?(?P<house>.+)",
    re.IGNORECASE,
)


def _another_office(text: str, support: str) -> str:
    strange = _offices(unquoted(text)) - _offices(support)
    return f"The source has no {min(strange)} but {min(_offices(support))}." if strange and _offices(support) else ""


def _offices(text: str) -> frozenset[str]:
    found, rest = set(), text
    for pattern, office in _patterns():
        if pattern.search(rest):
            found.add(office)
            rest = pattern.sub(" ", rest)
    return frozenset(found)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"\b(?:{pattern})s?\b", re.I), office) for pattern, office in _OFFICES)


def _another_owner(text: str, support: str) -> str:
    """ "A's chief executive" where the source has B's."""
    theirs = [(owner.lower(), thing.lower()) for owner, thing in _OWNERS.findall(support)]
    for owner, thing in _OWNERS.findall(unquoted(text)):
        owners = {one for one, other in theirs if other == thing.lower()}
        if (
            owners
            and owner.lower() not in owners
            and not any(owner.lower() in one or one in owner.lower() for one in owners)
        ):
            return f"“{owner}'s {thing}” is {sorted(owners)[0].capitalize()}'s in the source."
    return ""


_OWNERS = re.compile(r"\b([A-ZÀ-Þ][\w-]+)[’']s?\s(\w+)")
