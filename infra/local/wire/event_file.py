"""Event files: every article on one market event, in one Markdown file.

A file is a run of blocks. Each block is TOML between two `+++` lines, followed by its prose. The first block describes
the event (class `Event`), each later one an article (class `Article`). In the prose

* paragraphs are separated by blank lines; one may start with `## ` (subheading) or `- ` (list, one item a line);
* a paragraph starting with `<` is HTML and passed on untouched: it is how the hostile pages are written;
* `{weekday}`, `{date}`, `{month}`, `{last_month}`, `{year}` and the others of `calendar_words` become the anchor's;
* a line `~~~` ends the text as first published; what follows replaces it from the moment `updated`.

Offsets (`at`, `appears`, `updated`) are written `-3h20m`, `+6m`, `+3d` and counted from the anchor.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from markupsafe import Markup, escape
from newsroom.boundary import Boundary

from infra.local.wire.calendar_words import calendar_words

Kind = Literal["report", "brief", "analysis", "background", "press-release", "statement", "paywall"]
OFFSET = re.compile(r"^([+-])(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$")
FENCE = re.compile(r"^\+\+\+\s*$", re.MULTILINE)
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class EventFileError(ValueError):
    """An event file that does not follow the format; the message names the file."""


class Event(Boundary):
    """The event, and what a newsroom should make of it.

    `expected` is "held" where no rule of the trade would let the story out (a stub, an undated scrap, a reserved text).
    """

    event: str
    expected: Literal["published", "held"] = "published"
    why: str = ""


class Article(Boundary):
    """The front matter of one article.

    `copy_of` names the slug (same file) whose text is carried; `keep` is how many of its paragraphs survive, `dateline`
    goes before the first, `swaps` are the carrying desk's small edits. A copy's own prose is appended.
    """

    publisher: str
    slug: str
    title: str
    at: str
    byline: str = ""
    summary: str = ""
    tags: tuple[str, ...] = ()
    kind: Kind = "report"
    language: str = ""
    appears: str = ""
    updated: str = ""
    copy_of: str = ""
    keep: int = 0
    dateline: str = ""
    swaps: tuple[tuple[str, str], ...] = ()
    credit: str = ""
    text: str
    revised_text: str = ""


@dataclass(frozen=True)
class EventFile:
    name: str
    event: Event
    articles: tuple[Article, ...]


def read_event_file(path: Path) -> EventFile:
    """Parse one file; EventFileError where it breaks the format."""
    before, *blocks = FENCE.split(path.read_text(encoding="utf-8"))
    if before.strip() or len(blocks) < 4 or len(blocks) % 2:
        raise EventFileError(f"{path.name}: expected an event block and at least one article block between +++ lines")
    try:
        event = Event.model_validate(tomllib.loads(blocks[0]))
        articles = tuple(_article(front, prose) for front, prose in zip(blocks[2::2], blocks[3::2], strict=True))
        by_slug = {article.slug: article for article in articles}
        return EventFile(path.stem, event, tuple(_carried(article, by_slug) for article in articles))
    except (ValueError, KeyError) as error:
        raise EventFileError(f"{path.name}: {error}") from error


def _article(front: str, prose: str) -> Article:
    first, _, revised = prose.partition("\n~~~\n")
    return Article.model_validate({**tomllib.loads(front), "text": first.strip(), "revised_text": revised.strip()})


def _carried(article: Article, by_slug: dict[str, Article]) -> Article:
    """A copy with the text it carries filled in; an original unchanged."""
    if not article.copy_of:
        return article
    original = by_slug[article.copy_of]
    kept = paragraphs(original.text)[: article.keep or None]
    text = "\n\n".join(kept)
    for old, new in article.swaps:
        if old not in text:
            raise ValueError(f"{article.slug}: the text to swap is not there: {old!r}")
        text = text.replace(old, new)
    own = f"\n\n{article.text}" if article.text else ""
    return article.model_copy(update={"text": article.dateline + text + own, "tags": article.tags or original.tags})


def paragraphs(text: str) -> list[str]:
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def offset(written: str) -> timedelta:
    """`-3h20m` → minus three hours and twenty minutes; ValueError on anything else."""
    match = OFFSET.match(written)
    if not match or not any(match.groups()[1:]):
        raise ValueError(f"not an offset: {written!r}")
    sign, days, hours, minutes = match.groups()
    span = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0))
    return -span if sign == "-" else span


def dated_words(text: str, anchor: datetime, language: str) -> str:
    """The text with its calendar placeholders filled in; ValueError on an unknown one."""
    words = calendar_words(anchor, language)

    def word(match: re.Match[str]) -> str:
        if match[1] not in words:
            raise ValueError(f"unknown placeholder {match[0]}")
        return words[match[1]]

    return PLACEHOLDER.sub(word, text)


def body_html(text: str) -> Markup:
    """Prose as HTML: paragraphs, subheadings, lists, and HTML paragraphs untouched."""
    return Markup("\n").join(_block(block) for block in paragraphs(text))


def _block(block: str) -> Markup:
    if block.startswith("<"):
        return Markup(block)  # noqa: S704 -- content of this repository, hostile on purpose
    if block.startswith("## "):
        return Markup("<h2>{}</h2>").format(block[3:])
    if block.startswith("- "):
        rows = (Markup("<li>{}</li>").format(line[2:]) for line in block.splitlines())
        return Markup("<ul>{}</ul>").format(Markup("").join(rows))
    return Markup("<p>{}</p>").format(escape(" ".join(block.split())))
