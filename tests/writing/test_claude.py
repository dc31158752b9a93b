"""One question to the model: what it sends, what it takes for an answer, what it costs, what each failure becomes."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from newsroom.boundary import Boundary
from newsroom.errors import BadInput, BudgetSpent, DraftInvalid, ModelOverloaded, ModelRefused, NewsroomError
from newsroom.settings import ModelSettings
from newsroom.writing.claude import hire_claude
from newsroom.writing.draft import Usage
from newsroom.writing.line import Errand
from newsroom.writing.prompt import prompt_of

from infra.local.claude.wire_format import as_events, error, message
from tests.fakes.scripted_claude import FakePurse, ScriptedClaude, breaks, fails, raw, replies, says, streams

PROMPT = prompt_of(
    "greet",
    '+++\npurpose = "x"\nmax_tokens = 50\nvariables = ["who"]\n+++\n'
    "## stable\nBe kind.\n## sources\n{{ who }}\n## task\nGreet.\n",
)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ERRAND = Errand("s1", NOW, "20261123T1200Z")


class Greeting(Boundary):
    words: str
    mark: int


GOOD = {"words": "hello", "mark": 90}


def ask(script: ScriptedClaude, errand: Errand = ERRAND) -> tuple[Greeting, Usage]:
    return script.claude().ask(PROMPT, {"who": "the reader"}, Greeting, errand)


def test_an_answer_is_validated_and_its_price_settled() -> None:
    script = ScriptedClaude(says(GOOD, cache_read_input_tokens=2000))
    answer, usage = ask(script)
    assert answer == Greeting(words="hello", mark=90)
    assert (usage.input_tokens, usage.cached_tokens, usage.output_tokens) == (1000, 2000, 100)
    assert usage.micro_dollars == 1000 * 2 + 2000 * 2 * 0.1 + 100 * 10
    assert script.purse.spent == usage.micro_dollars
    assert script.purse.most > usage.micro_dollars
    assert usage.prompt_sha256 == PROMPT.sha256


def test_the_stable_part_comes_first_and_is_marked_for_caching_and_no_tool_is_offered() -> None:
    script = ScriptedClaude(says(GOOD))
    ask(script)
    (request,) = script.requests
    assert request["system"] == [{"type": "text", "text": "Be kind.", "cache_control": {"type": "ephemeral"}}]
    sources, task = request["messages"][0]["content"]
    assert (sources["text"], sources["cache_control"]) == ("the reader", {"type": "ephemeral"})
    assert task == {"type": "text", "text": "Greet."}
    assert "tools" not in request
    assert request["output_config"]["format"]["type"] == "json_schema"


@pytest.mark.parametrize(
    "stop",
    ["max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal", "model_context_window_exceeded", None, "new"],
)
def test_every_stop_but_the_end_of_the_turn_is_refused_and_paid(stop: str | None) -> None:
    script = ScriptedClaude(says(GOOD, stop_reason=stop))
    with pytest.raises(ModelRefused):
        ask(script)
    assert script.purse.spent == 1000 * 2 + 100 * 10


@pytest.mark.parametrize(
    "answer",
    [
        "", "no", "[]", "null", "{", '{"words": "x"}', '{"words": "x", "mark": "95"}', '{"words": "x", "mark": NaN}',
        '{"words": "x", "mark": 9.5}', '{"words": "x", "mark": null}', '{"words": 3, "mark": 1}',
        '{"words": "x", "mark": 1, "more": 2}', '{"words": "x", "mark": 1} and so on',
        '```json\n{"words": "x", "mark": 1}\n```',
        '{"words": "x", "mark": Infinity}', '{"words": "x", "mark": 1e400}', '{"words": "x", "mark": true}',
        '[{"words": "x", "mark": 1}]', '{"words": ["x"], "mark": 1}', '"{}"',
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_no_draft(answer: str) -> None:
    with pytest.raises(DraftInvalid):
        ask(ScriptedClaude(says(answer)))


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"<html>", {"type": "error"}, {"type": "message"},
        b"event: message_start\ndata: {\n\n", b"event: message_start\ndata: []\n\n",
        b"event: message_start\ndata: null\n\n", b"event: message_start\ndata: {}\n\n", b"\xff\xfe",
    ],
)  # fmt: skip
def test_a_malformed_reply_is_no_draft(body: Any) -> None:
    with pytest.raises(DraftInvalid):
        ask(ScriptedClaude(raw(body)))


GOOD_EVENTS = as_events(message(json.dumps(GOOD)))


@pytest.mark.parametrize("missing", range(len(GOOD_EVENTS) - 1))
def test_a_stream_that_lost_an_event_is_no_answer(missing: int) -> None:
    lost = GOOD_EVENTS[missing]
    script = ScriptedClaude(streams([event for event in GOOD_EVENTS if event is not lost]))
    if lost["type"] in ("ping", "content_block_stop"):
        assert ask(script)[0] == Greeting(words="hello", mark=90)
    else:
        with pytest.raises(NewsroomError):
            ask(script)


@pytest.mark.parametrize("cut", range(1, len(GOOD_EVENTS)))
def test_a_stream_that_ends_early_may_be_asked_again_and_costs_what_was_set_aside(cut: int) -> None:
    script = ScriptedClaude(streams(GOOD_EVENTS, cut))
    with pytest.raises(ModelOverloaded):
        ask(script)
    assert script.purse.spent == script.purse.most > 0


@pytest.mark.parametrize(
    ("kind", "code", "expected"),
    [
        ("overloaded_error", "", ModelOverloaded),
        ("api_error", "", ModelOverloaded),
        ("rate_limit_error", "enforced_spend_limit_reached", BudgetSpent),
    ],
)
def test_an_error_in_the_middle_of_an_answer_is_told_by_its_type(kind: str, code: str, expected: Any) -> None:
    with pytest.raises(expected):
        ask(ScriptedClaude(streams([*GOOD_EVENTS[:3], error(kind, "x", code)])))


def test_half_an_answer_that_would_be_whole_by_itself_is_not_taken() -> None:
    """The connection ends after the last piece of text, before the message says why it ended."""
    before_the_end = next(at for at, event in enumerate(GOOD_EVENTS) if event["type"] == "message_delta")
    with pytest.raises(ModelOverloaded):
        ask(ScriptedClaude(streams(GOOD_EVENTS, before_the_end)))


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (fails(429, "rate_limit_error"), ModelOverloaded),
        (fails(429, "rate_limit_error", "enforced_spend_limit_reached"), BudgetSpent),
        (fails(429, "rate_limit_error", "contract_spend_limit_reached"), BudgetSpent),
        (fails(402, "billing_error"), BudgetSpent),
        (fails(400, "billing_error"), BudgetSpent),
        (fails(400, "invalid_request_error"), ModelRefused),
        (fails(401, "authentication_error"), ModelRefused),
        (fails(403, "permission_error"), ModelRefused),
        (fails(404, "not_found_error"), ModelRefused),
        (fails(413, "request_too_large"), ModelRefused),
        (fails(408, "timeout_error"), ModelOverloaded),
        (fails(409, "conflict_error"), ModelOverloaded),
        (fails(500), ModelOverloaded),
        (fails(502), ModelOverloaded),
        (fails(503), ModelOverloaded),
        (fails(504), ModelOverloaded),
        (fails(529, "overloaded_error"), ModelOverloaded),
        (breaks(httpx2.ConnectError), ModelOverloaded),
        (breaks(httpx2.ReadTimeout), ModelOverloaded),
        (breaks(httpx2.RemoteProtocolError), ModelOverloaded),
    ],
)
def test_every_failure_of_the_vendor_s_is_one_of_ours(reply: Any, error: type[NewsroomError]) -> None:
    with pytest.raises(error):
        ask(ScriptedClaude(reply))


def test_every_class_of_the_sdk_s_errors_has_a_translation() -> None:
    """A new SDK may bring new statuses: whatever derives from its base leaves `ask` as one of ours."""
    import anthropic

    statuses = {400, 401, 402, 403, 404, 408, 409, 412, 413, 422, 429, 431, 499, 500, 501, 503, 504, 529}
    for status in statuses:
        with pytest.raises(NewsroomError):
            ask(ScriptedClaude(fails(status)))
    assert issubclass(anthropic.APIStatusError, anthropic.AnthropicError)


def test_the_budget_is_asked_before_the_call_and_nothing_is_sent_when_it_is_spent() -> None:
    script = ScriptedClaude(says(GOOD))
    script.purse = FakePurse(limit=10)
    with pytest.raises(BudgetSpent):
        ask(script)
    assert script.requests == []
    assert script.purse.spent == 0


def test_a_refused_request_costs_nothing_and_a_broken_connection_what_was_set_aside() -> None:
    refused, busy, broken = (ScriptedClaude(one) for one in (fails(400), fails(529), breaks(httpx2.ReadTimeout)))
    for script in (refused, busy, broken):
        with pytest.raises(NewsroomError):
            ask(script)
    assert refused.purse.spent == busy.purse.spent == 0
    assert broken.purse.spent == broken.purse.most > 0


def test_the_reserve_covers_the_longest_answer_and_the_whole_input() -> None:
    script = ScriptedClaude(says(GOOD, input_tokens=3000, output_tokens=50))
    _, usage = ask(script)
    assert script.purse.most >= usage.micro_dollars


def test_without_a_key_the_error_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    claude = hire_claude(
        ModelSettings(model_provider="anthropic"), "claude-sonnet-5-5", FakePurse(10**9), lambda arn: ""
    )
    with pytest.raises(BadInput, match="ANTHROPIC_API_KEY"):
        claude.ask(PROMPT, {"who": "x"}, Greeting, ERRAND)


@pytest.mark.parametrize(
    "settings",
    [
        {"stage": "production"},
        {"stage": "staging"},
        {"writer_model": "claude-sonnet-5-5"},
        {"critic_model": "claude-opus-5-5"},
        {"model_address": "10.0.0.1:80"},
        {"model_address": "127.0.0.1.example:80"},
    ],
)
def test_a_stand_in_runs_on_this_machine_only_and_under_a_name_that_says_so(settings: dict[str, str]) -> None:
    good = {
        "stage": "local",
        "writer_model": "scripted-writer",
        "critic_model": "scripted-critic",
        "model_address": "127.0.0.1:4711",
    }
    assert ModelSettings.read({name.upper(): value for name, value in good.items()})
    with pytest.raises(BadInput, match="MODEL_ADDRESS"):
        ModelSettings.read({name.upper(): value for name, value in (good | settings).items()})


def test_the_tokens_that_the_provider_counts_are_what_is_set_aside() -> None:
    script = ScriptedClaude(says(GOOD))
    ask(script)
    (counted,) = script.counted
    assert "max_tokens" not in counted
    assert counted["messages"] == script.requests[0]["messages"]
    assert script.purse.most == 3000 * 2 * 1.25 + 50 * 10


@pytest.mark.parametrize("counts", [fails(529), fails(404), raw(b"x"), breaks(httpx2.ReadTimeout)])
def test_where_nobody_counts_an_estimate_is_set_aside_that_is_rather_too_much(counts: Any) -> None:
    script = ScriptedClaude(says(GOOD), counts=counts)
    ask(script)
    assert script.purse.most > 3000 * 2 * 1.25 + 50 * 10


def test_a_prompt_that_is_too_long_is_not_sent() -> None:
    script = ScriptedClaude(says(GOOD), counts=replies({"input_tokens": 70_000}))
    with pytest.raises(ModelRefused, match="70000 tokens"):
        ask(script)
    assert script.requests == []


def test_the_same_question_is_paid_once_and_answered_the_same() -> None:
    script = ScriptedClaude(says(GOOD), fails(500))
    first = ask(script)
    assert ask(script) == first
    assert len(script.requests) == 1


def test_an_answer_that_is_none_is_not_kept() -> None:
    script = ScriptedClaude(says("no"), says(GOOD))
    with pytest.raises(DraftInvalid):
        ask(script)
    assert ask(script)[0].mark == 90
