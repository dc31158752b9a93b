"""The one stylesheet: a palette, then rules, joined and named by its content."""

import hashlib
import re
from functools import cache
from pathlib import Path

from newsroom.site.site_file import BRIEFLY, FOR_EVER, SiteFile

PARTS = ("palette", "text", "frame", "story", "lists", "forms", "print")
CSS = "text/css; charset=utf-8"


@cache
def stylesheet() -> bytes:
    """All parts in order, without comments and needless blanks."""
    folder = Path(__file__).parent / "styles"
    text = "\n".join((folder / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    return re.sub(r"(?<=[{;])([\w-]+): ", r"\1:", text).replace(";}", "}").strip().encode()


@cache
def stylesheet_path() -> str:
    return f"/assets/site.{hashlib.sha256(stylesheet()).hexdigest()[:12]}.css"


def stylesheet_files() -> list[SiteFile]:
    """The hashed file that pages link, and the same under a fixed name for pages made elsewhere (the API's)."""
    return [
        SiteFile(stylesheet_path(), stylesheet(), CSS, FOR_EVER),
        SiteFile("/assets/site.css", stylesheet(), CSS, BRIEFLY),
    ]
