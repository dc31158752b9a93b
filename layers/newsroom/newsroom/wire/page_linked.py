"""Linked data of a page: schema.org's words in JSON, as publishers and their tools write it."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_DOCUMENT = 500_000
"""Characters of one script element that are read."""
MAX_NODES = 2_000
WITHIN = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "about")
"""Where the node that a page is about is put inside another."""
ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting|PressRelease|NewsItem)$")
WRAPPING = re.compile(r"^(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)$")


def linked_data(tree: "HtmlElement") -> list[dict[str, Any]]:
    """All nodes of the page's linked data, outer ones first; scripts that are not JSON are passed over."""
    return [node for document in _documents(tree) for node in _nodes(document)][:MAX_NODES]


def article_among(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    """The first node that is an article; empty when there is none."""
    return next((node for node in nodes if any(ARTICLES.search(kind) for kind in kinds(node))), {})


def kinds(node: dict[str, Any]) -> list[str]:
    stated = node.get("@type", "")
    return [kind for kind in (stated if isinstance(stated, list) else [stated]) if isinstance(kind, str)]


def names(author: Any) -> str:
    """One name or several out of what is put there: text, an object, a list of either; addresses are no names."""
    if isinstance(author, list):
        return ", ".join(dict.fromkeys(name for one in author[:10] if (name := names(one))))
    if isinstance(author, dict):
        return names(author.get("name"))
    return author.strip() if isinstance(author, str) and not author.startswith(("http:", "https:")) else ""


def a_string(value: Any) -> str:
    """The string in a value, an object with a value or a list of them; empty when there is none."""
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, dict):
        value = value.get("@value") or value.get("alternateName") or value.get("name")
    return value if isinstance(value, str) else ""


def _documents(tree: "HtmlElement") -> Iterator[Any]:
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        text = WRAPPING.sub("", (script.text or "").strip()).strip().rstrip(";")
        if len(text) > MAX_DOCUMENT:
            continue
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue


def _nodes(document: Any) -> Iterator[dict[str, Any]]:
    waiting, taken = [document], 0
    while waiting and taken < MAX_NODES:
        taken += 1
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting += [node[key] for key in WITHIN if key in node]
        elif isinstance(node, list):
            waiting += node[:200]
