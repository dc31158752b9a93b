"""A desk with subscribers and published stories, for tests of the briefing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from newsroom.briefing.pace import Pace
from newsroom.briefing.sending import Postman
from newsroom.readers.sealing import Seal
from newsroom.readers.subscriber import Subscriber
from newsroom.readers.subscriptions import CONSENT_TEXT
from newsroom.readers.tokens import Tokens
from newsroom.settings import MailSettings
from newsroom.site.rendering import House
from newsroom.stories.version import Version

from tests.fakes.mail import FakeMail
from tests.fakes.newsroom_values import a_version
from tests.fakes.readers_archive import FakeReadersArchive

SECRET = "the readers' secret of the tests, long enough"
SIX = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""06:00 in New York on Tuesday, 24 November 2026."""
HOUSE = House("Footnote", "https://news.example", "desk@news.example")
MAIL = MailSettings(mail_domain="news.example", mails_per_second=14)


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds


def a_subscriber(number: int = 1, **changes: Any) -> Subscriber:
    """Confirmed, the address sealed with `SECRET`."""
    address = f"reader{number}@inbox.example"
    subscriber_id = Seal(SECRET).subscriber_id(address)
    given = {
        "id": subscriber_id,
        "sealed_address": Seal(SECRET).close(address, subscriber_id),
        "state": "confirmed",
        "asked_at": SIX - timedelta(days=30),
        "confirmed_at": SIX - timedelta(days=30),
        "consent_text": CONSENT_TEXT,
    }
    return Subscriber.model_validate(given | changes)


def subscribed(readers: FakeReadersArchive, count: int) -> list[str]:
    """Ids of that many confirmed subscribers, sorted."""
    return sorted(readers.store_subscriber(a_subscriber(number)).id for number in range(count))


def a_postman(readers: FakeReadersArchive, mail: FakeMail, **changes: Any) -> Postman:
    time = Time()
    postman = Postman(
        readers=readers,  # type: ignore[arg-type]
        mail=mail,  # type: ignore[arg-type]
        pace=Pace(14, time.now, time.sleep),
        seal=Seal(SECRET),
        tokens=Tokens(SECRET),
        house=HOUSE,
        settings=MAIL,
        now=lambda: SIX,
        seconds_left=lambda: 600.0,
    )
    return replace(postman, **changes)


def a_told_story(number: int, *, at: datetime, importance: float = 50.0, version: int = 1, **changes: Any) -> Version:
    """The Ostholm story under another id and headline; `family` replaces the lead source's publisher."""
    family = changes.pop("family", f"paper-{number}")
    headline = changes.pop("headline", f"Story number {number} of the morning")
    made = a_version(number=version, published_at=at, first_published_at=at, importance=importance)
    story_id = f"s{number:016x}"
    sources = (made.sources[0].model_copy(update={"publisher_id": family}), *made.sources[1:])
    draft = made.draft.model_copy(
        update={
            "id": f"{story_id}-{version}",
            "story_id": story_id,
            "headline": made.draft.headline.model_copy(update={"text": headline}),
            **changes.pop("draft", {}),
        }
    )
    head = made.head.model_copy(
        update={"story_id": story_id, "slug": f"story-{number}", "headline": headline, **changes.pop("head", {})}
    )
    return made.model_copy(
        update={
            "story_id": story_id, "slug": f"story-{number}", "draft": draft, "sources": sources, "head": head,
            **changes,
        }
    )  # fmt: skip
