"""Who is sent to on a morning that has no room for everybody, and who is next."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom.briefing.manifest import read_batch, read_manifest
from newsroom.briefing.send import Send
from newsroom.briefing.turns import turns

from tests.fakes.briefing_desk import BriefingDesk, close, compose, run
from tests.fakes.mornings import SIX, a_subscriber, a_told_story

LIST = [(f"u{number}", "Etc/UTC") for number in range(9)]
IDS = [one for one, _ in LIST]


def ids(readers: object) -> list[str]:
    return [one for one, _ in readers]  # type: ignore[attr-defined]


def test_with_room_for_all_everybody_is_sent_to() -> None:
    for room in (None, 9, 100):
        found = turns(iter(LIST), room, [])
        assert (ids(found.today), list(found.held), list(found.queue)) == (IDS, [], [])


def test_who_waited_comes_first_in_the_order_in_which_they_waited() -> None:
    found = turns(LIST, 4, ["u7", "u3"])

    assert ids(found.today) == ["u7", "u3", "u0", "u1"]
    assert found.held == found.queue == ["u2", "u4", "u5", "u6", "u8"]


def test_who_left_while_waiting_is_not_waited_for() -> None:
    found = turns(LIST, 8, ["gone", "u8"])

    assert ids(found.today)[0] == "u8"
    assert found.queue == ["u7"]


def test_who_wants_no_issue_at_a_weekend_keeps_their_place_until_monday() -> None:
    found = turns(LIST, 3, ["u5", "weekdays", "u6", "u7", "u8"], weekend=True)

    assert ids(found.today) == ["u5", "u6", "u7"]
    assert found.held == ["u8", "u0", "u1", "u2", "u3", "u4"]
    assert found.queue == ["weekdays", *found.held]
    assert turns(LIST, 9, ["weekdays"], weekend=True).queue == ["weekdays"], "though the day has room for all"


class Readers:
    """A list over many mornings, and since when each of it waits."""

    def __init__(self, plan: str) -> None:
        self.desk = BriefingDesk(SENDING_PLAN=plan)
        self.waiting_since: dict[str, str] = {}
        self.sent: list[tuple[str, str]] = []
        self._joined = 0

    def join(self, number: int, *, weekdays: bool) -> None:
        for _ in range(number):
            self._joined += 1
            days = "weekdays" if weekdays else "daily"
            self.desk.readers.store_subscriber(a_subscriber(self._joined, days=days))

    def leave(self, number: int) -> None:
        for subscriber_id in list(self.desk.readers.confirmed_ids())[:number]:
            self.desk.readers.forget(subscriber_id)
            self.waiting_since.pop(subscriber_id, None)

    def morning(self, day: date) -> tuple[set[str], set[str]]:
        """(Sent to today, due and not sent to)."""
        issue_id = day.isoformat()
        self.desk.clock = lambda: SIX + (day - date(2026, 11, 24))
        assert compose(f"e-{issue_id}", date=issue_id)["claimed"]
        assert (
            compose(f"e-{issue_id}", date=issue_id)["recipients"]
            == read_manifest(self.desk.archive, issue_id).recipients
        )
        names = read_manifest(self.desk.archive, issue_id).batches
        today = [one for name in names for one in read_batch(self.desk.archive, issue_id, name)]
        due = set(self.desk.readers.confirmed_ids(weekend=day.weekday() >= 5))
        for one in today:
            self.desk.readers.claim_send(Send(issue_id=issue_id, subscriber_id=one, state="claimed", claimed_at=SIX))
            self.desk.readers.advance_send(issue_id, one, "sent")
        self.sent += [(issue_id, one) for one in today]
        run("close_briefing", {"issue_id": issue_id, "execution": f"e-{issue_id}"})
        return set(today), due - set(today)


@settings(max_examples=40, deadline=None)
@given(
    rooms=st.lists(st.integers(1, 9), min_size=1, max_size=4),
    days=st.lists(
        st.tuples(st.integers(0, 6), st.booleans(), st.integers(0, 3)), min_size=3, max_size=16
    ),
)  # fmt: skip
def test_nobody_is_passed_over_whatever_the_plan_and_whoever_comes_and_goes(
    rooms: list[int], days: list[tuple[int, bool, int]]
) -> None:
    """Each morning somebody joins and leaves; at weekends those who want weekdays alone sleep. Of who is sent to and
    who is held back nobody waited for less long; the day's volume is used and never passed; nobody is sent to twice."""
    plan = " ".join(f"{1 + 3 * number}:{most}" for number, most in enumerate(sorted(rooms)))
    readers = Readers(plan)
    for number, (joining, weekdays, leaving) in enumerate(days):
        day = date(2026, 11, 24) + timedelta(days=number)
        readers.join(joining, weekdays=weekdays)
        readers.leave(leaving)
        today, held = readers.morning(day)
        room = sorted(rooms)[min(number // 3, len(rooms) - 1)]
        since = readers.waiting_since

        assert len(today) == min(room, len(today) + len(held))
        first_held = min((since[one] for one in held if one in since), default=None)
        if first_held:
            assert all(since.get(one, "never") <= first_held for one in today)
        outcome = readers.desk.archive.outcomes[day.isoformat()]  # type: ignore[attr-defined]
        assert (outcome["sent"], outcome["held_back"], outcome["complete"]) == (len(today), len(held), True)
        for one in today:
            since.pop(one, None)
        for one in held:
            since.setdefault(one, day.isoformat())
    assert len(readers.sent) == len(set(readers.sent))


def test_a_repetition_of_a_limited_morning_sends_to_the_same_readers() -> None:
    readers = Readers("1:3 2:all")
    readers.join(8, weekdays=False)
    today, held = readers.morning(date(2026, 11, 24))

    assert (len(today), len(held)) == (3, 5)
    again, _ = readers.morning(date(2026, 11, 24))
    assert again == today


def test_going_on_with_an_issue_sends_to_those_held_back_once_the_plan_has_room_for_them() -> None:
    desk = BriefingDesk(SENDING_PLAN="1:3")
    for number in range(8):
        desk.readers.store_subscriber(a_subscriber(number))
    desk.archive.publish_version(a_told_story(1, at=SIX - timedelta(hours=1)))
    assert len(compose()["waves"]) == 1
    close()
    assert len(compose("same plan", date="2026-11-24")["waves"]) == 1
    run("close_briefing", {"issue_id": "2026-11-24", "execution": "same plan"})
    desk._environment = {**desk._environment, "SENDING_PLAN": "none"}
    waves = compose("no plan", date="2026-11-24")["waves"]
    manifest = read_manifest(desk.archive, "2026-11-24")

    assert [wave["manifest"] for wave in waves] == [manifest.waves[0].manifest, manifest.held_list]
    everybody = [
        one for name in (*manifest.batches, *manifest.held) for one in read_batch(desk.archive, "2026-11-24", name)
    ]
    assert sorted(everybody) == sorted(desk.readers.confirmed_ids())
