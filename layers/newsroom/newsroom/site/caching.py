"""How long whoever stands between us and a reader keeps what: one table, by the path, for all who write."""

import re
from dataclasses import dataclass

from newsroom.site import addresses

FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Keeping:
    """Objects of one kind. `paths`: a regular expression of whole paths."""

    kind: str
    paths: str
    cache_control: str
    why: str


TABLE = (
    Keeping("permanent versions", r"/story/[^/]+/v/\d+/", FOR_EVER, "numbered, and never written again"),
    Keeping("pictures", r"/story/[^/]+/[a-z]+-[0-9a-f]{12}\.png", FOR_EVER, "named by their content"),
    Keeping("scripts", r"/assets/\w+\.[0-9a-f]{12}\.js", FOR_EVER, "named by their content"),
    Keeping(
        "icon, schemas, description, robots.txt, llms.txt",
        rf"{addresses.ICON}|{addresses.SCHEMAS}.+\.json|{addresses.OPENAPI}|/(robots|llms)\.txt",
        "public, max-age=3600, stale-while-revalidate=86400",
        "only a deployment changes them, and nothing breaks meanwhile",
    ),
    Keeping(
        "feeds and sitemaps",
        r".*/(feed|atom)\.(xml|json)|/(news-)?sitemap\.xml|/sitemap/[\w-]+\.xml",
        "public, max-age=300, stale-while-revalidate=600",
        "programs that poll; an edition comes every fifteen minutes",
    ),
    Keeping(
        "documents",
        r".*\.json",
        "public, max-age=60, stale-while-revalidate=600",
        "as the pages that say the same",
    ),
    Keeping(
        "pages",
        r".*/(index\.html)?|/404\.html",
        "public, max-age=60, stale-while-revalidate=600",
        "a correction is seen within a minute; meanwhile nobody waits",
    ),
)
"""The first that fits counts."""


def keeping(path: str) -> Keeping:
    """KeyError for a path of no kind: whoever writes a new one says here how long it is kept."""
    found = next((one for one in TABLE if re.fullmatch(one.paths, path)), None)
    if found is None:
        raise KeyError(f"how long {path} is kept stands in no row of the table")
    return found
