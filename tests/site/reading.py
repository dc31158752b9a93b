"""How tests read a page: as a parser would, not as text."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib
from newsroom.site.stylesheet import style_policy, stylesheet

HARMLESS_SCHEMES = {"", "http", "https", "mailto"}
LINKS = ("href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "cite", "longdesc")


def parsed(body: bytes) -> Any:
    return html5lib.parse(body.decode(), treebuilder="etree", namespaceHTMLElements=False)


def active_content(body: bytes) -> list[str]:
    """Everything in a page that would run, load or leave: none, in a page of ours."""
    found = []
    for element in _elements(parsed(body)):
        tag = element.tag
        if tag == "script" and element.get("type") != "application/ld+json" and not _ours(element):
            found.append(f"script {element.text}")
        if tag in {
            "iframe",
            "object",
            "embed",
            "base",
            "math",
            "applet",
            "frame",
            "marquee",
            "video",
            "audio",
            "img",
        }:
            found.append(tag)
        if tag == "style" and element.text != stylesheet():
            found.append(f"style {element.text}")
        if tag == "meta" and element.get("http-equiv") and element.get("content") != style_policy():
            found.append("meta http-equiv")
        for name, value in element.attrib.items():
            name = str(name).lower()
            if name.startswith("on") or name in ("style", "srcdoc"):
                found.append(f"{tag} {name}={value}")
            if name in LINKS and urlsplit(value.strip()).scheme.lower() not in HARMLESS_SCHEMES:
                found.append(f"{tag} {name}={value}")
            if name == "action" and not value.startswith(("/api/", "/search/")):
                found.append(f"form to {value}")
    return found


def _ours(script: Any) -> bool:
    """Whether a script is one of the site's own files, with nothing in the page itself."""
    return set(script.keys()) == {"src", "defer"} and script.get("src").startswith("/assets/") and not script.text


INLINE = {"a", "b", "bdi", "em", "i", "q", "s", "span", "strong", "sup", "time", "code"}


def text_of(element: Any) -> str:
    """As a reader hears it: what stands in blocks of its own is apart."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: Any) -> Iterator[str]:
    if not isinstance(element.tag, str):
        return
    yield "" if element.tag in INLINE else " "
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
    yield "" if element.tag in INLINE else " "


def main_text(body: bytes) -> str:
    return text_of(parsed(body).find(".//main"))


def linked_data(body: bytes) -> Any:
    scripts = [one for one in parsed(body).iter("script") if one.get("type") == "application/ld+json"]
    assert len(scripts) == 1
    return json.loads(scripts[0].text)


def internal_links(body: bytes) -> set[str]:
    """Paths on this site that a page points at, without fragments and the readers' API."""
    links = {
        value.split("#")[0]
        for element in _elements(parsed(body))
        for name, value in element.attrib.items()
        if name in ("href", "src") and value.startswith("/")
    }
    return {link for link in links if link and not link.startswith("/api/")}


def fragments(body: bytes) -> tuple[set[str], set[str]]:
    """Fragments that a page points at within itself, and the ids that it has."""
    elements = list(_elements(parsed(body)))
    ids = [one.get("id") for one in elements if one.get("id")]
    assert len(ids) == len(set(ids)), "an id given twice"
    return {one.get("href")[1:] for one in elements if (one.get("href") or "").startswith("#")}, set(ids)


def _elements(tree: Any) -> Iterator[Any]:
    return (one for one in tree.iter() if isinstance(one.tag, str))
