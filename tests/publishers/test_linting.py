import pytest
from newsroom.publishers.catalogue import packaged_text
from newsroom.publishers.ids import derivable, publisher_id
from newsroom.publishers.linting import KINDS, lint

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
QUAY = ENTRY.replace("port", "quay").replace("Port", "Quay").replace("Singapore's shipping", "Bunkers and crews,")
MOLE = ENTRY.replace("port", "mole").replace("Port", "Mole").replace("Singapore's shipping", "Tugs, pilots and a")
FAMILY = '[families]\nharbour = "Harbour"\n'

BROKEN = [
    ("not-toml", "", ENTRY.replace("[[publisher]]", "[[publisher")),
    ("invalid-entry", "port", ENTRY.replace("tier = 2", "tier = 4")),
    ("invalid-entry", "port", ENTRY.replace("tier = 2\n", "")),
    ("invalid-entry", "port", ENTRY.replace("tier = 2", "tier = 2\nrank = 1")),
    ("invalid-entry", "", "[other]\nrank = 1\n" + ENTRY),
    ("invalid-entry", "", "publisher = []"),
    ("invalid-entry", "families", "families = 3\n" + ENTRY),
    ("duplicate-id", "port", ENTRY + QUAY.replace('"quay"', '"port"').replace('"Quay"', '"Port"')),
    ("duplicate-feed", "quay", ENTRY + QUAY.replace("https://quay.example/rss", "https://port.example/rss")),
    ("duplicate-feed", "quay", ENTRY + QUAY.replace("https://quay.example/rss", "https://www.port.example/rss/")),
    ("duplicate-feed", "quay", ENTRY + QUAY.replace("https://quay.example/rss", "http://PORT.example/rss")),
    ("duplicate-feed", "port", ENTRY.replace('rss"]', 'rss", "https://port.example/rss/"]')),
    (
        "duplicate-home",
        "quay",
        ENTRY + QUAY.replace('quay.example/"', 'www.port.example"').replace("quay.e", "b.port.e"),
    ),
    ("unknown-country", "port", ENTRY.replace("SG", "UK")),
    ("unknown-country", "port", ENTRY.replace("SG", "Singapore")),
    ("unknown-country", "port", ENTRY.replace("SG", "")),
    ("unknown-language", "port", ENTRY.replace('"en"', '"EN"')),
    ("unknown-language", "port", ENTRY.replace('"en"', '"qq"')),
    ("unknown-language", "port", ENTRY.replace('"en"', '"en-UK"')),
    ("unknown-family", "port", FAMILY + ENTRY.replace("tier = 2", 'tier = 2\nfamily = "docks"')),
    ("unused-family", "harbour", FAMILY + ENTRY),
    ("foreign-family", "harbour", FAMILY + ENTRY.replace("port", "harbour")),
    ("refused-address", "port", ENTRY.replace("https://port.example/rss", "https://192.168.0.1/rss")),
    ("refused-address", "port", ENTRY.replace("https://port.example/rss", "https://port.example:8443/rss")),
    ("refused-address", "port", ENTRY.replace("https://port.example/rss", "https://desk@port.example/rss")),
    ("refused-address", "port", ENTRY.replace('https://port.example/"', 'https://portexample"')),
    ("refused-address", "port", ENTRY.replace("https://port.example/rss", "ftp://port.example/rss")),
    ("refused-address", "port", ENTRY.replace("https://port.example/rss", "port.example/rss")),
    ("unreachable-host", "port", ENTRY.replace("port.example", "port.internal")),
    ("unreachable-host", "port", ENTRY.replace("port.example", "port.con")),
    ("unreachable-host", "port", ENTRY.replace("port.example", "port.onion")),
    ("plain-http", "port", ENTRY.replace("https://port.example/rss", "http://port.example/rss")),
    ("other-site", "port", ENTRY.replace("https://port.example/rss", "https://feeds.elsewhere.example/port")),
    ("empty-reason", "port", ENTRY.replace("Singapore's shipping daily", "good paper")),
    ("copied-reason", "quay", ENTRY + QUAY.replace("Bunkers and crews, daily", "singapore's  Shipping daily")),
    ("empty-reason", "port", ENTRY.replace('reason = "Singapore\'s shipping daily"', "")),
    ("empty-reason", "port", ENTRY.replace("Singapore's shipping daily", "")),
    (
        "copied-reason",
        "mole",
        "".join(
            entry.replace(entry.partition("reason = ")[2].partition("\n")[0], f'"{place}\'s shipping daily"')
            for entry, place in ((MOLE, "Malta"), (ENTRY, "Singapore"), (QUAY, "Denmark"))
        ),
    ),
    ("underived-id", "x9", ENTRY.replace('"port"', '"x9"')),
    ("unsorted", "port", QUAY + ENTRY),
    ("unsorted", "quay", ENTRY + QUAY.replace("tier = 2", "tier = 1")),
]


def kinds(text: str) -> set[tuple[str, str]]:
    return {(placed.finding.kind, placed.finding.about) for placed in lint(text)}


def test_the_packaged_catalogue_has_nothing_to_find() -> None:
    assert [f"line {placed.line}: {placed.finding}" for placed in lint(packaged_text())] == []


def test_a_sound_and_tidy_catalogue_has_nothing_to_find() -> None:
    assert lint(ENTRY + QUAY) == []
    assert lint(FAMILY + MOLE.replace("tier = 2", 'tier = 2\nfamily = "harbour"') + ENTRY + QUAY) == []


@pytest.mark.parametrize(
    ("kind", "about", "text"), BROKEN, ids=[f"{kind}-{n}" for n, (kind, _, _) in enumerate(BROKEN)]
)
def test_each_fault_is_found_and_nothing_else(kind: str, about: str, text: str) -> None:
    found = kinds(text)
    assert (kind, about) in found
    assert {one for one, _ in found} <= {kind, *CONSEQUENCES.get(kind, ())}


CONSEQUENCES = {
    "duplicate-feed": ("other-site", "plain-http"),
    "foreign-family": ("unused-family",),
    "refused-address": ("other-site", "unreachable-host"),
    "unknown-family": ("unused-family",),
}
"""What a fault brings with it: another's feed is on another's site."""


def test_every_kind_of_finding_has_a_broken_catalogue() -> None:
    assert {kind for kind, _, _ in BROKEN} == set(KINDS)


def test_a_finding_says_on_which_line_its_entry_begins() -> None:
    text = "# heading\n" + ENTRY + QUAY.replace("SG", "XX")
    (found,) = lint(text)
    assert text.splitlines()[found.line - 1] == 'id = "quay"'
    (broken,) = lint(ENTRY + "tier = \n")
    assert broken.line == ENTRY.count("\n") + 1


def test_every_fault_of_every_entry_is_named_in_one_run() -> None:
    text = ENTRY.replace("SG", "XX") + QUAY.replace("tier = 2", 'tier = 9\nhue = "red"') + MOLE.replace('"en"', '"--"')
    found = kinds(text)
    assert found >= {("unknown-country", "port"), ("invalid-entry", "quay"), ("unknown-language", "mole")}
    assert sum(placed.finding.about == "quay" for placed in lint(text)) == 2


@pytest.mark.parametrize("text", ["", "publisher = 3", "families = []", "[[publisher]]", '[[publisher]]\nid = ["a"]'])
def test_any_text_gets_findings_rather_than_an_error(text: str) -> None:
    assert {placed.finding.kind for placed in lint(text)} <= {"invalid-entry", "empty-reason"}
    assert lint(text)


@pytest.mark.parametrize(
    ("name", "home", "given"),
    [
        ("European Central Bank", "https://www.ecb.europa.eu/", "ecb"),
        ("Børsen", "https://borsen.dk/", "borsen"),
        ("Capital", "https://www.capital.bg/", "capital-bg"),
        ("Harbour Post, Business", "https://harbourpost.example/", "harbour-post-business"),
        ("Dziennik Łódzki", "https://dl.example/", "dziennik-lodzki"),
    ],
)
def test_an_id_comes_from_the_name_or_the_address(name: str, home: str, given: str) -> None:
    assert derivable(given, name, home)
    assert not derivable("qx-7", name, home)


def test_a_new_id_is_the_name_in_plain_letters_and_differs_from_those_taken() -> None:
    assert publisher_id("L'Écho de l'Est, Économie") == "lecho-de-lest-economie"
    assert publisher_id("Capital", {"capital"}, "BG") == "capital-bg"
    assert publisher_id("Capital", {"capital", "capital-bg"}, "BG") == "capital-bg-2"
    assert publisher_id("日本") == "publisher"
    assert len(publisher_id("word " * 50)) <= 60
