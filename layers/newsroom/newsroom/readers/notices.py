"""The pages that answer a reader, each a template and the value it shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from newsroom.briefing.engine import fill
from newsroom.readers.preferences import Choices, Preferences, choices
from newsroom.readers.reports import KINDS, STATES, Report
from newsroom.readers.request import Answer
from newsroom.site import addresses
from newsroom.site.rendering import Frame, House

if TYPE_CHECKING:
    from newsroom.archive.responses import Standing


@dataclass(frozen=True)
class NoticePage:
    """What `notice.html.j2` shows."""

    frame: Frame
    title: str
    paragraphs: tuple[str, ...]
    link_path: str
    link_text: str


@dataclass(frozen=True)
class Instead:
    """Another answer to a question: a form with one button, which sends `name=value`."""

    action: str
    name: str
    value: str
    button: str


@dataclass(frozen=True)
class QuestionPage:
    """What `question.html.j2` shows: one button that does it, and perhaps one that does less."""

    frame: Frame
    title: str
    paragraphs: tuple[str, ...]
    action: str
    token: str
    button: str
    instead: Instead | None


@dataclass(frozen=True)
class PreferencesPage:
    """What `preferences.html.j2` shows."""

    frame: Frame
    choices: Choices
    token: str


@dataclass(frozen=True)
class OwnDataPage:
    """What `own_data.html.j2` shows: what is kept, and what can be done about it."""

    frame: Frame
    kept: Mapping[str, Any]
    choices: Choices | None
    """None of who has no subscription."""
    token: str


@dataclass(frozen=True)
class ReportPage:
    """What `report.html.j2` shows: state and decision, not what the reader wrote."""

    frame: Frame
    report: Report
    kind: str
    meaning: str
    story_path: str
    headline: str


def notice(
    house: House,
    status: int,
    title: str,
    *paragraphs: str,
    link: tuple[str, str] = ("/", "The front page"),
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """A page that says how it went."""
    page = NoticePage(_frame(house, title), title, paragraphs, *link)
    return Answer(status, fill("notice.html.j2", page), headers=headers or {})


def question(
    house: House, title: str, *paragraphs: str, action: str, token: str, button: str, instead: Instead | None = None
) -> Answer:
    """A page with one button; looking at it does nothing."""
    page = QuestionPage(_frame(house, title), title, paragraphs, action, token, button, instead)
    return Answer(200, fill("question.html.j2", page))


def preferences_page(house: House, chosen: Preferences, token: str) -> Answer:
    page = PreferencesPage(_frame(house, "Your briefing"), choices(chosen), token)
    return Answer(200, fill("preferences.html.j2", page))


def own_data_page(house: House, kept: Mapping[str, Any], chosen: Preferences | None, token: str) -> Answer:
    page = OwnDataPage(_frame(house, "What we keep of your address"), kept, choices(chosen) if chosen else None, token)
    return Answer(200, fill("own_data.html.j2", page))


def report_page(house: House, report: Report, story: "Standing | None") -> Answer:
    page = ReportPage(
        frame=_frame(house, f"Report {report.id}"),
        report=report,
        kind=KINDS[report.kind],
        meaning=STATES[report.state],
        story_path=addresses.story(story.slug) if story else "",
        headline=story.headline if story else "",
    )
    return Answer(200, fill("report.html.j2", page))


def _frame(house: House, title: str) -> Frame:
    return Frame(house, "/api/", title, title, indexed=False)
