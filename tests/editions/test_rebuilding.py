"""The site made anew out of the archive is the site that the editions made, byte for byte."""

import random
from datetime import timedelta

import pytest
from newsroom.editions.rebuilding import KEY, rebuild
from newsroom.editions.ruling import Ruling
from newsroom.errors import ArchiveConflict
from newsroom.site import addresses

from tests.editions.test_publishing import LATER, a_house_with_news, grown
from tests.fakes.newsroom_values import NOON, a_draft, a_story, an_article
from tests.fakes.published_files import FakePublishedFiles
from tests.fakes.sample_house import HOUSE, PLACES, SampleHouse, articles_at

SLOT = timedelta(minutes=15)


def rebuilt(house: SampleHouse, files: FakePublishedFiles, now=LATER, seconds: float = 900):  # type: ignore[no-untyped-def]
    given = (house.archive, files, house.catalogue, HOUSE, PLACES, now, house.invalidated.extend, lambda: seconds)
    return rebuild(*given)  # type: ignore[arg-type]


def bytes_of(files: FakePublishedFiles) -> dict[str, bytes]:
    return {key: file.body for key, file in files.files.items()}


def some_news(house: SampleHouse, chance: random.Random, turn: int) -> None:
    """A new story, one that grows and changes its country, one that is merged, one that is withdrawn, or nothing."""
    published = sorted(one for one in house.archive.published if not house.archive.story(one).merged_into)
    happening = chance.choice(["new", "new", "grows", "merge", "ruling", "nothing"])
    if happening == "new" or len(published) < 2:
        country, desk = chance.choice([("DE", "europe"), ("JP", "asia"), ("GB", "europe")])
        companies = chance.sample(["siemens", "nvidia", "toyota"], chance.randrange(3))
        house.accept(articles_at(30 * turn + chance.randrange(30)), country=country, desk=desk, topics=tuple(companies))
    elif happening == "grows":
        one = house.archive.story(chance.choice(published))
        articles = house.archive.articles(member.article_id for member in one.members)
        url = f"https://meridian-ledger.example/late-{turn}"
        articles = (*articles, an_article("meridian-ledger", url=url, published_at=NOON, fetched_at=NOON))
        country = chance.choice(["DE", "JP", "GB"])
        story = a_story(articles, id=one.id, country=country, desk=one.desk)
        house.accept(articles, a_draft(articles, story, id=f"draft-{turn}"), id=one.id, country=country, desk=one.desk)
    elif happening == "merge":
        gone, stay = chance.sample(published, 2)
        story = house.archive.story(gone)
        house.archive.store_story(story.model_copy(update={"members": (), "merged_into": stay}))
    elif happening == "ruling":
        kind = chance.choice(["retraction", "correction"])
        house.archive.store_ruling(
            Ruling(id=f"DEC-{turn:06}", story_id=chance.choice(published), kind=kind, was="x", now_reads="y",
                   decided_at=NOON + turn * SLOT),  # type: ignore[arg-type]
            None,
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_any_sequence_of_editions_leaves_what_a_rebuild_makes(seed: int) -> None:
    chance, house = random.Random(seed), SampleHouse()
    for turn in range(8):
        some_news(house, chance, turn)
        house.publish(NOON + turn * SLOT, f"edition-{turn}")
    before = bytes_of(house.files)
    anew = FakePublishedFiles()

    assert rebuilt(house, anew, NOON + timedelta(days=1)).done

    assert bytes_of(anew) == before
    assert rebuilt(house, anew, NOON + timedelta(days=2)).objects_written == 0


def test_a_rebuild_goes_on_where_its_time_ended() -> None:
    house = a_house_with_news()
    for day in range(3):
        house.accept(articles_at(day + 1))
        house.publish(NOON + timedelta(days=day), f"edition-{day}")
    before = bytes_of(house.files)
    house.files.files.clear()
    calls = 0
    now = NOON + timedelta(days=9)

    while True:
        calls += 1
        left = iter([900.0, 0.0])
        given = (house.archive, house.files, house.catalogue, HOUSE, PLACES, now + calls * SLOT)
        answer = rebuild(*given, house.invalidated.extend, lambda left=left: next(left))  # type: ignore[arg-type, misc]
        if answer.done:
            break

    assert calls == 3
    assert bytes_of(house.files) == before
    assert house.archive.document(KEY) == b"null"


def test_no_edition_runs_beside_a_rebuild() -> None:
    house = a_house_with_news()
    house.archive.claim_edition("20261123T1200Z", "an-edition", NOON)

    with pytest.raises(ArchiveConflict):
        rebuilt(house, house.files, NOON + timedelta(minutes=3))

    house.archive.finish_edition("20261123T1200Z", "an-edition", None)
    assert rebuilt(house, house.files, NOON + timedelta(minutes=3)).done
    assert house.archive.edition["finished"]


def test_permanent_pages_stay_as_they_are() -> None:
    house = a_house_with_news()
    house.publish()
    path = addresses.story(house.archive.published[a_story().id][0].slug, 1)
    house.files.put(path, b"as it was designed in those days")
    grown(house)
    house.publish(LATER)

    rebuilt(house, house.files, LATER + SLOT)

    assert house.files.get(path) == b"as it was designed in those days"
