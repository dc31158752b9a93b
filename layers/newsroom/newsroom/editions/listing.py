"""Which lists change with the news, and what they show then. No list is read further than it is shown."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from newsroom.editions.news import News
from newsroom.editions.sheets import made_with
from newsroom.editions.site_state import SiteState
from newsroom.site import places as subject_places
from newsroom.site.feeds import IN_FEED, IN_NEWS_SITEMAP, NEWS_WINDOW
from newsroom.site.list_pages import LISTED
from newsroom.site.places import Places
from newsroom.site.sections import COMPANY, Section, paths_of, section_at
from newsroom.stories.mentions import companies
from newsroom.stories.version import Head

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive

SHOWN = max(LISTED + 1, IN_FEED)
"""Of one section: one more than its page lists says that there are older ones."""
IN_FRONT = max(50, IN_FEED)
"""Of each desk, newest first: what leads is among them, and so are the newest of the whole site."""


@dataclass(frozen=True)
class Lists:
    """What lists show after this edition."""

    front: Sequence[Head]
    """The newest of each desk, newest first."""
    recent: Sequence[Head]
    """Whatever changed in the two days before the newest version, newest first."""
    sections: Sequence[Section]
    """Those whose pages may change."""
    fresh: Collection[str]
    """Paths of sections that never had a page."""
    standing: Mapping[str, bool]
    """Path of every section that ever had a story → whether one stands there now."""
    days: Mapping[str, Sequence[Head]]
    """Day → the stories first published on it, of days whose stories change."""


def lists_of(head: Head, places: Places) -> tuple[str, ...]:
    """Names of the lists in which a story stands: the paths of its sections; none when it is retracted."""
    return () if head.retracted else paths_of(head, places)


def lists(archive: "Archive", news: News, state: SiteState, places: Places) -> Lists:
    """As they will be once the news is stored."""
    known = {*state.sections, *_paths(news, places)}
    fresh = known - state.sections.keys()
    touched = {*state.touched, *_paths(news, places), *_companies_of(fresh, known)}
    if state.made_with != made_with():
        touched = known
    sections = [
        section_at(
            path, _with(archive.listed(path, SHOWN + len(news.heads)), news, path, places)[:SHOWN], places, known
        )
        for path in sorted(touched & known)
    ]
    front = _front(archive, news)
    newest = max((head.published_at for head in front), default=None)
    recent = _with(archive.heads(since=newest - NEWS_WINDOW - timedelta(seconds=1)), news) if newest else []
    days = {day: _with(archive.first_published_on(day), news, day=day) for day in {h.day for h in news.heads.values()}}
    standing = dict.fromkeys(known, False) | state.sections | {one.place.path: bool(one.heads) for one in sections}
    return Lists(front, recent[: IN_NEWS_SITEMAP * 2], sections, fresh, dict(sorted(standing.items())), days)


def _paths(news: News, places: Places) -> set[str]:
    return {path for head in (*news.before.values(), *news.heads.values()) for path in paths_of(head, places)}


def _companies_of(fresh: Collection[str], known: Collection[str]) -> set[str]:
    """Companies whose page links the page of their sector, from now on."""
    table, prefix = companies(), f"/{COMPANY.name.lower()}/"
    listed = {path: table.get(path.removeprefix(prefix).rstrip("/")) for path in known if path.startswith(prefix)}
    return {path for path, company in listed.items() if company and subject_places.sector(company.sector).path in fresh}


def _front(archive: "Archive", news: News) -> list[Head]:
    """Of each desk as many as it would have if the news were stored."""
    room: dict[str, int] = {}
    kept = []
    for head in _with(archive.heads(limit=IN_FRONT + len(news.heads)), news):
        room[head.desk] = room.get(head.desk, IN_FRONT) - 1
        if room[head.desk] >= 0:
            kept.append(head)
    return kept


def _with(
    stored: Sequence[Head], news: News, path: str = "", places: Places | None = None, day: str = ""
) -> list[Head]:
    """Stored heads with the news among them, newest first: of one section, of one day, or of all."""
    new = [
        head
        for head in news.standing.values()
        if (not places or path in paths_of(head, places)) and (not day or head.day == day)
    ]
    kept = [head for head in stored if head.story_id not in news.heads and not head.retracted]
    return sorted([*kept, *new], key=lambda head: (head.published_at, head.story_id), reverse=True)
