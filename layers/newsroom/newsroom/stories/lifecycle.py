"""The life of a story: how much it still moves, and why it is written again. Pure functions of dates and members."""

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from newsroom.stories.story import Status, Story
from newsroom.stories.version import Head, Reason, Version

FIRST_HOURS = timedelta(hours=3)
"""Since the first report: what was known in the morning does not break in the evening."""

PACE = timedelta(hours=1)
"""Between one independent report and the next while news breaks; after a longer pause it develops."""

LULL = 3
"""Times as long as its reporting took, from the first origin to the newest, without another: nobody adds to it."""

LULL_AT_LEAST, LULL_AT_MOST = timedelta(hours=4), timedelta(hours=12)

QUIET = timedelta(hours=24)
"""Without any article: "no new reporting since …"."""

CAME_WITH = re.compile(r"came with s[0-9a-f]{16}\b")
LEFT = re.compile(r"left s[0-9a-f]{16}\b")
"""How a membership says that its article changed stories: `stories/reconsidering.py` writes it."""


def status(story: Story, now: datetime, ending: str = "") -> Status:
    """How much it moves, by the dates of articles and of new origins, clamped to the past; see `moving`.

    `ending`: the words of a report that say that the matter is over (`stories/ending.py`).
    """
    newest_origin = max(origin_dates(story).values(), default=story.opened_at)
    return moving(story.opened_at, newest_origin, story.updated_at, story.origins, ending, now)


def moving(
    opened: datetime, newest_origin: datetime, newest_article: datetime, origins: int, ending: str, at: datetime
) -> Status:
    """`quiet`: nothing for 24 hours. `settled`: its words say that it is over, or no new origin for three times as
    long as its reporting took, between four and twelve hours.

    `breaking`: first reported within three hours, by two origins at least, the newest within the last hour.
    Else `developing`.
    """
    if at - newest_article >= QUIET:
        return "quiet"
    lull = min(max(LULL * (newest_origin - opened), LULL_AT_LEAST), LULL_AT_MOST)
    if ending or at - newest_origin >= lull:
        return "settled"
    breaks = at - opened < FIRST_HOURS and at - newest_origin < PACE and origins > 1
    return "breaking" if breaks else "developing"


def origin_dates(story: Story) -> dict[str, datetime]:
    """Origin id → the date of its first article, oldest first."""
    first: dict[str, datetime] = {}
    for member in sorted(story.members, key=lambda one: (one.at, one.article_id)):
        first.setdefault(member.origin_id, member.at)
    return first


def status_at(head: Head, at: datetime) -> Status:
    """How much a published story moves at a later time: "breaking" wears off although nobody writes a new version."""
    if head.retracted or head.newest_origin_at is None:
        return head.status
    opened = head.first_reported_at or head.newest_origin_at
    return moving(opened, head.newest_origin_at, head.newest_source_at, head.origins, head.ending, at)


def reason_for_version(previous: Version | None, story: Story) -> Reason | None:
    """Why a story needs another version; None when nothing that readers could see has changed.

    `merge` when it took over another story, `split` when articles left it or it left another story itself; then an
    origin that no earlier version knew counts above an article that none knew, and that above an article that its
    publisher has edited (`update`).
    """
    if previous is None:
        return "split" if any(LEFT.match(member.reason) for member in story.members) else "first"
    had = {source.article_id: source for source in previous.sources}
    new = [member for member in story.members if member.article_id not in had]
    if any(CAME_WITH.match(member.reason) for member in new):
        return "merge"
    if had.keys() - {member.article_id for member in story.members}:
        return "split"
    if {member.origin_id for member in new} - {source.origin_id for source in previous.sources}:
        return "new-origin"
    if new:
        return "new-article"
    revised = any(member.revision > had[member.article_id].revision for member in story.members)
    return "update" if revised else None


def is_stale(story: Story, now: datetime, older_than: timedelta = QUIET) -> bool:
    """Whether a reader must be told that nothing new was reported for that long."""
    return now - story.updated_at >= older_than


def new_articles(previous: Version | None, story: Story) -> Collection[str]:
    """Ids of the articles that the version did not know, oldest first."""
    had = {source.article_id for source in previous.sources} if previous else set()
    members = sorted(story.members, key=lambda one: (one.at, one.article_id))
    return [member.article_id for member in members if member.article_id not in had]
