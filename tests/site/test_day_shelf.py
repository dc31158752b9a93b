"""Search and the archive by day: a changed story touches its day and its month, whatever else there is."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import newsroom.site
import pytest
from newsroom.editions.shelving import shelf_files
from newsroom.site import addresses
from newsroom.site.day_shelf import (
    DAY_MARKS,
    LEFT_OUT,
    DayShelf,
    Months,
    MonthShelf,
    Shelved,
    by_day,
    shelf_path,
    shelved,
    words_in,
    words_of,
    words_path,
)  # fmt: skip
from newsroom.site.scripts import NAMES, script
from newsroom.stories.version import Head

from tests.fakes.newsroom_values import NOON, a_version
from tests.fakes.published_files import FakePublishedFiles
from tests.fakes.sample_house import HOUSE, PLACES

WORDS = Path(newsroom.site.__file__).parents[1] / "stories" / "background.txt"


def a_head(number: int, at: datetime = NOON, **changes: object) -> Head:
    given = {
        "story_id": f"s{number:04}", "slug": f"story-{number}", "headline": f"Copper gains {number}% in Chile",
        "first_published_at": at, "published_at": at,
    }  # fmt: skip
    return a_version().head.model_copy(update=given | changes)


def put(files: FakePublishedFiles, heads: list[Head], gone: tuple[str, ...] = ()) -> list[str]:
    """The paths whose bytes changed."""
    changed = [
        file for file in shelf_files(files, heads, gone, HOUSE, PLACES) if files.digest(file.path) != file.digest
    ]
    for file in changed:
        files.put(file.path, file.body, file.content_type)
    return sorted(file.path for file in changed)


def bodies(files: FakePublishedFiles) -> dict[str, bytes]:
    return {key: file.body for key, file in files.files.items()}


def found(files: FakePublishedFiles, question: str) -> list[str]:
    """As `scripts/search.js` looks: months, then the days that have every word, then their stories."""
    terms = words_in(question)
    slugs = []
    for month in sorted(Months.read(files.get(addresses.MONTHS)).months, reverse=True):
        words = MonthShelf.read(files.get(words_path(month))).words
        marks = [{mark for word, days in words.items() if word.startswith(term) for mark in days} for term in terms]
        for mark in sorted(set.intersection(*marks), reverse=True):
            shelf = DayShelf.read(files.get(shelf_path(f"{month}-{DAY_MARKS.index(mark):02}")))
            slugs += [story.slug for story in shelf.stories if all(_has(story, term) for term in terms)]
    return slugs


def _has(story: Shelved, term: str) -> bool:
    return any(word.startswith(term) for word in words_of(story))


def test_a_story_is_found_by_the_beginnings_of_its_words() -> None:
    files = FakePublishedFiles()
    put(files, [a_head(1), a_head(2, NOON - timedelta(days=40), headline="Économie: tariffs on São Paulo’s steel")])
    assert found(files, "coppe chile") == ["story-1"]
    assert found(files, "Economie tariff sao") == ["story-2"]
    assert found(files, "copper steel") == []
    assert found(files, "germany") == ["story-1", "story-2"]


def test_a_new_headline_touches_its_day_and_the_words_of_its_month_and_a_mere_update_nothing() -> None:
    files = FakePublishedFiles()
    put(files, [a_head(n, NOON - timedelta(hours=7 * n)) for n in range(300)])
    assert put(files, [a_head(7, NOON - timedelta(hours=49), score=12, origins=9)]) == []
    assert put(files, [a_head(7, NOON - timedelta(hours=49), headline="Tin falls")]) == [
        "/archive/2026/11/21/", "/archive/2026/11/21/stories.json", "/archive/2026/11/words.json",
    ]  # fmt: skip
    assert found(files, "tin falls") == ["story-7"]
    assert "story-7" not in found(files, "copper")
    assert len(put(files, [a_head(900)])) <= 6


def test_the_order_in_which_stories_came_changes_no_byte() -> None:
    heads = [a_head(n, NOON - timedelta(hours=5 * n)) for n in range(40)]
    one, other = FakePublishedFiles(), FakePublishedFiles()
    put(one, heads)
    random.Random(4).shuffle(heads)
    for head in heads:
        put(other, [head.model_copy(update={"headline": "An earlier wording"})])
        put(other, [head])
    assert bodies(one) == bodies(other)


def test_an_edition_that_changes_no_story_changes_no_file() -> None:
    files = FakePublishedFiles()
    put(files, [a_head(1), a_head(2, NOON - timedelta(days=40))])
    assert put(files, []) == []


def test_what_is_retracted_or_merged_leaves_the_lists() -> None:
    files = FakePublishedFiles()
    put(files, [a_head(1), a_head(2), a_head(3)])
    put(files, [a_head(1, retracted=True), a_head(2)], gone=("s0002",))
    assert found(files, "copper") == ["story-3"]
    assert Months.read(files.get("/archive/months.json")).months == {"2026-11": 1}


def test_a_story_stands_on_the_day_of_its_first_publication_for_life() -> None:
    late = a_head(1, datetime(2026, 11, 23, 23, 59, tzinfo=UTC), published_at=NOON + timedelta(days=3))
    assert list(by_day([late])) == ["2026-11-23"]


@pytest.mark.soak
def test_a_year_of_a_hundred_thousand_stories_is_read_in_small_pieces() -> None:
    """Headlines of words as frequent as in news: what a reader loads for a question, and what one change rewrites."""
    rng = random.Random(1)
    vocabulary = [line.split()[0] for line in WORDS.read_text("utf-8").splitlines() if line.strip()][:30_000]
    weights = [1 / (place + 20) for place in range(len(vocabulary))]
    month = MonthShelf(month="2026-11")
    sizes = []
    for day in range(1, 31):
        at = datetime(2026, 11, day, 12, tzinfo=UTC)
        heads = [
            a_head(n, at, headline=" ".join(rng.choices(vocabulary, weights, k=9)), slug=f"{n:06x}-" + "x" * 40)
            for n in range(278)
        ]
        shelf = DayShelf(day=f"2026-11-{day:02}").with_stories(shelved(head, PLACES) for head in heads)
        month = month.with_day(shelf)
        sizes.append(len(brotli.compress(shelf.as_bytes())))
    print(f"words of a month {len(brotli.compress(month.as_bytes()))} B, a day at most {max(sizes)} B, compressed")
    assert len(brotli.compress(month.as_bytes())) < 120_000
    assert max(sizes) < 40_000


def test_the_script_leaves_out_the_same_words() -> None:
    line = next(line for line in script("search").decode().splitlines() if "LEFT_OUT = " in line)
    assert set(line.split("'")[1].split()) == LEFT_OUT


def test_all_scripts_together_stay_below_eight_kilobytes() -> None:
    assert sum(len(script(name)) for name in NAMES) < 8 * 1024


@pytest.mark.parametrize("name", NAMES)
def test_a_script_reaches_no_other_host_keeps_nothing_and_builds_no_markup(name: str) -> None:
    text = script(name).decode()
    for word in ("http:", "https:", "//", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in text
    for word in ("cookie", "localStorage", "sessionStorage", "indexedDB", "sendBeacon", "setAttribute('style"):
        assert word not in text
