from datetime import UTC, datetime, timedelta

import pytest
from newsroom.errors import AddressRefused, PublisherUnreachable, ResponseRefused
from newsroom.wire.fetch import Fetched
from newsroom.wire.host_wishes import KEPT_BYTES, KEPT_HOSTS, HostWishes, WishesOfHosts
from newsroom.wire.manners import Manners

from tests.fakes.open_web import FakeWeb

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
HOST = "https://port.example"
ROBOTS, TDMREP, PAGE = f"{HOST}/robots.txt", f"{HOST}/.well-known/tdmrep.json", f"{HOST}/2026/oil"
RSL = (
    '<rsl xmlns="https://rslstandard.org/rsl"><content url="/2026/"><license>'
    '<prohibits type="usage">ai-input</prohibits></license></content></rsl>'
)


def wishes(web: FakeWeb, kept: dict[str, HostWishes] | None = None, now: datetime = NOW) -> WishesOfHosts:
    return WishesOfHosts(web, kept or {}, now)  # type: ignore[arg-type]


def an_answer(url: str, body: str = "", **headers: str) -> Fetched:
    return Fetched(url, 200, {name.replace("_", "-"): value for name, value in headers.items()}, body.encode())


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({}, ""),
        ({ROBOTS: "User-agent: *\nContent-Signal: ai-input=no"}, "Content-Signal: ai-input=no"),
        ({TDMREP: '[{"location": "/2026/", "tdm-reservation": 1}]'}, "TDM reservation in tdmrep.json"),
        ({TDMREP: '[{"location": "/sport/", "tdm-reservation": 1}]'}, ""),
        ({ROBOTS: "License: /l.xml", f"{HOST}/l.xml": RSL}, "RSL licence: no free use by AI"),
        ({ROBOTS: "License: /l.xml"}, "RSL licence that cannot be read"),
        ({ROBOTS: "License: /l.xml", f"{HOST}/l.xml": "<html>Welcome</html>"}, "RSL licence that cannot be read"),
    ],
)
def test_every_way_in_which_a_host_reserves_is_read(answers: dict[str, str], reason: str) -> None:
    assert wishes(FakeWeb(answers)).of(PAGE).reserved(PAGE) == reason


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (an_answer(PAGE), ""),
        (an_answer(PAGE, tdm_reservation="1"), "TDM reservation in the answer's headers"),
        (an_answer(PAGE, link='</l.xml>; rel="license"; type="application/rsl+xml"'), "RSL licence: no free use by AI"),
        (an_answer(PAGE, '<link type="application/rsl+xml" href="/l.xml">'), "RSL licence: no free use by AI"),
        (an_answer(PAGE, f'<script type="application/rsl+xml">{RSL}</script>'), "RSL licence: no free use by AI"),
        (an_answer(PAGE, '<link type="application/rsl+xml" href="/none.xml">'), "RSL licence that cannot be read"),
        (an_answer(f"{HOST}/sport", '<link type="application/rsl+xml" href="/l.xml">'), ""),
    ],
)
def test_every_way_in_which_an_answer_reserves_itself_is_read(answer: Fetched, reason: str) -> None:
    assert wishes(FakeWeb({f"{HOST}/l.xml": RSL})).reserved_by_answer(answer) == reason


def test_a_licence_that_pages_share_is_asked_for_once() -> None:
    web = FakeWeb({f"{HOST}/l.xml": RSL})
    ours = wishes(web)
    for number in range(3):
        ours.reserved_by_answer(an_answer(f"{PAGE}-{number}", '<link type="application/rsl+xml" href="/l.xml">'))
    assert web.asked == [f"{HOST}/l.xml"]


@pytest.mark.parametrize("status", [404, 401, 403, 410])
def test_what_is_not_there_allows_everything(status: int) -> None:
    said = wishes(FakeWeb({ROBOTS: Fetched(ROBOTS, status), TDMREP: Fetched(TDMREP, status)})).of(PAGE)
    assert said.allow(PAGE)
    assert said.reserved(PAGE) == ""


@pytest.mark.parametrize("failure", [PublisherUnreachable("HTTP 503 from port.example"), ResponseRefused("too slow")])
@pytest.mark.parametrize("url", [ROBOTS, TDMREP])
def test_what_cannot_be_had_keeps_us_out_for_now_and_is_not_kept(url: str, failure: Exception) -> None:
    web = FakeWeb({url: failure})
    ours = wishes(web)
    for _ in range(2):
        with pytest.raises(PublisherUnreachable, match=url.rpartition("/")[2]):
            ours.of(PAGE)
    assert web.asked.count(url) == 1
    assert ours.to_keep() == {}


def test_a_host_that_is_refused_is_refused_here_too() -> None:
    with pytest.raises(AddressRefused):
        wishes(FakeWeb()).of("http://10.0.0.1/x")


def test_a_robots_txt_that_leads_to_a_refused_address_is_as_none() -> None:
    assert wishes(FakeWeb({ROBOTS: AddressRefused("10.0.0.1 is private")})).of(PAGE).allow(PAGE)


def test_a_byte_order_mark_does_no_harm() -> None:
    text = "\ufeffUser-agent: *\r\nDisallow: /2026\r\n"
    assert not wishes(FakeWeb({ROBOTS: text})).of(PAGE).allow(PAGE)


def test_a_host_is_asked_once_in_an_edition_and_once_a_day() -> None:
    web = FakeWeb({ROBOTS: "User-agent: *\nDisallow: /x"})
    ours = wishes(web)
    for path in ("a", "b", "c"):
        ours.of(f"{HOST}/{path}")
    kept = {host: HostWishes.model_validate_json(one.model_dump_json()) for host, one in ours.to_keep().items()}
    assert not wishes(web, kept, NOW + timedelta(hours=23)).of(PAGE).allow(f"{HOST}/x")
    assert web.asked == [ROBOTS, TDMREP]
    wishes(web, kept, NOW + timedelta(hours=24)).of(PAGE)
    assert web.asked == [ROBOTS, TDMREP] * 2


def test_wishes_from_the_future_are_not_believed() -> None:
    web = FakeWeb()
    wishes(web, {HOST: HostWishes(asked_at=NOW + timedelta(days=400), robots="User-agent: *\nDisallow: /")}).of(PAGE)
    assert web.asked == [ROBOTS, TDMREP]


def test_long_documents_are_not_kept() -> None:
    ours = wishes(FakeWeb({ROBOTS: "#" * (KEPT_BYTES + 1)}))
    ours.of(PAGE)
    ours.of("https://other.example/")
    assert list(ours.to_keep()) == ["https://other.example"]


def test_of_many_hosts_some_are_kept() -> None:
    ours = wishes(FakeWeb())
    for number in range(KEPT_HOSTS + 5):
        ours.of(f"https://h{number:02}.example/")
    assert list(ours.to_keep()) == [f"https://h{number:02}.example" for number in range(KEPT_HOSTS)]


def test_a_crawl_delay_is_told_to_our_manners() -> None:
    slept: list[float] = []
    web = FakeWeb({ROBOTS: "User-agent: *\nCrawl-delay: 4"})
    web.manners = Manners(clock=lambda: 0.0, sleep=slept.append)
    wishes(web).of(PAGE)
    for _ in range(2):
        web.manners.wait("port.example")
    assert slept == [4.0]
