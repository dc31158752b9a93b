"""The life of a story: how much it still moves, and why it is written again. Pure functions of dates and members."""

from collections.abc import Collection
from datetime import datetime, timedelta

from newsroom.stories.story import Status, Story
from newsroom.stories.version import Reason, Version

BREAKING = timedelta(hours=2)
"""Since the newest new origin; by itself, one report does not break more than once."""

SETTLED = timedelta(hours=12)
"""Without a new origin: others only repeat what is known."""

QUIET = timedelta(hours=24)
"""Without any article: "no new reporting since …"."""


def status(story: Story, now: datetime) -> Status:
    """How much it moves, by the dates of articles and of new origins, clamped to the past.

    `quiet`: nothing for 24 hours. `breaking`: opened, or got a new origin, within two hours, with at least two
    origins. `settled`: no new origin for 12 hours. Else `developing`.
    """
    if now - story.updated_at >= QUIET:
        return "quiet"
    newest_origin = max(origin_dates(story).values(), default=story.opened_at)
    if now - newest_origin < BREAKING and story.origins > 1:
        return "breaking"
    return "settled" if now - newest_origin >= SETTLED else "developing"


def origin_dates(story: Story) -> dict[str, datetime]:
    """Origin id → the date of its first article, oldest first."""
    first: dict[str, datetime] = {}
    for member in sorted(story.members, key=lambda one: (one.at, one.article_id)):
        first.setdefault(member.origin_id, member.at)
    return first


def reason_for_version(previous: Version | None, story: Story) -> Reason | None:
    """Why a story needs another version; None when nothing that readers could see has changed.

    `first` without a version, `merge` when it took over the articles of another story at once …: an origin that
    no earlier version knew counts above an article that none knew. An article that left is a `split`.
    """
    if previous is None:
        return "first"
    had = {source.article_id for source in previous.sources}
    have = {member.article_id for member in story.members}
    if {member.origin_id for member in story.members} - {source.origin_id for source in previous.sources}:
        return "new-origin"
    if have - had:
        return "new-article"
    return "split" if had - have else None


def is_stale(story: Story, now: datetime, older_than: timedelta = QUIET) -> bool:
    """Whether a reader must be told that nothing new was reported for that long."""
    return now - story.updated_at >= older_than


def new_articles(previous: Version | None, story: Story) -> Collection[str]:
    """Ids of the articles that the version did not know, oldest first."""
    had = {source.article_id for source in previous.sources} if previous else set()
    members = sorted(story.members, key=lambda one: (one.at, one.article_id))
    return [member.article_id for member in members if member.article_id not in had]
