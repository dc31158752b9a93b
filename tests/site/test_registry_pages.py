"""What readers and operators see of a publisher's health, and that a poll alone changes no byte of it."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files

from newsroom.errors import PublisherUnreachable
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.faring import Tally, after_answers, after_failure
from newsroom.publishers.health import Day, FeedHealth, Health
from newsroom.publishers.publisher import Publisher
from newsroom.site import registry_pages
from newsroom.site.places import packaged_places
from newsroom.site.rendering import render
from newsroom.site.stylesheet import stylesheet

from tests.fakes.sample_house import HOUSE, PLACES
from tests.site import reading

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEED = "https://port.example/rss"
PORT = Publisher(
    id="port", name="Port", home="https://port.example/", country="DE", tier=2, reason="Shipping daily", feeds=(FEED,)
)
DAYS = (
    Day(date="2026-11-21", polls=30, articles=10, thin=1, undated=0, revised=2),
    Day(date="2026-11-22", polls=20, articles=5, thin=2, undated=3),
    Day(date="2026-11-23", polls=3, articles=99, thin=99),
)
WELL = Health(
    publisher_id="port", status="ok", days=DAYS, first_success_at=NOON - timedelta(days=9), last_success_at=NOON,
    next_poll_at=NOON, last_edition="e1",
)  # fmt: skip


def pages(health: Health | None) -> tuple[str, str]:
    """The registry (its first page and the country's) and the publisher's own page."""
    listed = registry_pages.entries([PORT], {"port": health} if health else {}, PLACES, {})
    own = registry_pages.publisher_pages(listed, HOUSE)[0]
    registry = [registry_pages.sources_page(listed, HOUSE), *registry_pages.country_pages(listed, HOUSE)]
    return "".join(render(page).decode() for page in registry), render(own).decode()


def test_figures_are_those_of_days_that_are_over() -> None:
    registry, own = pages(WELL)
    assert "7.5 new articles a day, asked 25 times a day" in own
    assert "20 % could not carry a story" in own
    assert "20 % bore no date" in own
    assert "2 changed, or went, after we had read them" in own
    assert "<dt>Last answer</dt><dd>23 November 2026</dd>" in own
    assert "<td>23 November 2026</td><td>7.5</td>" in registry


def test_a_poll_that_finds_nothing_special_changes_no_byte_until_the_day_is_over() -> None:
    later = after_answers(WELL, Tally(4, 4), publisher=PORT, edition_id="e2", now=NOON + timedelta(hours=2))
    assert later.next_poll_at != WELL.next_poll_at
    assert pages(later) == pages(WELL)
    tomorrow = after_answers(later, Tally(), publisher=PORT, edition_id="e3", now=NOON + timedelta(hours=13))
    assert pages(tomorrow) != pages(WELL)


def test_one_that_fails_is_told_with_its_count_its_next_poll_and_its_error() -> None:
    down = PublisherUnreachable("HTTP 500 from port.example")
    once = after_failure(WELL, [down], edition_id="e2", now=NOON)
    registry, own = pages(after_failure(once, [down], edition_id="e3", now=NOON + timedelta(minutes=15)))
    assert "HTTP 500 from port.example (PublisherUnreachable)" in own
    assert "<dt>Failures in a row</dt><dd>2; asked again from" in own
    assert "23 Nov 2026, 12:45 UTC" in own
    assert "asked again" not in registry
    assert "Not answering now" in registry


def test_feeds_that_moved_closed_or_fail_are_told_apart() -> None:
    for feed, words in (
        (FeedHealth(moved_to="https://new.example/rss"), "(moved to https://new.example/rss)"),
        (FeedHealth(status="retired", reason="answers 410 Gone"), "(closed for good)"),
        (FeedHealth(status="failing", reason="a web page, not a feed"), "(not readable: a web page, not a feed)"),
    ):
        assert words in pages(WELL.model_copy(update={"feeds": {FEED: feed}}))[1]


def test_one_that_was_never_asked_has_no_figures() -> None:
    registry, own = pages(None)
    assert "Not read yet" in registry
    assert "articles a day," not in own
    assert "Last answer" not in own


def test_the_whole_catalogue_is_reached_from_a_light_page() -> None:
    catalogue = Catalogue.read(files("newsroom.publishers").joinpath("catalogue.toml").read_text("utf-8"))
    places = packaged_places()
    assert {publisher.country for publisher in catalogue.publishers} <= set(places.countries)
    listed = registry_pages.entries(catalogue.publishers, {}, places, catalogue.families)
    first = render(registry_pages.sources_page(listed, HOUSE))
    parts = {page.frame.path: render(page) for page in registry_pages.country_pages(listed, HOUSE)}
    assert set(parts) <= reading.internal_links(first)
    linked = set().union(*(reading.internal_links(part) for part in parts.values()))
    assert {entry.path for entry in listed} <= linked
    assert len(first) - len(stylesheet()) < 20_000
    assert max(map(len, parts.values())) - len(stylesheet()) < 26_000
