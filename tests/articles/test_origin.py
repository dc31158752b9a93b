from datetime import UTC, datetime

import pytest
from newsroom.articles.article import Article
from newsroom.articles.credits import credits_of
from newsroom.articles.fingerprint import copies
from newsroom.articles.origin import OWN, SAME_TEXT, Claim, origins, settle
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
        "According to Reuters data, copper rose.",
        "The mine told the Ministry of Labour that it would close, as the Bank of England reported last year.",
        "The Courier Journal reported that copper rose.",
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


@pytest.mark.parametrize(
    "article",
    [
        an_article(text="The miner will close two pits, the Financial Times reported on Friday, citing two people."),
        an_article(text="The miner will close two pits, according to the FT."),
        an_article(text="The chief executive told the Financial Times that the miner would close two pits."),
        an_article(text="The chief executive said in an interview with the Financial Times that pits would close."),
        an_article(text="A sale is near, as first reported by the Financial Times."),
        an_article(text="On Friday Reuters and the Financial Times reported that a sale is near."),
        an_article(text="Der Konzern will laut Financial Times zwei Gruben schließen."),
        an_article(text="Le groupe va fermer deux mines, selon le Financial Times."),
    ],
    ids=lambda article: article.text[:40],
)
def test_who_retells_a_report_has_its_origin(article):
    claim = CREDITS.claim(article, PUBLISHERS["the-local"])
    assert claim.origin in ("publisher:financial-times", "agency:reuters")
    assert claim.own == "publisher:the-local"
    assert article.evidence[claim.at :].startswith(claim.words[:20])


@pytest.mark.parametrize(
    "title", ["Miner to close two pits - FT", "Miner to close two pits, FT reports", "Miner to close two pits: FT"]
)
def test_a_headline_may_say_whose_report_it_is(title):
    article = an_article().model_copy(update={"title": title})
    assert origin(article) == "publisher:financial-times"


def test_a_paper_that_names_itself_tells_its_own_story():
    publisher = a_publisher("financial-times", "Financial Times")
    article = an_article(publisher=publisher.id, text="The chief executive told the Financial Times that he would go.")
    assert credits_of({publisher.id: publisher}).claim(article, publisher).reason == OWN


def test_two_papers_that_cite_each_other_are_the_one_that_was_first():
    claims = {
        "a": Claim("publisher:y", "", is_credit=True, own="publisher:x"),
        "b": Claim("publisher:x", "", is_credit=True, own="publisher:y"),
        "c": Claim("publisher:z", ""),
    }
    assert origins(claims, {}) == {"a": "publisher:x", "b": "publisher:x", "c": "publisher:z"}


def test_a_chain_of_citations_ends_at_whoever_cites_nobody():
    claims = {
        "a": Claim("publisher:y", "", is_credit=True, own="publisher:x"),
        "b": Claim("publisher:z", "", is_credit=True, own="publisher:y"),
        "c": Claim("publisher:z", ""),
    }
    assert set(origins(claims, {}).values()) == {"publisher:z"}


def test_a_paper_with_a_report_of_its_own_stands_for_that_one():
    claims = {
        "a": Claim("publisher:y", "", is_credit=True, own="publisher:x"),
        "b": Claim("publisher:x", ""),
        "c": Claim("publisher:x", "", is_credit=True, own="publisher:z"),
    }
    assert origins(claims, {}) == {"a": "publisher:y", "b": "publisher:x", "c": "publisher:x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ROMA (ANSA) - Il rame sale.", "agency:ansa"),
        ("Berlin (dpa/lnw) - Kupfer steigt.", "agency:dpa"),
        ("Madrid, 20 nov (EFE).- El cobre sube.", "agency:efe"),
        ("［東京 20日 ロイター］ - 銅が上昇した。", "agency:reuters"),
        ("【ロンドン時事】銅が上昇した。", "agency:jiji"),
        ("新华社北京11月20日电 铜价上涨。", "agency:xinhua"),
        ("(서울=연합뉴스) 구리 가격이 올랐다.", "agency:yonhap"),
        ("МОСКВА, 20 ноября (Интерфакс) - Медь дорожает.", "agency:interfax"),
        ("لندن (رويترز) - ارتفع النحاس.", "agency:reuters"),
        ("Kupfer steigt.\n\nQuelle: dpa", "agency:dpa"),
        ("O cobre subiu.\n\nCom informações da Reuters", "agency:reuters"),
        ("El cobre sube.\n\nCon información de EFE", "agency:efe"),
        ("Le cuivre monte.\n\n(avec AFP)", "agency:afp"),
        ("Koper stijgt.\n\nBron: ANP", "agency:anp"),
        ("Koppar stiger.\n\nKälla: TT News Agency", "agency:tt"),
        ("铜价上涨。\n\n来源：新华社", "agency:xinhua"),
        ("(Agencies) - Copper rose.", "agency:unnamed"),
        ("Copper rose.\n\n(With inputs from PTI)", "agency:pti"),
    ],
)
def test_agencies_are_credited_in_many_languages(text, expected):
    claim = CREDITS.claim(an_article(text=text), PUBLISHERS["the-local"])
    assert claim.origin == expected
    assert an_article(text=text).evidence[claim.at :].startswith(claim.words[:4])


def test_an_outlet_that_nobody_knows_is_its_own_origin_where_a_feed_names_it():
    assert origin(an_article(credit="Mining Gazette")) == "named:mining-gazette"
    assert origin(an_article(credit="The Local News")) == "publisher:the-local"
    assert origin(an_article(credit="https://the-local.example/feed")) == "publisher:the-local"


def test_an_agency_is_known_by_its_name_even_where_the_catalogue_does_not_say_so():
    publisher = a_publisher("bloomberg", "Bloomberg")
    assert credits_of({}).claim(an_article(), publisher).origin == "agency:bloomberg"


def test_a_decision_keeps_the_words_that_it_rests_on_through_the_index():
    claim = CREDITS.claim(an_article(text="LONDON (Harbour Wire) – Copper rose."), PUBLISHERS["the-local"])
    assert claim.because == "dateline: “LONDON (Harbour Wire)”"
    assert Claim.read(claim.written) == claim
    own = CREDITS.claim(an_article(), PUBLISHERS["the-local"])
    assert Claim.read(own.written) == own
    assert own.written == own.origin == "publisher:the-local"
    settled = settle({"a": own, "b": claim}, {"a": "a", "b": "a"})
    assert settled["b"].because == claim.because
    assert settled["a"].because == f"{SAME_TEXT}; {claim.because}"
