"""What publishers reserve, in the ways that machines can read.

A reservation makes an article a link: its text is not kept, shown or given to a model. Any one is enough, and none
is lifted by another: where a publisher's signals differ, the one that keeps us out counts.

Read here: `noai` in robots meta elements and X-Robots-Tag; TDMRep in `/.well-known/tdmrep.json`, as a header and as a
meta element (w3.org/community/reports/tdmrep); Content-Signal (contentsignals.org) and Content-Usage (the drafts of
the IETF's aipref group) in headers and robots.txt. RSL is read in `licences.py`. `noimageai` and signals about
training alone reserve nothing that we use.
"""

import json
import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

SIGNAL = re.compile(r"\b(?:ai-input|ai-inference)\s*=\s*n(?:o)?\b", re.IGNORECASE)
USAGE = re.compile(r"(?<![\w-])(?:ai|ai-use|ai-input|bots|tdm)\s*=\s*n(?:o)?\b", re.IGNORECASE)
"""`bots` was the drafts' word for every automated use, `tdm` for mining; categories about training are not ours."""
NO_AI = re.compile(r"(?<![\w-])no-?ai\b", re.IGNORECASE)

MAX_TDM_RULES = 2_000


def reserved_by_meta(meta: Mapping[str, str]) -> str:
    """From a page's meta elements, names in lower case; empty when it reserves nothing."""
    for name in ("robots", "newsroom"):
        if NO_AI.search(meta.get(name, "")):
            return "noai in the page"
    return "TDM reservation in the page" if meta.get("tdm-reservation", "").strip() == "1" else ""


def reserved_by_headers(headers: Mapping[str, str]) -> str:
    """From an answer's headers, names in lower case, repeated ones joined by commas."""
    if NO_AI.search(headers.get("x-robots-tag", "")):
        return "noai in the answer's headers"
    if "1" in (value.strip() for value in headers.get("tdm-reservation", "").split(",")):
        return "TDM reservation in the answer's headers"
    return reserved_by_signal(headers.get("content-signal", "")) or reserved_by_usage(headers.get("content-usage", ""))


def reserved_by_signal(value: str) -> str:
    """From the value of one Content-Signal line or header; Content-Usage's words are understood there too."""
    return "Content-Signal: ai-input=no" if SIGNAL.search(value) else reserved_by_usage(value)


def reserved_by_usage(value: str) -> str:
    """From the value of one Content-Usage line or header."""
    return "Content-Usage: no AI use" if USAGE.search(value) else ""


def reserved_by_tdmrep(document: str, url: str) -> str:
    """From a host's tdmrep.json: the first rule whose location matches the path decides, as the protocol says.

    A document that is no list of rules says nothing; the protocol has no other way to read it.
    """
    try:
        rules = json.loads(document) if document else []
    except (ValueError, RecursionError):
        return ""
    for rule in rules[:MAX_TDM_RULES] if isinstance(rules, list) else []:
        if isinstance(rule, dict) and matches(str(rule.get("location", "")), path_of(url)):
            return "TDM reservation in tdmrep.json" if str(rule.get("tdm-reservation")).strip() == "1" else ""
    return ""


def path_of(url: str) -> str:
    """Path and query, as robots' patterns are matched against them."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def matches(pattern: str, path: str) -> bool:
    """Whether a pattern of RFC 9309 §2.2.3 (`*` for anything, `$` for the end) matches from the path's beginning.

    Linear in the path for every part of the pattern; both sides are compared without percent-encoding.
    """
    if not pattern.startswith(("/", "*")):
        return False
    anchored = pattern.endswith("$")
    first, *parts = (unquote(part) for part in pattern.removesuffix("$").split("*"))
    path = unquote(path)
    if not path.startswith(first):
        return False
    if not parts:
        return not anchored or path == first
    at = len(first)
    for part in parts[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    last = parts[-1]
    return len(path) - len(last) >= at and path.endswith(last) if anchored else path.find(last, at) >= 0
