import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom.errors import BadInput, NotFound
from newsroom.publishers.catalogue import Catalogue, packaged_text
from newsroom.publishers.soundness import unsound

ROOT = Path(__file__).resolve().parents[2]
ENTRY = """
[[publisher]]
id = "port"
name = "Port"
home = "https://port.example/"
country = "SG"
language = "en"
tier = 2
reason = "Singapore's shipping daily"
feeds = ["https://port.example/rss"]
"""


def test_the_packaged_catalogue_is_sound_and_wide() -> None:
    catalogue = Catalogue.packaged()
    assert list(unsound(catalogue.publishers, catalogue.families)) == []
    assert sum(len(publisher.feeds) for publisher in catalogue.publishers) >= 430
    assert len({publisher.country for publisher in catalogue.publishers}) >= 60
    assert len({publisher.language for publisher in catalogue.publishers}) >= 30
    assert {publisher.tier for publisher in catalogue.publishers} == {1, 2, 3}
    assert min(sum(publisher.tier == tier for publisher in catalogue.publishers) for tier in (1, 2, 3)) >= 80


def test_official_bodies_and_agencies_are_the_only_ones_in_tier_one() -> None:
    for publisher in Catalogue.packaged().publishers:
        assert not (publisher.agency and publisher.tier != 1), publisher.id
        assert not (publisher.press_releases and publisher.tier != 3), publisher.id


def test_the_catalogue_lists_newsrooms_not_collections_of_others() -> None:
    collections = ("google.", "yahoo.", "msn.com", "rsshub", "feedspot", "feedly", "allafrica", "reddit.", "substack.")
    for publisher in Catalogue.packaged().publishers:
        for address in (publisher.home, *publisher.feeds):
            assert not any(name in address for name in collections), address
            assert not re.search(r"/(?:sport|deportes|entertainment|lifestyle)s?\b", address), address


def test_every_reason_is_one_line_in_words_of_its_own() -> None:
    publishers = Catalogue.packaged().publishers
    assert len({publisher.reason for publisher in publishers}) == len(publishers)
    for publisher in publishers:
        assert 15 <= len(publisher.reason) <= 120, publisher.id
        assert not publisher.reason.endswith("."), publisher.id
        assert len(publisher.reason.split()) >= 3, publisher.id


def test_a_family_counts_once() -> None:
    catalogue = Catalogue.packaged()
    assert catalogue.owner_of("financial-times") == catalogue.owner_of("nikkei-asia") == "nikkei"
    assert catalogue.owner_of("bloomberg") == "bloomberg"
    assert catalogue.owner_of("nobody") == "nobody"


def test_a_publisher_is_found_by_its_id() -> None:
    catalogue = Catalogue.read(ENTRY)
    assert catalogue.publisher("port").name == "Port"
    with pytest.raises(NotFound, match=r"^nobody: "):
        catalogue.publisher("nobody")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("SG", "XX"), "port: no country XX"),
        (('"en"', '"english"'), "not a tag"),
        (('"en"', '"xx"'), "not a tag"),
        (("Singapore's shipping daily", "good"), "says nothing"),
        (("https://port.example/rss", "http://10.0.0.1/rss"), "not a public address"),
        (("https://port.example/rss", "http://localhost/rss"), "local network"),
        (("tier = 2", "tier = 4"), "publisher.0.tier"),
        (("tier = 2", "rank = 2"), "publisher.0"),
        (('feeds = ["https://port.example/rss"]', "feeds = []"), "publisher.0.feeds"),
        (("[[publisher]]", "[[publisher"), "not TOML"),
        (("tier = 2", 'tier = 2\nfamily = "none-such"'), "no family none-such"),
        (('rss"]', 'rss", "http://www.port.example/rss/"]'), "has a feed twice"),
    ],
)
def test_an_unsound_catalogue_is_refused_with_what_is_wrong(change: tuple[str, str], fault: str) -> None:
    families = '[families]\nport-group = "Port Group"\n' if "family" in change[1] else ""
    with pytest.raises(BadInput, match=fault):
        Catalogue.read(families + ENTRY.replace(*change))


def test_two_publishers_share_neither_id_nor_feed() -> None:
    with pytest.raises(BadInput, match="port: id given twice"):
        Catalogue.read(ENTRY + ENTRY)
    with pytest.raises(BadInput, match="other: port has the feed"):
        Catalogue.read(
            ENTRY + ENTRY.replace('"port"', '"other"').replace("https://port.example/rss", "http://port.example/rss/")
        )


def test_families_are_what_publishers_belong_to_and_nothing_else() -> None:
    family = '[families]\nquay = "Quay"\n'
    member = ENTRY.replace("tier = 2", 'tier = 2\nfamily = "quay"')
    assert Catalogue.read(family + member).owner_of("port") == "quay"
    with pytest.raises(BadInput, match="quay: a family without a publisher"):
        Catalogue.read(family + ENTRY)
    stranger = ENTRY.replace('"port"', '"quay"').replace("port.example", "quay.example")
    with pytest.raises(BadInput, match="quay: is called like a family"):
        Catalogue.read(family + member + stranger)


def test_a_catalogue_without_a_table_of_families_may_still_name_them() -> None:
    assert Catalogue.read(ENTRY.replace("tier = 2", 'tier = 2\nfamily = "quay"')).owner_of("port") == "quay"


def test_the_layer_carries_the_same_catalogue_in_a_form_that_is_read_fast(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["make", "build-NewsroomLayer", f"ARTIFACTS_DIR={tmp_path}"],
        cwd=ROOT / "layers" / "newsroom",
        env=os.environ | {"PATH": path},
        check=True,
        capture_output=True,
        timeout=60,
    )
    whole = Catalogue.read(packaged_text())
    built = tmp_path / "python" / "newsroom" / "publishers"
    monkeypatch.setattr("newsroom.publishers.catalogue.files", lambda _package: built)
    (built / "catalogue.toml").unlink()
    lean = Catalogue.packaged()
    assert (lean.publishers, lean.families) == (whole.publishers, whole.families)
