"""Pages that explain the house. Figures in them come from the tables that the code itself uses."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from newsroom.editions.ranking import Rules
from newsroom.publishers.publisher import TIERS
from newsroom.readers.preferences import Choices, Preferences, choices
from newsroom.site import addresses
from newsroom.site.check_table import check_table
from newsroom.site.coverage import LABELLED_FROM
from newsroom.site.disclosure import INDEXED_FROM
from newsroom.site.rendering import Frame, House
from newsroom.stories.lifecycle import FIRST_HOURS, LULL_AT_LEAST, LULL_AT_MOST, PACE, QUIET
from newsroom.writing.copy_limits import QUOTATION_WORDS, UNQUOTED_RUN


@dataclass(frozen=True)
class Row:
    """One line of a published table."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True)
class Weight:
    """What one part of a score counts: reviewed by code alone, and by a second model too."""

    name: str
    alone: str
    both: str
    meaning: str


@dataclass(frozen=True)
class Rubric:
    """How a score is made, as readers see it."""

    version: str
    weights: tuple[Weight, ...]
    caps: tuple[Row, ...]
    bands: tuple[Row, ...]


@dataclass(frozen=True)
class Moving:
    """The bounds of `stories/lifecycle.py` as the page says them."""

    first_hours: int = FIRST_HOURS // timedelta(hours=1)
    pace_minutes: int = PACE // timedelta(minutes=1)
    lull_from_hours: int = LULL_AT_LEAST // timedelta(hours=1)
    lull_to_hours: int = LULL_AT_MOST // timedelta(hours=1)
    quiet_hours: int = QUIET // timedelta(hours=1)


@dataclass(frozen=True)
class MethodologyPage:
    template: ClassVar[str] = "methodology.html.j2"

    frame: Frame
    tiers: dict[int, str]
    checks: dict[str, str]
    quotation_words: int
    """In one quotation at most."""
    unquoted_words: int
    """That a sentence of ours may have in a row with a source."""
    rubric: Rubric
    ranking: Rules
    moving: Moving
    labelled_from: int
    indexed_from: int


@dataclass(frozen=True)
class StandardsPage:
    template: ClassVar[str] = "standards.html.j2"

    frame: Frame


@dataclass(frozen=True)
class AboutPage:
    template: ClassVar[str] = "about.html.j2"

    frame: Frame


@dataclass(frozen=True)
class PrivacyPage:
    template: ClassVar[str] = "privacy.html.j2"

    frame: Frame


@dataclass(frozen=True)
class BriefingPage:
    template: ClassVar[str] = "briefing.html.j2"

    frame: Frame
    choices: Choices


@dataclass(frozen=True)
class NotFoundPage:
    template: ClassVar[str] = "not_found.html.j2"

    frame: Frame


@dataclass(frozen=True)
class RedirectPage:
    """What stands at the address of a story that turned out to be part of another one."""

    template: ClassVar[str] = "redirect.html.j2"

    frame: Frame
    headline: str
    """Of the story that it is part of now."""


def redirect_page(path: str, target: str, headline: str, house: House) -> RedirectPage:
    """From the path of a merged story to the path of the one that took it in."""
    frame = Frame(
        house,
        path,
        "This story moved",
        "Two stories turned out to be one event, and are told together.",
        canonical=target,
        indexed=False,
        refresh=target,
    )
    return RedirectPage(frame, headline)


def methodology_page(rubric: Rubric, ranking: Rules, house: House) -> MethodologyPage:
    frame = Frame(
        house, addresses.METHODOLOGY, "How we do this", "From feeds to a reviewed page: every rule and figure."
    )
    return MethodologyPage(
        frame=frame,
        tiers=TIERS,
        checks=check_table(),
        quotation_words=QUOTATION_WORDS,
        unquoted_words=UNQUOTED_RUN,
        rubric=rubric,
        ranking=ranking,
        moving=Moving(),
        labelled_from=LABELLED_FROM,
        indexed_from=INDEXED_FROM,
    )


def text_pages(house: House) -> list[StandardsPage | AboutPage | PrivacyPage | BriefingPage | NotFoundPage]:
    """Pages that say the same in every edition."""
    return [
        StandardsPage(
            Frame(house, addresses.STANDARDS, "Editorial standards", "What we publish, correct, hold and never do.")
        ),
        AboutPage(
            Frame(house, addresses.ABOUT, "About and contact", f"Who is behind {house.name} and how to reach us.")
        ),
        PrivacyPage(
            Frame(house, addresses.PRIVACY, "Privacy", "We track nothing. What little we keep, and for how long.")
        ),
        BriefingPage(
            Frame(
                house, addresses.BRIEFING, "The daily briefing", "What moved overnight, at 6 a.m. New York time. Free."
            ),
            choices(Preferences()),
        ),
        NotFoundPage(Frame(house, addresses.NOT_FOUND, "Not found", "There is no such page.", indexed=False)),
    ]
