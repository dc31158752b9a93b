"""How often a publisher is asked: busy ones every slot, quiet ones every few hours, dead ones daily. Rules only.

Twice as often as it publishes, by its last week or by what was just found, whichever is more; within bounds that
follow from its tier. Nothing is drawn by chance: the same history gives the same slot.
"""

import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from newsroom.publishers.health import Day
from newsroom.publishers.selecting import SLOT, slot_of

LEARNING = timedelta(days=1)
"""A publisher that is new is asked in every slot so long: nothing is known of its rhythm."""
WINDOW = timedelta(days=7)
"""Rhythm and shares are told of the last week: offices and weekends are in it once."""
POLLS_AN_ARTICLE = 2
"""So that an article waits half its publisher's usual pause at most."""
QUIET = {1: timedelta(hours=1), 2: timedelta(hours=2), 3: timedelta(hours=4)}
"""The longest pause by tier: an official body says little, and then it matters."""
DEAD_AFTER = timedelta(days=30)
DAILY = timedelta(days=1)
"""The longest pause of all: of dead ones, and of those that fail for long."""


def pause(
    days: Sequence[Day], *, tier: int, now: datetime, first: datetime, last_new: datetime | None, found: float
) -> timedelta:
    """Whole slots until the next poll of a publisher that answered.

    `days` as in Health, today included; `first` its first answer ever, `last_new` when something was new last.
    `found`: new articles in this poll for each slot since the poll before.
    """
    if now - first < LEARNING:
        return SLOT
    if now - (last_new or first) >= DEAD_AFTER:
        return DAILY
    usual = fresh_a_day(days, now=now, first=first) * (SLOT / timedelta(days=1))
    expected = max(usual, found)
    most = QUIET[tier] // SLOT
    return SLOT * min(most, max(1, int(1 / (POLLS_AN_ARTICLE * expected)))) if expected else SLOT * most


def fresh_a_day(days: Sequence[Day], *, now: datetime, first: datetime) -> float:
    """Articles that were news when they were found, on an average day of the last week."""
    since = max(now - WINDOW, first)
    found = sum(day.fresh for day in days if datetime.fromisoformat(day.date).replace(tzinfo=UTC) > now - WINDOW)
    return found / max((now - since) / timedelta(days=1), 1.0)


def next_slot(now: datetime, wait: timedelta, publisher_id: str) -> datetime:
    """The next slot of a publisher's own beat of `wait`: never later than that, and not everybody at once.

    Slots, not pauses from now: an edition that starts two seconds early must not find everybody due three seconds
    later.
    """
    beat = wait // SLOT
    slot = slot_of(now)
    number = int(slot.timestamp()) // int(SLOT.total_seconds())
    return slot + SLOT * ((zlib.crc32(publisher_id.encode()) - number) % beat or beat)


def after_failures(now: datetime, failures: int, retry_after: float = 0.0) -> datetime:
    """The next slot, and after `failures` editions in a row twice as late each time, to a day.

    `retry_after` (seconds) is the publisher's own wish, kept within the same day.
    """
    wait = min(SLOT * (1 << min(max(failures - 1, 0), 10)), DAILY)
    asked = timedelta(seconds=min(max(retry_after, 0.0), DAILY.total_seconds()))
    if asked > wait:
        return slot_of(now + asked) + SLOT
    return slot_of(now) + wait
