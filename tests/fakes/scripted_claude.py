"""The Messages API behind a fake transport: the real SDK talks to it, nothing leaves the process."""

import json
import threading
from collections.abc import Callable
from typing import Any

import httpx2
from newsroom.errors import BudgetSpent, NotFound
from newsroom.writing.claude import Claude
from newsroom.writing.line import Line

from infra.local.claude.wire_format import as_events, message

DAY_LIMIT = 1_000_000
Reply = Callable[[httpx2.Request], httpx2.Response]


class FakePurse:
    """A ledger: each account's sum, the most that was ever set aside of money, and documents."""

    def __init__(self, limit: int = DAY_LIMIT) -> None:
        self.accounts: dict[str, int] = {}
        self.most = 0
        self.limit = limit
        self.documents: dict[str, bytes] = {}
        self._lock = threading.Lock()

    @property
    def spent(self) -> int:
        """Micro-dollars of all days."""
        return sum(amount for name, amount in self.accounts.items() if not name.startswith("tries"))

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        limit = limit if day.startswith("tries") else min(limit, self.limit)
        with self._lock:
            if self.accounts.get(day, 0) + micro_dollars > limit:
                raise BudgetSpent("the day's budget is used up", about=day)
            self.accounts[day] = self.accounts.get(day, 0) + micro_dollars
            self.most = max(self.most, self.spent)

    def settle(self, day: str, reserved: int, spent: int) -> None:
        with self._lock:
            self.accounts[day] = self.accounts.get(day, 0) + spent - reserved

    def document(self, key: str) -> bytes:
        if key not in self.documents:
            raise NotFound("no such document", about=key)
        return self.documents[key]

    def put_document(self, key: str, body: bytes) -> None:
        self.documents[key] = body


class ScriptedClaude:
    """Answers each request with the next reply; the last one is repeated. Tokens are counted for nothing."""

    def __init__(self, *replies: Reply, counts: Reply | None = None) -> None:
        self._replies = list(replies)
        self._counts = counts or (lambda _: httpx2.Response(200, json={"input_tokens": 3000}))
        self.requests: list[dict[str, Any]] = []
        """Questions, in order."""
        self.counted: list[dict[str, Any]] = []
        """Prompts whose tokens were asked for."""
        self.waited: list[float] = []
        self.purse = FakePurse()

    def claude(self, model: str = "claude-sonnet-5-5") -> Claude:
        return Claude(self._connect, model, self.purse, DAY_LIMIT, Line(self.purse, self.waited.append))

    def _connect(self) -> Any:
        import anthropic

        transport = httpx2.MockTransport(self._answer)
        return anthropic.Anthropic(api_key="none", max_retries=0, http_client=httpx2.Client(transport=transport))

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        asked = json.loads(request.content) if request.content else {}
        if request.url.path.endswith("/count_tokens"):
            self.counted.append(asked)
            return self._counts(request)
        self.requests.append(asked)
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return reply(request)


def says(answer: Any, stop_reason: str | None = "end_turn", **usage: int) -> Reply:
    """A message whose text is the answer as JSON (or the text itself), in pieces."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return streams(as_events(message(text, stop_reason, **usage)))


def streams(events: list[Any], cut: int | None = None) -> Reply:
    """Server-sent events; only the first `cut` of them."""
    lines = [f"event: {one.get('type', 'message')}\ndata: {json.dumps(one)}\n\n" for one in events[:cut]]
    return raw("".join(lines).encode())


def raw(body: Any) -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda _: httpx2.Response(200, content=content, headers={"content-type": "text/event-stream"})


def replies(body: Any) -> Reply:
    """A JSON document, as everything but the Messages API answers."""
    return lambda _: httpx2.Response(200, json=body)


def fails(status: int, kind: str = "api_error", code: str = "", **headers: str) -> Reply:
    error: dict[str, Any] = {"type": kind, "message": "refused"}
    if code:
        error["details"] = {"error_code": code}
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: httpx2.Response(status, json={"type": "error", "error": error}, headers=headers)


def breaks(error: type[Exception]) -> Reply:
    def reply(_: httpx2.Request) -> httpx2.Response:
        raise error("broken")

    return reply
