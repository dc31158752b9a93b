"""Whose reporting it is: an agency's, a company's own release, or the publisher's."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsroom.articles.article import Article
from newsroom.publishers.publisher import Publisher

HEAD = 400
"""Code points at the start of a text in which a dateline or a credit stands."""

TAIL = 300
"""Code points at its end: "(Reporting by …)", "Source: …", "with files from …"."""

PLACE = r"[A-ZÀ-Þ][\w'’.À-ÿ-]*(?:[ ,/-]{1,2}[A-ZÀ-Þ][\w'’.À-ÿ-]*){0,6}"


@dataclass(frozen=True)
class Claim:
    """To whom an article itself, or its publisher's nature, gives the work."""

    origin: str
    """`agency:<id>`, `publisher:<family>`, `release:<article id>`."""
    reason: str
    """In words, for the reader and the operator."""
    is_credit: bool = False
    """It names somebody else than the publisher of the page, or the page's publisher is the agency itself."""


class Credits:
    """The names under which agencies, press-release wires and other outlets are credited; built once per run.

    `agencies` and `wires` map an id to its spellings, `outlets` the names of known publishers to their owners.
    A spelling all in capitals is matched in capitals only: "pa" and "ap" are no agencies.
    """

    def __init__(
        self, agencies: Mapping[str, Sequence[str]], wires: Mapping[str, Sequence[str]], outlets: Mapping[str, str]
    ) -> None:
        self._owner = {_key(name): one for one, names in agencies.items() for name in names}
        agency = _any_of([name for names in agencies.values() for name in names])
        wire = _any_of([name for names in wires.values() for name in names])
        self._agency = re.compile(agency)
        self._by_name = {_key(name): owner for name, owner in outlets.items()}
        place = rf"(?:{PLACE}[^\n]{{0,40}}?)?"
        self._dateline = re.compile(
            rf"^\W{{0,3}}{place}[(\[/]\s*{agency}\s*[)\]/]"
            rf"|^\W{{0,3}}(?:{PLACE}\s*[,/–—-]\s*)?(?:[\w. ]{{1,20}},\s*)?{agency}\s*(?:[-–—]|--)"
        )
        self._byline = re.compile(rf"(?m)^\W{{0,3}}(?i:by|von|par|por|di|door)\s+[^\n]{{0,60}}?{agency}[^\n]{{0,30}}$")
        self._author = re.compile(
            rf"(?:^|[,/|(;–—-]\s*|\b(?i:the|for|with|of|and|by)\s+){agency}"
            r"(?=\s*(?:$|[,/|);–—-]|(?i:\b(?:and|staff|news|reporters?|writers?|correspondents?)\b)))"
        )
        self._source = re.compile(
            rf"(?i:\b(?:source|sources|quelle|fuente|fonte|credit)\s*:\s*){agency}\W{{0,3}}(?:\n|$)"
        )
        kinds = "files?|material|reporting|additional reporting|contributions?|inputs?|reports?"
        self._shared = re.compile(
            rf"(?i:\bwith\s+(?:{kinds})\s+(?:from|by)\s+(?:the\s+)?){agency}"
            rf"|(?m:^)[^\n]{{0,60}}?(?i:\b(?:with|mit|avec|con)\s+(?:the\s+)?){agency}\W{{0,3}}(?m:$)"
        )
        self._closing = re.compile(
            rf"\(\s*{agency}\s*\)\W{{0,3}}$|\((?i:reporting|writing)\s+by[^)\n]{{0,160}}\b{agency}[^)\n]{{0,40}}\)"
            rf"|[-–—]\s*{agency}\W{{0,3}}$|©\s*(?:\d{{4}}\s*)?{agency}"
        )
        self._release = re.compile(rf"[/(]\s*{wire}\s*[/)]|(?i:\b(?:distributed by|source:)\s+){wire}")

    def claim(self, article: Article, publisher: Publisher | None) -> Claim:
        """To whom this article gives the work.

        An agency named in the feed's `<source>`, the byline, a dateline, or at the end of the text; a press
        release; else the publisher's family, an unknown publisher being its own. "With AP" counts as the
        agency's: where it cannot be known how much is one's own, less independence is claimed, not more.
        """
        if article.kind == "press-release" or (publisher and publisher.press_releases):
            return Claim(f"release:{article.id}", "press release", is_credit=True)
        if self._release.search(article.text[:HEAD]) or self._release.search(article.text[-TAIL:]):
            return Claim(f"release:{article.id}", "a press-release wire is credited", is_credit=True)
        if publisher and publisher.agency:
            agency = self._owner.get(_key(publisher.name), publisher.id)
            return Claim(f"agency:{agency}", "the agency's own page", is_credit=True)
        owner = publisher.owner if publisher else article.publisher_id or article.id
        if named := self._named_by(article, owner):
            return Claim(*named, is_credit=True)
        return Claim(f"publisher:{owner}", "own reporting, as far as the page says")

    def _named_by(self, article: Article, owner: str) -> tuple[str, str] | None:
        head, tail = article.text[:HEAD].lstrip(), article.text[-TAIL:].rstrip()
        for pattern, where, words in (
            (self._agency, article.credit, "the feed names its source"),
            (self._author, article.author, "byline"),
            (self._dateline, head, "dateline"),
            (self._byline, head, "byline in the text"),
            (self._source, head, "source line"),
            (self._source, tail, "source line"),
            (self._shared, head, "shared credit"),
            (self._shared, tail, "shared credit"),
            (self._closing, tail, "closing credit"),
        ):
            if where and (found := pattern.search(where)):
                name = next(group for group in found.groups() if group)
                return f"agency:{self._owner[_key(name)]}", f"{words}: {name}"
        credited = self._by_name.get(_key(article.credit.strip()), "")
        if credited and credited != owner:
            return f"publisher:{credited}", f"the feed names its source: {article.credit.strip()}"
        return None


def credits_of(publishers: Mapping[str, Publisher]) -> Credits:
    """The packaged table, and every publisher of the catalogue that is an agency, under its name.

    A publisher whose name is already in the table keeps the table's id, so that its page and its reprints
    are one origin.
    """
    table = _packaged()
    agencies = {one: list(names) for one, names in table["agencies"].items()}
    known = {_key(name) for names in agencies.values() for name in names}
    for publisher in sorted(publishers.values(), key=lambda one: one.id):
        if publisher.agency and _key(publisher.name) not in known:
            agencies.setdefault(publisher.id, []).append(publisher.name)
    outlets = {publisher.name: publisher.owner for publisher in publishers.values() if not publisher.agency}
    return Credits(agencies, table["press_release_wires"], outlets)


def origins(claims: Mapping[str, Claim], unique: Mapping[str, str]) -> dict[str, str]:
    """Article id → origin id, from what each article claims and which texts are the same.

    All articles of one text share an origin: the first credit that any of them gives, in the order of `claims`
    (oldest first); without a credit, that of the oldest.
    """
    chosen: dict[str, Claim] = {}
    for one, claim in claims.items():
        text = unique.get(one, one)
        kept = chosen.get(text)
        if kept is None or (claim.is_credit and not kept.is_credit):
            chosen[text] = claim
    return {one: chosen[unique.get(one, one)].origin for one in claims}


def _any_of(names: Sequence[str]) -> str:
    """A group matching any of the names as whole words; names with a small letter in any case."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    spelt = [re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})" for name in ordered]
    return rf"(?<!\w)({'|'.join(spelt)})(?!\w)"


def _key(name: str) -> str:
    return name.casefold()


@cache
def _packaged() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("newsroom.articles").joinpath("agencies.toml").read_text("utf-8"))
