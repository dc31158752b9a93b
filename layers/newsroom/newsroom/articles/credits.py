"""Who is credited with an article: an agency, a company's own release, another outlet, or the publisher."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from newsroom.articles.article import Article
from newsroom.articles.citation import Citation, cited, plain_name
from newsroom.articles.origin import OWN, Claim
from newsroom.publishers.publisher import Publisher

HEAD = 400
"""Code points at the start of a text in which a dateline or a credit stands."""

TAIL = 300
"""Code points at its end: "(Reporting by …)", "Source: …", "with files from …"."""

UNNAMED = "unnamed"
"""The id under which "staff and agencies" is credited: somebody else's work, nobody knows whose."""

OFFICIAL = 1
"""Of this tier, what is no agency is an official body: a source of facts, whose reporting nobody retells."""

UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts that write words without spaces between them."""

LONGEST_WORDS = 120
"""Code points kept of the words that decided."""

PLACE = r"[A-ZÀ-Þ][\w'’.À-ÿ-]*(?:[ ,/-]{1,2}[A-ZÀ-Þ][\w'’.À-ÿ-]*){0,6}"


class Credits:
    """The names under which agencies, press-release wires and other outlets are credited; built once per run.

    `agencies` and `wires` map an id to its spellings, `outlets` the names of known publishers to their owners.
    A spelling all in capitals is matched in capitals only: "pa" and "ap" are no agencies.
    """

    def __init__(
        self,
        agencies: Mapping[str, Sequence[str]],
        wires: Mapping[str, Sequence[str]],
        outlets: Mapping[str, str],
        reporting: Mapping[str, str] | None = None,
    ) -> None:
        """`reporting`: names of outlets whose reporting others retell → owners; all `outlets` without it."""
        self._owner = {_key(name): one for one, names in agencies.items() for name in names}
        agency = _any_of([name for names in agencies.values() for name in names])
        wire = _any_of([name for names in wires.values() for name in names])
        self._agency = re.compile(agency)
        self._by_name = {_key(name): owner for name, owner in outlets.items()}
        self._retold = {plain_name(name): f"publisher:{owner}" for name, owner in (reporting or outlets).items()}
        self._retold |= {plain_name(name): f"agency:{one}" for name, one in self._owner.items() if one != UNNAMED}
        place = rf"(?:{PLACE}[^\n]{{0,40}}?)?"
        self._dateline = re.compile(
            rf"^\W{{0,3}}{place}[(\[/]\s*{agency}(?:\s*[/,&+-]\s*[\w-]{{2,20}}){{0,2}}\s*[)\]/]"
            rf"|^\W{{0,3}}(?:{PLACE}\s*[,/–—-]\s*)?(?:[\w. ]{{1,20}},\s*)?{agency}\s*(?:\.?[-–—]|--)"
            rf"|^(?=[^\u0000-\u024f])[^\n.]{{1,50}}[(\[]\s*{agency}\s*[)\]]"
            rf"|^[^\n]{{0,3}}[［【（(\[][^］】）)\n]{{0,20}}{agency}[^］】）)\n]{{0,8}}[］】）)]"
            rf"|^{agency}[^\n，。]{{1,12}}\d{{1,2}}[月日][^\n，。]{{0,6}}[电電]"
        )
        self._byline = re.compile(rf"(?m)^\W{{0,3}}(?i:by|von|par|por|di|door)\s+[^\n]{{0,60}}?{agency}[^\n]{{0,30}}$")
        self._author = re.compile(
            rf"(?:^|[,/|(;–—-]\s*|\b(?i:the|for|with|of|and|by)\s+){agency}"
            r"(?=\s*(?:$|[,/|);–—-]|(?i:\b(?:and|staff|news|reporters?|writers?|correspondents?)\b)))"
        )
        self._source = re.compile(
            r"(?i:(?<!\w)(?:sources?|quellen?|fuente|fonte|bron|källa|kilde|źródło|zdroj|kaynak|sumber|източник|источник|credit)\s*:\s*"
            rf"|(?:来源|來源|出典|출처)\s*[:：]\s*){agency}\W{{0,3}}(?:\n|$)"
        )
        kinds = "files?|material|reporting|additional reporting|contributions?|inputs?|reports?"
        joined = r"with|mit|avec|con|com|met|med"
        told = r"material|información|informações|informazioni|informations|stof|Material"
        self._shared = re.compile(
            rf"(?i:\bwith\s+(?:{kinds})\s+(?:from|by)\s+(?:the\s+)?){agency}"
            rf"|(?i:\b(?:{joined})\s+(?:{told})\s+(?:von|der|de|da|di|d['’]|van|från)?\s*){agency}"
            rf"|(?m:^)[^\n]{{0,60}}?(?i:\b(?:{joined})\s+(?:the\s+)?){agency}\W{{0,3}}(?m:$)"
            rf"|(?m:^)\W{{0,3}}{agency}\s*(?:[/&+]|(?i:\s(?:and|und|et|y|e|en))\s)\s*(?i:staff|agencies|eigene|redaktion)[^\n]{{0,20}}$"
        )
        self._closing = re.compile(
            rf"[(（/]\s*{agency}(?:\s*/\s*[\w-]{{2,12}})?\s*[)）/]\W{{0,3}}$"
            rf"|\((?i:reporting|writing)\s+by[^)\n]{{0,160}}\b{agency}[^)\n]{{0,40}}\)"
            rf"|[-–—]\s*{agency}\W{{0,3}}$|©\s*(?:\d{{4}}\s*)?{agency}"
        )
        self._release = re.compile(rf"[/(]\s*{wire}\s*[/)]|(?i:\b(?:distributed by|source:)\s+){wire}")

    def claim(self, article: Article, publisher: Publisher | None) -> Claim:
        """To whom this article gives the work.

        A press release; an outlet whose reporting the headline or the lead retells; an agency named in the feed's
        `<source>`, the byline, a dateline, or at the end of the text; else the publisher's family, an unknown
        publisher being its own. "With AP" counts as the agency's: where it cannot be known how much is one's own,
        less independence is claimed, not more.
        """
        if article.kind == "press-release" or (publisher and publisher.press_releases):
            return Claim(f"release:{article.id}", "press release", is_credit=True)
        head, tail = len(article.title) + 2, len(article.evidence) - min(TAIL, len(article.text))
        for at, where in ((head, article.text[:HEAD]), (tail, article.text[-TAIL:])):
            if found := self._release.search(where):
                reason = "a press-release wire is credited"
                return Claim(
                    f"release:{article.id}", reason, is_credit=True, words=_line(found.group()), at=at + found.start()
                )
        claim = self._credited(article, publisher)
        retold = cited(article.title, article.text, self._retold, claim.origin)
        if retold and _is_foreign(retold, publisher):
            return Claim(
                *(retold.owner, "retells another's reporting", True, _line(retold.words), retold.at),
                own=claim.origin,
            )
        return claim

    def _credited(self, article: Article, publisher: Publisher | None) -> Claim:
        agency = self._owner.get(_key(publisher.name.partition(",")[0])) if publisher else None
        if publisher and (publisher.agency or agency):
            return Claim(f"agency:{agency or publisher.id}", "the agency's own page", is_credit=True)
        owner = publisher.owner if publisher else article.publisher_id or article.id
        return self._named_by(article, owner, publisher) or Claim(f"publisher:{owner}", OWN)

    def _named_by(self, article: Article, owner: str, publisher: Publisher | None) -> Claim | None:
        head_at = len(article.title) + 2 + len(article.text) - len(article.text.lstrip())
        tail_at = len(article.evidence) - min(TAIL, len(article.text))
        head, tail = article.text[:HEAD].lstrip(), article.text[-TAIL:].rstrip()
        for pattern, where, at, reason in (
            (self._agency, article.credit, -1, "the feed names its source"),
            (self._author, article.author, -1, "byline"),
            (self._dateline, head, head_at, "dateline"),
            (self._byline, head, head_at, "byline in the text"),
            (self._source, head, head_at, "source line"),
            (self._source, tail, tail_at, "source line"),
            (self._shared, head, head_at, "shared credit"),
            (self._shared, tail, tail_at, "shared credit"),
            (self._closing, tail, tail_at, "closing credit"),
        ):
            if where and (found := pattern.search(where)):
                name = next(group for group in found.groups() if group)
                place = -1 if at < 0 else at + found.start()
                return Claim(f"agency:{self._owner[_key(name)]}", reason, True, _line(found.group()), place)
        return self._other_outlet(article.credit.strip(), owner, publisher)

    def _other_outlet(self, credit: str, owner: str, publisher: Publisher | None) -> Claim | None:
        """The outlet that a feed's `<source>` names: a known one, or one that shares no word with the publisher."""
        named = self._by_name.get(_key(credit)) or self._by_name.get(_key(plain_name(credit)), "")
        if named == owner or not credit or credit.startswith("http"):
            return None
        reason = "the feed names its source"
        if named:
            return Claim(f"publisher:{named}", reason, True, _line(credit))
        words = set(re.findall(r"\w{3,}", f"{publisher.name} {publisher.home}".casefold())) if publisher else set()
        mine = set(re.findall(r"\w{3,}", credit.casefold())) - {"the", "news", "www", "com"}
        if not publisher or not mine or any(one in other or other in one for one in mine for other in words):
            return None
        slug = "-".join(re.findall(r"\w+", credit.casefold()))[:60]
        return Claim(f"named:{slug}", reason, True, _line(credit))


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
    outlets = {name: one.owner for one in publishers.values() if not one.agency for name in _names_of(one)}
    reporting = {
        name: one.owner
        for one in publishers.values()
        if not one.agency and not one.press_releases and one.tier > OFFICIAL
        for name in _names_of(one)
    }
    known_by = {plain_name(name): owner for name, owner in reporting.items()}
    for one, names in table["outlets"].items():
        owner = next((known_by[plain_name(name)] for name in names if plain_name(name) in known_by), one)
        reporting |= dict.fromkeys(names, owner)
    return Credits(agencies, table["press_release_wires"], outlets, reporting)


def _is_foreign(retold: Citation, publisher: Publisher | None) -> bool:
    """Not the publisher itself: a paper that says "told the Ledger" may be the Ledger."""
    if publisher is None:
        return True
    name = plain_name(publisher.name)
    own = retold.owner in (f"publisher:{publisher.owner}", f"agency:{publisher.id}")
    return not own and not name.startswith(retold.name) and not retold.name.startswith(name)


def _names_of(publisher: Publisher) -> tuple[str, ...]:
    """The name, and without the desk after a comma."""
    return tuple(dict.fromkeys((publisher.name, publisher.name.partition(",")[0])))


def _line(words: str) -> str:
    return " ".join(words.split())[:LONGEST_WORDS]


def _any_of(names: Sequence[str]) -> str:
    """A group matching any of the names: whole words where a script has spaces; in any case, but for capitals."""
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    spaced = [_spelt(name) for name in ordered if not UNSPACED.search(name)]
    unspaced = [re.escape(name) for name in ordered if UNSPACED.search(name)]
    whole = rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)" if spaced else "(?!)"
    return f"({'|'.join([whole, *unspaced])})"


def _spelt(name: str) -> str:
    return re.escape(name) if name.isupper() else f"(?i:{re.escape(name)})"


def _key(name: str) -> str:
    return name.casefold()


@cache
def _packaged() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("newsroom.articles").joinpath("agencies.toml").read_text("utf-8"))
