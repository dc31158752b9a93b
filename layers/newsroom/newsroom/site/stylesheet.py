"""The one stylesheet: a palette, then rules, joined, and carried by every page in its head.

Each page names the hash of its own style, so that it keeps both for life, whatever later pages look like.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

PARTS = ("palette", "text", "frame", "story", "lists", "forms", "print")


@cache
def stylesheet() -> str:
    """All parts in order, without comments and needless blanks."""
    folder = Path(__file__).parent / "styles"
    text = "\n".join((folder / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r" ?([{};,>]) ?", r"\1", text)
    return re.sub(r"(?<=[{;])([\w-]+): ", r"\1:", text).replace(";}", "}").strip()


@cache
def style_policy() -> str:
    """The content security policy under which this stylesheet is the only style that acts on a page."""
    digest = hashlib.sha256(stylesheet().encode()).digest()
    return f"style-src 'sha256-{base64.b64encode(digest).decode()}'"
