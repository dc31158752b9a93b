from datetime import UTC, datetime, timedelta

import pytest
from newsroom.errors import BadInput
from newsroom.publishers.health import Health
from newsroom.publishers.polling import next_slot
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.selecting import EditionOrder, due, edition_id, slot_of

NOW = datetime(2026, 11, 23, 19, 17, 42, tzinfo=UTC)
SLOT = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)


def publisher(name: str) -> Publisher:
    home = f"https://{name}.example/"
    return Publisher(
        id=name, name=name, home=home, country="SG", tier=2, reason="A daily of Singapore", feeds=(f"{home}rss",)
    )


def health(name: str, at: datetime | None, status: str = "ok") -> Health:
    return Health(publisher_id=name, status=status, next_poll_at=at)  # type: ignore[arg-type]


def test_a_slot_is_a_quarter_of_an_hour_in_utc() -> None:
    assert slot_of(NOW) == SLOT
    assert slot_of(datetime.fromisoformat("2026-11-24T00:45:30+05:30")) == SLOT
    assert edition_id(NOW) == "20261123T191742Z"


def test_an_edition_by_hand_has_its_own_second_and_a_scheduled_one_its_slot() -> None:
    begun = "2026-11-23T19:17:42.371Z"
    assert EditionOrder.read({"execution": "one", "started": begun, "input": {}}).opens(NOW) == NOW
    assert EditionOrder.read({"execution": "one"}).opens(NOW) == NOW
    assert EditionOrder.read({"execution": "one", "input": {"slot": "2026-11-23T19:15:30Z"}}).opens(NOW) == SLOT
    unfilled = EditionOrder.read({"execution": "one", "started": begun, "slot": "<aws.scheduler.scheduled-time>"})
    assert unfilled.opens(NOW) == SLOT


def test_an_edition_by_hand_asks_everybody_but_those_that_fail() -> None:
    soon = SLOT + timedelta(minutes=15)
    failing = Health(publisher_id="failing", status="failing", failures=2, next_poll_at=soon)
    healths = {"well": health("well", soon), "failing": failing, "gone": health("gone", None, "retired")}
    everybody = [publisher(name) for name in ("failing", "gone", "well")]
    assert due(everybody, healths, NOW, 10) == []
    assert due(everybody, healths, NOW, 10, everybody=True) == ["well"]


def test_those_waiting_longest_come_first_and_the_limit_holds() -> None:
    publishers = [publisher(name) for name in ("late", "new", "soon", "longest", "retired")]
    healths = {
        "late": health("late", SLOT - timedelta(minutes=15)),
        "soon": health("soon", SLOT + timedelta(minutes=15)),
        "longest": health("longest", SLOT - timedelta(hours=2)),
        "retired": health("retired", None, "retired"),
    }
    assert due(publishers, healths, SLOT, 10) == ["new", "longest", "late"]
    assert due(publishers, healths, SLOT, 2) == ["new", "longest"]


def test_who_was_polled_late_in_a_slot_is_due_at_the_beginning_of_the_next() -> None:
    polled = {"late": health("late", next_slot(SLOT + timedelta(minutes=14), timedelta(minutes=15), "late"))}
    assert due([publisher("late")], polled, SLOT, 10) == []
    assert due([publisher("late")], polled, SLOT + timedelta(minutes=15), 10) == ["late"]


def test_an_order_is_read_from_what_the_state_machine_sends() -> None:
    assert EditionOrder.read({"execution": "one", "input": {"slot": "2026-11-23T19:15:00Z"}}).slot == SLOT
    assert EditionOrder.read({"execution": "one", "slot": "2026-11-23T19:15:00Z"}).slot == SLOT
    assert EditionOrder.read({"execution": "one", "input": {"Comment": "by hand"}}).slot is None
    assert EditionOrder.read({"execution": "one", "input": {"slot": "<aws.scheduler.scheduled-time>"}}).slot is None


@pytest.mark.parametrize("event", [{}, {"input": {}}, {"execution": "one", "slot": "noon"}])
def test_an_order_that_cannot_be_followed_is_refused(event: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        EditionOrder.read(event)
