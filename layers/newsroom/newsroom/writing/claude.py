"""Claude behind the anthropic SDK: one question, one validated answer, its price reserved before and settled after.

The SDK is imported at the first question. Its own retries are set low: the state machine retries, and two layers of
retries multiply. Every stop reason but the end of the turn, and every vendor error, leaves here as one of ours.
"""

import json
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from pydantic import Field, ValidationError

from newsroom.boundary import Boundary
from newsroom.errors import BadInput, BudgetSpent, DraftInvalid, ModelOverloaded, ModelRefused, NewsroomError
from newsroom.settings import ModelSettings
from newsroom.writing.draft import Usage
from newsroom.writing.prompt import Part, Prompt

RETRIES = 1
SECONDS = 120.0
CHARACTERS_PER_TOKEN = 2.5
"""For the reserve: English has about four; three quarters more is kept back for figures, names and other scripts."""

# Public prices in dollars per million tokens, which are micro-dollars per token: (input, output).
PRICES = {"haiku": (0.10, 0.50), "sonnet": (2.0, 10.0), "opus": (4.0, 20.0)}
DEAREST = (10.0, 50.0)
"""For a model that is not in the table: rather too much kept back than too little."""
CACHE_READ, CACHE_WRITE = 0.1, 1.25
"""Shares of the input price."""

B = TypeVar("B", bound=Boundary)


class Purse(Protocol):
    """Where the day's money is counted; `archive.Archive` is one."""

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        """BudgetSpent when it would pass the limit."""

    def settle(self, day: str, reserved: int, spent: int) -> None: ...


class _Counted(Boundary, extra="ignore"):
    input_tokens: int = Field(default=0, ge=0)
    cache_creation_input_tokens: int | None = Field(default=0, ge=0)
    cache_read_input_tokens: int | None = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)


class _Block(Boundary, extra="ignore"):
    type: str
    text: str = ""


class _Reply(Boundary, extra="ignore"):
    """The Messages API's answer, as far as we use it; the SDK itself does not check it."""

    type: Literal["message"]
    model: str
    content: tuple[_Block, ...]
    stop_reason: str | None
    usage: _Counted


class Claude:
    """One model, one purse."""

    def __init__(self, connect: Callable[[], Any], model: str, purse: Purse, daily_limit: int) -> None:
        """`connect` makes the SDK's client; `daily_limit` is in micro-dollars, for all models of the desk together."""
        self._connect = connect
        self._client: Any = None
        self.model = model
        self._purse = purse
        self._daily_limit = daily_limit

    def ask(
        self, prompt: Prompt, values: Mapping[str, Any], answer: type[B], *, day: date, about: str
    ) -> tuple[B, Usage]:
        """One answer of the given type, and what it took.

        Raises BudgetSpent, ModelOverloaded (may pass), ModelRefused (another stop than the end of the turn, or a
        refused request), DraftInvalid (an answer that is not of the type).
        """
        parts = prompt.render(values)
        reserved = self._estimate(parts, prompt.front.max_tokens)
        self._purse.reserve(day.isoformat(), reserved, self._daily_limit)
        started = time.monotonic()
        spent = reserved  # when the connection breaks, nobody tells what it cost
        try:
            with _translated(about):
                raw = self._request(prompt, parts, answer)
            reply = _reply(raw, about)
            spent = _price(self.model, reply.usage)
        except (ModelRefused, BudgetSpent, BadInput) as exc:
            spent = 0 if exc.__cause__ is not None else spent  # refused before it ran
            raise
        finally:
            self._purse.settle(day.isoformat(), reserved, spent)
        if reply.stop_reason != "end_turn":
            raise ModelRefused(f"it stopped for another reason than having finished: {reply.stop_reason}", about=about)
        counted = reply.usage
        usage = Usage(
            model=self.model,
            prompt_sha256=prompt.sha256,
            input_tokens=counted.input_tokens + (counted.cache_creation_input_tokens or 0),
            cached_tokens=counted.cache_read_input_tokens or 0,
            output_tokens=counted.output_tokens,
            micro_dollars=spent,
            milliseconds=int((time.monotonic() - started) * 1000),
        )
        return _answer(reply, answer, about), usage

    def _request(self, prompt: Prompt, parts: Mapping[Part, str], answer: type[Boundary]) -> str:
        """The reply's body. The stable part and the sources end with a mark up to which the provider may cache."""
        from anthropic import transform_schema

        if self._client is None:
            self._client = self._connect()
        mark = {"type": "ephemeral"}
        content = [{"type": "text", "text": parts["sources"], "cache_control": mark}] if parts["sources"] else []
        response = self._client.messages.with_raw_response.create(
            model=self.model,
            max_tokens=prompt.front.max_tokens,
            system=[{"type": "text", "text": parts["stable"], "cache_control": mark}],
            messages=[{"role": "user", "content": [*content, {"type": "text", "text": parts["task"]}]}],
            output_config={"format": {"type": "json_schema", "schema": transform_schema(answer)}},
        )
        return str(response.http_response.text)

    def _estimate(self, parts: Mapping[Part, str], max_tokens: int) -> int:
        """Micro-dollars that the call may cost at most, with room: the longest answer, all of the input cached anew."""
        price_in, price_out = _prices(self.model)
        tokens = sum(len(part.encode()) for part in parts.values()) / CHARACTERS_PER_TOKEN + 3000
        return math.ceil(tokens * price_in * CACHE_WRITE + max_tokens * price_out)


def hire_claude(settings: ModelSettings, model: str, purse: Any, secret: Callable[[str], str]) -> Claude:
    """Claude by API key (from the secret, else from ANTHROPIC_API_KEY, which the SDK reads) or through Bedrock."""

    def connect() -> Any:
        import anthropic

        if settings.model_provider == "bedrock":
            from anthropic import AnthropicBedrock

            return AnthropicBedrock(max_retries=RETRIES, timeout=SECONDS)
        key = secret(settings.model_secret).strip() if settings.model_secret else None
        client = anthropic.Anthropic(api_key=key, max_retries=RETRIES, timeout=SECONDS)
        if client.api_key is None and client.auth_token is None:
            raise BadInput("no key for the model: set MODEL_SECRET (on AWS) or ANTHROPIC_API_KEY", about=model)
        return client

    return Claude(connect, model, purse, math.floor(settings.daily_budget_dollars * 1_000_000))


@contextmanager
def _translated(about: str) -> Iterator[None]:
    """The SDK's errors as ours."""
    import anthropic

    try:
        yield
    except NewsroomError:
        raise
    except anthropic.APIConnectionError as exc:  # timeouts too
        raise ModelOverloaded(f"no answer: {type(exc).__name__}", about=about) from exc
    except anthropic.APIStatusError as exc:
        raise _of_status(exc, about) from exc
    except anthropic.AnthropicError as exc:
        raise ModelRefused(f"the SDK gave up: {type(exc).__name__}", about=about) from exc
    except (ValueError, TypeError) as exc:
        raise DraftInvalid(f"the reply is not a message: {type(exc).__name__}", about=about) from exc


def _of_status(exc: Any, about: str) -> NewsroomError:
    """A spend limit never clears by asking again, whatever its status; 408, 409, 425, 429 and 5xx may."""
    status = int(exc.status_code)
    words = " ".join(str(part) for part in (exc.error_code, exc.type, exc.api_message) if part).lower()
    if status == 402 or "spend_limit" in words or "billing" in words or "credit balance" in words:
        return BudgetSpent(f"the account's spend limit is reached (HTTP {status})", about=about)
    if status in (408, 409, 425, 429) or status >= 500:
        return ModelOverloaded(f"HTTP {status}", about=about)
    return ModelRefused(f"the request was refused (HTTP {status})", about=about)


def _reply(raw: str, about: str) -> _Reply:
    try:
        return _Reply.model_validate_json(raw)
    except ValidationError as exc:
        raise DraftInvalid("the reply is not a message", about=about) from exc


def _answer(reply: _Reply, answer: type[B], about: str) -> B:
    text = "".join(block.text for block in reply.content if block.type == "text")
    try:
        return answer.model_validate_json(text, strict=True)
    except ValidationError as exc:
        fault = json.dumps(exc.errors()[0]["loc"])
        raise DraftInvalid(f"the answer is not a {answer.__name__}: {fault}", about=about) from exc


def _prices(model: str) -> tuple[float, float]:
    return next((price for family, price in PRICES.items() if family in model), DEAREST)


def _price(model: str, usage: _Counted) -> int:
    price_in, price_out = _prices(model)
    read, written = usage.cache_read_input_tokens or 0, usage.cache_creation_input_tokens or 0
    tokens_in = usage.input_tokens + read * CACHE_READ + written * CACHE_WRITE
    return math.ceil(tokens_in * price_in + usage.output_tokens * price_out)
