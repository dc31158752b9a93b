from newsroom.stories.assembling import group_articles
from newsroom.stories.grouping import group
from newsroom.stories.open_index import OpenIndex

from tests.fakes.archive import FakeArchive
from tests.stories.story_values import NOON, an_article
from tests.stories.test_assembling import DyingArchive, Killed, state_of

FIRST = an_article("Blast heard near Trestle Bay, witnesses say", one="a1")
SECOND = an_article("Refiner Orlane Petroleum halts coastal unit, cause unknown", one="a2", minutes=20)
LINK = [
    an_article("Orlane Petroleum halts Trestle Bay coastal unit after blast, witnesses say", one="a3", minutes=40),
    an_article("Trestle Bay blast: Orlane Petroleum halts coastal unit, cause unknown", one="a4", minutes=41),
    an_article("Orlane Petroleum's Trestle Bay coastal unit halted after blast heard near", one="a5", minutes=42),
]


def two_stories_and_their_link() -> OpenIndex:
    index = OpenIndex()
    group([FIRST], index, {})
    group([SECOND], index, {})
    assert len(index.stories) == 2
    for article in LINK:
        group([article], index, {})
    return index


def test_two_open_stories_become_one_when_later_reports_tell_both():
    index = two_stories_and_their_link()
    (survivor,) = index.stories.values()
    assert index.story_of == dict.fromkeys(("a1", "a2", "a3", "a4", "a5"), survivor.id)
    (gone,) = index.lineage
    assert survivor.opened == int(FIRST.dated.timestamp())
    assert any(member.reason.startswith(f"came with {gone}, which is the same story") for member in survivor.members)


def test_the_story_that_is_gone_is_told_with_the_survivor_again_and_again():
    index = two_stories_and_their_link()
    (gone,) = index.lineage
    (survivor,) = index.stories
    for known in (index, OpenIndex.load(index.dump())):
        told = {story.id: story for story in group([FIRST], known, {})}
        assert told.keys() == {gone, survivor}
        assert told[gone].merged_into == survivor
        assert told[gone].members == ()
        assert told[survivor].articles == 5


def a_drifted_index() -> OpenIndex:
    """Two events in one story, as a chain of half-related reports could leave it."""
    index = OpenIndex()
    group([an_article("Copper strike at Cerro Palido mine", one="b1")], index, {})
    (story,) = index.stories.values()
    others = OpenIndex()
    titles = [
        "Copper workers at Cerro Palido extend strike",
        "Quillon exchange freezes withdrawals",
        "Quillon exchange: withdrawals frozen, clients wait",
        "Quillon's withdrawals freeze spooks exchange rivals",
        "Quillon exchange clients sue over frozen withdrawals",
    ]
    group([an_article(title, one=f"c{n}", minutes=n + 1) for n, title in enumerate(titles)], others, {})
    for other in others.stories.values():
        for member in other.members:
            index.put(story, member)
    index.release(story, [])
    return index


def test_a_story_that_fell_apart_becomes_two_and_the_oldest_half_keeps_the_id():
    index = a_drifted_index()
    (old,) = index.stories
    answers = group([an_article("Quillon exchange says withdrawals stay frozen", one="d1", minutes=9)], index, {})
    assert len(index.stories) == 2
    assert index.story_of["b1"] == index.story_of["c0"] == old
    young = index.story_of["c1"]
    assert young != old
    assert all(index.story_of[one] == young for one in ("c2", "c3", "c4", "d1"))
    assert {story.id for story in answers} == {old, young}
    assert index.lineage[young].kind == "split"
    assert all("left" in m.reason for m in index.stories[young].members if m.article_id != "d1")
    assert OpenIndex.load(index.dump()).dump() == index.dump()


def test_a_story_that_holds_together_is_left_alone():
    index = OpenIndex()
    for n in range(6):
        group([an_article(f"Copper strike at Cerro Palido mine enters day {n}", one=f"a{n}", minutes=n)], index, {})
    assert len(index.stories) == 1
    assert index.lineage == {}


def test_a_crash_at_any_step_of_a_merge_loses_and_doubles_nothing():
    def run(archive, *batches):
        for batch in batches:
            for article in batch:
                archive.store_article(article)
            group_articles(archive, {}, NOON)
        return archive

    earlier, last = ([FIRST], [SECOND], *([one] for one in LINK[:-1])), LINK[-1]
    calm = run(FakeArchive(), *earlier, [last])
    assert [one.merged_into for one in calm.all_stories.values() if one.merged_into]
    points = 0
    for number in range(1, 12):
        for side in ("before", "after"):
            archive = DyingArchive()
            for batch in earlier[:-1]:
                run(archive, batch)
            archive.dies_at = (archive.writes + number, side)
            try:
                run(archive, earlier[-1], [last])
            except Killed:
                points += 1
                run(archive, [], [last])
            assert state_of(archive) == state_of(calm)
    assert points >= 10
