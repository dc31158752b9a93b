"""When the quality guard is on, and what readers are told of it."""

import pytest
from newsroom.editions.notices import GUARDED, PAUSED, UNANSWERED, UNWRITTEN, notices, unwritten
from newsroom.editions.restraint import Judged, Restraint, guards
from newsroom.errors import BudgetSpent, ModelOverloaded
from newsroom.publishers.health import Health
from newsroom.settings import PublishingSettings
from newsroom.writing.writer import UNAVAILABLE

from tests.fakes.newsroom_values import a_draft, a_version

RULES = PublishingSettings(quality_guard_percent=50, quality_guard_stories=5)
OPEN = Restraint(paused=False, guarded=False, at_most=100)


@pytest.mark.parametrize(
    ("was", "sound", "failed", "on"),
    [
        (False, 0, 5, True),
        (False, 5, 5, False),  # half is the limit, not beyond it
        (False, 4, 6, True),
        (False, 0, 4, False),  # too few to say
        (True, 0, 1, True),  # to stay on, one is enough
        (True, 1, 1, False),
        (True, 1, 0, False),
        (True, 0, 0, True),  # nothing was judged
        (False, 0, 0, False),
    ],
)
def test_it_takes_several_stories_to_put_the_guard_on_and_one_good_edition_to_take_it_off(
    was: bool, sound: int, failed: int, on: bool
) -> None:
    assert guards(RULES, was, Judged(sound, failed)) is on


@pytest.mark.parametrize("judged", [Judged(), Judged(0, 50), Judged(1, 1)])
def test_at_a_hundred_percent_there_is_no_guard(judged: Judged) -> None:
    never = PublishingSettings(quality_guard_percent=100)
    assert not guards(never, False, judged)
    assert not guards(never, True, judged)


def test_readers_are_told_the_gravest_first_and_nothing_when_all_is_well() -> None:
    spent = UNAVAILABLE[BudgetSpent]

    assert notices(OPEN, "", {}) == ()
    assert notices(Restraint(False, True, 100), spent, of_ten(3)) == (GUARDED, UNWRITTEN[spent], UNANSWERED)
    assert notices(Restraint(True, True, 100), "", {}) == (PAUSED,)
    assert notices(OPEN, "", of_ten(2)) == (), "a fifth is tolerated"
    assert notices(OPEN, "", dict(list(of_ten(2).items())[:5])) == (), "two are not many"


def of_ten(failing: int) -> dict[str, Health]:
    """The health of ten publishers, those that fail first."""
    return {
        name: Health(publisher_id=name, status="failing" if place < failing else "ok")
        for place, name in enumerate("abcdefghij")
    }


def test_why_no_model_writes_is_what_the_newest_stories_say() -> None:
    spent, busy = UNAVAILABLE[BudgetSpent], UNAVAILABLE[ModelOverloaded]
    by_code = a_version(draft=a_draft(writer="excerpt", absent={"model": spent}))
    odd = a_version(draft=a_draft(writer="excerpt", absent={"model": "The model gave no usable answer."}))

    assert unwritten([a_version(), by_code], "") == spent, "it was spent in the middle of an edition"
    assert unwritten([a_version()], spent) == ""
    assert unwritten([odd], "") == "", "one answer that could not be used is no outage"
    assert unwritten([], busy) == busy, "nothing new says nothing"
