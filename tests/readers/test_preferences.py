"""Days, regions and the clock that a reader reads by."""

import json
import re
import tomllib
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from newsroom.readers.preferences import (
    DESKS,
    MORNING,
    NEW_YORK,
    REGIONS,
    Preferences,
    due_at,
    in_order_of,
    in_words,
    local,
    region_of,
    zones,
)
from newsroom.readers.preferences import Region as RegionChosen
from newsroom.readers.subscriber import Subscriber
from newsroom.readers.subscriptions import farewell
from newsroom.readers.tokens import Tokens
from newsroom.site.rendering import render
from newsroom.site.standing_pages import BriefingPage, text_pages
from newsroom.writing.draft import Region

from tests.fakes.mornings import SECRET, SIX, a_subscriber
from tests.fakes.sample_house import HOUSE
from tests.readers.test_answering import Site
from tests.readers.test_own_data import READER, a_reader

EVERY_ZONE = [zone for named in zones().values() for zone in named]
MORNINGS = [
    datetime(2026, month, day, 6, 1, 30, tzinfo=ZoneInfo(NEW_YORK)).astimezone(UTC)
    for month, day in ((1, 5), (3, 8), (3, 29), (4, 5), (7, 1), (10, 4), (10, 25), (11, 1), (11, 24))
]
"""Among them the days on which clocks change in America, Europe, Australia and New Zealand."""


def kept(site: Site) -> Subscriber:
    found = site.readers.find_subscriber(a_subscriber(1).id)
    assert found
    return found


@pytest.mark.parametrize("ready_at", MORNINGS, ids=str)
def test_nobody_is_sent_an_issue_at_night_and_nobody_waits_when_it_is_day(ready_at: datetime) -> None:
    for zone in EVERY_ZONE:
        due = due_at(zone, ready_at)
        there, now_there = local(due, zone), local(ready_at, zone)
        assert there.hour >= MORNING
        assert due == ready_at if now_there.hour >= MORNING else (there.hour, there.minute, there.second) == (6, 0, 0)
        assert there.date() == now_there.date()
        assert timedelta(0) <= due - ready_at <= timedelta(hours=7)


@pytest.mark.parametrize(
    ("zone", "by_their_clock"),
    [
        (NEW_YORK, "06:00"), ("America/Los_Angeles", "06:00"), ("Pacific/Honolulu", "06:00"), ("Etc/UTC", "11:00"),
        ("Europe/London", "11:00"), ("Asia/Kolkata", "16:30"), ("Asia/Hong_Kong", "19:00"),
        ("Australia/Sydney", "22:00"), ("Pacific/Auckland", "06:00"), ("Pacific/Marquesas", "06:00"),
    ],
)  # fmt: skip
def test_a_morning_in_november(zone: str, by_their_clock: str) -> None:
    assert f"{due_at(zone, SIX).astimezone(ZoneInfo(zone)):%H:%M}" == by_their_clock


def test_a_zone_that_is_none_any_more_counts_as_new_york_s() -> None:
    assert due_at("Mars/Olympus", SIX) == SIX
    assert due_at("../etc", SIX) == SIX
    assert local(SIX, "Mars/Olympus").hour == 6


def test_every_desk_belongs_to_one_region_but_the_world_s() -> None:
    known = tomllib.loads(files("newsroom.stories").joinpath("desks.toml").read_text(encoding="utf-8"))
    given = [desk for desks in DESKS.values() for desk in desks]

    assert sorted(given) == sorted(set(known) - {"world"})
    assert region_of("world") is None
    assert region_of("india") == "asia"


def test_regions_are_those_that_a_story_may_be_told_for() -> None:
    assert set(get_args(RegionChosen)) == set(get_args(Region)) == set(REGIONS) == set(DESKS)


def test_regions_change_the_order_and_nothing_else() -> None:
    desks = {"s1": "united-states", "s2": "world", "s3": "europe", "s4": "india", "s5": "united-kingdom"}

    assert in_order_of((), desks) == ["s1", "s2", "s3", "s4", "s5"]
    assert in_order_of(("europe",), desks) == ["s3", "s5", "s1", "s2", "s4"]
    assert in_order_of(("asia", "europe"), desks) == ["s3", "s4", "s5", "s1", "s2"]


def test_a_reader_chooses_with_the_sign_up_and_nothing_need_be_chosen() -> None:
    site = Site()
    site.ask("POST", "/api/subscribe", {"email": READER})
    assert kept(site).preferences == Preferences()
    site = Site()
    form = {"email": READER, "days": "weekdays", "zone": "Asia/Kolkata", "asia": "yes", "mea": "yes"}
    site.ask("POST", "/api/subscribe", form)
    site.confirm(site.link())

    assert kept(site).preferences == Preferences(days="weekdays", regions=("asia", "mea"), zone="Asia/Kolkata")
    assert kept(site).state == "confirmed"


def test_what_a_form_does_not_name_stays_as_it_is() -> None:
    site, token = a_reader()
    for form, days, regions, zone in [
        ({"zone": "Europe/Zurich"}, "daily", (), "Europe/Zurich"),
        ({"europe": "yes", "boxes": "regions"}, "daily", ("europe",), "Europe/Zurich"),
        ({"days": "weekdays"}, "weekdays", ("europe",), "Europe/Zurich"),
        ({"days": "weekdays", "boxes": "regions"}, "weekdays", (), "Europe/Zurich"),
    ]:
        answer = site.ask("POST", "/api/preferences", {"token": token} | form)
        assert answer.status == 200
        assert kept(site).preferences == Preferences(days=days, regions=regions, zone=zone)  # type: ignore[arg-type]
        assert in_words(kept(site).preferences) in answer.body


@pytest.mark.parametrize(
    "form",
    [
        {"zone": "Mars/Olympus"}, {"zone": ""}, {"zone": "../etc/passwd"}, {"zone": "posix/Europe/Zurich"},
        {"asia": "no"}, {"antarctica": "yes"}, {"boxes": "days"}, {"days": "never"}, {"regions": "asia"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/subscribe", "/api/preferences"])
def test_what_the_form_does_not_offer_is_refused(path: str, form: dict[str, str]) -> None:
    site, token = a_reader()
    given = {"email": READER} if path == "/api/subscribe" else {"token": token}

    assert site.ask("POST", path, given | form).status == 400
    assert kept(site).preferences == Preferences()


@pytest.mark.parametrize("purpose", ["manage", "unsubscribe"])
def test_the_page_shows_what_is_chosen_and_its_form_keeps_it(purpose: str) -> None:
    site, token = a_reader()
    if purpose == "unsubscribe":
        token = Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX))
    chosen = {"days": "weekdays", "zone": "America/Argentina/Buenos_Aires", "americas": "yes"}
    site.ask("POST", "/api/preferences", {"token": token, "boxes": "regions"} | chosen)
    page = site.ask("GET", "/api/preferences", query=f"token={token}").body

    assert READER not in page, "an issue that was passed on does not tell whose it is"
    assert '<option value="weekdays" selected>' in page
    assert '<option value="America/Argentina/Buenos_Aires" selected>Buenos Aires, Argentina</option>' in page
    assert re.findall(r'name="(\w+)" value="yes" checked', page) == ["americas"]
    before = kept(site).preferences
    site.ask("POST", "/api/preferences", {"token": token} | _as_a_browser_sends_it(page))
    assert kept(site).preferences == before


def test_a_forgotten_reader_has_no_preferences() -> None:
    site, token = a_reader()
    leave = Tokens(SECRET).sign(farewell(a_subscriber(1).id, SIX))
    site.readers.forget(a_subscriber(1).id)

    for one in (token, leave):
        assert site.ask("GET", "/api/preferences", query=f"token={one}").status == 400
        assert site.ask("POST", "/api/preferences", {"token": one, "days": "daily"}).status == 400


def test_who_takes_their_data_along_takes_the_choice_along() -> None:
    site, token = a_reader()
    site.ask("POST", "/api/preferences", {"token": token, "zone": "Asia/Tokyo", "asia": "yes"})
    taken = json.loads(site.ask("POST", "/api/my-data/export", {"token": token}).body)

    assert (taken["days"], taken["regions"], taken["zone"]) == ("daily", ["asia"], "Asia/Tokyo")


def test_the_page_of_the_briefing_has_the_whole_form_and_sends_what_is_taken() -> None:
    (page,) = (render(one).decode() for one in text_pages(HOUSE) if isinstance(one, BriefingPage))
    for zone in EVERY_ZONE:
        assert f'<option value="{zone}"' in page
    site = Site()

    assert site.ask("POST", "/api/subscribe", {"email": READER} | _as_a_browser_sends_it(page)).status == 200
    assert kept(site).preferences == Preferences()


def _as_a_browser_sends_it(page: str) -> dict[str, str]:
    """The fields of the form with the choices, untouched; without token and address, which the caller has."""
    fields = dict(re.findall(r'<select name="(\w+)">.*?<option value="([^"]+)" selected>', page))
    fields |= dict.fromkeys(re.findall(r'name="(\w+)" value="yes" checked', page), "yes")
    return fields | dict(re.findall(r'<input type="hidden" name="(boxes)" value="(\w+)">', page))
