"""Why a piece was written: because something happened, will happen, happened long ago, or is to be explained.

Read off the headline, and for anniversaries off the first sentence too. Only what reports news may lead; the factor of
every other occasion stands in `editions/ranking.toml`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Occasion = Literal["news", "preview", "explainer", "anniversary", "roundup"]

_NUMBER = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|hundred)"
_ZAHL = r"(?:\d{1,3}|einem|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwanzig|dreißig)"
ANNIVERSARY = re.compile(
    rf"""\b(?:on\s+this\s+(?:day|date)|this\s+(?:day|week|month)\s+in\s+history|anniversar(?:y|ies)|centenary|bicentenary
    |{_NUMBER}[\s-](?:years?|decades?|century|centuries)\s+(?:on\b|later\b|after\b|since\b|ago\s+today|ago\s+this)
    |(?:a|one|two|three)\s+decades?\s+(?:on|later|after|since)|looking\s+back|look\s+back|flashback|remembering|in\s+memoriam
    |Jahrestag|vor\s+{_ZAHL}\s+Jahren|{_ZAHL}\s+Jahre\s+(?:nach|danach|später)|il\s+y\s+a\s+{_NUMBER}\s+ans|\d+\s+ans\s+après
    |anniversaire|aniversari[oa]|hace\s+\d+\s+años|\d+\s+años\s+(?:después|de)|anos\s+(?:depois|após)|\d+\s+anni\s+(?:dopo|fa)
    |anniversario)\b|周年|年前の今日""",
    re.VERBOSE | re.IGNORECASE,
)
PREVIEW = re.compile(
    r"""\bpreview\b|\b(?:week|day|month|year|quarter)\s+ahead\b|\bwhat\s+to\s+(?:watch|expect|look\s+(?:out\s+)?for)\b
    |\b(?:things|stocks|events|charts|themes)\s+to\s+watch\b|\blook[\s-]ahead\b|\b(?:economic|earnings)\s+calendar\b
    |^(?:Ausblick|Vorschau|Wochenausblick|Agenda|Avant-papier)\b|\bqué\s+esperar\b|\bo\s+que\s+esperar\b|\bà\s+suivre\b
    |\bdie\s+(?:kommende|neue)\s+Woche\b|今週の(?:注目|予定)|来週の(?:注目|予定)""",
    re.VERBOSE | re.IGNORECASE,
)
EXPLAINER = re.compile(
    r"""^(?:explainer|explained|factbox|fact\s?check|q&a|faq|timeline|in\s+charts|in\s+numbers|background|primer)\b
    |\b(?:explainer|explained|what\s+(?:you\s+need|we|to)\s+(?:to\s+)?know|here['’]s\s+what|here\s+is\s+what|key\s+takeaways)\b
    |^(?:what\s+(?:is|are|does|do|the)\b|why\b|how\b|who\s+(?:is|are)\b).*|\b(?:what\s+it\s+means|at\s+a\s+glance|in\s+five\s+charts)\b
    |^(?:Warum|Wie|Was\s+(?:ist|bedeutet|wir))\b|^(?:Pourquoi|Comment|Décryptage|Qu['’]est-ce)\b|^¿?(?:Por\s+qué|Qué\s+es|Cómo)\b
    |^(?:Perché|Come\s+funziona)\b|なぜ|とは何か|解説""",
    re.VERBOSE | re.IGNORECASE,
)
ROUNDUP = re.compile(
    r"""\b(?:morning|evening|daily|weekly|midday)\s+(?:briefing|brief|bid|bulletin|digest|roundup|wrap|update|report)\b
    |\b(?:week|month|year|day)\s+in\s+(?:review|pictures|numbers)\b|\b(?:news\s+)?round-?up\b|\b(?:live\s+(?:updates?|blog|coverage)
    |as\s+it\s+happened)\b|\btop\s+(?:stories|headlines|news)\b|\bthe\s+week\s+(?:in|that\s+was)\b|\b(?:Liveticker|Newsticker
    |Morning\s+Bid|Business\s+Highlights|Corporate\s+News)\b|\brevue\s+de\s+presse\b|\bPresseschau\b""",
    re.VERBOSE | re.IGNORECASE,
)
KINDS: tuple[tuple[Occasion, re.Pattern[str]], ...] = (
    ("anniversary", ANNIVERSARY),
    ("preview", PREVIEW),
    ("roundup", ROUNDUP),
    ("explainer", EXPLAINER),
)
"""The first that fits is taken."""

FIRST = 220
"""Code points at the start of the body in which an anniversary says that it is one."""


@dataclass(frozen=True)
class Reading:
    """`words` as they stand in the headline or the first lines; empty for news."""

    occasion: Occasion
    words: str = ""


def occasion_of(title: str, text: str = "") -> Reading:
    """The occasion of one article."""
    for occasion, pattern in KINDS:
        if found := pattern.search(title):
            return Reading(occasion, found.group().strip())
    found = ANNIVERSARY.search(text[:FIRST])
    if found and re.search(r"\bago\s+(?:today|this)|history|this\s+day|Jahrestag|周年", found.group(), re.IGNORECASE):
        return Reading("anniversary", found.group().strip())
    return Reading("news")


def occasion_of_story(articles: Sequence[tuple[str, str, str]]) -> Occasion:
    """The occasion of most texts, each (headline, body, text id); where one reports news as well, it is news.

    Half of the texts are not most: a single explainer beside a report makes no story an explainer.
    """
    by_text = {text: occasion_of(title, body).occasion for title, body, text in reversed(articles)}
    if not by_text:
        return "news"
    occasion, number = min(Counter(by_text.values()).items(), key=lambda one: (-one[1], one[0] != "news", one[0]))
    return occasion if number * 2 > len(by_text) else "news"
