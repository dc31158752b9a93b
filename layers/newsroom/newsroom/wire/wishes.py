"""What publishers reserve, in the ways that machines can read.

A reservation makes an article a link: its text is not kept, shown or given to a model. Read here: `noai` in robots
meta elements and X-Robots-Tag, TDMRep (w3.org/community/tdmrep: meta element and header), Content-Signal and
Content-Usage in headers and robots.txt (contentsignals.org, RFC-to-be of the IETF's aipref group).
"""

import re
from collections.abc import Mapping

SIGNAL = re.compile(r"\b(ai-input|ai-inference)\s*=\s*n(?:o)?\b", re.I)
USAGE = re.compile(r"\b(?:ai-use|ai)\s*=\s*n\b", re.I)
NO_AI = re.compile(r"\bno-?ai\b", re.I)


def reserved_by_meta(meta: Mapping[str, str]) -> str:
    """From a page's meta elements, names in lower case; empty when it reserves nothing."""
    for name in ("robots", "newsroom"):
        if NO_AI.search(meta.get(name, "")):
            return "noai in the page"
    return "TDM reservation in the page" if meta.get("tdm-reservation", "").strip() == "1" else ""


def reserved_by_headers(headers: Mapping[str, str]) -> str:
    """From an answer's headers, names in lower case."""
    if NO_AI.search(headers.get("x-robots-tag", "")):
        return "noai in the answer's headers"
    if headers.get("tdm-reservation", "").strip() == "1":
        return "TDM reservation in the answer's headers"
    if SIGNAL.search(headers.get("content-signal", "")):
        return "Content-Signal: ai-input=no"
    return "Content-Usage: no AI use" if USAGE.search(headers.get("content-usage", "")) else ""


def reserved_by_signal(value: str) -> str:
    """From one Content-Signal or Content-Usage line of robots.txt."""
    if SIGNAL.search(value):
        return "Content-Signal: ai-input=no"
    return "Content-Usage: no AI use" if USAGE.search(value) else ""
