import csv
import json
import re
from pathlib import Path

import pytest
from newsroom.stories.facet_evidence import evidenced
from newsroom.stories.mentions import companies, instruments, mentions, sectors, weights
from newsroom.stories.words import countries

from tests.stories.story_values import an_article

FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["facets"]


def named(text: str) -> list[str]:
    return [one.id for one in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nvidia and TSMC agree on prices", ["nvidia", "tsmc"]),
        ("S&P 500 slips as AT&T falls", ["s-and-p-500", "at-and-t"]),
        ("L’Oréal buys a brand; Moody’s waits", ["l-oreal", "moody-s"]),
        ("Gold Fields digs for gold", ["gold-fields", "gold"]),
        ("People's Bank of China fixes the yuan", ["people-s-bank-of-china", "chinese-yuan"]),
        ("The Fed holds, the ECB cuts, the rupee slides", ["federal-reserve", "european-central-bank", "indian-rupee"]),
        ("Apple shares fall", ["apple"]),
        ("Apple unveils a phone", ["apple"]),
        ("Shares of Target fell after results", ["target"]),
        ("Ford Motor recalls trucks", ["ford"]),
        ("Visa and Mastercard settle over card fees", ["visa", "mastercard"]),
        ("Softbank sells a stake", ["softbank"]),
        ("BP-led group drills", ["bp"]),
    ],
)
def test_a_name_is_found_as_it_is_written(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Growers say the apple harvest will fall",
        "Analysts raise their price target",
        "The bank missed its Target for growth",
        "Tourists need a Visa to enter",
        "The Ford Foundation gives a grant",
        "The gap between rich and poor grows",
        "A shell company was dissolved",
        "Overweight on cement: BP Singh",
        "A meta-analysis of trials",
        "The orange crop was poor, said Orange County officials in their block",
        "Non-oil exports rose",
        "write to press@apple.example",
    ],
)
def test_an_everyday_word_is_no_company(text):
    assert named(text) == []


def test_a_mention_stands_in_the_text_where_it_says():
    text = "Shares in Rolls-Royce and BAE Systems rose; the euro fell."
    assert [text[one.start : one.end] for one in mentions(text)] == ["Rolls-Royce", "BAE Systems", "euro"]


def test_the_headline_counts_threefold_and_a_passing_mention_not_at_all():
    article = an_article("Nvidia lifts its outlook", "Nvidia said so on Monday. Rival AMD did not comment.")
    assert list(weights([article])) == ["nvidia"]


def test_facets_carry_their_evidence():
    article = an_article(
        "Chilean copper miners strike at BHP",
        "Copper rose after workers walked out at a mine of BHP in Chile. The peso fell, copper did not.",
    )
    found = evidenced("CL", ("commodities",), [article])
    by_kind = {facet.kind: facet for facet in found}
    assert by_kind["company"].listing == "XASX:BHP"
    assert by_kind["commodity"].id == "copper"
    assert by_kind["sector"].id == "materials"
    assert by_kind["country"].words == "Chilean"
    for facet in found:
        assert article.evidence[facet.start : facet.end] == facet.words != ""


def test_a_country_that_only_the_publisher_gives_has_no_words():
    (found,) = evidenced("AU", (), [an_article("Home values rise", "Prices rose for a tenth month.")])
    assert (found.kind, found.id, found.words, found.start) == ("country", "AU", "", -1)


def test_reserved_texts_are_not_read():
    article = an_article("Nvidia lifts its outlook", reserved="robots.txt")
    assert evidenced("", (), [article]) == ()


def test_the_tables_are_sound():
    rows = companies().values()
    assert len(rows) >= 300
    listed = [row.listing for row in rows if row.listing]
    assert len(listed) == len(set(listed))
    assert all(re.fullmatch(r"[A-Z]{4}:[A-Z0-9][A-Z0-9.&-]*", one) for one in listed)
    assert all(row.sector in sectors() for row in rows)
    assert all(row.country.lower() in countries() or row.country in ("KY", "LU", "AT", "IE") for row in rows)
    assert all(row.context for row in rows if row.common)
    things = instruments().values()
    assert {thing.kind for thing in things} == {"index", "currency", "commodity", "rate", "central-bank"}
    owners: dict[str, set[str]] = {}
    for row in (*rows, *things):
        for name in (row.name, *row.aliases):
            owners.setdefault(name.casefold(), set()).add(row.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
    assert not companies().keys() & instruments().keys()
    assert len({row.country for row in rows}) >= 25


def test_companies_are_found_in_real_headlines(shared_data):
    table = {name.casefold(): row.id for row in companies().values() for name in (row.name, *row.aliases)}
    found = labelled_mentions = right = expected = 0
    with (shared_data / "sentiment/SEntFiN.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            labelled = re.findall(r"['\"](.+?)['\"]: ?'(?:neutral|positive|negative)'", row["Decisions"])
            gold = {table[one.casefold()] for one in labelled if one.casefold() in table}
            given = [one for one in mentions(row["Title"]) if one.kind == "company"]
            expected += len(gold)
            right += len(gold & {one.id for one in given})
            found += len(given)
            words = [row["Title"][one.start : one.end].replace("’", "'").casefold() for one in given]
            labels = [one.casefold() for one in labelled]
            labelled_mentions += sum(
                one.id in gold or any(word in label or label in word for label in labels)
                for one, word in zip(given, words, strict=True)
            )
    assert right / expected >= FLOORS["company_recall"]
    assert labelled_mentions / found >= FLOORS["company_precision"]
