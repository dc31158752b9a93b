"""One issue in every dress: the mail's two parts, its web page, RSS and JSON. None of them adds or drops a story."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.utils import format_datetime

from newsroom.boundary import moment
from newsroom.briefing.composing import MOST_CHANGES
from newsroom.briefing.engine import fill
from newsroom.briefing.issue import CorrectionLine, Issue
from newsroom.briefing.issue_document import IssueDocument
from newsroom.briefing.letters import LARGEST_HTML, Content, encoded
from newsroom.briefing.reading import ToldItem, as_told, opening
from newsroom.readers.preferences import REGIONS, Preferences, Region
from newsroom.site.json_feed import CONTENT_TYPE as JSON_FEED
from newsroom.site.json_feed import Entry, JsonFeed
from newsroom.site.market_panel import PriceLine, price_lines
from newsroom.site.rendering import Frame, House
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.wording import count

RSS = "application/rss+xml; charset=utf-8"
FEED_PATH = "/briefing/feed.xml"
FEED_FORMATS = ("feed.xml", "feed.json")
LIST_PATH = "/briefing/issues/"

_DEMONSTRATION = "Demonstration: a scripted stand-in for an AI model put this together, by rules."
LABELS = {
    frozenset({"excerpt"}): "Excerpt digest: sentences chosen by code from the sources named; no model wrote them.",
    frozenset({"claude"}): "AI-synthesised: written by a model from the sources named, each fact checked against them.",
    frozenset({"claude", "excerpt"}): "Partly AI-synthesised: each item says whether a model wrote it.",
    frozenset({"scripted"}): _DEMONSTRATION,
    frozenset({"scripted", "excerpt"}): _DEMONSTRATION,
    frozenset({"scripted", "claude"}): _DEMONSTRATION,
    frozenset({"scripted", "claude", "excerpt"}): _DEMONSTRATION,
    frozenset(): "Put together by code; no model wrote it.",
}
"""First words of every rendering: how it came about (AI Act, art. 50; FEATURES.md E22)."""
MOST_WORDINGS = 5
"""Corrections that a mail, whose size is bounded, tells in so many words; the notices of further ones have them."""
MOST_CORRECTIONS = 20
"""That a mail names at all; of more, a month's for a reader who was away, it says how many, and where the log is."""
NO_CHOICE = Preferences()
MOST_SOURCES = 5
"""Of an item, linked in a mail; the story has all."""
WRITERS = {"claude": "AI-synthesised", "excerpt": "Excerpts", "scripted": "Demonstration, by a scripted stand-in"}


@dataclass(frozen=True)
class IssuePage:
    """What `issue.html.j2` shows; `frame` surrounds it."""

    frame: Frame
    issue: Issue
    title: str
    label: str
    standfirst: str
    prices: tuple[PriceLine, ...]
    writers: dict[str, str]
    regions: dict[Region, str]
    list_path: str


@dataclass(frozen=True)
class IssueMail:
    """What `mail.html.j2` and `mail.txt.j2` show."""

    house: House
    issue: Issue
    title: str
    label: str
    standfirst: str
    prices: tuple[PriceLine, ...]
    corrections: tuple[CorrectionLine, ...]
    more_corrections: int
    wordings: int
    """How many corrections are told in so many words; the notices of the others have them."""
    most_sources: int
    most_changes: int
    writers: dict[str, str]
    items: tuple[ToldItem, ...]
    zone: str
    """In whose time times are told."""
    page_url: str
    leave_url: str
    choices_url: str
    """Where the reader changes days, regions and zone; empty where there is no such page."""
    postal_address: str


@dataclass(frozen=True)
class IssuesPage:
    """What `issues.html.j2` shows: every issue, newest first."""

    frame: Frame
    issues: tuple[tuple[str, str, str, str], ...]
    """(path, date in words, subject, how it came about)."""


@dataclass(frozen=True)
class FeedPage:
    """What `briefing_feed.xml.j2` shows."""

    house: House
    feed_path: str
    entries: tuple[tuple[str, str, str, str], ...]
    """(URL, title, RFC 822 date, HTML)."""


def issue_path(issue_id: str) -> str:
    return f"/briefing/{issue_id}/"


def issue_mail(
    issue: Issue,
    house: House,
    *,
    corrections: tuple[CorrectionLine, ...],
    leave_url: str,
    postal_address: str,
    choices_url: str = "",
    reader: Preferences = NO_CHOICE,
) -> Content:
    """The mail of one subscriber: `corrections` are those of issues that reached them, `reader` what they chose.

    One that mail programs would cut off (a script of many bytes, many corrections) is told without regional angles, the
    wordings of corrections and all but five of these, all but one change and three sources of an item: they are where
    it leads.
    """
    page = IssueMail(
        house=house,
        issue=issue,
        title=title(issue),
        label=label(issue),
        standfirst=f"{standfirst(issue)} {opening(issue, reader.zone)}".rstrip(),
        prices=price_lines(issue.market, issue.composed_at),
        corrections=corrections[:MOST_CORRECTIONS],
        more_corrections=max(0, len(corrections) - MOST_CORRECTIONS),
        wordings=MOST_WORDINGS,
        most_sources=MOST_SOURCES,
        most_changes=MOST_CHANGES,
        writers=WRITERS,
        items=as_told(issue, reader),
        zone=reader.zone,
        page_url=house.address + issue_path(issue.issue_id),
        leave_url=leave_url,
        choices_url=choices_url,
        postal_address=postal_address,
    )
    html = fill("mail.html.j2", page)
    if encoded(html) > LARGEST_HTML:
        items = tuple(replace(told, lens=None) for told in page.items)
        fewer, more = corrections[:MOST_WORDINGS], max(0, len(corrections) - MOST_WORDINGS)
        page = replace(page, items=items, wordings=0, most_sources=3, most_changes=1)
        page = replace(page, corrections=fewer, more_corrections=more)
        html = fill("mail.html.j2", page)
    return Content(issue.subject, fill("mail.txt.j2", page), html)


def issue_files(issue: Issue, house: House) -> list[SiteFile]:
    """The issue's page and its JSON."""
    path = issue_path(issue.issue_id)
    page = IssuePage(
        frame=_frame(house, path, f"{title(issue)}: {issue.subject}", issue.market_note),
        issue=issue,
        title=title(issue),
        label=label(issue),
        standfirst=standfirst(issue),
        prices=price_lines(issue.market, issue.composed_at),
        writers=WRITERS,
        regions=REGIONS,
        list_path=LIST_PATH,
    )
    return [
        SiteFile(path, fill("issue.html.j2", page).encode()),
        SiteFile(f"{path}issue.json", IssueDocument.of(issue).as_bytes(), JSON),
    ]


def list_files(issues: Sequence[Issue], house: House) -> list[SiteFile]:
    """What lists the issues, given newest first: the page, RSS and a JSON Feed of the newest thirty."""
    rows = tuple(
        (issue_path(one.issue_id), in_words(one.issue_id), one.subject, label(one).partition(":")[0]) for one in issues
    )
    page = IssuesPage(_frame(house, LIST_PATH, "All briefings", "Every issue of the briefing, as it was sent."), rows)
    newest = issues[:30]
    entries = [
        (house.address + issue_path(one.issue_id), one.subject, format_datetime(one.composed_at), _fragment(one, house))
        for one in newest
    ]
    feed = JsonFeed(
        title=f"{house.name} briefing",
        home_page_url=f"{house.address}{LIST_PATH}",
        feed_url=f"{house.address}/briefing/feed.json",
        items=tuple(
            Entry(
                id=url,
                url=url,
                title=subject,
                date_published=moment(one.composed_at),
                content_html=html,
                _issue=IssueDocument.of(one).told(),
            )
            for one, (url, subject, _, html) in zip(newest, entries, strict=True)
        ),
    )
    return [
        SiteFile(FEED_PATH, fill("briefing_feed.xml.j2", FeedPage(house, FEED_PATH, tuple(entries))).encode(), RSS),
        SiteFile("/briefing/feed.json", feed.as_bytes(), JSON_FEED),
        SiteFile(LIST_PATH, fill("issues.html.j2", page).encode()),
    ]


def label(issue: Issue) -> str:
    return LABELS[frozenset(item.writer for item in issue.items)]


def title(issue: Issue) -> str:
    """`The briefing, Tuesday 24 November 2026`, and what is special about the day."""
    kind = {"weekday": "The briefing", "weekend": "The weekend briefing", "holiday": "The holiday briefing"}
    return f"{kind[issue.edition]}, {in_words(issue.issue_id)}"


def in_words(issue_id: str) -> str:
    day = date.fromisoformat(issue_id)
    return f"{day:%A} {day.day} {day:%B %Y}"


def standfirst(issue: Issue) -> str:
    """One visible line that says what is in it: it is what lists of mails show beside the subject."""
    if not issue.items:
        return f"Nothing new since the last briefing. {issue.market_note}"
    origins = count(sum(item.origins for item in issue.items), "independent origin")
    stories = count(len(issue.items), "story", "stories")
    return f"{stories} from {origins}, {issue.minutes} min to read. {issue.market_note}"


def _fragment(issue: Issue, house: House) -> str:
    page = IssuePage(
        frame=_frame(house, issue_path(issue.issue_id), issue.subject, ""),
        issue=issue,
        title=title(issue),
        label=label(issue),
        standfirst=standfirst(issue),
        prices=price_lines(issue.market, issue.composed_at),
        writers=WRITERS,
        regions=REGIONS,
        list_path=LIST_PATH,
    )
    return fill("issue_fragment.html.j2", page)


def _frame(house: House, path: str, heading: str, description: str) -> Frame:
    return Frame(house, path, heading, description, feed=FEED_PATH, formats=FEED_FORMATS, section="Briefing")
