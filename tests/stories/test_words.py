import pytest
from newsroom.stories.background import background
from newsroom.stories.words import countries, figure, lexicon, words


def stems(text: str) -> list[str]:
    return [word.stem for word in words(text)]


def test_words_of_one_meaning_become_one():
    assert stems("Shares plunged") == stems("stock tumbles")
    assert stems("Mine workers' strikes") == stems("mine employees on strike")


def test_country_names_adjectives_and_banks_become_tokens():
    assert stems("Chinese and South Korean firms, the ECB and the U.S. Federal Reserve") == [
        "@cn",
        "@kr",
        "company",
        "@eub",
        "@us",
        "@usb",
    ]


def test_us_is_a_country_only_in_capitals_and_not_before_a_dollar_sign():
    assert "@us" not in stems("It tells us nothing about US$38 million")
    assert "@us" in stems("US tells them")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("1,250", "#1250"),
        ("1.250.000", "#1250000"),
        ("3,1 %", "#3.1%"),
        ("3.10%", "#3.1%"),
        ("2.4bn", "#2.4bn"),
        ("178,6", "#178.6"),
        ("2026", "#2026"),
        ("0", "#0"),
    ],
)
def test_a_figure_has_one_spelling_in_every_country(raw, expected):
    assert figure(raw) == expected


def test_accents_and_scripts_are_read():
    assert stems("Pálido") == stems("Palido")
    assert stems("東京市場") == ["東京", "京市", "市場"]


@pytest.mark.parametrize("text", ["", "   ", "…!?", "\x00\x01", "🙂🙂", "a" * 10_000, "'" * 500])
def test_what_is_no_text_has_no_words_or_few(text):
    assert len(words(text)) <= 1


def test_the_tables_are_sound():
    same = lexicon().same
    assert all(len(code) == 2 and code.islower() and country["name"] for code, country in countries().items())
    assert not {word for word in same if word in lexicon().stop}
    assert background().documents > 10_000
    assert background().weight("nosuchword") == background().most > background().weight("market") > 0
    assert background().is_name("volkswagen") is not background().is_name("growth")
