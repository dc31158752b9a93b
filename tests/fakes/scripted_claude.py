"""The Messages API behind a fake transport: the real SDK talks to it, nothing leaves the process."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
from newsroom.errors import BudgetSpent
from newsroom.writing.claude import Claude

DAY_LIMIT = 1_000_000


class FakePurse:
    """One day's money; remembers the largest sum that was ever set aside."""

    def __init__(self, limit: int = DAY_LIMIT) -> None:
        self.spent = 0
        self.most = 0
        self.limit = limit

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        if self.spent + micro_dollars > min(limit, self.limit):
            raise BudgetSpent("the day's budget is used up", about=day)
        self.spent += micro_dollars
        self.most = max(self.most, self.spent)

    def settle(self, day: str, reserved: int, spent: int) -> None:
        self.spent += spent - reserved


class ScriptedClaude:
    """Answers each request with the next reply; the last one is repeated."""

    def __init__(self, *replies: Callable[[httpx2.Request], httpx2.Response]) -> None:
        self._replies = list(replies)
        self.requests: list[dict[str, Any]] = []
        self.purse = FakePurse()

    def claude(self, model: str = "claude-sonnet-5-5") -> Claude:
        return Claude(self._connect, model, self.purse, DAY_LIMIT)

    def _connect(self) -> Any:
        import anthropic

        transport = httpx2.MockTransport(self._answer)
        return anthropic.Anthropic(api_key="none", max_retries=0, http_client=httpx2.Client(transport=transport))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(json.loads(request.content))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return reply(request)


def says(
    answer: Any, stop_reason: str | None = "end_turn", **usage: int
) -> Callable[[httpx2.Request], httpx2.Response]:
    """A message whose text is the answer as JSON (or the text itself)."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return raw(
        {
            "id": "msg", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
            "content": [{"type": "text", "text": text}], "stop_reason": stop_reason, "stop_sequence": None,
            "usage": {"input_tokens": 1000, "output_tokens": 100, **usage},
        }
    )  # fmt: skip


def raw(body: Any) -> Callable[[httpx2.Request], httpx2.Response]:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx2.Response(200, content=content, headers={"content-type": "application/json"})


def fails(status: int, kind: str = "api_error", code: str = "") -> Callable[[httpx2.Request], httpx2.Response]:
    error: dict[str, Any] = {"type": kind, "message": "refused"}
    if code:
        error["details"] = {"error_code": code}
    return lambda _: httpx2.Response(status, json={"type": "error", "error": error})


def breaks(error: type[Exception]) -> Callable[[httpx2.Request], httpx2.Response]:
    def reply(_: httpx2.Request) -> httpx2.Response:
        raise error("broken")

    return reply
