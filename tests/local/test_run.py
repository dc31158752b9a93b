"""`make run`: its options, its display, the anchor of its news, its sample readers."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local import local_newsroom, run, sample_readers
from infra.local.cloud import Reply
from infra.local.display import Display
from infra.local.mailbox import Mailbox
from infra.local.news_day import kept_anchor, news_day
from infra.local.sample_readers import ADDRESSES, SubscriptionFailedError, subscribe_sample_readers

NOON = datetime(2026, 3, 2, 12, 0, 42, tzinfo=UTC)
SITE = "http://d1.cloudfront.localhost:4700/"


def test_variables_and_flags_say_the_same() -> None:
    by_variable = run._options([], {"ONCE": "1", "WIRE": "recorded", "PORT": "4900", "AUTH": "true"})
    by_flag = run._options(["--once", "--wire", "recorded", "--port", "4900", "--auth"], {})

    assert by_variable == by_flag
    assert (by_flag.once, by_flag.wire, by_flag.port, by_flag.auth) == (True, "recorded", 4900, True)


def test_each_wire_has_a_newsroom_of_its_own_and_all_report_in_one_place(tmp_path: Path) -> None:
    homes = {
        wire: run._options(["--wire", wire, "--home", str(tmp_path)], {}) for wire in ("sample", "recorded", "live")
    }

    assert len({options.home for options in homes.values()}) == 3
    assert {options.report for options in homes.values()} == {tmp_path / "run.json"}


def test_empty_variables_are_no_choice() -> None:
    options = run._options([], {"ONCE": "", "WIRE": "", "PORT": "", "AUTH": ""})
    assert (options.once, options.wire, options.port, options.auth) == (False, "sample", 4700, False)


def test_an_unknown_wire_is_a_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run._options([], {"WIRE": "carrier-pigeon"})
    assert stopped.value.code == 2
    assert "sample, recorded, live" in capsys.readouterr().err


def test_a_failure_ends_in_one_message_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_parts: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(run, "Newsroom", broken)
    monkeypatch.setattr(run.signal, "signal", lambda *_asked: None)

    assert run.main(["--once", "--home", str(tmp_path)], {}) == 1
    out = capsys.readouterr().out
    assert "make run failed: OSError: the disk is full" in out
    assert f"logs: {tmp_path / 'logs'}" in out
    assert "Traceback" not in out
    assert "Traceback" in (tmp_path / "logs" / "run.log").read_text("utf-8")


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with run._alone(tmp_path), pytest.raises(run.AlreadyRunningError, match=r"process \d+ runs"), run._alone(tmp_path):
        pass
    with run._alone(tmp_path):
        pass


@pytest.mark.parametrize("live", [False, True])
def test_a_step_ends_in_one_line_with_what_was_last_said_of_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], *, live: bool
) -> None:
    display = Display(tmp_path / "run.log", live=live)
    with display.step("edition") as step:
        step.bar(1, 24, "1 of 24 publishers")
        step.say("24 publishers, 61 articles")
    with pytest.raises(OSError, match="no"), display.step("briefing"):
        raise OSError("no")

    [edition, briefing] = [line for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert edition.startswith("✓ edition")
    assert "24 publishers, 61 articles" in edition
    assert briefing.startswith("✗ briefing")
    assert (tmp_path / "run.log").read_text("utf-8").splitlines() == [edition, briefing]


def test_the_anchor_is_kept_from_run_to_run(tmp_path: Path) -> None:
    first = kept_anchor(tmp_path / "wire-anchor", NOON)
    assert first == NOON.replace(second=0)
    assert kept_anchor(tmp_path / "wire-anchor", NOON + timedelta(hours=5)) == first


def test_news_of_another_day_is_said_to_be_old(tmp_path: Path) -> None:
    fresh = news_day("sample", tmp_path, tmp_path, lambda: NOON, 0)
    later = news_day("sample", tmp_path, tmp_path, lambda: NOON + timedelta(days=3), 0)
    assert (fresh.old, later.old) == (False, True)
    assert news_day("live", tmp_path, tmp_path, lambda: NOON, 0).wire is None


class FakeNewsroom:
    """A readers' API that mails a confirmation link, and the cloud's notes about it."""

    class exceptions:  # noqa: N801 - boto3's name
        class ParameterNotFound(Exception):
            """No such note."""

    def __init__(self, mailbox: Mailbox, *, answers: int = 200):
        self.notes: dict[str, str] = {}
        self.confirmed: list[str] = []
        self._mailbox = mailbox
        self._answers = answers

    def client(self, _service: str) -> "FakeNewsroom":
        return self

    def get_parameter(self, Name: str) -> dict[str, Any]:  # noqa: N803 - boto3's name
        if Name not in self.notes:
            raise self.exceptions.ParameterNotFound
        return {"Parameter": {"Value": self.notes[Name]}}

    def put_parameter(self, Name: str, Value: str, **_more: object) -> None:  # noqa: N803 - boto3's names
        self.notes[Name] = Value

    def fetch(self, url: str, form: Mapping[str, str] | None = None, headers: object = None) -> Reply:
        if url == SITE + "api/subscribe" and form:
            body = f"Confirm here:\r\n{SITE}api/confirm?token=of-{form['email']}\r\n"
            self._mailbox.keep(f"Subject: Confirm\r\n\r\n{body}".encode(), "desk@newsroom.example", [form["email"]])
        elif form:
            self.confirmed.append(form["token"])
        return Reply(self._answers, {}, b"thank you")


def test_sample_readers_subscribe_by_form_mail_and_link_once(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    newsroom: Any = FakeNewsroom(mailbox)
    told: list[str] = []

    assert subscribe_sample_readers(newsroom, mailbox, SITE, told.append) == len(ADDRESSES) >= 3
    assert newsroom.confirmed == [f"of-{address}" for address in ADDRESSES]
    assert told == list(ADDRESSES)

    assert subscribe_sample_readers(newsroom, mailbox, SITE, told.append) == 0
    assert json.loads(newsroom.notes[sample_readers.NOTE]) == list(ADDRESSES)
    assert len(newsroom.confirmed) == len(ADDRESSES)


def test_a_refused_subscription_is_an_error_that_says_which_step(tmp_path: Path) -> None:
    mailbox = Mailbox(tmp_path)
    refusing: Any = FakeNewsroom(mailbox, answers=429)
    with pytest.raises(SubscriptionFailedError, match=r"subscribing as early\.reader@inbox\.example was answered 429"):
        subscribe_sample_readers(refusing, mailbox, SITE, lambda _address: None)


def test_a_confirmation_that_never_arrives_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_readers, "MAIL_SECONDS", 0.05)
    mailbox, elsewhere = Mailbox(tmp_path / "read"), Mailbox(tmp_path / "written")
    newsroom: Any = FakeNewsroom(elsewhere)
    with pytest.raises(SubscriptionFailedError, match="no confirmation mail reached"):
        subscribe_sample_readers(newsroom, mailbox, SITE, lambda _address: None)


def test_an_output_is_told_in_words() -> None:
    assert (
        local_newsroom._sentence({"edition_id": "e1", "publishers": 24, "stories_held": 4})
        == "24 publishers, 4 stories held"
    )
    assert local_newsroom._sentence({"claimed": False}).startswith("not claimed")
    assert local_newsroom._result({"status": "FAILED", "error": "ArchiveThrottled"}) == "failed (ArchiveThrottled)"
