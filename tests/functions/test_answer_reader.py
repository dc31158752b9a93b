"""HTTP in, HTTP out."""

import pytest

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.receptions import an_event


def answer(event: dict[str, object]) -> dict[str, object]:
    return run("answer_reader", event)


def test_a_sign_up_is_answered_and_a_letter_sent() -> None:
    desk = BriefingDesk()
    reply = answer(an_event("POST", "/api/subscribe", {"email": "reader@inbox.example"}))

    assert reply["statusCode"] == 200
    (posted,) = desk.mail.outbox  # type: ignore[attr-defined]
    assert "https://news.example/api/confirm?token=" in posted.part("plain")


def test_who_comes_past_the_cdn_is_turned_away() -> None:
    desk = BriefingDesk()
    desk.__dict__["origin_secret"] = "shown by the distribution"
    event = an_event("POST", "/api/subscribe", {"email": "reader@inbox.example"})

    assert answer(event)["statusCode"] == 403
    assert desk.mail.outbox == []  # type: ignore[attr-defined]
    event["headers"] |= {"x-newsroom-origin": "shown by the distribution"}
    assert answer(event)["statusCode"] == 200


def test_without_an_address_of_its_own_the_site_takes_the_one_that_was_asked() -> None:
    desk = BriefingDesk(SITE_ADDRESS="")
    event = an_event("POST", "/api/subscribe", {"email": "reader@inbox.example"})

    assert answer(event)["statusCode"] == 503, "a link to nowhere helps nobody"
    event["headers"] |= {"x-forwarded-host": "d123.cloudfront.example"}
    assert answer(event)["statusCode"] == 200
    assert "https://d123.cloudfront.example/api/confirm" in desk.mail.outbox[0].part("html")  # type: ignore[attr-defined]


@pytest.mark.parametrize("event", [{}, {"headers": None, "requestContext": {}}, {"rawPath": "/api/vote", "body": None}])
def test_a_strange_event_is_answered(event: dict[str, object]) -> None:
    BriefingDesk()

    assert answer(event)["statusCode"] in (404, 405)


def test_head_gets_no_body() -> None:
    BriefingDesk()

    assert answer(an_event("HEAD", "/api/report", query="id=x"))["body"] == ""
