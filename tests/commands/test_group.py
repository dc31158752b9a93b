import json
from pathlib import Path

import pytest
from newsroom.__main__ import main

from tests.benchmarks.grouping import b_cubed, basil, uci

LINES = [
    {"id": "3", "title": "Naira hits five-month high", "published_at": "2026-11-20T12:00:00Z"},
    {"id": 1, "title": "Copper rises as workers strike at Cerro Palido", "published_at": 1795262400, "publisher": "a"},
    {"id": "2", "title": "Cerro Palido strike sends copper to record", "published_at": 1795262460000, "publisher": "b"},
    {"id": "4", "title": "(AP) copper", "text": "LONDON (AP) — Wheat fell.", "url": None},
]


def answers(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_every_line_gets_its_story_and_origin_in_the_order_of_the_file(tmp_path, capsys):
    file = tmp_path / "day.jsonl"
    file.write_text("\n".join(map(json.dumps, LINES)))
    assert main(["group", str(file)]) == 0
    found = answers(capsys)
    assert [row["id"] for row in found] == ["3", "1", "2", "4"]
    assert [set(row) for row in found] == [{"id", "story_id", "origin_id"}] * 4
    assert found[1]["story_id"] == found[2]["story_id"]
    assert len({row["story_id"] for row in found}) == 3
    assert [row["origin_id"] for row in found] == ["publisher:3", "publisher:a", "publisher:b", "agency:ap"]


def test_the_order_of_lines_changes_no_answer(tmp_path, capsys):
    file = tmp_path / "day.jsonl"
    told = []
    for lines in (LINES, LINES[::-1]):
        file.write_text("\n".join(map(json.dumps, lines)))
        main(["group", str(file)])
        told.append(sorted(map(str, answers(capsys))))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (None, "No such file"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\xff\xfe", "not UTF-8"),
        (b'{"id": "1", "title"', "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"title": "no id"}', "id"),
        (b'{"id": "1", "title": "a"}\n{"id": "1", "title": "b"}', "given twice"),
    ],
)
def test_a_file_that_is_no_list_of_articles_is_refused_in_one_line(tmp_path, capsys, body, says):
    file = tmp_path / "day.jsonl"
    if body is not None:
        file.write_bytes(body)
    assert main(["group", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert says in told.err
    assert told.err.count("\n") == 1


FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["grouping"]


def a_file_of(articles, folder) -> str:
    lines = [
        {"id": one.id, "title": one.title, "text": one.text, "published_at": one.dated.isoformat()} for one in articles
    ]
    file = folder / "day.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    return str(file)


@pytest.mark.parametrize(("floor", "read"), [("uci_headlines_f1", uci), ("basil_texts_f1", basil)])
def test_grouping_of_real_news_stays_above_its_floor(shared_data, tmp_path, capsys, floor, read):
    articles, gold = read()
    assert main(["group", a_file_of(articles, tmp_path)]) == 0
    found = {row["id"]: row["story_id"] for row in answers(capsys)}
    assert b_cubed(found, gold)[2] >= FLOORS[floor]
