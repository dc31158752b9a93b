from datetime import UTC, datetime
from pathlib import Path
from time import process_time

import pytest
from lxml import etree
from newsroom.errors import BadInput
from newsroom.publishers.catalogue import Catalogue
from newsroom.publishers.entry_text import draft_text
from newsroom.publishers.opml import MAX_OUTLINES, as_opml, new_entries, read_opml
from newsroom.publishers.publisher import Publisher

NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
PORT = Publisher(
    id="port",
    name='Port & "Quay" <Post>',
    home="https://port.example/",
    country="SG",
    language="en",
    tier=2,
    reason="Bunkers, crews & cranes of the strait",
    feeds=("https://port.example/rss?a=1&b=2", "https://port.example/markets.xml"),
)


def opml(body: str, head: str = "") -> bytes:
    return f'{head}<opml version="2.0"><head><title>Mine</title></head><body>{body}</body></opml>'.encode()


@pytest.mark.parametrize("grouped", ["country", "tier"])
def test_what_is_given_out_is_taken_back_whole(grouped: str) -> None:
    publishers = Catalogue.packaged().publishers
    text = as_opml(publishers, now=NOW, grouped=grouped, title="Publishers")  # type: ignore[arg-type]
    outlines = read_opml(text.encode())
    assert {outline.feed for outline in outlines} == {feed for one in publishers for feed in one.feeds}
    assert list(new_entries(outlines, publishers)) == []
    back = list(new_entries(outlines, []))
    assert {entry["home"]: (entry["country"], entry["tier"], entry["language"], entry["reason"]) for entry in back} == {
        one.home: (one.country, one.tier, one.language, one.reason) for one in publishers
    }
    assert len({entry["id"] for entry in back}) == len(publishers)


def test_the_document_is_opml_2_with_a_folder_for_each_country() -> None:
    quay = PORT.model_copy(update={"id": "quay", "country": "DK", "home": "https://quay.example/"})
    root = etree.fromstring(as_opml([PORT, quay], now=NOW, title="A & B").encode())
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    assert root.findtext("head/title") == "A & B"
    assert root.findtext("head/dateCreated") == "Mon, 23 Nov 2026 19:15:00 +0000"
    assert [folder.get("text") for folder in root.findall("body/outline")] == ["DK", "SG"]
    first = root.find("body/outline[@text='SG']/outline")
    assert dict(first.attrib) == {
        "type": "rss",
        "text": PORT.name,
        "xmlUrl": PORT.feeds[0],
        "htmlUrl": PORT.home,
        "language": "en",
        "description": PORT.reason,
        "category": "/country/SG,/tier/2",
    }


def test_feeds_of_any_readers_export_are_found_with_their_folders() -> None:
    body = """
      <outline text="Business"><outline title="Ports" text="ports">
        <outline type="rss" text="Quay" title="The Quay" xmlUrl="http://quay.example/feed" htmlUrl="http://quay.example"/>
        <outline XMLURL="https://mole.example/atom.xml" text="Mole"/>
      </outline></outline>
      <outline text="A note without a feed"/>
      <outline text="again" xmlUrl="https://www.quay.example/feed/"/>
      <outline text="no address" xmlUrl="feed/of/nothing"/>
      <outline text="not the web" xmlUrl="ftp://mole.example/feed"/>
    """
    quay, mole = read_opml(opml(body))
    assert (quay.feed, quay.title, quay.home) == ("http://quay.example/feed", "The Quay", "http://quay.example")
    assert quay.folders == mole.folders == ("Business", "Ports")
    assert (mole.feed, mole.title) == ("https://mole.example/atom.xml", "Mole")


def test_new_entries_are_one_for_each_home_and_leave_out_what_is_known() -> None:
    body = """
      <outline text="DK"><outline text="Quay" xmlUrl="https://quay.example/a" htmlUrl="https://quay.example/"/>
      <outline text="Quay, ships" xmlUrl="https://quay.example/b" htmlUrl="https://quay.example/"/></outline>
      <outline text="Port" xmlUrl="http://www.port.example/markets.xml/"/>
      <outline text="Port" xmlUrl="https://other.example/feed"/>
    """
    first, second = new_entries(read_opml(opml(body)), [PORT])
    assert (first["id"], first["country"], first["feeds"]) == (
        "quay", "DK", ["https://quay.example/a", "https://quay.example/b"],
    )  # fmt: skip
    assert (second["id"], second["home"], second["country"]) == ("port-2", "https://other.example/", "")
    with pytest.raises(BadInput, match=r"publisher\.0\.country"):
        Catalogue.read(draft_text(second))


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (opml("", '<!DOCTYPE opml [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'), "document type"),
        (opml("", '<!DOCTYPE opml SYSTEM "file:///etc/passwd">'), "document type"),
        (opml('<outline text="a" xmlUrl="https://a.example/?b&c"/>'), "is not XML"),
        (opml("<outline>" * 100_000 + "</outline>" * 100_000), "nested more than"),
        (opml('<outline text="a"/>' * (MAX_OUTLINES + 80_000)), "more than 20,000 outlines"),
        (b"<rss><channel/></rss>", "not <opml>"),
        (b"<opml>", "is not XML"),
        (b"", "is not XML"),
        (b"%PDF-1.7\x00\x01", "is not XML"),
        (b'<?xml version="1.0" encoding="klingon"?><opml/>', "is not XML|encoding"),
        (b"<opml>" + b" " * 5_000_001 + b"</opml>", "more than 5,000,000 bytes"),
    ],
    ids=["bomb", "external", "bare-ampersand", "deep", "wide", "rss", "open", "empty", "binary", "encoding", "long"],
)
def test_a_hostile_or_broken_document_is_refused_quickly_with_the_reason(document: bytes, reason: str) -> None:
    began = process_time()
    with pytest.raises(BadInput, match=reason) as refused:
        read_opml(document, "mine.opml")
    assert str(refused.value).startswith("mine.opml: ")
    assert process_time() - began < 2


def test_a_flood_of_attributes_costs_little() -> None:
    flood = " ".join(f'a{n}="1"' for n in range(100_000))
    began = process_time()
    (found,) = read_opml(opml(f'<outline {flood} xmlUrl="https://quay.example/feed"/>'))
    assert found.feed == "https://quay.example/feed"
    assert process_time() - began < 5


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_declared_and_marked_encodings_are_read(encoding: str) -> None:
    name = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    text = opml('<outline text="Børsen" xmlUrl="https://borsen.example/rss"/>').decode()
    (found,) = read_opml(f'<?xml version="1.0" encoding="{name}"?>{text}'.encode(encoding))
    assert found.title == "Børsen"


def test_the_bombs_that_others_collected_are_refused(shared_data: Path) -> None:
    bombs = sorted((shared_data / "attacks").rglob("*.xml"))
    assert bombs
    for bomb in bombs:
        with pytest.raises(BadInput):
            read_opml(bomb.read_bytes(), bomb.name)
