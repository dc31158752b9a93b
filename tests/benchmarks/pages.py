"""Article pages of ../shared/data/pages beside trafilatura: `python -m tests.benchmarks.pages [--json FILE]`.

Quality, by the measure of scrapinghub's article-extraction-benchmark, written anew from its description: texts are
runs of word characters, shingles of four of them; precision of a page is the share of the found shingles (with their
counts) that are in the truth, recall the share of the truth's that are found; both are averaged over the pages that
have any, and F1 is of the averages. Characters of scripts without spaces count as words of their own on newspaper4k's
pages, which are in nine languages; scrapinghub's are measured exactly as there. postlight's pages have no text,
but a title, an author and a date: shares of equal ones, letters and digits only. Its truth is what another parser
gives out, captions and affiliations included.

Speed: processor seconds, each page read by us and by trafilatura in turn. Ours is the whole `read_page` of a page
whose date the feed told: decoding, parsing, every fact, hidden text, the text, whether it is thin, and what is read in
a process of its own. trafilatura's is `extract(page)` with its defaults: decoding, parsing and text, no facts.
"""

import argparse
import collections
import gzip
import json
import re
import resource
import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom.wire.page import read_page
from newsroom.wire.page_reading import Page

PAGES = Path(__file__).resolve().parents[3] / "shared/data/pages"
FLOORS = Path(__file__).resolve().parents[1] / "floors.json"
NOW = datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
ROUNDS = 5
WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Recorded:
    """A page as it was served, and the text that people found in it."""

    url: str
    body: bytes
    truth: str


def scrapinghub(folder: Path = PAGES) -> list[Recorded]:
    truths = json.loads((folder / "scrapinghub/ground-truth.json").read_text(encoding="utf-8"))
    found = {name: folder / f"scrapinghub/{name}.html.gz" for name in truths}
    return [
        Recorded(truths[name]["url"], gzip.decompress(path.read_bytes()), truths[name]["articleBody"])
        for name, path in found.items()
        if path.exists()
    ]


def newspaper4k(folder: Path = PAGES) -> list[Recorded]:
    texts = {path: path.with_name(f"{path.stem}.html.gz") for path in sorted((folder / "newspaper4k").glob("*.txt"))}
    return [
        Recorded("https://papers.example/", gzip.decompress(page.read_bytes()), text.read_text(encoding="utf-8"))
        for text, page in texts.items()
        if page.exists()
    ]


def quality(texts: Iterable[tuple[str, str]], *, spaced: bool = True) -> dict[str, float]:
    """Precision, recall and F1 of (truth, found) texts."""
    pairs = [(shingles(truth, spaced), shingles(found, spaced)) for truth, found in texts]
    precision = statistics.mean((truth & found).total() / found.total() for truth, found in pairs if found)
    recall = statistics.mean((truth & found).total() / truth.total() for truth, found in pairs if truth)
    f1 = 2 * precision * recall / (precision + recall)
    return {name: round(value, 4) for name, value in (("precision", precision), ("recall", recall), ("f1", f1))}


def shingles(text: str, spaced: bool = True) -> collections.Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text if spaced else WITHOUT_SPACES.sub(r" \g<0> ", text))
    return collections.Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3)) if words)


def ours(page: Recorded) -> str:
    return read_page(page.body, page.url, now=NOW, dated_by_feed=True).text


def theirs(page: Recorded) -> str:
    from trafilatura import extract

    return extract(page.body) or ""


def postlight(folder: Path = PAGES) -> dict[str, float]:
    """Shares of titles and authors that are the truth's, and of dates within a day of it; not dated by a feed."""
    right: dict[str, list[bool]] = {"title": [], "author": [], "day": []}
    for path in sorted((folder / "postlight").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if not truth:
            continue
        body = gzip.decompress(path.with_name(f"{path.stem}.html.gz").read_bytes())
        page = read_page(body, truth.get("url", "https://papers.example/"), now=NOW)
        for name, equal in _equal(page, truth).items():
            if truth.get("date_published" if name == "day" else name):
                right[name].append(equal)
    return {name: round(statistics.mean(found), 3) for name, found in right.items()}


def _equal(page: Page, truth: dict[str, str]) -> dict[str, bool]:
    stated = truth.get("date_published")
    apart = abs(page.published_at - datetime.fromisoformat(stated)) if stated and page.published_at else timedelta.max
    return {
        "title": _letters(page.title) == _letters(truth.get("title", "")),
        "author": _letters(page.byline) == _letters(truth.get("author", "")),
        "day": apart < timedelta(days=1),
    }


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def seconds() -> float:
    """Of processor, of this process and of those it waited for."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def speed(pages: list[Recorded], rounds: int = ROUNDS) -> dict[str, float]:
    """Milliseconds a page, and the median of the rounds' ratios."""
    for page in pages[:10]:
        ours(page), theirs(page)
    times = []
    for _round in range(rounds):
        us = them = 0.0
        for page in pages:
            begun = seconds()
            ours(page)
            between = seconds()
            theirs(page)
            us, them = us + between - begun, them + seconds() - between
        times.append((us, them))
    return {
        "ours_ms": round(statistics.median(us for us, _ in times) * 1000 / len(pages), 2),
        "trafilatura_ms": round(statistics.median(them for _, them in times) * 1000 / len(pages), 2),
        "ratio": round(statistics.median(them / us for us, them in times), 2),
    }


def measure(rounds: int = ROUNDS) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {}
    readers: dict[str, Callable[[Recorded], str]] = {"ours": ours, "trafilatura": theirs}
    for name, pages in (("scrapinghub", scrapinghub()), ("newspaper4k", newspaper4k())):
        for reader, read in readers.items():
            texts = [(page.truth, read(page)) for page in pages]
            figures[f"{name}, {reader}"] = {"pages": len(pages)} | quality(texts, spaced=name == "scrapinghub")
    figures["postlight, ours"] = postlight()
    figures["speed on scrapinghub"] = speed(scrapinghub(), rounds)
    return figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    chosen = parser.parse_args()
    figures = measure(chosen.rounds)
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["extraction"]
    measured = {
        "scrapinghub_f1": figures["scrapinghub, ours"]["f1"],
        "newspaper4k_f1": figures["newspaper4k, ours"]["f1"],
        "ratio": figures["speed on scrapinghub"]["ratio"],
    }
    fallen = [
        f"{name} {measured[name]} is under its floor, {floor}"
        for name, floor in floors.items()
        if measured[name] < floor
    ]
    raise SystemExit("\n".join(fallen) or 0)
