"""One table says how long what is kept; it has a row for whatever is written, and stands in ARCHITECTURE.md."""

import hashlib
import re
from pathlib import Path

import pytest
from newsroom.readers.request import SECURITY_HEADERS
from newsroom.site.caching import FOR_EVER, TABLE, keeping
from newsroom.site.site_file import SiteFile

from tests.fakes.sample_house import SampleHouse

ARCHITECTURE = Path(__file__).resolve().parents[2] / "ARCHITECTURE.md"


@pytest.fixture(scope="module")
def site() -> dict[str, SiteFile]:
    house = SampleHouse()
    house.accept_several(3)
    house.publish()
    return {file.path: file for file in house.files.files.values()}


def test_every_row_is_needed_and_every_file_has_one(site: dict[str, SiteFile]) -> None:
    kinds = {keeping(path).kind for path in site}
    assert kinds == {row.kind for row in TABLE}
    assert {path for path, file in site.items() if file.cache_control != keeping(path).cache_control} == set()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "pages"),
        ("/404.html", "pages"),
        ("/story/kestrel-1/", "pages"),
        ("/story/kestrel-1/history/", "pages"),
        ("/story/kestrel-1/v/12/", "permanent versions"),
        ("/story/kestrel-1/card-0123456789ab.png", "pictures"),
        ("/story/kestrel-1/story.json", "documents"),
        ("/country/de/feed.json", "feeds and sitemaps"),
        ("/sitemap/2026-11-24.xml", "feeds and sitemaps"),
        ("/news-sitemap.xml", "feeds and sitemaps"),
        ("/assets/story.0123456789ab.js", "scripts"),
        ("/schemas/story-1.json", "icon, schemas, description, robots.txt, llms.txt"),
    ],
)
def test_a_path_has_its_kind(path: str, kind: str) -> None:
    assert keeping(path).kind == kind


def test_a_kind_that_nobody_thought_of_is_refused() -> None:
    with pytest.raises(KeyError, match=r"/figures\.csv"):
        keeping("/figures.csv")


def test_only_what_is_named_by_its_content_or_number_is_kept_for_ever(site: dict[str, SiteFile]) -> None:
    for path, file in site.items():
        named = re.search(r"[.-][0-9a-f]{12}\.\w+$|/v/\d+/$", path)
        assert bool(named) == (file.cache_control == FOR_EVER), path
    scripts = [file for path, file in site.items() if path.endswith(".js")]
    assert len(scripts) == 2
    for script in scripts:
        assert hashlib.sha256(script.body).hexdigest()[:12] in script.path


def test_what_an_edition_changes_is_asked_for_again_within_five_minutes() -> None:
    for row in TABLE:
        seconds = int(re.findall(r"max-age=(\d+)", row.cache_control)[0])
        if row.kind in ("pages", "documents", "feeds and sitemaps"):
            assert seconds <= 300
            assert "stale-while-revalidate" in row.cache_control


def test_architecture_prints_the_table_and_what_the_api_says() -> None:
    printed = ARCHITECTURE.read_text(encoding="utf-8")
    for row in TABLE:
        assert f"| {row.kind} | `{row.cache_control}` | {row.why} |" in printed
    assert f"| answers of `/api/*` | `{SECURITY_HEADERS['cache-control']}` |" in printed
