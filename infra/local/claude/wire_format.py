"""The Messages API as it looks on the wire: a message, its events, an error."""

from typing import Any

PIECE = 400
"""Characters of text in one event."""


def message(text: str, stop_reason: str | None = "end_turn", model: str = "claude-sonnet-5-5", **usage: int) -> Any:
    """A whole message with one block of text."""
    return {
        "id": "msg_scripted",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": text}],
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 1000, "output_tokens": 100, **usage},
    }


def as_events(whole: dict[str, Any]) -> list[dict[str, Any]]:
    """The events that stream a message: start, each block in pieces, the reason for its end, stop."""
    usage = whole["usage"]
    start = {**whole, "content": [], "stop_reason": None, "usage": {**usage, "output_tokens": 1}}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": start}, {"type": "ping"}]
    for index, block in enumerate(whole["content"]):
        text = block.get("text", "")
        events.append({"type": "content_block_start", "index": index, "content_block": {**block, "text": ""}})
        for at in range(0, len(text), PIECE):
            delta = {"type": "text_delta", "text": text[at : at + PIECE]}
            events.append({"type": "content_block_delta", "index": index, "delta": delta})
        events.append({"type": "content_block_stop", "index": index})
    end = {"stop_reason": whole["stop_reason"], "stop_sequence": None}
    events.append({"type": "message_delta", "delta": end, "usage": {"output_tokens": usage["output_tokens"]}})
    return [*events, {"type": "message_stop"}]


def error(kind: str, words: str, code: str = "") -> dict[str, Any]:
    body: dict[str, Any] = {"type": kind, "message": words}
    if code:
        body["details"] = {"error_code": code}
    return {"type": "error", "error": body}
