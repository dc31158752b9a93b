"""The two small scripts. Pages say the same without them; nothing is asked of any other host."""

import hashlib
import re
from functools import cache
from pathlib import Path

from newsroom.site.site_file import SiteFile

NAMES = ("story", "search")
JAVASCRIPT = "text/javascript; charset=utf-8"


@cache
def script(name: str) -> bytes:
    """Without comments and indentation; what is left is as it was written."""
    text = (Path(__file__).parent / "scripts" / f"{name}.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not re.match(r"//", line)).encode()


@cache
def script_path(name: str) -> str:
    return f"/assets/{name}.{hashlib.sha256(script(name)).hexdigest()[:12]}.js"


def script_files() -> list[SiteFile]:
    return [SiteFile(script_path(name), script(name), JAVASCRIPT) for name in NAMES]
