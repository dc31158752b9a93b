"""Stories that turned out to be part of others: their addresses lead on, and lists leave them out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsroom.errors import NotFound
from newsroom.site import addresses
from newsroom.site.rendering import House, render
from newsroom.site.site_file import SiteFile
from newsroom.site.standing_pages import redirect_page
from newsroom.stories.version import Head, Version

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive


@dataclass(frozen=True)
class Move:
    """From one story's address to another's; all None where the merged story never had one."""

    slug: str | None = None
    target: str | None = None
    """Slug of the other one."""
    headline: str | None = None
    """Of the other one's first version, which never changes, like its slug."""


def moves_of(archive: "Archive", versions: Sequence[Version]) -> dict[str, Move]:
    """Story that was merged → where its address leads, of those whose target has a page or gets one by `versions`.

    Until then a merged story stays as it was published.
    """
    first = {version.story_id: version for version in versions if version.number == 1}
    moves = {}
    for story_id, target in archive.merged():
        own = archive.head(story_id)
        if own is None:
            moves[story_id] = Move()
        elif target in first or archive.head(target):
            moves[story_id] = move_to(own, first.get(target) or archive.version(target, 1))
    return moves


def move_to(own: Head, target: Version) -> Move:
    """`target`: the first version of the story that took it in."""
    return Move(own.slug, target.slug, target.head.headline)


def redirect_files(moves: Mapping[str, Move], house: House) -> list[SiteFile]:
    """The pages at the old addresses. S3 serves no redirects of its own behind an origin access control."""
    pages = [
        redirect_page(addresses.story(move.slug), addresses.story(move.target), move.headline, house)
        for move in moves.values()
        if move.slug and move.target and move.headline
    ]
    return [SiteFile(page.frame.path, render(page)) for page in pages]


def merged_into(archive: "Archive", story_id: str) -> str:
    """The story that took it in; its page is a redirect then, which nothing may write over."""
    try:
        return archive.story(story_id).merged_into
    except NotFound:
        return ""
