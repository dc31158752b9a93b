"""Count the words of `stories/background.txt` again: `python tests/benchmarks/count_background.py [--without SET]`.

Over the headlines of SEntFiN (Indian business headlines), the headlines of 22 August 2026, and titles with the
first 1,500 characters of the Canadian and BASIL articles, all in ../shared/data. The UCI headlines are left out, so
that figures measured on them are of unseen words. Only stems in at least `LEAST` documents are kept: rarer ones
weigh nearly the most anyway, and a table of counts is then no text of anybody's.
"""

import argparse
import collections
import csv
import gzip
import json
from pathlib import Path

from newsroom.stories.words import words

LEAST = 4
ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
TABLE = ROOT / "layers/newsroom/newsroom/stories/background.txt"


def texts(without: str) -> list[tuple[str, str]]:
    """(headline, text) of every document, the set named `without` left out."""
    found: list[tuple[str, str]] = []
    if without != "sentfin":
        with (DATA / "sentiment/SEntFiN.csv").open(encoding="utf-8") as file:
            found += [(row["Title"], "") for row in csv.DictReader(file)]
    if without != "day":
        rows = lines("headlines_2026-08-22_headlines.jsonl.gz")
        found += [(title, "") for title in dict.fromkeys(row["title"] for row in rows)]
    if without != "canada":
        found += [(row["title"] or "", row["text"] or "") for row in lines("canada_business_articles.jsonl.gz")]
    if without != "basil":
        for row in lines("basil_clusters.jsonl.gz"):
            for one in row["articles"]:
                found.append((one["title"], "\n".join(" ".join(part) for part in one["paragraphs"])))
    return found


def lines(name: str) -> list[dict]:
    with gzip.open(DATA / "clusters" / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def table(without: str = "") -> str:
    """The table as it is packaged: the number of documents, then stem, count and `n` for names."""
    counts: collections.Counter[str] = collections.Counter()
    small: collections.Counter[str] = collections.Counter()
    large: collections.Counter[str] = collections.Counter()
    documents = texts(without)
    for title, text in documents:
        body = words(text[:1500])
        counts.update({word.stem for word in words(title)} | {word.stem for word in body})
        for word in body:
            (large if word.capital else small)[word.stem] += 1
        for word in words(title):
            if not word.capital:
                small[word.stem] += 1
    rows = [str(len(documents))]
    for stem, count in sorted(counts.items()):
        if count >= LEAST and stem[0] != "#":
            name = stem[0] == "@" or large[stem] > 3 * small[stem]
            rows.append(f"{stem}\t{count}\tn" if name else f"{stem}\t{count}")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without", default="", choices=["", "sentfin", "day", "canada", "basil"])
    chosen = parser.parse_args()
    TABLE.write_text(table(chosen.without), encoding="utf-8")
