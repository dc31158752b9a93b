"""A review such as a good critic would hand in, made by rules from the sentences in the prompt."""

import re
from typing import Any

SENTENCE = re.compile(r'<sentence id="([^"]+)" kind="(\w+)">\n(.*?)\n</sentence>', re.DOTALL)


def good_review(task: str) -> dict[str, Any]:
    """The answer to the critic's prompt: a mark by the share of facts, one strength and one limitation."""
    sentences = SENTENCE.findall(task)
    facts = [name for name, kind, _ in sentences if kind == "fact"]
    others = [name for name, kind, _ in sentences if kind == "inference"]
    mark = 60 + round(28 * len(facts) / max(1, len(sentences)))
    strength = {"text": "These sentences say whose report they rest on.", "sentences": facts[:3] or [sentences[0][0]]}
    shown = others[:2] or [sentences[-1][0]]
    words = "The inference is general; the sources say little on it." if others else "Little is said of what follows."
    return {"mark": mark, "faults": [], "strengths": [strength], "limitations": [{"text": words, "sentences": shown}]}
