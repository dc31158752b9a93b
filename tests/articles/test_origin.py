from datetime import UTC, datetime

import pytest
from newsroom.articles.article import Article
from newsroom.articles.fingerprint import copies
from newsroom.articles.origin import Claim, credits_of, origins
from newsroom.publishers.publisher import Publisher


def a_publisher(one: str, name: str = "", **fields) -> Publisher:
    return Publisher(
        id=one,
        name=name or one.replace("-", " ").title(),
        home=f"https://{one}.example/",
        country="GB",
        tier=3,
        reason="made up for this test",
        feeds=[f"https://{one}.example/feed"],
        **fields,
    )


def an_article(
    one: str = "a1", publisher: str = "the-local", text: str = "Copper rose on Monday.", **fields
) -> Article:
    seen = datetime(2026, 11, 20, 12, tzinfo=UTC)
    return Article(id=one, title="Copper rises", text=text, publisher_id=publisher, fetched_at=seen, **fields)


PUBLISHERS = {
    one.id: one
    for one in (
        a_publisher("harbour-wire", "Harbour Wire", agency=True),
        a_publisher("the-local"),
        a_publisher("the-other", family="local-group"),
        a_publisher("company-lines", press_releases=True),
        a_publisher("reuters", "Reuters", agency=True),
    )
}
CREDITS = credits_of(PUBLISHERS)


def origin(article: Article) -> str:
    return CREDITS.claim(article, PUBLISHERS.get(article.publisher_id)).origin


@pytest.mark.parametrize(
    "article",
    [
        an_article(text="LONDON (Harbour Wire) – Copper rose on Monday."),
        an_article(text="LONDON, Nov 20 (Harbour Wire) - Copper rose on Monday."),
        an_article(text="SANTIAGO/LONDON (HARBOUR WIRE) -- Copper rose."),
        an_article(text="Harbour Wire — Copper rose on Monday."),
        an_article(text="By Harbour Wire\n\nCopper rose on Monday."),
        an_article(text="Copper rose.\n\nSource: Harbour Wire"),
        an_article(text="Copper rose.\n\nWith material from Harbour Wire."),
        an_article(text="Copper rose.\n\n(Harbour Wire)"),
        an_article(text="Copper rose.\n\n(Reporting by the metals desk; editing by Harbour Wire London)"),
        an_article(text="Copper rose.\n\n© 2026 Harbour Wire"),
        an_article(author="Harbour Wire"),
        an_article(author="Metals desk, Harbour Wire"),
        an_article(author="Staff with Harbour Wire"),
        an_article(credit="Harbour Wire"),
        an_article(publisher="harbour-wire"),
    ],
    ids=lambda article: (article.credit or article.author or article.text)[:40],
)
def test_an_agency_is_found_where_it_is_credited(article):
    assert origin(article) == "agency:harbour-wire"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NEW YORK (AP) — Copper rose.", "agency:ap"),
        ("WASHINGTON (Reuters) - Copper rose.", "agency:reuters"),
        ("BERLIN (dpa) - Kupfer steigt.", "agency:dpa"),
        ("PARIS, le 20 novembre (AFP) – Le cuivre monte.", "agency:afp"),
        ("TOKYO, Nov. 20 (Kyodo) - Copper rose.", "agency:kyodo"),
        ("BEIJING, Nov. 20 (Xinhua) -- Copper rose.", "agency:xinhua"),
    ],
)
def test_real_agencies_are_known_by_their_datelines(text, expected):
    assert origin(an_article(text=text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Analysts polled by Reuters had expected less. Copper rose.",
        "The chief executive said in an interview with Bloomberg that copper would rise.",
        "An AP course in economics, and pa rents: no agency here.",
        "Figures from Bloomberg show that copper rose.",
        "Reuters, the agency, was fined. Copper rose.",
    ],
)
def test_an_agency_that_is_only_mentioned_is_no_origin(text):
    assert origin(an_article(text=text)) == "publisher:the-local"


def test_a_family_is_one_origin_and_an_unknown_publisher_its_own():
    assert origin(an_article(publisher="the-other")) == "publisher:local-group"
    assert origin(an_article(publisher="somebody")) == "publisher:somebody"
    assert origin(an_article(publisher="")) == "publisher:a1"


def test_an_agency_of_the_table_keeps_its_id_on_its_own_page():
    assert origin(an_article(publisher="reuters")) == "agency:reuters"


def test_a_feed_that_names_another_publisher_gives_it_the_work():
    assert origin(an_article(credit="The Other")) == "publisher:local-group"
    assert origin(an_article(credit="The Local")) == "publisher:the-local"


@pytest.mark.parametrize(
    "article",
    [
        an_article(kind="press-release"),
        an_article(publisher="company-lines"),
        an_article(text="LONDON, Nov. 20, 2026 (GLOBE NEWSWIRE) -- A company is pleased to announce copper."),
        an_article(text="LONDON, Nov. 20, 2026 /PRNewswire/ -- A company is pleased to announce copper."),
    ],
)
def test_a_press_release_is_its_companys_word(article):
    assert origin(article) == "release:a1"


def test_one_agency_piece_on_twelve_sites_and_one_original_are_two_texts_and_two_origins():
    piece = "Copper rose to a record on Monday after workers at the largest mine walked out over pay. " * 4
    own = (
        "Our reporter spoke to the union's negotiator at the gate, who said that the strike might last for weeks. " * 4
    )
    carried = [
        an_article(f"a{n:02}", f"site-{n}", f"LONDON (Harbour Wire) - {piece}" if n % 2 else piece) for n in range(12)
    ]
    articles = [*carried, an_article("a99", "the-local", own)]
    unique = copies({article.id: article.text for article in articles})
    claims = {article.id: CREDITS.claim(article, PUBLISHERS.get(article.publisher_id)) for article in articles}
    found = origins(claims, unique)
    assert len(articles) == 13
    assert len(set(unique.values())) == 2
    assert set(found.values()) == {"agency:harbour-wire", "publisher:the-local"}


def test_a_credit_that_one_reprint_gives_holds_for_all_of_the_text():
    claims = {"a": Claim("publisher:x", ""), "b": Claim("agency:ap", "", is_credit=True), "c": Claim("publisher:y", "")}
    assert set(origins(claims, {"a": "a", "b": "a", "c": "a"}).values()) == {"agency:ap"}
