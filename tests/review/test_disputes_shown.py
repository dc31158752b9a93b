"""Both values side by side, and none of them as plain fact."""

import pytest
from newsroom.articles.article import Article
from newsroom.review.checks import run_checks
from newsroom.review.disputes_shown import disputes_shown
from newsroom.review.verdict import Finding
from newsroom.writing.draft import Claim, Dispute, Draft, Position, Span
from newsroom.writing.excerpt_writer import ExcerptWriter

from tests.fakes.press import an_article, an_assignment, a_draft, a_submission  # isort: skip

FIRST = "Norland's inflation rate rose to 3.1 percent in October, the statistics office said on Monday."
SECOND = "Norland's inflation rate stood at 3.4 percent in October, the statistics office said on Monday."
MORE = (
    " Food and energy rose less than in the month before, while rents rose faster in the capital than elsewhere."
    " The central bank meets on 2 December and will decide whether to keep its rate where it has been since the spring."
    " Unions want higher pay for the coming year, and employers are waiting for the figures of the next month."
)


def sources(first: str = "Prices in Norland go on rising", second: str = "Norland pays more for rent") -> list[Article]:
    return [
        an_article("a-1", "harbour-wire", first, FIRST + MORE),
        an_article("b-1", "meridian-ledger", second, SECOND + MORE.replace("Food", "Food, clothes"), 1),
    ]


def a_claim(claim_id: str, text: str, article: Article, words: str) -> Claim:
    start = article.evidence.index(words)
    span = Span.over(article.id, article.evidence, start, start + len(words))
    return Claim(id=claim_id, kind="fact", text=text, spans=(span,))


def a_synthesis(articles: list[Article], *claims: Claim, disputes: tuple[Dispute, ...] = ()) -> Draft:
    draft = a_draft()
    empty = dict.fromkeys(("tldr", "quick_take", "why_it_matters", "ripples", "watch", "stances", "gaps"), ())
    headline = a_claim("headline", "Prices in Norland keep rising", articles[0], "Prices in Norland go on rising")
    update = {"headline": headline, "standfirst": None, "body": (claims,), "disputes": disputes}
    return draft.model_copy(update={**empty, **update, "sources": tuple(article.id for article in articles)})


def found(draft: Draft, articles: list[Article]) -> list[Finding]:
    return disputes_shown(a_submission(draft, *articles))


def a_dispute(articles: list[Article]) -> Dispute:
    values = ("3.1 percent", "3.4 percent")
    return Dispute(
        subject="inflation",
        positions=tuple(
            Position(
                article_id=article.id,
                value=value,
                claim=a_claim(f"dispute-1-{n}", f"One puts inflation at {value}.", article, value),
            )
            for n, (article, value) in enumerate(zip(articles, values, strict=True), 1)
        ),
    )


@pytest.mark.parametrize(
    ("text", "blocked"),
    [
        ("Inflation rose to 3.1 percent in October.", True),
        ("Inflation rose to 3.1 percent in October, the statistics office said.", True),
        ("Inflation rose to 3.1 percent in October, Harbour Wire reported.", False),
        ("Inflation “rose to 3.1 percent in October”.", False),
        ("Inflation was 3.1 or 3.4 percent in October.", False),
        ("The statistics office published its figures on Monday.", False),
    ],
)
def test_one_side_of_a_disagreement_needs_its_owner_beside_it(text, blocked):
    articles = sources()
    draft = a_synthesis(articles, a_claim("body-1-1", text, articles[0], FIRST), disputes=(a_dispute(articles),))
    assert [(one.severity, one.claim_id) for one in found(draft, articles)] == [("block", "body-1-1")] * blocked


def test_a_synthesis_may_not_be_silent_about_a_disagreement():
    articles = sources()
    silent = a_synthesis(articles, a_claim("body-1-1", "Rents rose faster in the capital.", articles[0], FIRST))
    (finding,) = found(silent, articles)
    assert finding.severity == "block"
    assert "3.1 percent or 3.4 percent" in finding.reason
    assert found(silent.model_copy(update={"writer": "excerpt"}), articles)[0].severity == "warn"
    assert found(silent.model_copy(update={"disputes": (a_dispute(articles),)}), articles) == []


@pytest.mark.parametrize(
    "titles",
    [
        ("Prices in Norland go on rising", "Norland pays more for rent"),
        ("Norland inflation rises to 3.1%", "Norland inflation stands at 3.4%"),
    ],
    ids=("neutral headlines", "every headline takes a side"),
)
def test_a_digest_of_quotations_shows_both_sides_and_takes_none(titles):
    articles = sources(*titles)
    draft = ExcerptWriter().write(an_assignment(*articles))
    (dispute,) = draft.disputes
    assert {position.value for position in dispute.positions} == {"3.1 percent", "3.4 percent"}
    assert {position.claim.spans[0].article_id for position in dispute.positions} == {"a-1", "b-1"}
    assert [one for one in run_checks(a_submission(draft, *articles)) if one.severity == "block"] == []
