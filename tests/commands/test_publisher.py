import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom.__main__ import main
from newsroom.publishers.catalogue import Catalogue

from infra.local.wire.sample import SampleSource
from infra.local.wire.server import Wire

ENTRY = """
[families]
harbour = "Harbour Group"

[[publisher]]
id = "port"
name = "Port"
home = "https://port.example/"
country = "SG"
language = "en"
tier = 2
reason = "Singapore's shipping daily"
family = "harbour"
feeds = ["https://port.example/rss"]
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> str:
    file = tmp_path / "catalogue.toml"
    file.write_text(ENTRY, encoding="utf-8")
    return str(file)


@pytest.fixture
def sample_wire() -> Iterator[str]:
    with Wire(SampleSource(), datetime.now(UTC), lambda: datetime.now(UTC)) as wire:
        yield wire.address


def test_the_packaged_catalogue_lints_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publisher", "lint"]) == 0
    assert capsys.readouterr() == ("", "newsroom/publishers/catalogue.toml: nothing found\n")


def test_findings_come_a_line_each_with_file_and_line_and_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(ENTRY.replace("SG", "XX").replace("https://port.example/rss", "http://port.example/rss"))
    assert main(["publisher", "lint", str(file)]) == 1
    out, err = capsys.readouterr()
    line = ENTRY.splitlines().index('id = "port"') + 1
    assert out.splitlines() == [
        f"{file}:{line}: unknown-country: port: no country XX",
        f"{file}:{line}: plain-http: port: http://port.example/rss is plain HTTP",
    ]
    assert err == f"newsroom publisher: {file}: 2 findings\n"
    assert main(["publisher", "lint", str(file), "--json"]) == 1
    found = [json.loads(one) for one in capsys.readouterr().out.splitlines()]
    assert [one["kind"] for one in found] == ["unknown-country", "plain-http"]
    assert set(found[0]) == {"line", "kind", "about", "message"}


@pytest.mark.enable_socket
def test_a_publisher_of_the_sample_wire_becomes_an_entry_to_paste(
    sample_wire: str, catalogue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    decided = ["--country", "gb", "--tier", "2", "--reason", "Invented daily of the City of London"]
    asked = ["publisher", "add", "www.london-ledger.example", "--wire", sample_wire, "--catalogue", catalogue]
    assert main([*asked, *decided]) == 0
    out, err = capsys.readouterr()
    added = Catalogue.read(ENTRY + out).publisher("the-london-ledger")
    assert (added.name, added.country, added.tier) == ("The London Ledger", "GB", 2)
    assert added.feeds == ("https://www.london-ledger.example/rss/all.xml",)
    assert "DECIDE" not in out + err
    assert "asking https://www.london-ledger.example" in err

    assert main(asked) == 0
    out, err = capsys.readouterr()
    assert out.count("DECIDE") == 3
    assert "3 lines marked DECIDE" in err


@pytest.mark.enable_socket
def test_every_sample_publisher_that_answers_is_found_from_its_home_page(
    sample_wire: str, catalogue: str, capsys: pytest.CaptureFixture[str]
) -> None:
    source = SampleSource()
    faulty = {publisher for publisher, design in source.presentations.items() if design.fault}
    for publisher in list(source.publishers.values())[:12]:
        if publisher.id in faulty:
            continue
        assert main(["publisher", "add", publisher.home, "--wire", sample_wire, "--catalogue", catalogue]) == 0
        out, err = capsys.readouterr()
        (entry,) = tomllib.loads(out)["publisher"]
        assert (entry["name"], tuple(entry["feeds"])) == (publisher.name, publisher.feeds)
        assert ("reserved: " in err) == bool(publisher.reserved)


@pytest.mark.enable_socket
def test_what_the_catalogue_has_already_is_not_added_again(
    sample_wire: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "catalogue.toml"
    file.write_text(SampleSource().catalogue_toml(), encoding="utf-8")
    asked = ["publisher", "add", "www.london-ledger.example", "--wire", sample_wire, "--catalogue", str(file)]
    assert main(asked) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1].endswith("the catalogue has it already: london-ledger")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://169.254.169.254/", "link-local"),
        ("ftp://port.example/", "scheme ftp"),
        ("localhost", "local network"),
    ],
)
def test_an_address_that_is_never_asked_is_refused_with_the_reason(
    url: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publisher", "add", url]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err.splitlines()[-1]


def test_opml_goes_out_and_comes_back(tmp_path: Path, catalogue: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publisher", "opml", "--country", "sg"]) == 0
    file = tmp_path / "sg.opml"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    here = [one for one in Catalogue.packaged().publishers if one.country == "SG"]

    assert main(["publisher", "import", str(file)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{sum(len(one.feeds) for one in here)} feeds in the file, 0 new, 0 entries" in err

    assert main(["publisher", "import", str(file), "--catalogue", catalogue]) == 0
    back = Catalogue.read(ENTRY + capsys.readouterr().out)
    assert {one.feeds for one in back.publishers[1:]} == {one.feeds for one in here}
    assert {one.tier for one in back.publishers[1:]} == {one.tier for one in here}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "document type"),
        ("<opml><body><outline text='folder'/></body></opml>", "holds no feed"),
        ("", "is empty"),
    ],
)
def test_an_opml_file_that_is_none_ends_with_one_line(
    content: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.opml"
    file.write_text(content)
    assert main(["publisher", "import", str(file)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err
    assert err.count("\n") == 1


def test_publishers_are_listed_as_a_table_that_reads(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publisher", "list", "--tier", "2", "--family", "nikkei"]) == 0
    out, err = capsys.readouterr()
    heading, *rows = out.splitlines()
    assert heading.split() == ["ID", "NAME", "FROM", "IN", "TIER", "FEEDS", "OWNER"]
    assert [row.split()[0] for row in rows] == ["financial-times", "nikkei-asia", "nikkei-business"]
    assert len({row.index("nikkei", 40) for row in rows}) == 1
    assert err == "3 publishers, 7 feeds, 2 countries\n"
    assert main(["publisher", "list", "--country", "cr"]) == 0
    assert capsys.readouterr().err == "1 publisher, 1 feed, 1 country\n"


def test_publishers_are_listed_as_json_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publisher", "list", "--json"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["id"] for row in rows] == [one.id for one in Catalogue.packaged().publishers]


def test_one_publisher_is_shown_as_the_file_has_it(catalogue: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["publisher", "show", "port", "--catalogue", catalogue]) == 0
    out, err = capsys.readouterr()
    assert out.strip() == ENTRY[ENTRY.index("[[publisher]]") :].strip()
    assert err == "tier 2: major financial publishers; owner: Harbour Group\n"
    assert main(["publisher", "show", "port", "--catalogue", catalogue, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["family"] == "harbour"


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (["show", "nobody"], "newsroom publisher: nobody: no such publisher in the catalogue"),
        (["list", "--country", "AQ"], "no publisher in the catalogue is like that"),
        (["list", "--catalogue", "/no/such/file"], "No such file"),
        (["add", "port.example", "--family", "nobodys"], "nobodys: no such family"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    asked: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publisher", *asked]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert reason in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "asked",
    [
        [],
        ["grow"],
        ["list", "--tier", "4"],
        ["show"],
        ["add", "port.example", "--country", "XX"],
        ["add", "port.example", "--language", "english"],
    ],
)
def test_wrong_usage_is_told_apart(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["publisher", *asked])
    assert ended.value.code == 2
    assert "usage: newsroom publisher" in capsys.readouterr().err
