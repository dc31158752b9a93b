"""Many publishers, put together so that each host meets one worker only. Rules only.

A batch is one worker's work. Publishers whose feeds share a site are never in two of them, and a worker asks them one
after the other: that is how politeness holds between workers that know nothing of each other.
"""

import zlib
from collections.abc import Sequence

from newsroom.articles.address import site_of
from newsroom.publishers.publisher import Publisher
from newsroom.wire.manners import together

BATCH = 25
"""Publishers in one batch: at 2 s each for most, side by side, far below a function's time."""

Batch = tuple[tuple[str, ...], ...]
"""Publisher ids; those that must not be asked at the same time stand together."""


def batches(chosen: Sequence[Publisher], edition_id: str, size: int = BATCH) -> list[Batch]:
    """Every publisher once, about `size` to a batch; more only where more of them share a site.

    Who is with whom changes with every edition: whoever shares a batch with one that kills its worker is rid of it in
    the next.
    """
    sites = {one.id: [site_of(feed) for feed in one.feeds] for one in sorted(chosen, key=lambda one: one.id)}
    groups = sorted(together(sites), key=lambda group: (zlib.crc32(f"{edition_id} {group[0]}".encode()), group))
    found: list[list[tuple[str, ...]]] = []
    room = 0
    for group in groups:
        if len(group) > room:
            found.append([])
            room = size
        found[-1].append(group)
        room -= len(group)
    return [tuple(batch) for batch in found]
