"""The open index as one file: columns that are read as they lie, and one small document for each story.

A document is unpacked only for a story that is looked at, so that a fresh function pays for what it compares, not
for what is open. The file begins with its format and a checksum over everything that follows.
"""

import hashlib
import json
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, chain, pairwise, repeat
from typing import Any, NamedTuple

from newsroom.articles.fingerprint import NOTHING, Sketch
from newsroom.errors import BadInput
from newsroom.stories.marks import Marks
from newsroom.stories.vocabulary import Vocabulary, bound

FORMAT = b"newsroom open index 3\n"
CHECKSUM = 32
FAST = 1
"""zlib's quickest level: the columns are mostly noise to it, the texts shrink to a third."""


class Lineage(NamedTuple):
    """What became of a story, or where it came from: kept until nobody can ask any more."""

    kind: str
    """`merge`: it is part of `story` now. `split`: it came out of `story`."""
    story: str
    opened: int
    newest: int


@dataclass(frozen=True)
class Member:
    """One article in an open story: what later decisions need of it, so that no text is read again."""

    article_id: str
    at: int
    """Seconds since 1970, clamped."""
    publisher_id: str
    claim: str
    """Origin as the article itself credits it."""
    credited: bool
    sketch: Sketch
    heading: str
    """Digest of the headline's words: equal ones are copies where there is no text to compare."""
    similarity: float
    rival: str
    rival_similarity: float
    reason: str
    country: str = ""
    topics: tuple[str, ...] = ()
    tier: int = 3
    home: str = ""
    """The publisher's country."""
    language: str = "en"
    fullness: float = 0.0
    terms: tuple[tuple[str, float], ...] = ()
    """Its heaviest terms, for the day on which its story is reconsidered. Left out for an article of the file that is
    alone in its story, which has the same ones."""


@dataclass(frozen=True)
class Row:
    """One story as the file has it."""

    id: str
    opened: int
    newest: int
    fullness: float
    english: bool
    """All its articles are in English."""
    articles: tuple[str, ...]
    terms: "array[int]"
    weights: "array[float]"
    document: bytes
    hashes: bytes

    def unpacked(self) -> tuple[list[Member], Marks, frozenset[str]]:
        """(members, marks, languages)."""
        rows, marks, languages = json.loads(self.document)
        hashes, at, members = array("I"), 0, []
        hashes.frombytes(self.hashes)
        for level, count, *fields in rows:
            known = Sketch(level, tuple(hashes[at : at + count])) if count else NOTHING
            members.append(_member(known, fields))
            at += count
        return members, _marks(marks), frozenset(languages)


@dataclass(frozen=True)
class Columns:
    """All stories of a file, one place each in every column."""

    vocabulary: Vocabulary
    ids: list[str]
    articles: list[str]
    """Ids of the members of all stories, one story after the other."""
    opened: "array[int]"
    newest: "array[int]"
    fullness: "array[float]"
    english: "array[int]"
    article_starts: "array[int]"
    """Where each story's part of `articles` begins, and one number more: where the last one ends. So are all starts."""
    term_starts: "array[int]"
    terms: "array[int]"
    weights: "array[float]"
    slot_starts: "array[int]"
    """Of each term, in `slots`."""
    slots: "array[int]"
    documents: bytes
    document_starts: "array[int]"
    hashes: bytes
    hash_starts: "array[int]"
    pages: "array[int]"
    """Of the vocabulary."""
    lineage: Mapping[str, Lineage]

    @classmethod
    def empty(cls) -> "Columns":
        return read(written(lambda: iter(()), Vocabulary(b"", array("I"), 0), {}))

    def story_of(self) -> dict[str, str]:
        """Article id → story id."""
        counts = (end - start for start, end in pairwise(self.article_starts))
        owners = chain.from_iterable(map(repeat, self.ids, counts))
        return dict(zip(self.articles, owners, strict=True))

    def holders(self, number: int) -> int:
        """How many stories hold a term; none for a term that the file does not know."""
        return self.slot_starts[number + 1] - self.slot_starts[number] if number + 1 < len(self.slot_starts) else 0

    def postings(self, number: int) -> "array[int]":
        """The slots of the stories that hold a term."""
        if number + 1 >= len(self.slot_starts):
            return array("I")
        return self.slots[self.slot_starts[number] : self.slot_starts[number + 1]]

    def vector(self, slot: int) -> "tuple[array[int], array[float], int]":
        """(terms, their weights, number of articles)."""
        place = slice(self.term_starts[slot], self.term_starts[slot + 1])
        return self.terms[place], self.weights[place], self.article_starts[slot + 1] - self.article_starts[slot]

    def row(self, slot: int) -> Row:
        terms, articles, document, hashes = (
            slice(starts[slot], starts[slot + 1])
            for starts in (self.term_starts, self.article_starts, self.document_starts, self.hash_starts)
        )
        return Row(
            *(self.ids[slot], self.opened[slot], self.newest[slot], self.fullness[slot], bool(self.english[slot])),
            *(tuple(self.articles[articles]), self.terms[terms], self.weights[terms]),
            *(self.documents[document], self.hashes[hashes]),
        )


COLUMNS = (
    *(
        ("opened", "q"),
        ("newest", "q"),
        ("fullness", "f"),
        ("english", "B"),
        ("article_starts", "I"),
        ("term_starts", "I"),
    ),
    *(("terms", "I"), ("weights", "f"), ("slot_starts", "I"), ("slots", "I"), ("document_starts", "I")),
    *(("hash_starts", "I"), ("pages", "I")),
)
STARTS = ("article_starts", "term_starts", "document_starts", "hash_starts")
TEXTS = ("vocabulary", "ids", "articles", "lineage", "documents")


def packed(
    story_id: str,
    opened: int,
    newest: int,
    fullness: float,
    members: Sequence[Member],
    marks: Marks,
    languages: frozenset[str],
    terms: "array[int]",
    weights: "array[float]",
) -> Row:
    """A story as a row of the file; `members` in their order."""
    hashes = array("I", (h for one in members for h in one.sketch.hashes))
    alone = len(members) == 1
    rows = [[one.sketch.level, len(one.sketch.hashes), *_fields(one, with_terms=not alone)] for one in members]
    marked = {
        name: sorted(mark) if isinstance(mark, frozenset) else mark for name, mark in asdict(marks).items() if mark
    }
    document = json.dumps([rows, marked, sorted(languages)], ensure_ascii=False, separators=(",", ":"))
    articles = tuple(one.article_id for one in members)
    return Row(
        *(story_id, opened, newest, fullness, languages == {"en"}, articles, terms, weights),
        *(document.encode(), hashes.tobytes()),
    )


def written(rows: Callable[[], Iterator[Row]], vocabulary: Vocabulary, lineage: Mapping[str, Lineage]) -> bytes:
    """The file; `vocabulary` has the terms by the numbers that the rows use. Terms that no row holds are left out.

    `rows` is asked several times, so that no more than one row need be in memory.
    """
    names = vocabulary.names()
    held = array("I", bytes(4 * len(names)))
    for row in rows():
        for number in row.terms:
            held[number] += 1
    used = array("I", sorted((number for number, count in enumerate(held) if count), key=names.__getitem__))
    place = array("I", bytes(4 * len(names)))
    for new, old in enumerate(used):
        place[old] = new
    columns: dict[str, array[Any]] = {name: array(kind, [0] if name in STARTS else []) for name, kind in COLUMNS}
    columns["slot_starts"] = array("I", accumulate((held[old] for old in used), initial=0))
    columns["slots"] = array("I", bytes(4 * columns["slot_starts"][-1]))
    free, slots = columns["slot_starts"][:], columns["slots"]
    ids, articles, documents, hashes = list[str](), list[str](), list[bytes](), list[bytes]()
    press = zlib.compressobj(FAST)
    for slot, row in enumerate(rows()):
        for name in ("opened", "newest", "fullness", "english"):
            columns[name].append(getattr(row, name))
        for name, part in zip(STARTS, (row.articles, row.terms, row.document, row.hashes), strict=True):
            columns[name].append(columns[name][-1] + len(part))
        for number, weight in sorted(zip(map(place.__getitem__, row.terms), row.weights, strict=True)):
            columns["terms"].append(number)
            columns["weights"].append(weight)
            slots[free[number]] = slot
            free[number] += 1
        ids.append(row.id)
        articles.extend(row.articles)
        documents.append(press.compress(row.document))
        hashes.append(row.hashes)
    documents.append(press.flush())
    terms, columns["pages"] = bound(names[old] for old in used)
    told = json.dumps({one: lineage[one] for one in sorted(lineage)})
    texts = (terms, *(text.encode() for text in ("\n".join(ids), "\n".join(articles), told)))
    return _sealed([*(zlib.compress(text, FAST) for text in texts), b"".join(documents)], columns, hashes)


def _sealed(texts: Sequence[bytes], columns: Mapping[str, "array[Any]"], hashes: Sequence[bytes]) -> bytes:
    """All parts after their checksum, each after its size; the texts in the order of `TEXTS`."""
    raw = (memoryview(columns[name]).cast("B") for name, _ in COLUMNS)
    parts: list[bytes | memoryview] = [*texts, *raw, b"".join(hashes)]
    pieces = [piece for part in parts for piece in (len(part).to_bytes(8, "little"), part)]
    checksum = hashlib.sha256()
    for piece in pieces:
        checksum.update(piece)
    return b"".join((FORMAT, checksum.digest(), *pieces))


def read(body: bytes) -> Columns:
    """BadInput when the bytes are damaged, cut, or of another format."""
    start = len(FORMAT) + CHECKSUM
    rest = memoryview(body)[start:]
    if not body.startswith(FORMAT) or hashlib.sha256(rest).digest() != body[len(FORMAT) : start]:
        raise BadInput("is damaged or of another format", about="the open index")
    parts = list(_parts(rest))
    texts = {name: zlib.decompress(part) for name, part in zip(TEXTS, parts, strict=False)}
    columns: dict[str, array[Any]] = {}
    for (name, kind), part in zip(COLUMNS, parts[len(TEXTS) :], strict=False):
        columns[name] = array(kind)
        columns[name].frombytes(part)
    return Columns(
        vocabulary=Vocabulary(texts["vocabulary"], columns["pages"], len(columns["slot_starts"]) - 1),
        ids=_lines(texts["ids"]),
        articles=_lines(texts["articles"]),
        documents=texts["documents"],
        hashes=bytes(parts[-1]),
        lineage={one: Lineage(*past) for one, past in json.loads(texts["lineage"]).items()},
        **columns,
    )


def _parts(rest: memoryview) -> Iterable[memoryview]:
    at = 0
    while at < len(rest):
        size = int.from_bytes(rest[at : at + 8], "little")
        yield rest[at + 8 : at + 8 + size]
        at += 8 + size


def _lines(text: bytes) -> list[str]:
    return text.decode().split("\n") if text else []


def _fields(one: Member, with_terms: bool) -> list[object]:
    terms = [[term, weight] for term, weight in one.terms] if with_terms else []
    return [
        *(one.article_id, one.at, one.publisher_id, one.claim, int(one.credited), one.heading, one.similarity),
        *(one.rival, one.rival_similarity, one.reason, one.country, list(one.topics), one.tier, one.home),
        *(one.language, one.fullness, terms),
    ]


def _member(known: Sketch, fields: list[Any]) -> Member:
    article, at, publisher, claim, credited, heading, similarity, rival, rival_similarity, reason, *rest = fields
    country, topics, tier, home, language, fullness, terms = rest
    return Member(
        *(article, at, publisher, claim, bool(credited), known, heading, similarity, rival, rival_similarity, reason),
        *(country, tuple(topics), tier, home, language, fullness, tuple((term, weight) for term, weight in terms)),
    )


def _marks(found: Mapping[str, Any]) -> Marks:
    fields: dict[str, Any] = {name: frozenset(mark) if isinstance(mark, list) else mark for name, mark in found.items()}
    return Marks(**fields)
