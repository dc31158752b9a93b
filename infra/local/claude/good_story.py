"""A story such as a good model would hand in, made by rules from the articles in the prompt.

Its facts are sentences of the articles in other words, each with the words that bear it out; its inferences come from
a small table of how things hang together in markets. Whatever an earlier review found fault with is left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from newsroom.articles.article import Article
from newsroom.writing.attribution import dated_in, english
from newsroom.writing.copy_limits import allowance
from newsroom.writing.days_ahead import names_a_day_ahead
from newsroom.writing.evidence import sentences, words
from newsroom.writing.names import names
from newsroom.writing.next_steps import next_step
from newsroom.writing.passages import Passage, passages
from newsroom.writing.tone import stances
from newsroom.writing.topic import shared_topic, terms

from infra.local.claude.own_words import Retold, retold

ARTICLE = re.compile(
    r'<article number="(\d+)" publisher="([^"]*)" tier="\d" kind="([\w-]+)" language="([^"]*)" published="([^"]*)">\n'
    r"(.*?)\n</article>",
    re.DOTALL,
)
FAULT = re.compile(r"^- “(.+?)”: ", re.MULTILINE | re.DOTALL)
DISPUTED = re.compile(r"^- [^:\n]+: (.+ \(article \d+\).*)$", re.MULTILINE)
REGIONS = {
    "asia": r"Asia|China|Chinese|Beijing|Shanghai|Hong Kong|Japan|Japanese|Tokyo|India|Indian|Mumbai|Delhi|Korea|Seoul"
    r"|Taiwan|Taipei|Singapore|Vietnam|Indonesia|Australia|Sydney",
    "europe": r"Europe|European|EU|Germany|German|Berlin|Frankfurt|France|French|Paris|Britain|British|London|UK|Italy"
    r"|Spain|Norway|Norwegian|Oslo|Sweden|Netherlands|Dutch|Brussels|Poland|Switzerland|Swiss|euro (?:area|zone)",
    "americas": r"America|American|US|U\.S\.|United States|Washington|New York|Canada|Canadian|Mexico|Brazil|Brazilian"
    r"|Chile|Argentina|Texas|California",
    "mea": r"Middle East|Gulf|Saudi|Riyadh|Emirates|Dubai|Qatar|Israel|Iran|Egypt|Africa|African|Nigeria|Kenya|Turkey",
}
# What the articles speak of → how it reaches others, and which way. General knowledge, so inference, and said to be.
LINKS = (
    (r"interest rate|policy rate|central bank|basis points", "Borrowing grows dearer or cheaper with the policy rate.",
     "unclear"),
    (r"inflation|consumer prices", "Prices that rise faster leave households less to spend on other things.", "down"),
    (r"\boil\b|crude|barrel|refiner", "Fuel is a cost to whoever moves goods, so its price travels down the chain.",
     "mixed"),
    (r"tariff|export control|sanction", "A levy or a ban at the border shifts orders to suppliers on the other side.",
     "mixed"),
    (r"smelter|mine|output|production|plant", "Customers of a maker that produces more or less must adjust elsewhere.",
     "mixed"),
    (r"chip|semiconductor|foundry", "Chips go into other products, whose makers wait when they come late.", "mixed"),
    (r"strike|union|wage|jobs|layoff", "Pay and jobs decide what the households concerned can spend.", "mixed"),
    (r"merger|takeover|acqui|stake|bid", "A change of owner changes what rivals and suppliers can ask for.", "mixed"),
    (r"profit|revenue|earnings|sales|orders", "One firm's sales are its suppliers' orders, with some delay.", "mixed"),
    (r"bond|yield|debt|loan|bank", "Lenders pass on what their own money costs them.", "mixed"),
    (r"regulator|law|rule|court|fine", "A rule set for one firm is read by its competitors too.", "unclear"),
    (r".", "What one participant of a market does changes the choices of the others.", "unclear"),
)  # fmt: skip

WHY = re.compile(
    r"\b(?:because|which\s+means|meaning|as\s+a\s+result|therefore|so\s+that|(?:would|could)\s+(?:raise|lower|force|leave|push"
    r"|make|add|ease|allow|hit)|reflect(?:s|ed|ing)|driven\s+by|owing\s+to|due\s+to|led\s+by|thanks\s+to|the\s+reason|weighs?\s+on)\b",
    re.IGNORECASE,
)

MOST_QUOTED = 40
"""Words of one article in quotation marks, as the prompt asks: what is left belongs to the sides of a dispute."""
ALIKE = 0.65
"""Share of the shorter sentence's content words from which another one tells the same."""


@dataclass
class Notebook:
    """The articles of a prompt, and what has been used of them."""

    articles: dict[int, Article]
    publishers: dict[int, str]
    faults: frozenset[str]
    disputed: frozenset[str]
    told: list[frozenset[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        readable = [a for a in self.articles.values() if english(a)] or list(self.articles.values())
        topic = shared_topic(readable)
        self.left = {number: min(allowance(article), MOST_QUOTED) for number, article in self.articles.items()}
        self.numbers = {article.id: number for number, article in self.articles.items()}
        found = [passage for article in readable for passage in passages(article, topic)]
        self.passages = sorted(found, key=lambda p: (-p.score, p.article.id, p.position))

    def take(self, wanted: Iterable[Passage], most: int = 1) -> list[dict[str, Any]]:
        """Facts of the first passages that can be retold and tell something new."""
        taken: list[dict[str, Any]] = []
        for passage in wanted:
            if len(taken) < most and (one := self._retell(passage)):
                taken.append(fact(f"{one.text}.", one))
                self.left[one.article] -= one.quoted
                self.told.append(terms(passage.text))
        return taken

    def _retell(self, passage: Passage) -> Retold | None:
        if passage.points_back or any(value in passage.text for value in self.disputed):
            return None
        if any(_alike(passage.terms, told) for told in self.told):
            return None
        number = self.numbers[passage.article.id]
        one = retold(passage, self.publishers[number], number, self.left[number])
        return one if one and f"{one.text}." not in self.faults and f"Watch: {one.text}." not in self.faults else None


def fact(text: str, one: Retold) -> dict[str, Any]:
    quotations = [{"article": one.article, "words": one.quotation}]
    return {"kind": "fact", "text": text, "quotations": quotations, "mechanism": ""}


def inference(text: str, mechanism: str) -> dict[str, Any]:
    return {"kind": "inference", "text": text, "quotations": [], "mechanism": mechanism}


def context(text: str) -> dict[str, Any]:
    return {"kind": "context", "text": text, "quotations": [], "mechanism": ""}


def good_story(sources: str, task: str) -> dict[str, Any]:
    """The answer to the writer's prompt, as the JSON that it asks for."""
    book = notebook(sources, task)
    lead = _headline(book)
    book.told.append(terms(lead["text"]))
    standfirst = book.take(_early(book))
    ahead = sorted((p for p in book.passages if p.forward), key=lambda p: not _scheduled(p))
    happened = book.take([p for p in _early(book) if p.measured and not p.forward] + _early(book))
    last = book.take(ahead)
    why = _why(book)
    so_what = book.take(p for p in book.passages if _says_why(p)) or (why if happened and last else [])
    tldr = [*happened, *so_what, *(_as_watch(one) for one in last)]
    if len(tldr) != 3:
        tldr = []
    watch = list(_watch(book, ahead))
    lenses = {region: book.take(_of_region(book, pattern)) for region, pattern in REGIONS.items()}
    body = _paragraphs(book, [] if tldr else [*happened, *(one for one in so_what if one not in why), *last])
    quick = book.take((p for p in book.passages if p.measured), 3)
    modules: dict[str, Any] = {
        "standfirst": standfirst[0] if standfirst else None,
        "tldr": tldr,
        "quick_take": quick,
        "why_it_matters": [] if why[:1] == tldr[1:2] else why,
        "ripples": list(_ripples(book, lead["text"])),
        "watch": watch,
        "stances": _stances(book),
        "disputes": [],
        "gaps": _gaps(book),
    }
    if not body:  # the least that a story may be
        moved = [modules["standfirst"], *quick, *(one["sentence"] for one in watch)]
        body, modules["standfirst"], modules["quick_take"], modules["watch"] = [[m] for m in moved if m], None, [], []
    empty = [name for name, module in modules.items() if not module]
    empty += [] if any(lenses.values()) else ["lenses"]
    reasons = [{"module": name, "reason": "No sentence of the sources bears it out."} for name in empty]
    return {"headline": lead, "body": body, "lenses": lenses, "absent": reasons, **modules}


def notebook(sources: str, task: str) -> Notebook:
    articles, publishers = {}, {}
    for number, publisher, kind, language, published, evidence in ARTICLE.findall(sources):
        title, _, text = evidence.partition("\n\n")
        at = datetime.fromisoformat(published)
        publishers[int(number)] = publisher
        articles[int(number)] = Article(
            id=number,
            title=title,
            text=text,
            kind=kind,
            language=language,
            published_at=at,
            fetched_at=at.astimezone(UTC),
        )
    values = " ".join(DISPUTED.findall(task))
    disputed = frozenset(re.findall(r"\d[\d.,]*\d|\d", re.sub(r"\(article \d+\)", "", values)))
    return Notebook(articles, publishers, frozenset(FAULT.findall(task)), disputed)


def _headline(book: Notebook) -> dict[str, Any]:
    """The title of the article that the desk put first; it is shown as that article's anyway."""
    order = [n for n, article in book.articles.items() if english(article) and not article.title.endswith("?")]
    for number in [*order, *book.articles]:
        title = book.articles[number].title
        if title not in book.faults and not any(value in title for value in book.disputed):
            return fact(title, Retold(title, title, number))
    number = next(iter(book.articles))
    return fact(book.articles[number].title, Retold("", book.articles[number].title, number))


def _scheduled(passage: Passage) -> bool:
    """Whether it names a step that has its day."""
    step = next_step(passage.text, passage.article.dated.date())
    return step is not None and step.dated


def _says_why(passage: Passage) -> bool:
    """Whether it names a cause or an effect, in more than a few words."""
    return bool(WHY.search(passage.text)) and len(words(passage.text)) > 8


def _early(book: Notebook) -> list[Passage]:
    return sorted(book.passages, key=lambda p: (p.position > 2, -p.score, p.article.id))


def _as_watch(sentence: dict[str, Any]) -> dict[str, Any]:
    return {**sentence, "text": f"Watch: {sentence['text']}"}


def _paragraphs(book: Notebook, left: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """What happened; why; what else is said; what comes next: in three paragraphs or more where there is so much."""
    early, causes = book.take(_early(book), 3), book.take((p for p in book.passages if _says_why(p)), 3)
    rest = book.take((p for p in book.passages if not p.forward), 4)
    told = [*left[:1], *early, *left[1:2], *causes, *rest, *left[2:], *book.take(book.passages, 3)]
    size = max(1, min(3, len(told) // 3))
    return [told[at : at + size] for at in range(0, len(told), size)]


def _watch(book: Notebook, ahead: list[Passage]) -> Iterator[dict[str, Any]]:
    for passage in ahead:
        named = names(passage.text)
        if named and (found := book.take([passage])):
            trigger = re.sub(r"^.*? reports, ", "", found[0]["text"]).rstrip(".")
            by = dated_in(passage.text, passage.article.dated.date())
            entity = re.sub(r"[’']s$", "", named[0].text)
            yield {"entity": entity, "trigger": trigger[:200], "by": by, "sentence": found[0]}
            return


def _of_region(book: Notebook, pattern: str) -> list[Passage]:
    return [p for p in book.passages if re.search(rf"\b(?:{pattern})\b", p.text)]


def _link(book: Notebook) -> tuple[str, str]:
    """What the articles speak of most; the last line where they speak of none of it."""
    text = " ".join(article.evidence for article in book.articles.values()).lower()
    most = max(LINKS[:-1], key=lambda link: len(re.findall(link[0], text)))
    return (most if re.search(most[0], text) else LINKS[-1])[1:]


def _why(book: Notebook) -> list[dict[str, Any]]:
    mechanism, _ = _link(book)
    sentence = inference("The effect is likely to reach further than those who are named here.", mechanism)
    return [] if sentence["text"] in book.faults else [sentence]


def _ripples(book: Notebook, headline: str) -> Iterator[dict[str, Any]]:
    """A name that the articles have and the headline has not."""
    mechanism, way = _link(book)
    for passage in book.passages:
        for name in names(passage.text):
            entity = re.sub(r"[’']s$", "", name.text)
            text = f"{entity} may have to adjust as well."
            known = {word.lower() for word in words(f"{headline} {' '.join(book.publishers.values())}")}
            if len(words(entity)) >= 2 and not {w.lower() for w in words(entity)} & known and text not in book.faults:
                sentence = inference(text, mechanism)
                yield {"entity": entity, "direction": way, "confidence": "low", "sentence": sentence}
                return


def _stances(book: Notebook) -> list[dict[str, Any]]:
    readable = [a for a in book.articles.values() if english(a) and a.kind == "report"]
    found = stances(readable, {a.id: a.id for a in readable})
    return [{"article": book.numbers[one.article_id], "label": one.label, "reason": one.reason} for one in found]


def _gaps(book: Notebook) -> list[dict[str, Any]]:
    read = [s.of(a.evidence) for a in book.articles.values() if english(a) for s in sentences(a.evidence)]
    text = "In no source was a day found for what comes next."
    return [] if not read or any(map(names_a_day_ahead, read)) or text in book.faults else [context(text)]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) / min(len(one), len(other)) >= ALIKE
