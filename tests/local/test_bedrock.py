"""Writer and critic through the real SDK's Bedrock client, against the stand-in in Bedrock's form."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import anthropic
import pytest
from botocore.eventstream import EventStreamBuffer
from newsroom.errors import BadInput, BudgetSpent, ModelOverloaded, ModelRefused, NewsroomError
from newsroom.review.critic import ClaudeCritic
from newsroom.review.submission import Submission
from newsroom.settings import ModelSettings
from newsroom.writing.claude import hire_claude
from newsroom.writing.claude_writer import ClaudeWriter
from newsroom.writing.draft import Draft
from newsroom.writing.prices import OVERHEAD
from newsroom.writing.writer import Substituted, hire_writer

from infra.local.claude import bedrock, behaviours
from infra.local.claude.stand_in import StandIn
from tests.fakes.press import an_assignment
from tests.fakes.scripted_claude import FakePurse

pytestmark = pytest.mark.enable_socket
WRITER, CRITIC = "scripted-global.anthropic.claude-sonnet-5-5-v1:0", "scripted-global.anthropic.claude-opus-5-5-v1:0"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.delenv("AWS_BEARER_TOKEN_BEDROCK", raising=False)
    with StandIn() as one:
        yield one


def settings(address: str, **more: float) -> ModelSettings:
    return ModelSettings(
        model_provider="bedrock",
        stage="local",
        writer_model=WRITER,
        critic_model=CRITIC,
        model_address=address,
        **more,
    )


def written(stand_in: StandIn, purse: FakePurse) -> Draft:
    purse.limit = 10**9
    return ClaudeWriter(hire_claude(settings(stand_in.address), WRITER, purse, lambda arn: "")).write(an_assignment())


def test_a_story_is_written_and_judged_through_bedrock(stand_in: StandIn) -> None:
    purse, assignment = FakePurse(10**9), an_assignment()
    draft = written(stand_in, purse)
    assert (draft.writer, draft.fallen, draft.usage.model) == ("scripted", 0, WRITER)
    assert all(claim.spans for claim in draft.claims() if claim.kind == "fact")
    critic = ClaudeCritic(hire_claude(settings(stand_in.address), CRITIC, purse, lambda arn: ""))
    articles = {article.id: article for article in assignment.articles}
    opinion = critic.judge(Submission(draft, articles, assignment.story, assignment.sources))
    assert opinion.usage.model == CRITIC
    assert opinion.limitations
    assert purse.spent == draft.usage.micro_dollars + opinion.usage.micro_dollars > 0
    assert [asked.body["model"] for asked in stand_in.questions] == [WRITER, CRITIC]
    assert all(asked.body["stream"] for asked in stand_in.questions)


def test_what_bedrock_gives_is_what_anthropic_gives(stand_in: StandIn) -> None:
    direct = settings(stand_in.address).model_copy(update={"model_provider": "anthropic"})
    given = ClaudeWriter(hire_claude(direct, WRITER, FakePurse(10**9), lambda arn: "")).write(an_assignment())
    draft = written(stand_in, FakePurse())
    assert draft.model_copy(update={"usage": given.usage}) == given
    same = {"milliseconds": 0, "micro_dollars": 0}
    assert draft.usage.model_copy(update=same) == given.usage.model_copy(update=same)


def test_money_is_set_aside_by_an_estimate_that_is_rather_too_high(stand_in: StandIn) -> None:
    purse = FakePurse()
    draft = written(stand_in, purse)
    assert len(stand_in.questions) == 1, "tokens are not asked for where nobody counts them"
    assert purse.most > purse.spent == draft.usage.micro_dollars
    assert purse.most > OVERHEAD * 2


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        (behaviours.cuts, ModelOverloaded),
        (behaviours.overloads, ModelOverloaded),
        (behaviours.rate_limits, ModelOverloaded),
        (behaviours.breaks_down, ModelOverloaded),
        (behaviours.fails(424, "model_error"), ModelOverloaded),
        (behaviours.fails(408, "timeout_error"), ModelOverloaded),
        (behaviours.fails(403, "permission_error"), ModelRefused),
        (behaviours.fails(400, "invalid_request_error"), ModelRefused),
        (behaviours.too_large, ModelRefused),
        (behaviours.stops("max_tokens"), ModelRefused),
        (behaviours.stops("refusal"), ModelRefused),
    ],
    ids=["cuts", "529", "429", "500", "424", "408", "403", "400", "413", "max tokens", "refusal"],
)
def test_what_fails_at_bedrock_is_one_of_our_errors(
    stand_in: StandIn, behaviour: behaviours.Behaviour, error: type[NewsroomError]
) -> None:
    stand_in.script = lambda number, asked: behaviour
    purse = FakePurse()
    with pytest.raises(error):
        written(stand_in, purse)
    assert len(stand_in.questions) == 1, "the SDK repeats nothing by itself"


def test_a_budget_that_is_spent_asks_nobody(stand_in: StandIn) -> None:
    poor = settings(stand_in.address, daily_budget_dollars=0.001)
    with pytest.raises(BudgetSpent):
        ClaudeWriter(hire_claude(poor, WRITER, FakePurse(), lambda arn: "")).write(an_assignment())
    assert stand_in.questions == []


def test_old_news_is_not_left_for_a_batch_that_bedrock_does_not_have(stand_in: StandIn) -> None:
    patient = settings(stand_in.address, batch_after_hours=0.001)
    writer = hire_writer(patient, FakePurse(10**9), lambda arn: "")
    assert isinstance(writer, Substituted)
    assignment = an_assignment()
    later = replace(assignment, now=assignment.now + timedelta(days=1))
    assert writer.write(later).writer == "scripted"
    assert stand_in.batches == {}


def test_an_unsigned_request_and_one_in_anthropic_s_own_form_are_refused(stand_in: StandIn) -> None:
    path = f"/model/{WRITER}/invoke"
    assert stand_in.answer("POST", path, {"anthropic_version": "2026-10-21", "messages": []}).status == 403
    signed = f"{bedrock.SIGNED}Credential=…"
    assert stand_in.answer("POST", path, {"model": WRITER, "messages": []}, signed).status == 400
    unsigned = anthropic.AnthropicBedrock(
        base_url=f"http://{stand_in.address}", api_key="a bearer's token", aws_region="eu-central-1", max_retries=0
    )
    with pytest.raises(anthropic.PermissionDeniedError):
        unsigned.messages.create(model=WRITER, max_tokens=10, messages=[{"role": "user", "content": "x"}])


def test_frames_are_those_that_aws_s_own_library_reads() -> None:
    buffer = EventStreamBuffer()
    buffer.add_data(bedrock.frame(b'{"type":"ping"}') + bedrock.frame(b"{}"))
    first, second = (event.to_response_dict() for event in buffer)
    assert first["headers"][":event-type"] == second["headers"][":event-type"] == "chunk"
    assert b"bytes" in first["body"]


def test_bedrock_wants_its_own_names_of_models_and_a_region(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="Bedrock wants its own id"):
        ModelSettings.read({"MODEL_PROVIDER": "bedrock"})
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    with pytest.raises(BadInput, match="region"):
        ClaudeWriter(hire_claude(settings("127.0.0.1:1"), WRITER, FakePurse(), lambda arn: "")).write(an_assignment())


def test_without_credentials_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_BEARER_TOKEN_BEDROCK"):
        monkeypatch.delenv(name, raising=False)
    environment = {
        "AWS_REGION": "eu-central-1",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    real = ModelSettings(model_provider="bedrock", writer_model="anthropic.claude-x", critic_model="anthropic.claude-y")
    with pytest.raises(BadInput, match="credentials"):
        ClaudeWriter(hire_claude(real, "anthropic.claude-x", FakePurse(10**9), lambda arn: "")).write(an_assignment())
