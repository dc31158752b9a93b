"""`newsroom replay RECEIPT|STORY_ID|URL…`: a published version again, from its sources and the recorded answers."""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import ValidationError

from newsroom.commands.deployed import outputs
from newsroom.commands.reading import read_bytes
from newsroom.commands.telling import counted
from newsroom.desk import Desk, desk
from newsroom.editions.replaying import Public, Replayed, replay
from newsroom.errors import BadInput, NotFound
from newsroom.settings import SiteSettings
from newsroom.site import addresses
from newsroom.site.documents import ReceiptDocument

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.published_files import PublishedFiles

STORY_ID = re.compile(r"s[0-9a-f]{16}")
STORY_PATH = re.compile(r"/story/(?P<slug>[a-z0-9-]+)/(?:v/(?P<number>\d+)/)?(?:\w+\.json)?$")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "references",
        nargs="+",
        metavar="RECEIPT|STORY_ID|URL",
        help="a receipt.json (what lies beside it is compared too), a story's id, or the address of its page",
    )
    parser.add_argument("--version", type=int, metavar="N", help="of a story id or page (default: the newest)")
    parser.add_argument(
        "--stack", help="where it is deployed (default: what ARCHIVE_BUCKET, ARCHIVE_TABLE and SITE_BUCKET say)"
    )
    parser.add_argument("--archive", metavar="DIR", help="a copy of the archive's bucket, instead of asking AWS")
    parser.add_argument("--site", metavar="DIR", help="a copy of the site's bucket to compare with")


def run(arguments: argparse.Namespace) -> Iterator[Replayed]:
    at = _of_stack(arguments.stack) if arguments.stack else desk()
    archive, site = _archive(arguments.archive, at), _Site.of(arguments.site, at)
    failed = []
    for reference in arguments.references:
        try:
            story_id, number, public = _told(reference, arguments.version, archive, site)
            result = replay(archive, story_id, number, public)
        except ValidationError as exc:
            fault = exc.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "it"
            raise BadInput(f"a kept {exc.title} is damaged: {where}: {fault['msg']}", about=reference) from exc
        yield result
        if not result.same:
            failed.append((reference, result))
    if failed:
        reference, result = failed[0]
        first = result.differs[0]
        raise BadInput(
            f"does not replay: {counted(len(result.differs), 'difference')}, the first in {first.document}"
            f" at byte {first.byte}, {first.place or 'as a whole'}: kept “{first.kept}”, replayed “{first.replayed}”"
            + (f"; and {len(failed) - 1} more of those asked for" if failed[1:] else ""),
            about=reference,
        )


def _of_stack(stack: str) -> Desk:
    """The desk of a deployed newsroom; BadInput where AWS knows no such stack or lets us not in."""
    named = {
        "ArchiveTableName": "ARCHIVE_TABLE",
        "ArchiveBucketName": "ARCHIVE_BUCKET",
        "SiteBucketName": "SITE_BUCKET",
    }
    return Desk({"SITE_ADDRESS": "", **{named[key]: value for key, value in outputs(stack).items() if key in named}})


def _archive(copy: str | None, at: Desk) -> "Archive":
    if copy is None:
        return at.archive
    from newsroom.archive.copied import CopiedArchive

    return CopiedArchive(Path(copy))  # type: ignore[return-value]  # all of it that replaying asks for


def _told(reference: str, version: int | None, archive: "Archive", site: "_Site") -> tuple[str, int, Public]:
    """Story, version and what readers have of it. BadInput for what is no reference, NotFound for an unknown one."""
    if STORY_ID.fullmatch(reference):
        number = version or _newest(archive, reference)
        return reference, number, site.holding(reference, number, archive)
    if reference.startswith(("http://", "https://")):
        story_id, told = _of_page(reference, archive)
        number = version or told or _newest(archive, story_id)
        return story_id, number, site.holding(story_id, number, archive)
    receipt = _receipt(reference)
    if version not in (None, receipt.version):
        raise BadInput(f"is the receipt of version {receipt.version}", about=reference)
    return receipt.story, receipt.version, Public(_base(receipt.url), partial(_beside, Path(reference)))


def _receipt(path: str) -> ReceiptDocument:
    try:
        return ReceiptDocument.read(read_bytes(path))
    except ValueError as exc:
        raise BadInput("is no receipt.json", about=path) from exc


def _of_page(url: str, archive: "Archive") -> tuple[str, int | None]:
    found = STORY_PATH.fullmatch(urlsplit(url).path)
    if not found:
        raise BadInput("is not the address of a story: https://HOST/story/…/ or its /v/N/", about=url)
    story_id = archive.slug_owner(found["slug"])
    if story_id is None:
        raise NotFound("no story has that address", about=url)
    return story_id, int(found["number"]) if found["number"] else None


def _newest(archive: "Archive", story_id: str) -> int:
    head = archive.head(story_id)
    if head is None:
        raise NotFound("nothing was published of it", about=story_id)
    return head.version


def _beside(receipt: Path, path: str) -> bytes | None:
    """The receipt itself, and of the other files those that lie in its folder; the receipt goes by any name."""
    name = path.rpartition("/")[2]
    file = receipt if name == "receipt.json" else receipt.with_name(name)
    return file.read_bytes() if file.is_file() else None


@dataclass(frozen=True)
class _Site:
    """The published files, in a folder, a bucket, or not at hand."""

    folder: Path | None = None
    bucket: "PublishedFiles | None" = None

    @classmethod
    def of(cls, copy: str | None, at: Desk) -> "_Site":
        if copy is not None:
            if not Path(copy).is_dir():
                raise BadInput("is no folder", about=copy)
            return cls(folder=Path(copy))
        try:
            return cls(bucket=at.published_files if at.settings(SiteSettings).site_bucket else None)
        except BadInput:  # no site in the environment
            return cls()

    def holding(self, story_id: str, number: int, archive: "Archive") -> Public:
        """What readers have of this version: nothing where a newer one has taken its place."""
        slug = archive.version(story_id, number).slug
        body = self._find(f"{addresses.story(slug)}receipt.json")
        receipt = ReceiptDocument.read(body) if body else None
        if receipt is None or receipt.version != number:
            return Public("", lambda path: None)
        return Public(_base(receipt.url), self._find)

    def _find(self, path: str) -> bytes | None:
        if self.folder:
            file = self.folder / addresses.key(path)
            return file.read_bytes() if file.is_file() else None
        try:
            return self.bucket.get(path) if self.bucket else None
        except NotFound:
            return None


def _base(url: str) -> str:
    """The site's base URL of a story's address."""
    return url.partition("/story/")[0]
