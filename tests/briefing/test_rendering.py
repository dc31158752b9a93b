"""One issue in every dress."""

import dataclasses
import gzip
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import html5lib
import pytest
from jinja2 import meta, nodes
from newsroom.briefing import rendering
from newsroom.briefing.engine import PACKAGE, page_engine
from newsroom.briefing.issue import Citation, CorrectionLine, Issue, Item, Line
from newsroom.briefing.letters import Content
from newsroom.markets.quotes import Quote
from newsroom.readers import feedback_page, letters, notices

from tests.fakes.mornings import HOUSE, SIX

QUOTED = re.compile(r"Quoted: (s[0-9a-f]{16}) version (\d+)\s+\(([^)]+)\)")


def an_item(number: int = 1, **changes: Any) -> Item:
    given = {
        "story_id": f"s{number:016x}", "version": number, "slug": f"story-{number}",
        "headline": Line(text=f"Headline number {number}", claim_ids=("headline",)),
        "fact": Line(text=f"Fact number {number} is this.", claim_ids=(f"tldr-{number}",)),
        "why": Line(text="It moves prices.", claim_ids=("why-1",), kind="inference"),
        "score": 70, "band": "Solid", "writer": "excerpt", "articles": 3, "origins": 2,
        "families": ("harbour-wire",), "importance": 50.0,
        "sources": (Citation(publisher="Harbour Wire", url="https://harbour-wire.example/a", tier=1),),
    }  # fmt: skip
    return Item.model_validate(given | changes)


def an_issue(**changes: Any) -> Issue:
    given = {
        "issue_id": "2026-11-24", "composed_at": SIX, "edition": "weekday",
        "market_note": "New York’s stock exchanges open at 9:30 a.m. today.", "subject": "Headline number 1",
        "items": tuple(an_item(number) for number in (1, 2, 3)),
    }  # fmt: skip
    return Issue.model_validate(given | changes)


def mailed(issue: Issue, **changes: Any) -> Content:
    given: dict[str, Any] = {"corrections": (), "leave_url": "https://news.example/leave", "postal_address": "1 Street"}
    return rendering.issue_mail(issue, HOUSE, **(given | changes))


def bodies(issue: Issue) -> dict[str, str]:
    """Every rendering by name, as text."""
    files = [*rendering.issue_files(issue, HOUSE), *rendering.list_files([issue], HOUSE)]
    return {file.path: file.body.decode() for file in files} | {
        "html": mailed(issue).html,
        "text": mailed(issue).text,
    }


def quoted_in_html(html: str) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if "data-story" in element.attrib:
            at = element.attrib
            yield at["data-story"], int(at["data-version"]), tuple(at["data-claims"].split())


@pytest.mark.parametrize("size", [0, 1, 7])
def test_every_rendering_tells_the_same_stories_versions_and_claims(size: int) -> None:
    items = [an_item(number, update=number % 2 == 0, earlier_issue="2026-11-23") for number in range(1, size + 1)]
    if size == 7:
        items[3] = an_item(4, fact=None, why=None)
    issue = an_issue(items=tuple(items))
    every = bodies(issue)
    feed = json.loads(every["/briefing/feed.json"])["items"][0]
    rss = html5lib.parse(every["/briefing/feed.xml"], namespaceHTMLElements=False)
    description = [element.text or "" for element in rss.iter() if element.tag.endswith("description")][-1]

    text = QUOTED.findall(every["text"])
    assert {(story, int(version), tuple(claims.split())) for story, version, claims in text} == issue.quoted
    for html in (every["html"], every["/briefing/2026-11-24/"], feed["content_html"], description):
        assert frozenset(quoted_in_html(html)) == issue.quoted
    for document in (json.loads(every["/briefing/2026-11-24/issue.json"]), feed["_issue"]):
        assert document.pop("schema") == "issue/1"
        assert Issue.model_validate(document).quoted == issue.quoted


def test_the_words_are_the_same_in_both_parts() -> None:
    issue = an_issue()
    html = " ".join("".join(html5lib.parse(mailed(issue).html, namespaceHTMLElements=False).itertext()).split())
    text = " ".join(mailed(issue).text.split())

    for item in issue.items:
        for line in (item.headline, item.fact, item.why):
            assert line
            assert line.text in html
            assert line.text in text


def a_price(**changes: Any) -> Quote:
    given = {
        "instrument": "s-and-p-500", "name": "S&P 500", "symbol": "SPX", "venue": "XNYS", "currency": "points",
        "price": 6012.34, "previous_close": 5987.1, "as_of": SIX - timedelta(hours=14), "delay_minutes": 0,
        "source": "Harbour Prices",
    }  # fmt: skip
    return Quote.model_validate(given | changes)


def test_the_market_snapshot_is_the_same_in_every_dress_and_absent_without_prices() -> None:
    issue = an_issue(market=(a_price(), a_price(name="Gold", currency="USD", previous_close=None, price=4100.5)))
    every = bodies(issue)
    feed = json.loads(every["/briefing/feed.json"])["items"][0]["content_html"]
    shown = [every["html"], every["text"], every["/briefing/2026-11-24/"], feed]

    for rendered in shown:
        text = " ".join(re.sub(r"<[^>]+>", " ", rendered).replace("&amp;", "&").split())
        if rendered is every["html"]:
            # A table of two columns: what it is, where and when on the left, the figures on the right.
            assert re.search(r"S&P 500 [^+]+ EST 6,012\.34 points \+0\.42 %", text)
            assert re.search(r"Gold [^+]+ EST 4,100\.50 USD", text)
        else:
            assert re.search(r"S&P 500 6,012\.34 points\s?, \+0\.42 %", text)
            assert "Gold 4,100.50 USD" in text
        mail = rendered in (every["html"], every["text"])
        assert ("23 Nov 2026, 16:00 EST" if mail else "23 Nov 2026, 21:00 UTC") in text
        assert "Harbour Prices" in text
    assert [one["price"] for one in json.loads(every["/briefing/2026-11-24/issue.json"])["market"]] == [6012.34, 4100.5]
    for rendered in bodies(an_issue()).values():
        assert "Markets</h2>" not in rendered
        assert "MARKETS" not in rendered


def test_the_page_and_its_feeds_live_where_they_are_linked() -> None:
    paths = [file.key for file in (*rendering.issue_files(an_issue(), HOUSE), *rendering.list_files([], HOUSE))]

    assert paths == [
        "briefing/2026-11-24/index.html", "briefing/2026-11-24/issue.json", "briefing/feed.xml",
        "briefing/feed.json", "briefing/issues/index.html",
    ]  # fmt: skip


def test_a_correction_is_shown_to_those_it_is_given_for() -> None:
    line = CorrectionLine(
        id="COR-1", slug="story-9", headline="The plant closes", kind="correction", was="in May",
        now_reads="in March", issue_ids=("2026-11-23",),
    )  # fmt: skip
    issue = an_issue(corrections=(line,))

    for part in (mailed(issue, corrections=(line,)).html, mailed(issue, corrections=(line,)).text):
        assert "in May" in part
        assert "in March" in part
    assert "in May" not in mailed(issue).html
    assert "in May" in bodies(issue)["/briefing/2026-11-24/"]


@pytest.mark.parametrize(
    ("writers", "words"),
    [
        (("excerpt",), "no model wrote them"),
        (("claude",), "AI-synthesised: written by a model"),
        (("claude", "excerpt"), "Partly AI-synthesised"),
        ((), "no model wrote it"),
    ],
)
def test_the_first_words_say_how_it_was_made(writers: tuple[str, ...], words: str) -> None:
    issue = an_issue(items=tuple(an_item(n, writer=writer) for n, writer in enumerate(writers, 1)))

    assert words in " ".join(mailed(issue).text.split())[:300]
    assert words in mailed(issue).html[: mailed(issue).html.index("<h1")]


@pytest.mark.parametrize("one_in", [6, pytest.param(1, marks=pytest.mark.soak)])
def test_nothing_a_source_says_becomes_markup(one_in: int, shared_data: Path) -> None:
    texts = json.loads(gzip.decompress((shared_data / "attacks" / "xss_payloads.json.gz").read_bytes()))
    texts = [one if isinstance(one, str) else one["payload"] for one in texts]
    assert len(texts) > 3000
    texts = texts[::one_in]
    schemes = ("", "javascript:")
    for at in range(0, len(texts), 150):
        chosen = texts[at : at + 150]
        items = tuple(
            an_item(
                number,
                headline=Line(text=text, claim_ids=("headline",)),
                fact=Line(text=text, claim_ids=("tldr-1",)),
                why=Line(text=text, claim_ids=("why-1",)),
                sources=tuple(Citation(publisher=text, url=f"{scheme}{text}", tier=1) for scheme in schemes),
                band=text,
            )
            for number, text in enumerate(chosen, 1)
        )  # fmt: skip
        issue = an_issue(items=items, subject=texts[at])
        every = bodies(issue)
        for html in (every["html"], every["/briefing/2026-11-24/"], every["/briefing/issues/"]):
            assert not list(_active(html))


def _active(html: str) -> Iterator[str]:
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in ("script", "iframe", "object", "embed", "svg", "math", "img", "form", "base"):
            yield element.tag
        for name, value in element.attrib.items():
            if name.startswith("on"):
                yield f"{element.tag} {name}"
            if name in ("href", "src", "action") and not value.startswith(("https://", "/", "#", "mailto:desk@")):
                yield f"{element.tag} {name}={value}"


PAGES = {
    "issue.html.j2": rendering.IssuePage,
    "issue_fragment.html.j2": rendering.IssuePage,
    "mail.html.j2": rendering.IssueMail,
    "mail.txt.j2": rendering.IssueMail,
    "issues.html.j2": rendering.IssuesPage,
    "briefing_feed.xml.j2": rendering.FeedPage,
    "letter.html.j2": letters.LetterPage,
    "letter.txt.j2": letters.LetterPage,
    "notice.html.j2": notices.NoticePage,
    "question.html.j2": notices.QuestionPage,
    "preferences.html.j2": notices.PreferencesPage,
    "own_data.html.j2": notices.OwnDataPage,
    "feedback.html.j2": feedback_page.FeedbackPage,
    "report.html.j2": notices.ReportPage,
}


def _asked_for(name: str) -> set[str]:
    """Undeclared variables of a template and of the one that it extends."""
    engine = page_engine()
    assert engine.loader
    tree = engine.parse(engine.loader.get_source(engine, name)[0])
    parents = [parent for parent in meta.find_referenced_templates(tree) if parent and "frame" in parent]
    macros = {macro.name for macro in tree.find_all(nodes.Macro)}
    found = meta.find_undeclared_variables(tree) - set(engine.globals) - macros
    return found.union(*(_asked_for(parent) for parent in parents))


@pytest.mark.parametrize("name", PAGES)
def test_a_template_asks_for_what_its_page_has(name: str) -> None:
    have = {field.name for field in dataclasses.fields(PAGES[name])}

    assert _asked_for(name) <= have


@pytest.mark.parametrize(
    "page", sorted(set(PAGES.values()), key=lambda page: page.__name__), ids=lambda page: page.__name__
)
def test_a_page_has_nothing_that_no_template_asks_for(page: type) -> None:
    asked = set[str]().union(*(_asked_for(name) for name, of in PAGES.items() if of is page))

    assert {field.name for field in dataclasses.fields(page)} <= asked


def test_every_template_is_known_here() -> None:
    folders = [PACKAGE / "briefing" / "pages", PACKAGE / "readers" / "pages"]
    files = {file.name for folder in folders for file in folder.glob("*.j2")}

    assert files - {"items.html.j2", "mail_frame.html.j2"} == set(PAGES)
