import pytest
from newsroom.errors import BadInput, NotFound
from newsroom.publishers.catalogue import Catalogue

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
    assert list(catalogue.faults()) == []
    assert len(catalogue.publishers) >= 120
    assert sum(len(publisher.feeds) for publisher in catalogue.publishers) >= 150
    assert len({publisher.country for publisher in catalogue.publishers}) >= 25
    assert {publisher.tier for publisher in catalogue.publishers} == {1, 2, 3}
    order = [(publisher.tier, publisher.id) for publisher in catalogue.publishers]
    assert order == sorted(order)


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
        (("Singapore's shipping daily", "good"), "says nothing"),
        (("https://port.example/rss", "http://10.0.0.1/rss"), "not a public address"),
        (("https://port.example/rss", "http://localhost/rss"), "local network"),
        (("tier = 2", "tier = 4"), "publisher.0.tier"),
        (("tier = 2", "rank = 2"), "publisher.0"),
        (('feeds = ["https://port.example/rss"]', "feeds = []"), "publisher.0.feeds"),
        (("[[publisher]]", "[[publisher"), "not TOML"),
        (("tier = 2", 'tier = 2\nfamily = "none-such"'), "no family none-such"),
        (('rss"]', 'rss", "http://www.port.example/rss/"]'), "a feed given twice"),
    ],
)
def test_the_linter_names_what_is_wrong(change: tuple[str, str], fault: str) -> None:
    families = '[families]\nother = "Other"\n' if "family" in change[1] else ""
    with pytest.raises(BadInput, match=fault):
        Catalogue.read(families + ENTRY.replace(*change))


def test_two_publishers_share_neither_id_nor_feed() -> None:
    with pytest.raises(BadInput, match="port: id given twice"):
        Catalogue.read(ENTRY + ENTRY)
    with pytest.raises(BadInput, match="other: port has the feed"):
        Catalogue.read(
            ENTRY + ENTRY.replace('"port"', '"other"').replace("https://port.example/rss", "http://port.example/rss/")
        )


def test_a_family_of_one_is_none() -> None:
    with pytest.raises(BadInput, match="fewer than two"):
        Catalogue.read('[families]\nquay = "Quay"\n' + ENTRY.replace("tier = 2", 'tier = 2\nfamily = "quay"'))
