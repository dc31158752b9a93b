import tomllib

import pytest
from newsroom.errors import BadInput
from newsroom.publishers.catalogue import Catalogue, packaged_text
from newsroom.publishers.entry_text import DECIDE, draft_text, entry_text, toml_value

DRAFT = {"id": "port", "name": "Port", "home": "https://port.example/", "feeds": ["https://port.example/rss"]}


def test_every_packaged_entry_is_written_as_the_file_has_it() -> None:
    text = packaged_text()
    for publisher in Catalogue.packaged().publishers:
        assert f"\n{entry_text(publisher)}" in text


def test_what_a_person_must_decide_is_marked_and_keeps_the_entry_out() -> None:
    text = draft_text(DRAFT)
    assert text.count(DECIDE) == 4
    with pytest.raises(BadInput, match=r"publisher\.0\.country"):
        Catalogue.read(text)
    decided = {"country": "SG", "language": "en", "tier": 2, "reason": "Bunkers and crews of the strait"}
    whole = draft_text(DRAFT | decided)
    assert DECIDE not in whole
    assert Catalogue.read(whole).publisher("port").tier == 2


def test_notes_stand_beside_their_feeds_and_cannot_leave_their_line() -> None:
    feed = DRAFT["feeds"][0]
    text = draft_text(DRAFT, {feed: '40 entries\n[[publisher]]\r\x00id = "evil"'})
    entry = tomllib.loads(text)["publisher"]
    assert [one["feeds"] for one in entry] == [[feed]]
    assert '# 40 entries [[publisher]] id = "evil"' in text


@pytest.mark.parametrize("value", ['a "b" \\ c', "line\nline\ttab", "Børsen 日本 \U0001f4c8", "\x00\x1f\x7f\u2028", ""])
def test_any_text_survives_toml(value: str) -> None:
    assert tomllib.loads(f"x = {toml_value(value)}") == {"x": value}
