"""The article and nothing but the article: where the prose is, what stands beside it, whom we trust when in doubt."""

import gc
import json
import resource
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom.wire import page_text
from newsroom.wire.page import read_page
from newsroom.wire.page_markup import parse_page
from newsroom.wire.page_prose import find_prose
from newsroom.wire.page_reading import read_here
from newsroom.wire.page_visible import without_unseen

from infra.local.wire.sample import SampleSource
from tests.benchmarks.pages import newspaper4k, ours, quality, scrapinghub, shingles, theirs

FLOORS = json.loads((Path(__file__).resolve().parents[1] / "floors.json").read_text())["extraction"]
NOW = datetime(2026, 11, 23, 19, 15, tzinfo=UTC)
URL = "https://www.port.example/oil"
LEAD = "Brent crude fell 3 per cent to 60 dollars a barrel on Monday after four producers agreed to raise output."
MORE = [
    "The decision adds 400,000 barrels a day from January, half of what analysts had expected of the meeting.",
    "Refiners along the coast said that they had already been offered December cargoes at a discount.",
    "Shares of the three largest tanker owners rose between 4 and 6 per cent in the afternoon.",
]
ARTICLE = [LEAD, *MORE]
OTHER = "A different report about the harvest of barley, which has nothing to do with what the page is about."


def paragraphs(body: str, title: str = "Oil falls 3%") -> list[str]:
    tree = parse_page(f"<html><body>{body}</body></html>".encode(), "text/html; charset=utf-8")
    assert tree is not None
    return find_prose(without_unseen(tree), title)


def p(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "beside",
    [
        f"<nav>{p(OTHER)}</nav>",
        f"<aside>{p(OTHER)}</aside>",
        f"<footer>{p(OTHER)}</footer>",
        f"<form>{p(OTHER)}</form>",
        f"<figure><img src=x><figcaption>{OTHER}</figcaption></figure>",
        f"<div class='related-stories'>{p(OTHER)}</div>",
        f"<div id='comments'>{p(OTHER)}</div>",
        f"<div class='c-newsletter-box'>{p(OTHER)}</div>",
        f"<p class='photo-credit'>{OTHER}</p>",
        f"<p><a href=/1>{OTHER}</a></p>",
        f"<ul><li><a href=/1>{OTHER}</a></li><li><a href=/2>{OTHER}</a></li></ul>",
        f"<table><tr><td><a href=/1>{OTHER}</a></td><td><a href=/2>Next</a></td></tr></table>",
        "<p>Advertisement</p>",
        "<h3>Related articles</h3>",
        "<p>Story continues below</p>",
    ],
)
def test_what_stands_beside_an_article_is_left_out_wherever_it_stands(beside: str) -> None:
    assert paragraphs(f"<div>{p(LEAD)}{beside}{p(*MORE)}</div>") == ARTICLE
    assert paragraphs(f"<main><div>{p(*ARTICLE)}</div>{beside}</main>") == ARTICLE


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{p(*ARTICLE)}</article>",
        "<div>" + "<br><br>".join(ARTICLE) + "</div>",
        "".join(f"<div><div>{one}</div></div>" for one in ARTICLE),
        f"<table><tr><td>{p(*ARTICLE)}</td></tr></table>",
        "<blockquote>" + "".join(f"<p><span>{one}</span></p>" for one in ARTICLE) + "</blockquote>",
        f"<article class='post tag-ads category-comment'>{p(*ARTICLE)}</article>",
        f"<div class='row'>{p(LEAD)}</div><img src=x><div class='row wide'>{p(*MORE)}</div>",
        f"<h1>Oil falls 3%</h1><p>By The oil desk</p><p>23 November 2026, 09:25</p>{p(*ARTICLE)}",
        f"<div><p>{OTHER}</p></div><div><h1>Oil falls 3%</h1>{p(*ARTICLE)}</div>",
        f"<form>{p(*ARTICLE)}</form>",
    ],
)
def test_an_article_is_found_however_its_page_is_built(body: str) -> None:
    assert paragraphs(body) == ARTICLE


def test_inline_elements_part_no_words_and_cells_of_a_row_stay_in_a_line() -> None:
    table = "<table><tr><th>Year</th><th>Barrels</th></tr><tr><td>2025</td><td>41.5</td></tr></table>"
    body = p(
        "Brent cr<b>ude</b> fell <a href=/b>3 per cent</a> on Monday after producers agreed to raise output.", *MORE
    )
    found = paragraphs(f"<div>{body}{table}</div>")
    assert found[0] == "Brent crude fell 3 per cent on Monday after producers agreed to raise output."
    assert found[-2:] == ["Year | Barrels", "2025 | 41.5"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "原油相場は月曜日に3%下落した。主要な産油国が増産で合意し、在庫の増加が見込まれるためだ。"),
        ("zh", "国际油价周一下跌百分之三，此前主要产油国同意提高产量，能源部在声明中表示，库存预计增加，市场平静。"),
        ("ar", "انخفض سعر خام برنت بنسبة ثلاثة في المئة يوم الاثنين بعد موافقة المنتجين على زيادة الإنتاج."),
        ("ru", "Нефть марки Брент подешевела на три процента в понедельник после решения увеличить добычу."),
        ("vi", "Giá dầu Brent giảm 3% vào thứ Hai sau khi các nước sản xuất đồng ý tăng sản lượng."),
        ("fr", "Le baril a cédé 3 % lundi après l’accord des producteurs, a déclaré le ministère à Genève."),
    ],
)
def test_articles_are_found_in_every_script(language: str, sentence: str) -> None:
    document = f"<html lang={language}><body><div><a href=/>Home</a></div><div>{p(*[sentence] * 4)}</div></body></html>"
    found = read_page(document.encode(), URL, now=NOW, content_type="text/html; charset=utf-8", dated_by_feed=True)
    assert found.text == "\n\n".join([sentence] * 4)
    assert (found.language, found.thin) == (language, "")


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "iso-8859-1", ""),
        ("utf-8", "", "text/html; charset=iso-8859-1"),
        ("windows-1251", "", "text/html; charset=windows-1251"),
        ("koi8-r", "koi8-r", ""),
        ("utf-8", "no-such-encoding", ""),
        ("utf-16", "utf-8", ""),
    ],
)
def test_text_survives_the_encoding_that_is_declared_wrongly(encoding: str, declared: str, header: str) -> None:
    sentence = "Нефть марки Брент подешевела на три процента в понедельник после решения стран увеличить добычу."
    head = f"<meta charset={declared}>" if declared else ""
    document = f"<html><head>{head}</head><body>{p(*[sentence] * 4)}</body></html>".encode(encoding)
    assert sentence in read_page(document, URL, now=NOW, content_type=header, dated_by_feed=True).text


def test_every_design_of_the_sample_wire_gives_its_article_and_nothing_else() -> None:
    """Layout tables, stacks of anonymous boxes, microdata, linked data; walls and hidden words apart."""
    source = SampleSource()
    for outlet in source.outlets(NOW):
        for item in outlet.items:
            found = read_page(item.page(NOW), item.address, now=NOW, dated_by_feed=True)
            written = parse_page(f"<body>{item.body_html(NOW)}</body>".encode(), "text/html; charset=utf-8")
            assert written is not None
            told = [" ".join("".join(one.itertext()).split()) for one in without_unseen(written).iter("p")]
            if not found.thin:
                assert found.text.split("\n\n") == told, (source.presentations[outlet.publisher.id].design, item.title)


def test_a_text_of_nothing_but_links_is_left_to_the_second_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    linked = p(
        *(
            f"The <a href=/{at}>bank said</a> on <a href=/m>Monday</a> {at} jobs <a href=/g>would go</a>."
            for at in range(12)
        )
    )
    tree = parse_page(f"<html><body><div>{linked}</div></body></html>".encode(), "")
    assert tree is not None
    prose = "\n".join(ARTICLE * 2)
    monkeypatch.setattr(page_text, "_by_trafilatura", lambda _tree, _url: prose.split("\n"))
    assert page_text.article_text(tree, URL, "") == "\n\n".join(ARTICLE * 2)
    monkeypatch.setattr(page_text, "_by_trafilatura", lambda _tree, _url: ["Home", "Markets", "Oil"] * 200)
    assert "Markets" not in page_text.article_text(tree, URL, "")


def test_a_page_that_nobody_made_by_hand_is_not_given_to_the_second_reader() -> None:
    wide = parse_page(b"<html><body>" + b"<b>x</b>" * 6_000, "")
    deep = parse_page(b"<html><body>" + b"<div>" * 200, "")
    usual = parse_page(b"<html><body>" + b"<div>" * 50 + b"<b>x</b>" * 2_500, "")
    assert wide is not None
    assert deep is not None
    assert usual is not None
    assert [page_text.for_trafilatura(one) for one in (wide, deep, usual)] == [False, False, True]


def test_recorded_pages_are_read_as_people_read_them(shared_data: Path) -> None:
    pages = scrapinghub(shared_data / "pages")
    assert len(pages) > 80
    assert quality((page.truth, ours(page)) for page in pages)["f1"] >= FLOORS["scrapinghub_f1"]


def test_recorded_pages_in_nine_languages_are_read_too(shared_data: Path) -> None:
    pages = newspaper4k(shared_data / "pages")
    assert len(pages) > 20
    assert quality(((page.truth, ours(page)) for page in pages), spaced=False)["f1"] >= FLOORS["newspaper4k_f1"]


def test_two_independent_readers_mostly_find_the_same_text(shared_data: Path) -> None:
    pages = scrapinghub(shared_data / "pages")[:30]
    assert quality((theirs(page), ours(page)) for page in pages)["recall"] >= 0.94


def test_the_measure_is_the_benchmarks() -> None:
    assert shingles("a b, c! d e") == {("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1}
    assert shingles("a b") == {("a", "b"): 1}
    assert shingles("") == {}
    same = "a b c d e f"
    assert quality([(same, same), (same, "")]) == {"precision": 1.0, "recall": 0.5, "f1": 0.6667}


@pytest.fixture
def recorded(shared_data: Path) -> Iterator[list[tuple[str, bytes]]]:
    yield [(page.url, page.body) for page in scrapinghub(shared_data / "pages")]
    gc.collect()


def test_what_was_read_before_changes_nothing(recorded: list[tuple[str, bytes]]) -> None:
    read = lambda url, body: read_here(body, url, now=NOW, content_type="", dated_by_feed=False)  # noqa: E731
    first = {url: read(url, body) for url, body in recorded[:30]}
    assert {url: read(url, body) for url, body in reversed(recorded[:30])} == first


@pytest.mark.soak
def test_reading_thousands_of_pages_keeps_no_memory(recorded: list[tuple[str, bytes]]) -> None:
    """Less than 20 MB more after 2,000 pages than after the first 174."""

    def resident() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024

    for _round in range(2):
        for url, body in recorded:
            read_here(body, url, now=NOW, content_type="", dated_by_feed=False)
    warm = resident()
    for at in range(2_000):
        url, body = recorded[at % len(recorded)]
        read_here(body, url, now=NOW, content_type="", dated_by_feed=False)
    assert resident() - warm < 20 << 20
