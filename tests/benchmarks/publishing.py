"""One changed story in an archive of 100 stories and in one of 100,000: `-m tests.benchmarks.publishing [--full]`.

The real publishing over the fakes of archive and bucket, whose questions are answered from sorted rows like an
index's: nothing is faster here for being small, nothing slower for being large, but what the code itself reads. The
stories are spread over days as a year of 274 a day would be, over all desks, countries, sectors and companies of the
tables, and the whole catalogue stands behind them. They enter through the archive's own calls, one edition makes
every list; then a story grows, and is published again, several times. Without `--full` 5,000 stories.
"""

import argparse
import gc
import json
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from newsroom.editions.listing import lists_of
from newsroom.editions.shelving import shelf_files
from newsroom.publishers.catalogue import Catalogue
from newsroom.site.places import packaged_places
from newsroom.stories.facets import desks
from newsroom.stories.mentions import companies, instruments, sectors
from newsroom.stories.version import Head, Version

from tests.fakes.archive import FakeArchive, Rows
from tests.fakes.newsroom_values import NOON, a_draft, a_story, a_version, an_article
from tests.fakes.published_files import FakePublishedFiles
from tests.fakes.sample_house import HOUSE, SampleHouse, articles_at

FLOORS = Path(__file__).resolve().parents[1] / "floors.json"
A_DAY = 274
TIMES = 7
SLOT = timedelta(minutes=15)


@dataclass(frozen=True)
class Cost:
    """Of one changed story: objects written, seconds of processor, heads and objects read. The most of several times;
    of seconds the least, for whatever else the machine does only adds to them."""

    objects: int
    seconds: float
    heads: int
    questions: int


class CountedFiles(FakePublishedFiles):
    """`asked`: how often a file or its digest was read."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def get(self, path: str) -> bytes:
        self.asked += 1
        return super().get(path)

    def digest(self, path: str) -> str:
        self.asked += 1
        return super().digest(path)


class StoredRows(Rows):
    """Rows whose heads are read as from a table: out of the JSON that they were stored as."""

    def __init__(self) -> None:
        super().__init__()
        self._stored: dict[int, tuple[Head, str]] = {}

    def newest(self, shelf: str, limit: int | None = None, since: str = "") -> list[Head]:
        return [Head.model_validate_json(self._json(head)) for head in super().newest(shelf, limit, since)]

    def _json(self, head: Head) -> str:
        kept, text = self._stored.get(id(head), (None, ""))
        if kept is not head:
            text = head.model_dump_json()
            self._stored[id(head)] = (head, text)
        return text


class Bench(SampleHouse):
    def __init__(self, stories: int) -> None:
        super().__init__(FakeArchive(), CountedFiles())
        self.archive.rows = StoredRows()
        self.catalogue = Catalogue.packaged()
        self.places = packaged_places()
        self.now = NOON
        fill(self, stories)


def fill(house: Bench, stories: int) -> None:
    """Published stories by the archive's own calls, this month's days, and by an edition all else but their pages."""
    template, month = a_version(), []
    for number in range(stories):
        version = a_story_of_its_own(template, number)
        house.archive.publish_version(version)
        house.archive.list_head(version.head, lists_of(version.head, house.places))
        if version.head.day[:7] == f"{NOON:%Y-%m}":
            month.append(version.head)
    for file in shelf_files(house.files, month, (), HOUSE, house.places):
        house.files.put(file.path, file.body, file.content_type)
    house.publish()


def a_story_of_its_own(template: Version, number: int) -> Version:
    desk = desks()[number % len(desks())]
    firms, trades = list(companies()), list(sectors())
    at = NOON - timedelta(days=1) * (number / A_DAY)
    head = template.head.model_copy(
        update={
            "story_id": f"s{number:016x}",
            "slug": f"an-event-of-its-own-{number:06}",
            "headline": f"{template.head.headline} for the {number}th time",
            "desk": desk.id,
            "country": sorted(packaged_places().countries)[number % len(packaged_places().countries)],
            "companies": (firms[number % len(firms)],),
            "sectors": (trades[number % len(trades)],),
            "topics": ("rates", "jobs", "deals", "climate", "energy", "trade")[number % 6 : number % 6 + 1],
            "instruments": tuple(list(instruments())[number % 40 : number % 40 + 1]),
            "first_published_at": at,
            "published_at": at,
            "newest_source_at": at,
        }
    )
    named = {"story_id": head.story_id, "slug": head.slug, "published_at": at, "first_published_at": at}
    return template.model_copy(update={**named, "head": head})


def cost(stories: int) -> Cost:
    house = Bench(stories)
    house.accept(articles_at(1), country="DE", desk="europe")
    house.now += SLOT
    house.publish(house.now, "first")
    costs = [_once(house, number) for number in range(TIMES)]
    return Cost(
        max(one.objects for one in costs),
        min(one.seconds for one in costs),
        max(one.heads for one in costs),
        max(one.questions for one in costs),
    )


def _once(house: Bench, number: int) -> Cost:
    """The same story grows by one more article, and is published."""
    late = [
        an_article(
            "meridian-ledger",
            url=f"https://meridian-ledger.example/late-{one}",
            published_at=house.now,
            fetched_at=house.now,
        )
        for one in range(number + 1)
    ]
    articles = (*articles_at(1), *late)
    first = a_story(articles_at(1))
    story = a_story(articles, id=first.id, country="DE", desk="europe")
    house.accept(articles, a_draft(articles, story, id=f"draft-{number}"), id=first.id, country="DE", desk="europe")
    house.now += SLOT
    files: CountedFiles = house.files  # type: ignore[assignment]
    house.archive.rows.read = files.asked = 0
    gc.collect()
    gc.disable()
    begun = time.process_time()
    published = house.publish(house.now, f"edition-{number}")
    spent = time.process_time() - begun
    gc.enable()
    assert published.stories_published == 1
    return Cost(published.objects_written, spent, house.archive.rows.read, files.asked)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="100,000 stories")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = parser.parse_args()
    large = 100_000 if chosen.full else 5_000
    floors = json.loads(FLOORS.read_text())["publishing"]
    small_cost, large_cost = cost(100), cost(large)
    ratio = large_cost.seconds / small_cost.seconds
    for stories, one in ((100, small_cost), (large, large_cost)):
        print(
            f"{stories:>7} stories: {one.objects} objects written, {one.seconds * 1000:.0f} ms of processor, "
            f"{one.heads} heads and {one.questions} files read"
        )
    print(f"time of one changed story, large archive beside small: {ratio:.2f} (at most {floors['most_time']})")
    if chosen.json:
        figures = {"small": asdict(small_cost), "large": asdict(large_cost), "stories": large, "time_ratio": ratio}
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n")
    assert large_cost.objects <= floors["most_objects"]
    assert ratio <= floors["most_time"]


if __name__ == "__main__":
    main()
