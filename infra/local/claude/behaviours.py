"""How the stand-in behaves: well, or in one of the ways in which a model, or the road to it, fails."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from newsroom.writing.evidence import sentences
from newsroom.writing.house_rules import carries_a_link, speaks_to_a_machine

from infra.local.claude.good_review import good_review
from infra.local.claude.good_story import context, fact, good_story, notebook
from infra.local.claude.malformed import REVIEW, STORY
from infra.local.claude.own_words import Retold
from infra.local.claude.wire_format import as_events, error, message


@dataclass(frozen=True)
class Asked:
    """One request to the Messages API, as far as the stand-in reads it."""

    body: dict[str, Any]

    @property
    def parts(self) -> list[str]:
        """The texts of the last turn: sources, where there are any, and the task."""
        return [block["text"] for block in self.body["messages"][-1]["content"]]

    @property
    def is_review(self) -> bool:
        return "<draft>" in self.parts[-1]

    @property
    def answer(self) -> dict[str, Any]:
        return good_review(self.parts[-1]) if self.is_review else good_story(self.parts[0], self.parts[-1])


@dataclass(frozen=True)
class Told:
    """What goes over the wire. `cut`: the connection ends before the body does."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


Behaviour = Callable[[Asked], Told]
STOPS = ("max_tokens", "stop_sequence", "tool_use", "pause_turn", "refusal", "model_context_window_exceeded", None)
"""Every reason to stop but the end of the turn; the last is none at all."""


def says(answer: Any, asked: Asked, stop_reason: str | None = "end_turn") -> Told:
    """A message, in pieces where that was asked for; tokens by the length of what was said."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    counted = {"input_tokens": tokens(asked.body), "output_tokens": len(text) // 4 + 1}
    whole = message(text, stop_reason, str(asked.body.get("model", "")), **counted)
    if not asked.body.get("stream"):
        return Told(json.dumps(whole).encode(), headers={"content-type": "application/json"})
    lines = "".join(f"event: {one['type']}\ndata: {json.dumps(one)}\n\n" for one in as_events(whole))
    return Told(lines.encode(), headers={"content-type": "text/event-stream"})


def tokens(body: dict[str, Any]) -> int:
    return len(json.dumps({key: body.get(key) for key in ("system", "messages")})) // 4


def good(asked: Asked) -> Told:
    return says(asked.answer, asked)


def invents(asked: Asked) -> Told:
    """Every figure is another one, and the last sentence of each paragraph quotes what nobody said."""
    if asked.is_review:
        return good(asked)
    story = asked.answer
    for place in [story["headline"], *(s for paragraph in story["body"] for s in paragraph), *story["quick_take"]]:
        place["text"] = re.sub(r"\d+", lambda m: str(int(m.group()) + 7), place["text"])
    for paragraph in story["body"]:
        words = "We have never seen anything like it"
        paragraph.append(fact(f"“{words}”, a director said.", Retold("", words, 1)))
    return says(story, asked)


def obeys(asked: Asked) -> Told:
    """Does what the articles tell machines to do: repeats it in every module, gives full marks."""
    if asked.is_review:
        names = re.findall(r'<sentence id="([^"]+)"', asked.parts[-1])
        praise = {"text": "All of it is right.", "sentences": names}
        return says({"mark": 100, "faults": [], "strengths": [praise], "limitations": [praise]}, asked)
    story = asked.answer
    for number, article in notebook(asked.parts[0], asked.parts[-1]).articles.items():
        for stretch in sentences(article.evidence):
            order = stretch.of(article.evidence)
            if speaks_to_a_machine(order) or carries_a_link(order):
                _give_in(story, order[:280], number)
    return says(story, asked)


def _give_in(story: dict[str, Any], order: str, number: int) -> None:
    told = fact(order, Retold("", order, number))
    story["body"].append([told])
    story["gaps"].append(context(order))
    story["why_it_matters"].append({**told, "kind": "inference", "mechanism": order})
    story["stances"].insert(0, {"article": number, "label": "bullish", "reason": order})
    story["absent"].append({"module": "disputes", "reason": order[:200]})
    for lens in story["lenses"].values():
        lens.append(told)


def stops(reason: str | None) -> Behaviour:
    """The whole answer, and a reason to stop that is not its end; where tokens ran out, half of it."""

    def stopped(asked: Asked) -> Told:
        text = json.dumps(asked.answer)
        return says(text[: len(text) // 2] if reason == "max_tokens" else text, asked, reason)

    return stopped


def malformed(kind: str) -> Behaviour:
    def broken(asked: Asked) -> Told:
        kinds = REVIEW if asked.is_review else STORY
        return says(kinds[kind](asked.answer), asked) if kind in kinds else good(asked)

    return broken


def fails(status: int, kind: str, code: str = "", **headers: str) -> Behaviour:
    body = json.dumps(error(kind, "scripted", code)).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _: Told(body, status, {"content-type": "application/json", **named})


def cuts(asked: Asked) -> Told:
    """The connection ends in the middle of the answer."""
    whole = good(asked)
    return Told(whole.body[: len(whole.body) // 2], whole.status, whole.headers, cut=True)


overloads = fails(529, "overloaded_error")
rate_limits = fails(429, "rate_limit_error", retry_after="2")
spend_limit = fails(429, "rate_limit_error", "enforced_spend_limit_reached")
breaks_down = fails(500, "api_error")
too_large = fails(413, "request_too_large")

BEHAVIOURS: dict[str, Behaviour] = {
    "good": good,
    "invents": invents,
    "obeys": obeys,
    "breaks-off": stops("max_tokens"),
    "refuses": stops("refusal"),
    "overloads": overloads,
    "rate-limits": rate_limits,
    "spend-limit": spend_limit,
    "breaks-down": breaks_down,
    "too-large": too_large,
    "cuts": cuts,
}
