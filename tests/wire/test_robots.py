import pytest
from newsroom.errors import AddressRefused, PublisherUnreachable, ResponseRefused
from newsroom.wire.fetch import Fetched
from newsroom.wire.robots import Robots, signal_for

from tests.fakes.open_web import FakeWeb

FILE = "https://port.example/robots.txt"
PAGE = "https://port.example/2026/oil"


def robots(answer: Fetched | str | Exception) -> Robots:
    return Robots(FakeWeb({FILE: answer}))  # type: ignore[arg-type]


def test_what_is_disallowed_is_not_allowed() -> None:
    rules = robots("User-agent: *\nDisallow: /private\nAllow: /private/open\n").rules(PAGE)
    assert rules.allow(PAGE)
    assert not rules.allow("https://port.example/private/x")
    assert rules.allow("https://port.example/private/open/x")


def test_the_group_that_names_us_comes_before_the_one_for_all() -> None:
    rules = robots("User-agent: *\nDisallow: /\n\nUser-agent: Newsroom\nDisallow: /only\n").rules(PAGE)
    assert rules.allow(PAGE)
    assert not rules.allow("https://port.example/only/this")


@pytest.mark.parametrize("status", [404, 401, 403, 410])
def test_a_file_that_is_not_there_allows_everything(status: int) -> None:
    assert robots(Fetched(FILE, status)).rules(PAGE).allow(PAGE)


@pytest.mark.parametrize("failure", [PublisherUnreachable("HTTP 503 from port.example"), ResponseRefused("too slow")])
def test_a_file_that_cannot_be_had_keeps_us_out_for_now(failure: Exception) -> None:
    known = robots(failure)
    for _ in range(2):
        with pytest.raises(PublisherUnreachable, match=r"robots\.txt"):
            known.rules(PAGE)


def test_a_host_that_is_refused_is_refused_here_too() -> None:
    with pytest.raises(AddressRefused):
        Robots(FakeWeb({"http://10.0.0.1/robots.txt": AddressRefused("private")})).rules("http://10.0.0.1/x")  # type: ignore[arg-type]


def test_a_host_is_asked_once() -> None:
    web = FakeWeb({FILE: "User-agent: *\nDisallow:"})
    known = Robots(web)  # type: ignore[arg-type]
    for path in ("a", "b", "c"):
        known.rules(f"https://port.example/{path}")
    assert web.asked == [FILE]


def test_a_byte_order_mark_and_odd_line_ends_do_no_harm() -> None:
    text = "\ufeffUser-agent: *\r\nDisallow: /private\r\n"
    assert not robots(Fetched(FILE, 200, {}, text.encode())).rules(PAGE).allow("https://port.example/private")


@pytest.mark.parametrize(
    ("text", "reserved"),
    [
        ("User-agent: *\nContent-Signal: search=yes, ai-input=no, ai-train=no\nDisallow:", True),
        ("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /", False),
        ("User-agent: *\nContent-Signal: ai-input=yes", False),
        ("Content-Signal: ai-input=no", True),
        ("User-agent: OtherBot\nContent-Signal: ai-input=no\n\nUser-agent: *\nDisallow: /x", False),
        ("User-agent: newsroom\nUser-agent: OtherBot\nContent-Signal: ai-input=no", True),
        ("User-agent: *\nDisallow: # Content-Signal: ai-input=no", False),
    ],
)
def test_a_signal_against_ai_input_reserves_the_host(text: str, reserved: bool) -> None:
    assert bool(signal_for("newsroom", text)) is reserved
