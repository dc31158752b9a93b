"""Claude behind the anthropic SDK: one question, one validated answer, its price reserved before and settled after.

The SDK is imported at the first question, and repeats nothing: the state machine does, and two layers of repeats
multiply. Every stop reason but the end of the turn, and every vendor error, leaves here as one of ours. An answer is
kept under the digest of its request: whoever asks the same again, after a crash or to replay a receipt, finds it.
"""

import hashlib
import math
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from newsroom.boundary import Boundary, as_json
from newsroom.errors import (
    AnswerPending,
    BadInput,
    BudgetSpent,
    DraftInvalid,
    ModelOverloaded,
    ModelRefused,
    NewsroomError,
    NotFound,
)
from newsroom.settings import ModelSettings
from newsroom.writing import batches
from newsroom.writing.draft import Usage
from newsroom.writing.line import Errand, Ledger, Line
from newsroom.writing.prices import BATCHED, at_most, estimate, price
from newsroom.writing.prompt import Part, Prompt
from newsroom.writing.replies import Reply, answer_in, put_together

SECONDS = 120.0
"""Without a sign of life; an answer comes in pieces, so that a long one need not hurry."""
COUNTING_SECONDS = 10.0
MOST_TOKENS = 60_000
"""Of a prompt: half as much again as the longest that the writer puts together."""

B = TypeVar("B", bound=Boundary)


class Kept(Boundary):
    """An answer as it is kept: enough for the same draft, to the byte."""

    model: str
    reply: Reply
    milliseconds: int
    micro_dollars: int


class Claude:
    """One model, one ledger."""

    def __init__(self, connect: Callable[[], Any], model: str, ledger: Ledger, daily_limit: int, line: Line) -> None:
        """`connect` makes the SDK's client; `daily_limit` is in micro-dollars, for all models of the desk together."""
        self._connect = connect
        self._client: Any = None
        self.model = model
        self._ledger = ledger
        self._daily_limit = daily_limit
        self._line = line

    def ask(self, prompt: Prompt, values: Mapping[str, Any], answer: type[B], errand: Errand) -> tuple[B, Usage]:
        """One answer of the given type, and what it took.

        Raises BudgetSpent, ModelOverloaded (may pass), ModelRefused (another stop than the end of the turn, or a
        refused request), DraftInvalid (an answer that is not of the type).
        """
        parts = prompt.render(values)
        request = self._request(prompt, parts, answer)
        kept = self._kept(request) or self._live(request, parts, errand)
        return self._accepted(kept, request, answer, errand), self._usage(kept, prompt, request)

    def ask_later(self, prompt: Prompt, values: Mapping[str, Any], answer: type[B], errand: Errand) -> tuple[B, Usage]:
        """The same at half the price: AnswerPending until a later edition finds the batch done."""
        parts = prompt.render(values)
        request = self._request(prompt, parts, answer)
        kept = self._kept(request) or self._batched(request, parts, errand)
        return self._accepted(kept, request, answer, errand), self._usage(kept, prompt, request)

    def _accepted(self, kept: Kept, request: dict[str, Any], answer: type[B], errand: Errand) -> B:
        """The answer, kept for whoever asks again once it has proved to be one."""
        found = answer_in(kept.reply, answer, errand.about)
        if self._kept(request) is None:
            self._ledger.put_document(_at(request), as_json(kept.model_dump(mode="json")))
        return found

    def _usage(self, kept: Kept, prompt: Prompt, request: dict[str, Any]) -> Usage:
        counted = kept.reply.usage
        return Usage(
            model=self.model,
            prompt_sha256=prompt.sha256,
            question_sha256=_digest(request),
            answer_sha256=hashlib.sha256(kept.reply.text.encode()).hexdigest(),
            input_tokens=counted.input_tokens + (counted.cache_creation_input_tokens or 0),
            cached_tokens=counted.cache_read_input_tokens or 0,
            output_tokens=counted.output_tokens,
            micro_dollars=kept.micro_dollars,
            milliseconds=kept.milliseconds,
        )

    def _live(self, request: dict[str, Any], parts: Mapping[Part, str], errand: Errand) -> Kept:
        self._line.dial(errand)
        reserved, day = self._reserve(request, parts, errand), errand.at.date().isoformat()
        started = time.monotonic()
        spent = reserved  # when the connection breaks, nobody tells what it cost
        try:
            with _translated(errand.about):
                reply = put_together(self._events(request), errand.about)
            spent = price(self.model, reply.usage)
        except NewsroomError as exc:
            spent = 0 if getattr(exc.__cause__, "status_code", 200) != 200 else spent  # refused before it ran
            self._line.tell(errand, exc)
            raise
        finally:
            self._ledger.settle(day, reserved, spent)
        self._line.tell(errand)
        return Kept(model=self.model, reply=reply, milliseconds=_since(started), micro_dollars=spent)

    def _batched(self, request: dict[str, Any], parts: Mapping[Part, str], errand: Errand) -> Kept:
        key = _digest(request)
        submitted = batches.find(self._ledger, key)
        self._line.dial(errand)
        if submitted is None:
            self._submit(key, request, parts, errand)
            raise AnswerPending("its batch was handed in", about=errand.about)
        spent = 0
        try:
            with _translated(errand.about):
                reply = batches.fetch(self._connected(), submitted, errand)
            spent = price(self.model, reply.usage, BATCHED)
        except (AnswerPending, ModelOverloaded) as exc:
            self._line.tell(errand, exc)
            raise
        except NewsroomError as exc:
            self._line.tell(errand, exc)
            self._end_batch(key, submitted, spent)
            raise
        self._line.tell(errand)
        self._end_batch(key, submitted, spent)
        return Kept(model=self.model, reply=reply, milliseconds=0, micro_dollars=spent)

    def _submit(self, key: str, request: dict[str, Any], parts: Mapping[Part, str], errand: Errand) -> None:
        reserved, day = self._reserve(request, parts, errand, BATCHED), errand.at.date().isoformat()
        try:
            with _translated(errand.about):
                batches.submit(self._connected(), self._ledger, key, request, day, reserved)
        except NewsroomError as exc:
            self._ledger.settle(day, reserved, 0)
            self._line.tell(errand, exc)
            raise
        self._line.tell(errand)

    def _end_batch(self, key: str, submitted: batches.Submitted, spent: int) -> None:
        """Settled once: whoever asks the same again hands it in anew."""
        batches.forget(self._ledger, key)
        self._ledger.settle(submitted.day, submitted.reserved, spent)

    def _reserve(self, request: dict[str, Any], parts: Mapping[Part, str], errand: Errand, share: float = 1.0) -> int:
        """Micro-dollars set aside for the longest answer to a prompt of as many tokens as the provider counts."""
        tokens = self._count(request)
        tokens = estimate(parts.values()) if tokens is None else tokens
        reserved = at_most(self.model, tokens, request["max_tokens"], share)
        try:
            if tokens > MOST_TOKENS:
                raise ModelRefused(f"a prompt of {tokens} tokens is longer than {MOST_TOKENS}", about=errand.about)
            self._ledger.reserve(errand.at.date().isoformat(), reserved, self._daily_limit)
        except NewsroomError:
            self._line.hang_up(errand)
            raise
        return reserved

    def _request(self, prompt: Prompt, parts: Mapping[Part, str], answer: type[Boundary]) -> dict[str, Any]:
        """The stable part and the sources end with a mark up to which the provider may cache."""
        from anthropic import transform_schema

        mark = {"type": "ephemeral"}
        content = [{"type": "text", "text": parts["sources"], "cache_control": mark}] if parts["sources"] else []
        return {
            "model": self.model,
            "max_tokens": prompt.front.max_tokens,
            "system": [{"type": "text", "text": parts["stable"], "cache_control": mark}],
            "messages": [{"role": "user", "content": [*content, {"type": "text", "text": parts["task"]}]}],
            "output_config": {"format": {"type": "json_schema", "schema": transform_schema(answer)}},
        }

    def _events(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        with self._connected().messages.create(**request, stream=True) as stream:
            for event in stream:
                yield event.to_dict(mode="json", warnings=False)

    def _count(self, request: dict[str, Any]) -> int | None:
        """Tokens of a prompt; None where nobody counts them (Bedrock, a provider that is busy)."""
        import anthropic
        import httpx2

        counted = {key: value for key, value in request.items() if key != "max_tokens"}
        try:
            client = self._connected().with_options(timeout=COUNTING_SECONDS)
            return int(client.messages.count_tokens(**counted).input_tokens)
        except (anthropic.AnthropicError, httpx2.HTTPError, AttributeError, TypeError, ValueError):
            return None

    def _connected(self) -> Any:
        if self._client is None:
            self._client = self._connect()
        return self._client

    def _kept(self, request: dict[str, Any]) -> Kept | None:
        try:
            return Kept.model_validate_json(self._ledger.document(_at(request)))
        except NotFound:
            return None


def hire_claude(settings: ModelSettings, model: str, ledger: Any, secret: Callable[[str], str]) -> Claude:
    """Claude by API key (from the secret, else from ANTHROPIC_API_KEY, which the SDK reads) or through Bedrock."""

    def connect() -> Any:
        import anthropic

        stand_in = f"http://{settings.model_address}" if settings.model_address else None
        if settings.model_provider == "bedrock":
            key = "scripted" if stand_in else None
            try:
                return anthropic.AnthropicBedrock(
                    base_url=stand_in, aws_access_key=key, aws_secret_key=key, max_retries=0, timeout=SECONDS
                )
            except ValueError as exc:
                raise BadInput("no AWS region for Bedrock: set AWS_REGION", about=model) from exc
        if stand_in:
            return anthropic.Anthropic(api_key="scripted", base_url=stand_in, max_retries=0, timeout=SECONDS)
        key = secret(settings.model_secret).strip() if settings.model_secret else None
        client = anthropic.Anthropic(api_key=key, max_retries=0, timeout=SECONDS)
        if client.api_key is None and client.auth_token is None:
            raise BadInput("no key for the model: set MODEL_SECRET (on AWS) or ANTHROPIC_API_KEY", about=model)
        return client

    limit = math.floor(settings.daily_budget_dollars * 1_000_000)
    return Claude(connect, model, ledger, limit, Line(ledger))


@contextmanager
def _translated(about: str) -> Iterator[None]:
    """The SDK's errors as ours, and those of the connection while an answer comes."""
    import anthropic
    import httpx2

    try:
        yield
    except NewsroomError:
        raise
    except (anthropic.APIConnectionError, httpx2.HTTPError) as exc:  # timeouts too
        raise ModelOverloaded(f"no answer: {type(exc).__name__}", about=about) from exc
    except anthropic.APIStatusError as exc:
        raise _of_status(exc, about) from exc
    except RuntimeError as exc:
        raise BadInput(f"the SDK cannot sign: {exc}", about=about) from exc
    except anthropic.AnthropicError as exc:
        raise ModelRefused(f"the SDK gave up: {type(exc).__name__}", about=about) from exc
    except (AttributeError, ValueError, TypeError) as exc:
        raise DraftInvalid(f"the reply is not a message: {type(exc).__name__}", about=about) from exc


def _of_status(exc: Any, about: str) -> NewsroomError:
    """A spend limit never clears by asking again, whatever its status; 408, 409, 424 (Bedrock: the model failed), 425,
    429 and 5xx may.

    An error in the middle of an answer comes under the status 200, with its type alone.
    """
    status = int(exc.status_code)
    words = " ".join(str(part) for part in (exc.error_code, exc.type, exc.api_message) if part).lower()
    if status == 402 or "spend_limit" in words or "billing" in words or "credit balance" in words:
        return BudgetSpent(f"the account's spend limit is reached (HTTP {status})", about=about)
    if status in (200, 408, 409, 424, 425, 429) or status >= 500:
        return ModelOverloaded(f"HTTP {status}", about=about, retry_after=_retry_after(exc.response.headers))
    return ModelRefused(f"the request was refused (HTTP {status})", about=about)


def _retry_after(headers: Mapping[str, str]) -> float:
    """Seconds for which the provider asks to be left alone; 0 when it does not say so in a way that can be read."""
    told = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(told)) if math.isfinite(float(told or 0)) and told else 0.0
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(told)
        asked = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - asked).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _digest(request: Mapping[str, Any]) -> str:
    return hashlib.sha256(as_json(request)).hexdigest()


def _at(request: Mapping[str, Any]) -> str:
    return f"models/answers/{_digest(request)}.json"


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)
