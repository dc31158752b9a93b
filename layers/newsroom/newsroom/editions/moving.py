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
    """From one story's address to another's; both None where the merged story never had one."""

    slug: str | None
    target: Head | None


def moves_of(archive: "Archive", versions: Sequence[Version]) -> dict[str, Move]:
    """Story that was merged → where its address leads, of those whose target has a page or gets one by `versions`.

    Until then a merged story stays as it was published.
    """
    new = {version.story_id: version.head for version in versions}
    moves = {}
    for story_id, target in archive.merged():
        own, head = archive.head(story_id), new.get(target) or archive.head(target)
        if own is None:
            moves[story_id] = Move(None, None)
        elif head:
            moves[story_id] = Move(own.slug, head)
    return moves


def redirect_files(moves: Mapping[str, Move], house: House) -> list[SiteFile]:
    """The pages at the old addresses. S3 serves no redirects of its own behind an origin access control."""
    pages = [
        redirect_page(addresses.story(move.slug), addresses.story(move.target.slug), move.target.headline, house)
        for move in moves.values()
        if move.slug and move.target
    ]
    return [SiteFile(page.frame.path, render(page)) for page in pages]


def merged_into(archive: "Archive", story_id: str) -> str:
    """The story that took it in; its page is a redirect then, which nothing may write over."""
    try:
        return archive.story(story_id).merged_into
    except NotFound:
        return ""
