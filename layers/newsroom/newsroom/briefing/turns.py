"""Whose turn it is on a morning that has no room for everybody.

Who has waited longest comes first, then whoever comes first by id. An id is a keyed hash, so that this is a lot drawn
once: nobody can improve on it, and the first thousand are like the rest. Both other orders that offer themselves say
the wrong thing on the small days, which are there to learn how the list is taken: the oldest confirmations hold the
most dead mailboxes, the newest the fewest. Who opens mail is not known here (FEATURES.md E23).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from newsroom.briefing.manifest import Manifest, read_batch, read_manifest
from newsroom.errors import NotFound

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.readers_archive import ReadersArchive

Reader = tuple[str, str]
"""Subscriber id, zone."""


@dataclass(frozen=True)
class Turns:
    """Who is sent today's issue, and who is not, in the order in which they are next."""

    today: Iterable[Reader]
    held: Sequence[str] = ()
    """For whom the day has no room."""
    queue: Sequence[str] = ()
    """They, and whoever waited already and wants no issue at a weekend."""


def turns(wanting: Iterable[Reader], room: int | None, waited: Sequence[str], *, weekend: bool = False) -> Turns:
    """`wanting`: in the order of their ids; `waited`: the longest first. Where a day has a limit, the whole list is in
    memory for a while: 1.7 s and 260 MB for a million readers."""
    if room is None:
        return Turns(wanting)
    due = dict(wanting)
    asleep = {one for one in waited if one not in due} if weekend else set()
    order = list(dict.fromkeys(chain((one for one in waited if one in due or one in asleep), due)))
    awake = [one for one in order if one not in asleep]
    today = set(awake[:room])
    return Turns(
        today=[(one, due[one]) for one in awake[:room]],
        held=awake[room:],
        queue=[one for one in order if one not in today],
    )


def who_waited(archive: "Archive", readers: "ReadersArchive", issue_ids: Iterable[str], *, stopped: bool) -> list[str]:
    """Who was on the list of the newest of these issues that has one, and has no record of it, the longest waiting
    first; none where the day had room for everybody and was not `stopped`. Whoever a failure left out on such a day is
    an operator's to go on with."""
    for issue_id in sorted(issue_ids, reverse=True):
        try:
            manifest = read_manifest(archive, issue_id)
        except NotFound:
            continue
        return _unsent(archive, readers, manifest) if manifest.queue or stopped else []
    return []


def _unsent(archive: "Archive", readers: "ReadersArchive", manifest: Manifest) -> list[str]:
    found = []
    for name in (*manifest.batches, *manifest.queue):
        batch = read_batch(archive, manifest.issue_id, name)
        known = readers.sends(manifest.issue_id, batch)
        found += [one for one in batch if one not in known]
    return found
