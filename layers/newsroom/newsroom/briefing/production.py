"""How a morning's issue comes about: claimed, composed once, frozen, published, addressed."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from newsroom.briefing.allowance import Room
from newsroom.briefing.composing import candidates, compose, in_turn, ranked
from newsroom.briefing.issue import Issue
from newsroom.briefing.manifest import Manifest, read_manifest, write_manifest
from newsroom.briefing.rendering import issue_files, list_files
from newsroom.briefing.turns import turns, who_waited
from newsroom.errors import ArchiveConflict, BadInput, NotFound
from newsroom.markets.prices import NO_PRICES, Prices
from newsroom.readers.preferences import due_at
from newsroom.site.rendering import House

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.published_files import PublishedFiles
    from newsroom.archive.readers_archive import ReadersArchive

REMEMBERED = 60
"""Issues that are looked through for what readers were told already, and listed on the site."""
MOST_READ = 60
"""Candidates whose versions are read, most important first; seven become items."""
EVERYBODY = Room()


def produce(
    issue_id: str,
    *,
    archive: "Archive",
    readers: "ReadersArchive",
    files: "PublishedFiles",
    house: House,
    owner_of: Callable[[str], str],
    now: datetime,
    prices: Prices = NO_PRICES,
    by_their_clocks: bool = False,
    room: Room = EVERYBODY,
    cooled: bool = False,
) -> Manifest:
    """The issue of a date, stored, on the site, and addressed. Repeating it changes nothing.

    `by_their_clocks`: those for whom it is night are sent it later. `room`: how many can be sent it today; `cooled`:
    the last issue may have been stopped on its way, so that some of its list wait. Raises ArchiveConflict,
    ArchiveThrottled, and BadInput for a date whose turn it is not.
    """
    now = now.replace(microsecond=0)  # a wave's time is read by Step Functions, whose own have milliseconds at most
    issue = frozen_issue(archive, issue_id, owner_of=owner_of, now=now, prices=prices)
    publish(archive, files, house, issue)
    try:
        return read_manifest(archive, issue_id)
    except NotFound:
        pass
    weekend = issue.edition == "weekend"
    waited: list[str] = []
    if room.mails is not None:
        before = [one for one in archive.issue_ids(REMEMBERED) if one < issue_id]
        waited = who_waited(archive, readers, before, stopped=cooled)
    found = turns(readers.confirmed(weekend=weekend), room.mails, waited, weekend=weekend)
    addressed = _due(found.today, now) if by_their_clocks else ((one, now) for one, _ in found.today)
    return write_manifest(archive, issue_id, addressed, held=found.held, held_for=room.by, queue=found.queue)


def _due(wanting: Iterable[tuple[str, str]], now: datetime) -> Iterator[tuple[str, datetime]]:
    """(Subscriber id, zone) → (subscriber id, when it is due); each zone is asked for once."""
    due: dict[str, datetime] = {}
    for subscriber_id, zone in wanting:
        if zone not in due:
            due[zone] = due_at(zone, now)
        yield subscriber_id, due[zone]


def frozen_issue(
    archive: "Archive", issue_id: str, *, owner_of: Callable[[str], str], now: datetime, prices: Prices = NO_PRICES
) -> Issue:
    """The stored issue of a date; composed and stored now when there is none.

    BadInput for a date that is yet to come, and for one that was left out when a later issue is there: it would tell
    everybody what that one told them.
    """
    try:
        return archive.issue(issue_id)
    except NotFound:
        if not in_turn(issue_id, archive.issue_ids(1), now):
            raise BadInput(
                "no issue can be composed for that date: it is not yet, or a later issue is out", about=issue_id
            ) from None
        issue = composed(archive, issue_id, owner_of=owner_of, now=now, prices=prices)
    try:
        archive.store_issue(issue)
    except ArchiveConflict:
        return archive.issue(issue_id)
    return issue


def publish(archive: "Archive", files: "PublishedFiles", house: House, issue: Issue) -> None:
    """The issue's own page first, then what lists it; what is there already is not written again."""
    known = [archive.issue(one) for one in archive.issue_ids(REMEMBERED)]
    for file in (*issue_files(issue, house), *list_files(known, house)):
        if files.digest(file.path) != file.digest:
            files.put(file.path, file.body, file.content_type)


def composed(
    archive: "Archive", issue_id: str, *, owner_of: Callable[[str], str], now: datetime, prices: Prices = NO_PRICES
) -> Issue:
    """The issue as it would be frozen now; it is kept nowhere."""
    now = now.replace(microsecond=0)
    before = [archive.issue(one) for one in archive.issue_ids(REMEMBERED) if one < issue_id]
    last = before[0] if before else None
    carried: dict[str, dict[str, int]] = {}
    for issue in before:
        for item in issue.items:
            carried.setdefault(item.story_id, {})[issue.issue_id] = item.version
    heads = archive.heads(since=last.composed_at - timedelta(hours=2) if last else None)
    chosen = list(islice(ranked(candidates(heads, last, now)), MOST_READ))
    told = {
        head.story_id: archive.version(head.story_id, max(carried[head.story_id].values()))
        for head in chosen
        if head.story_id in carried
    }
    return compose(
        (archive.version(head.story_id, head.version) for head in chosen),
        issue_id=issue_id,
        now=now,
        heads=heads,
        last=last,
        told=told,
        carried=carried,
        corrections=archive.corrections(),
        owner_of=owner_of,
        market=prices.snapshot(now),
    )
