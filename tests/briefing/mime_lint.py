"""What a mail of ours must be, as far as its bytes can tell: FEATURES.md E1–E17."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from html.parser import HTMLParser

ONCE = ("From", "To", "Subject", "Date", "Message-ID", "MIME-Version")
MOST_ENCODED = 80_000
CONTRAST = 4.5
SMALLEST = 14
"""Pixels; smaller type is enlarged by phones, which breaks the layout."""
NARROWEST = 320
MOST_WORDS = 16
SAYS_NOTHING = {"here", "click here", "link", "more", "read more", "this"}
QUOTED = re.compile(r"Quoted: (s[0-9a-f]{16}) version (\d+)\s+\(([^)]+)\)")


class Read(HTMLParser):
    """What a reader of the HTML part meets."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.colours: list[str] = []
        self.links: list[str] = []
        """Their texts."""
        self.stories: list[dict[str, str | None]] = []
        self._inside_link = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in ("style", "title")
        if tag == "a":
            self.links.append("")
            self._inside_link = True
        if "data-story" in dict(attrs):
            self.stories.append(dict(attrs))
        style = dict(attrs).get("style") or ""
        self.colours += re.findall(r"(?<![-\w])color:(#[0-9a-f]{6})", style)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "title")
        self._inside_link = self._inside_link and tag != "a"

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text += data
        if self._inside_link:
            self.links[-1] += data.strip()


def faults(raw: bytes, *, bulk: bool) -> Iterator[str]:
    """Every requirement that a message misses, in a sentence; `bulk` for list mail."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    yield from _header_faults(message, raw, bulk=bulk)
    parts = [part.get_content_type() for part in message.walk()]
    if parts != ["multipart/alternative", "text/plain", "text/html"]:
        yield f"E11: parts are {parts}"
        return
    plain, html = message.iter_parts()
    encoded = len(html.as_bytes(policy=SMTP))
    if encoded > MOST_ENCODED:
        yield f"E11: the HTML part has {encoded} bytes encoded"
    yield from _html_faults(html.get_content(), bulk=bulk)
    if bulk:
        yield from _unequal(plain.get_content(), html.get_content())
    first = " ".join(plain.get_content().split())[:300]
    if bulk and not re.search(r"model wrote|AI-synthesised", first):
        yield "E22: the text part's first 300 characters do not say how it was made"
    if bulk and "Not financial advice" not in first:
        yield "E22: the text part's first 300 characters hold no disclaimer"
    if bulk and "/api/unsubscribe?token=" not in plain.get_content():
        yield "E4: no visible unsubscribe link in the text part"


def _unequal(plain: str, html: str) -> Iterator[str]:
    """B28: both parts tell the same stories, at the same versions, by the same claims."""
    told = {(story, version, tuple(claims.split())) for story, version, claims in QUOTED.findall(plain)}
    shown = {
        (attrs["data-story"], attrs["data-version"], tuple((attrs["data-claims"] or "").split()))
        for attrs in _read(html).stories
    }
    if told != shown:
        yield f"E11: the parts differ in {sorted(told ^ shown)}"


def _header_faults(message: EmailMessage, raw: bytes, *, bulk: bool) -> Iterator[str]:
    head = raw.split(b"\r\n\r\n", 1)[0].decode("ascii", "replace")
    names = [name.lower() for name in message.keys()]  # noqa: SIM118 - a message yields a header twice when it is there twice
    for name in ONCE:
        if names.count(name.lower()) != 1:
            yield f"E1: {name} occurs {names.count(name.lower())} times"
    if any(len(line) > 998 for line in raw.split(b"\r\n")) or b"\n" in raw.replace(b"\r\n", b""):
        yield "E1: a line is too long, or not ended by CRLF"
    if "�" in head:
        yield "E1: a header is not ASCII"
    if not re.fullmatch(r"<[^<>@\s]+@[a-z0-9.-]+>", str(message["Message-ID"])):
        yield f"E1: Message-ID is {message['Message-ID']}"
    if re.match(r"(re|fwd?)\s*:", str(message["Subject"]), re.I):
        yield "E14: the subject pretends to a conversation"
    if bulk and len(str(message["Subject"]).split()) > MOST_WORDS:
        yield "E21: the subject is too long to be read in a list"
    if len(message["From"].addresses) != 1 or len(message["To"].addresses) != 1:
        yield "E13: not one sender and one recipient"
    name = message["From"].addresses[0].display_name
    if not name or not name.isascii() or name in str(message["Subject"]) * bulk:
        yield f"E13: the sender's name is {name!r}"
    if bulk:
        link = str(message["List-Unsubscribe"] or "")
        if not re.match(r"<https://[^>\s]+token=[^>\s]+>, <mailto:[^>\s]+>$", link):
            yield f"E4: List-Unsubscribe is {link!r}"
        if message["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
            yield "E4: no List-Unsubscribe-Post"
        for header in ("List-Unsubscribe", "List-Unsubscribe-Post", "List-Id"):
            if names.count(header.lower()) != 1:
                yield f"E1: {header} occurs {names.count(header.lower())} times"
        if "=?" in head.partition("List-Unsubscribe:")[2].partition("\r\n")[0]:
            yield "E4: List-Unsubscribe is encoded, and no mail program decodes it"


def _read(html: str) -> Read:
    read = Read()
    read.feed(html)
    return read


def _html_faults(html: str, *, bulk: bool) -> Iterator[str]:
    read = _read(html)
    tags = read.tags
    sizes = [int(size) for _, attrs in tags for size in re.findall(r"font-size:(\d+)px", attrs.get("style") or "")]
    if not sizes or min(sizes) < SMALLEST:
        yield f"E17: type of {min(sizes, default=0)} px"
    wide = [width for _, attrs in tags if (width := attrs.get("width") or "").isdigit() and int(width) > NARROWEST]
    if wide or re.search(r"(?<!max-)width:\s*\d{3,}px", html):
        yield f"E17: something is wider than a phone: {wide}"
    if any(not text or text.casefold() in SAYS_NOTHING for text in read.links):
        yield f"E17: links whose text says nothing: {read.links}"
    if [level for tag, _ in tags if (level := tag) in ("h1", "h2", "h3")] != sorted(
        t for t, _ in tags if re.fullmatch(r"h[1-3]", t)
    ):
        yield "E17: headings are not in order"
    if ("html", "en") not in [(tag, attrs.get("lang")) for tag, attrs in tags]:
        yield "E17: no lang"
    of_data = [attrs for tag, attrs in tags if tag == "table" and attrs.get("role") != "presentation"]
    if any(not attrs.get("aria-label") for attrs in of_data):
        yield "E17: a table that is neither layout (role=presentation) nor named"
    if of_data and not any(tag == "th" and attrs.get("scope") == "row" for tag, attrs in tags):
        yield "E17: a table of data without headers"
    if [tag for tag, _ in tags].count("h1") != 1:
        yield "E17: not exactly one h1"
    if any(tag in ("img", "script", "iframe", "object", "link", "form", "input") for tag, _ in tags):
        yield "E23: something is loaded, or asks for input"
    if re.search(r"url\(|@import|background=|srcset", html):
        yield "E23: something is loaded by style"
    if re.search(r"display:\s*none|visibility:\s*hidden|font-size:\s*[01]px|opacity:\s*0|max-height:\s*0", html):
        yield "E12: something is hidden"
    if not any(tag == "meta" and attrs.get("name") == "color-scheme" for tag, attrs in tags):
        yield "E16: no color-scheme"
    links = [attrs.get("href") or "" for tag, attrs in tags if tag == "a"]
    if any(not link.startswith(("https://", "mailto:")) for link in links):
        yield f"E23: links that are not direct: {links}"
    if bulk:
        body = html[html.find("<body") :]
        if not 0 < body.find("Unsubscribe") < len(body) / 2:
            yield "E11: no unsubscribe link in the first half"
        if not re.search(r"model wrote|AI-synthesised", " ".join(read.text.split())[:300]):
            yield "E22: the first 300 characters do not say how it was made"
        if "Not financial advice" not in " ".join(read.text.split())[:300]:
            yield "E22: the first 300 characters hold no disclaimer"
    ground = next(iter(re.findall(r"<body[^>]*background-color:(#[0-9a-f]{6})", html)), "#ffffff")
    for colour in read.colours:
        light = min(contrast(colour, ground), contrast(colour, "#ffffff"))
        inverted = contrast(_inverted(colour), _inverted(ground))
        if min(light, inverted) < CONTRAST:
            yield f"E16: {colour} has a contrast of {min(light, inverted):.1f}"
    dark = re.findall(r"[^-]color: (#[0-9a-f]{6}) !important", html)
    paper = re.findall(r"background-color: (#[0-9a-f]{6}) !important", html)
    if not dark or not paper:
        yield "E16: no dark palette"
    for colour in dark:
        if contrast(colour, paper[0]) < CONTRAST:
            yield f"E16: {colour} on {paper[0]} has a contrast of {contrast(colour, paper[0]):.1f}"


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1–21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _inverted(colour: str) -> str:
    return "#" + "".join(f"{255 - int(colour[i : i + 2], 16):02x}" for i in (1, 3, 5))
