"""The Messages API's reply, as it comes: whole, or in pieces; and the answer in it, checked.

The SDK does not check what it is sent; here is where it is.
"""

import json
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

from pydantic import ValidationError

from newsroom.boundary import Boundary
from newsroom.errors import DraftInvalid, ModelOverloaded, ModelRefused
from newsroom.writing.prices import Counted

B = TypeVar("B", bound=Boundary)


class Block(Boundary, extra="ignore"):
    type: str
    text: str = ""


class Reply(Boundary, extra="ignore"):
    """A message, as far as we use it."""

    type: Literal["message"]
    model: str
    content: tuple[Block, ...]
    stop_reason: str | None
    usage: Counted

    @property
    def text(self) -> str:
        return "".join(block.text for block in self.content if block.type == "text")


def reply_of(message: Any, about: str) -> Reply:
    """A whole message; DraftInvalid when it is none."""
    try:
        return Reply.model_validate(message)
    except ValidationError as exc:
        raise DraftInvalid("the reply is not a message", about=about) from exc


def put_together(events: Iterable[Any], about: str) -> Reply:
    """A message from its events, in order.

    Raises ModelOverloaded when they stop before the message does, DraftInvalid when they make no message.
    """
    message: dict[str, Any] = {}
    blocks: dict[int, dict[str, Any]] = {}
    ended = False
    try:
        for event in events:
            kind = event["type"]
            if kind == "message_start":
                message = dict(event["message"])
            elif kind == "content_block_start":
                blocks[event["index"]] = dict(event["content_block"])
            elif kind == "content_block_delta" and event["delta"]["type"] == "text_delta":
                blocks[event["index"]]["text"] += event["delta"]["text"]
            elif kind == "message_delta":
                message["stop_reason"] = event["delta"]["stop_reason"]
                message["usage"] = {**message["usage"], **{k: v for k, v in event["usage"].items() if v is not None}}
            elif kind == "message_stop":
                ended = True
    except (AttributeError, KeyError, TypeError) as exc:
        raise DraftInvalid("the reply is not a message", about=about) from exc
    if message and not ended:
        raise ModelOverloaded("the connection ended before the message did", about=about)
    return reply_of({**message, "content": [blocks[index] for index in sorted(blocks)]}, about)


def answer_in(reply: Reply, answer: type[B], about: str) -> B:
    """The answer; ModelRefused when the model stopped for another reason than having finished, else DraftInvalid."""
    if reply.stop_reason != "end_turn":
        raise ModelRefused(f"it stopped for another reason than having finished: {reply.stop_reason}", about=about)
    try:
        return answer.model_validate_json(reply.text, strict=True)
    except ValidationError as exc:
        fault = json.dumps(exc.errors()[0]["loc"])
        raise DraftInvalid(f"the answer is not a {answer.__name__}: {fault}", about=about) from exc
