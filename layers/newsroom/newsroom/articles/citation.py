"""Whose reporting an article retells: "the Ledger reported", "told the Harbour Wire", "…, Bloomberg says".

Only the headline and the first lines count: what a piece is about stands there, and a newspaper that is quoted in the
ninth paragraph is background.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

LEAD = 350
"""Code points at the start of the body in which a citation says where the news itself comes from."""

NAME = r"(?P<name>(?:[A-ZÀ-Þ][\w&.’'+-]*|24)(?:\s(?:of|the|and|&|du|de|di|da|do|della|[A-ZÀ-Þ0-9][\w&.’'+-]*)){0,5})"
DAY = r"(?:\s+(?:on|late|early|am|le|el|il)\b[^.,;\n]{0,20})?"
NO_WORK_OF_ITS_OWN = (
    r"(?!['’]?s?[\s-]+(?i:data|polls?|surveys?|calculations?|estimates?|economists?|analysts?|columnists?|index|"
    r"intelligence|economics|terminal|Umfrage|Daten))(?!\w)"
)
"""What follows the name of an outlet when it is its figures that are cited, not its reporting."""

FRAMES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{NAME}(?:\s+newspaper)?\s+(?:first\s+|earlier\s+|has\s+|had\s+|also\s+)?(?:reported|reports|wrote|revealed)\b",
        rf"{NAME}(?:\s+newspaper)?\s+(?:said|says){DAY},?\s+citing\b",
        rf"\b(?:reported|revealed|published)\s+by\s+(?:the\s+)?{NAME}{NO_WORK_OF_ITS_OWN}",
        rf"\b[Aa]ccording\s+to\s+(?:an?\s+(?:\w+\s+)?(?:report|article|interview)\s+(?:by|in|from|with)\s+)?(?:the\s+)?{NAME}"
        + NO_WORK_OF_ITS_OWN,
        rf"\b(?:told|interview\s+with|interview\s+in|citing\s+a\s+report\s+by|citing)\s+(?:the\s+)?{NAME}{NO_WORK_OF_ITS_OWN}",
        rf"\b(?:[Ll]aut|[Ww]ie|[Ss]elon|[Ss]egún|[Ss]egundo|[Ss]econdo|[Vv]olgens)\s+(?:der\s+|die\s+|das\s+|de\s+|le\s+|la\s+|el\s+|o\s+|il\s+)?"
        rf"{NAME}{NO_WORK_OF_ITS_OWN}",
        rf"\b(?:berichtete?|rapporte|informó|publicó|noticiou|riporta|meldt)\s+(?:der\s+|die\s+|das\s+|le\s+|la\s+|el\s+)?{NAME}",
    )
)
HEADLINE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\s[-–—]\s?|\s?[–—]\s?|:\s){NAME}(?:\s+reports?|\s+says)?$",
        rf",\s(?:the\s)?{NAME}\s(?:reports|reported|says|said)$",
        rf"^(?:The\s)?{NAME}:\s",
    )
)


NO_NAME = frozenset(
    """on in as at by of and the a but when after late early while if du de di da do della what how why exclusive
    monday tuesday wednesday thursday friday saturday sunday report reports""".split()  # noqa: SIM905
)
"""Words with a capital, or between names, that belong to the sentence."""


@dataclass(frozen=True)
class Citation:
    """`words` as they stand in the article's `evidence` from `at`."""

    name: str
    owner: str
    words: str
    at: int


def cited(title: str, text: str, owners: Mapping[str, str], besides: str) -> Citation | None:
    """The outlet whose reporting an article retells, None when it names none but `besides`, its own owner.

    `owners`: names in small letters, without "the", → the origin that they stand for.
    """
    for at, frames, where in ((0, HEADLINE, title), (len(title) + 2, FRAMES, text[:LEAD]), (0, FRAMES, title)):
        for frame in frames:
            for found in frame.finditer(where):
                for name in _readings(found["name"]):
                    owner = owners.get(name)
                    if owner and owner != besides:
                        return Citation(name, owner, " ".join(found.group().split()), at + found.start())
    return None


def plain_name(name: str) -> str:
    """The key of a name: small letters, without its article and the desk after a comma."""
    return re.sub(r"^(?:the|die|der|das|le|la|el)\s+(?=\w)", "", name.partition(",")[0].strip().casefold())


def _readings(name: str) -> Iterator[str]:
    """The name; without words of the sentence at its ends ("On Friday Reuters"); each of two ("Reuters and the FT")."""
    for part in dict.fromkeys((name, *re.split(r"\s(?:and|und|et|y|e)\s", name))):
        words = re.sub(r"['’]s$", "", part.rstrip(".'’")).split()
        while words and words[0].casefold() in NO_NAME:
            words = words[1:]
        while words and words[-1].casefold() in NO_NAME:
            words = words[:-1]
        if words:
            yield plain_name(" ".join(words))
