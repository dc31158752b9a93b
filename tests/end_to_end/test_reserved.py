"""A canary sentence in the text of every publisher that reserves it: it reaches nobody, in whatever way it is reserved.

The whole newsroom runs in one process over a web in a dictionary: an edition with a scripted model, then a briefing.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from newsroom.briefing.pace import Pace
from newsroom.desk import Desk, seat
from newsroom.review.critic import ClaudeCritic
from newsroom.wire.fetch import Fetched
from newsroom.writing.claude_writer import ClaudeWriter
from newsroom.writing.excerpt_writer import ExcerptWriter
from newsroom.writing.writer import Substituted

from tests.fakes.context import a_context
from tests.fakes.house import House, handler
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SECRET, Time, subscribed
from tests.fakes.open_web import FakeWeb
from tests.fakes.press import LEDGER, WIRE
from tests.fakes.readers_archive import FakeReadersArchive
from tests.fakes.scripted_claude import ScriptedClaude, says

pytestmark = pytest.mark.enable_socket
"""The tracer of the handlers makes one when it is loaded; nothing is connected to."""

NOW = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
SIX = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
"""In New York."""

RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/"><license><prohibits type="usage">ai-input</prohibits>'
    "</license></content></rsl>"
)


@dataclass(frozen=True)
class Way:
    """How one publisher says that its text is not for machines."""

    catalogue: str = ""
    robots: str = "User-agent: *\nDisallow: /search\n"
    documents: dict[str, str] = field(default_factory=dict)
    """Path → document, on its host."""
    page_headers: dict[str, str] = field(default_factory=dict)
    feed_headers: dict[str, str] = field(default_factory=dict)
    head: str = ""
    """Inside the page's head."""
    in_item: str = ""
    """Inside the feed's item."""


WAYS = {
    "catalogue": Way(catalogue="by contract"),
    "robots-signal": Way(robots="User-agent: *\nContent-Signal: search=yes, ai-input=no\nAllow: /\n"),
    "robots-usage": Way(robots="Content-Usage: bots=n\n"),
    "robots-for-us": Way(robots="User-agent: newsroom\nContent-Signal: ai-input=no\n\nUser-agent: *\nAllow: /\n"),
    "tdmrep-file": Way(documents={"/.well-known/tdmrep.json": '[{"location": "/news/", "tdm-reservation": 1}]'}),
    "tdmrep-header": Way(page_headers={"tdm-reservation": "1"}),
    "tdmrep-meta": Way(head='<meta name="tdm-reservation" content="1">'),
    "noai-meta": Way(head='<meta name="robots" content="index, noai, noimageai">'),
    "noai-header": Way(page_headers={"x-robots-tag": "noai"}),
    "signal-header": Way(page_headers={"content-signal": "ai-input=no"}),
    "feed-header": Way(feed_headers={"x-robots-tag": "noai"}),
    "rsl-robots": Way(robots="License: /licence.xml\nUser-agent: *\nAllow: /\n", documents={"/licence.xml": RSL}),
    "rsl-robots-unreadable": Way(robots="License: /licence.xml\nUser-agent: *\nAllow: /\n"),
    "rsl-header": Way(
        page_headers={"link": '</licence.xml>; rel="license"; type="application/rsl+xml"'},
        documents={"/licence.xml": RSL},
    ),
    "rsl-link": Way(
        head='<link rel="license" type="application/rsl+xml" href="/licence.xml">', documents={"/licence.xml": RSL}
    ),
    "rsl-in-page": Way(head=f'<script type="application/rsl+xml">{RSL}</script>'),
    "rsl-in-feed": Way(
        in_item="<rsl:content><rsl:license><rsl:prohibits type='usage'>ai-input</rsl:prohibits></rsl:license>"
        "</rsl:content>"
    ),
}
OPEN = "open"
DISALLOWED = "disallowed"


def canary(name: str) -> str:
    return f"canary{name.replace('-', '')}sang"


def page(name: str, way: Way, text: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in [*text.split("\n\n"), sentence(name)])
    head = f"<title>{title(name)}</title>{way.head}"
    return f"<!doctype html><html lang='en'><head>{head}</head><body><article>{body}</article></body></html>"


def sentence(name: str) -> str:
    return f"At Ålvik the {canary(name)} about the two smelting lines that Fjordkraft Metals will close in January."


def title(name: str) -> str:
    return f"Fjordkraft to shut two Ålvik lines, cut 310 jobs: {name.split('-')[0]} report"


def feed(name: str, way: Way) -> str:
    date = format_datetime(NOW - timedelta(hours=2))
    item = (
        f"<title>{title(name)}</title><link>https://{name}.example/news/alvik</link><guid>{name}</guid>"
        f"<description>{sentence(name)}</description><pubDate>{date}</pubDate>{way.in_item}"
    )
    spaces = 'xmlns:rsl="https://rslstandard.org/rsl"'
    return f"<rss version='2.0' {spaces}><channel><title>{name}</title><item>{item}</item></channel></rss>"


def web(ways: dict[str, Way]) -> FakeWeb:
    answers: dict[str, Any] = {}
    for name, way in ways.items():
        home = f"https://{name}.example"
        text = LEDGER if name == "second" else WIRE
        kind = {"content-type": "text/html; charset=utf-8"}
        answers[f"{home}/robots.txt"] = way.robots
        answers |= {home + path: document for path, document in way.documents.items()}
        answers[f"{home}/feed"] = Fetched(f"{home}/feed", 200, way.feed_headers, feed(name, way).encode())
        answers[f"{home}/news/alvik"] = Fetched(
            f"{home}/news/alvik", 200, kind | way.page_headers, page(name, way, text).encode()
        )
    return FakeWeb(answers)


def catalogue(ways: dict[str, Way]) -> str:
    return "\n".join(
        f'[[publisher]]\nid = "{name}"\nname = "{name.title()}"\nhome = "https://{name}.example/"\ncountry = "NO"\n'
        f'tier = 2\nreason = "Invented for the canary."\nfeeds = ["https://{name}.example/feed"]\n'
        f'reserved = "{way.catalogue}"\n'
        for name, way in ways.items()
    )


class WatchedHouse(House):
    """With a model that answers nothing usable, so that its prompts are seen and the house's own writer publishes."""

    def __init__(self, ways: dict[str, Way]) -> None:
        super().__init__("127.0.0.1:1", catalogue(ways), NOW)
        self.web = web(ways)
        self.claude = ScriptedClaude(says("nothing usable"))
        self.mail = FakeMail()
        self.readers = FakeReadersArchive()
        subscribed(self.readers, 2)

    def desk(self) -> Desk:
        desk, time = super().desk(), Time()
        model = self.claude.claude()
        desk.__dict__.update(
            fetcher=self.web,
            writer=Substituted(ClaudeWriter(model), ExcerptWriter()),
            critic=ClaudeCritic(model),
            mail=self.mail,
            readers=self.readers,
            readers_secret=SECRET,
            pace=lambda per_second: Pace(per_second, time.now, time.sleep),
        )
        return desk

    def briefing(self) -> None:
        self.now = SIX
        seat(self.desk())
        try:
            composed = handler("briefing", "compose_briefing").handler({"execution": "e1"}, a_context())
            for batch in json.loads(self.archive.document(composed["waves"][0]["manifest"])):
                order = {name: composed[name] for name in ("issue_id", "execution", "per_second")}
                handler("briefing", "send_briefing").handler({**order, "batch": batch}, a_context())
        finally:
            seat(None)

    def everything(self) -> dict[str, str]:
        """All that was kept, asked or shown, by where it is."""
        files = {path: file.body.decode("utf-8", "replace") for path, file in self.files.files.items()}
        mail = "\n".join(posted.part("plain") + posted.part("html") for posted in self.mail.outbox)
        prompts = json.dumps(self.claude.requests, ensure_ascii=False)
        return {"archive": repr(vars(self.archive)), "prompts": prompts, "mail": mail, **files}


@pytest.fixture(scope="module")
def house() -> WatchedHouse:
    ways = WAYS | {OPEN: Way(), "second": Way(), DISALLOWED: Way(robots="User-agent: *\nDisallow: /news/\n")}
    house = WatchedHouse(ways)
    house.edition()
    house.briefing()
    return house


def test_the_run_shows_what_is_not_reserved(house: WatchedHouse) -> None:
    """Else its silence about the others would prove nothing."""
    found = house.everything()
    assert house.archive.published
    assert canary(OPEN) in found["archive"]
    assert canary(OPEN) in found["prompts"]
    assert len(house.mail.outbox) == 2
    assert "Ålvik" in found["mail"]
    assert any(path.endswith(".html") and "Ålvik" in text for path, text in found.items())


@pytest.mark.parametrize("name", WAYS)
def test_a_reserved_text_reaches_nobody(name: str, house: WatchedHouse) -> None:
    leaks = [where for where, text in house.everything().items() if canary(name) in text]
    assert leaks == []


@pytest.mark.parametrize("name", WAYS)
def test_a_reserved_article_is_a_link_with_the_reason(name: str, house: WatchedHouse) -> None:
    articles = [one for one in house.archive.all_articles.values() if one.publisher_id == name]
    assert [(bool(one.reserved), one.text, one.summary, one.author) for one in articles] == [(True, "", "", "")]


@pytest.mark.parametrize("name", ["catalogue", "robots-signal", "robots-usage", "robots-for-us", "tdmrep-file",
                                  "rsl-robots", "rsl-robots-unreadable", "rsl-in-feed", "feed-header"])  # fmt: skip
def test_what_a_host_or_feed_reserves_is_not_even_fetched(name: str, house: WatchedHouse) -> None:
    assert f"https://{name}.example/feed" in house.web.asked
    assert f"https://{name}.example/news/alvik" not in house.web.asked


def test_a_disallowed_page_is_not_fetched_and_only_the_feed_is_told_from(house: WatchedHouse) -> None:
    assert f"https://{DISALLOWED}.example/news/alvik" not in house.web.asked
    article = next(one for one in house.archive.all_articles.values() if one.publisher_id == DISALLOWED)
    assert (article.text, article.thin) == ("", "robots.txt")
