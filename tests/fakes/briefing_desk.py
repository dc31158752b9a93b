"""A desk of fakes for the functions of briefing and readers, and one whole morning."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from newsroom.briefing.manifest import read_manifest
from newsroom.briefing.pace import Pace
from newsroom.desk import Desk, desk, seat
from newsroom.publishers.catalogue import Catalogue
from newsroom.readers.even_time import EvenTime

from functions.briefing import close_briefing, compose_briefing, send_briefing, show_briefing
from functions.readers import answer_reader, decide_report, judge_audit, receive_mail, reckon_feedback, record_delivery
from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SECRET, SIX, Time
from tests.fakes.newsroom_values import PUBLISHERS
from tests.fakes.published_files import FakePublishedFiles
from tests.fakes.readers_archive import FakeReadersArchive

ENVIRONMENT = {
    "ARCHIVE_TABLE": "Archive",
    "ARCHIVE_BUCKET": "archive",
    "READERS_TABLE": "Readers",
    "READERS_SECRET": "arn:readers",
    "SITE_ADDRESS": "https://news.example",
    "SITE_BUCKET": "site",
    "CONTACT": "desk@news.example",
    "MAIL_DOMAIN": "news.example",
}

DAY = "2026-11-24"


class FakeExecutions:
    """Every execution is under way that has not `ended`."""

    def __init__(self) -> None:
        self.ended: set[str] = set()

    def running(self, arn: str) -> bool:
        return arn not in self.ended


class BriefingDesk(Desk):
    """All in dictionaries; `clock` is what time it is."""

    def __init__(self, **environment: str) -> None:
        time = Time()
        super().__init__(
            ENVIRONMENT | environment,
            archive=FakeArchive(),
            readers=FakeReadersArchive(),
            mail=FakeMail(),
            executions=FakeExecutions(),
            published_files=FakePublishedFiles(),
            catalogue=Catalogue(tuple(PUBLISHERS.values())),
            pace=lambda per_second: Pace(per_second, time.now, time.sleep),
            readers_secret=SECRET,
            even_time=EvenTime(0),
        )
        self.clock: Callable[[], datetime] = lambda: SIX
        seat(self)

    def now(self) -> datetime:
        return self.clock()


FUNCTIONS = {
    function.__name__.rpartition(".")[2]: function.handler
    for function in (
        answer_reader,
        close_briefing,
        compose_briefing,
        decide_report,
        judge_audit,
        receive_mail,
        reckon_feedback,
        record_delivery,
        send_briefing,
        show_briefing,
    )
}


def run(name: str, event: dict[str, Any]) -> dict[str, Any]:
    """One call of a function, as Lambda makes it."""
    answer: dict[str, Any] = FUNCTIONS[name](event, a_context())
    return answer


def send_first(execution: str = "e1") -> dict[str, Any]:
    """The first batch of the day's issue, sent."""
    batch = read_manifest(desk().archive, DAY).batches[0]
    return run("send_briefing", {"issue_id": DAY, "execution": execution, "batch": batch, "per_second": 7.0})


def close(execution: str = "e1") -> dict[str, Any]:
    return run("close_briefing", {"issue_id": DAY, "execution": execution})


def compose(execution: str = "e1", **given: Any) -> dict[str, Any]:
    return run("compose_briefing", {"execution": execution, "input": given})
