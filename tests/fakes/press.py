"""One event told by three newsrooms, and a hand-written draft of it that every check passes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from newsroom.articles.article import Article
from newsroom.publishers.publisher import Publisher
from newsroom.review.submission import Submission
from newsroom.stories.story import Membership, Story, story_id
from newsroom.writing.assignment import Assignment
from newsroom.writing.draft import Claim, Draft, Ripple, Span, Watch

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

WIRE = (
    "OSLO, 23 November (Harbour Wire) – Fjordkraft Metals will close two of its five smelting lines at Ålvik by "
    "the end of January and cut 310 jobs, the aluminium producer said on Monday.\n\n"
    "Output will fall by 18 percent to 164,000 tonnes a year. The company takes a charge of 1.2 billion crowns in "
    "the fourth quarter because the lines were built for power prices that no longer exist.\n\n"
    "“We cannot run lines that lose money on every tonne,” the chief executive said. Shares in Fjordkraft fell "
    "6.4 percent in Oslo.\n\n"
    "The unions will meet the company on 2 December, and the energy ministry is expected to decide on a relief "
    "scheme next week.\n\n"
    "Aluminium for delivery in three months rose 1.1 percent to $2,640 a tonne in London."
)
LEDGER = (
    "Norway's second-largest aluminium maker is shutting 40 percent of its smelter at Ålvik, people close to the "
    "board said.\n\n"
    "Fjordkraft Metals told staff on Monday morning that two lines would stop by 31 January. The closure costs "
    "the group 1.4 billion crowns, of which 500 million is for severance.\n\n"
    "Power now makes up 45 percent of the smelter's costs, against 31 percent two years ago, which means that the "
    "Ålvik lines have lost money since spring. Carmakers in Germany that buy the metal have contracts until June.\n\n"
    "The plant will lose its place as the biggest employer on the fjord."
)
POWER = "Power now makes up 45 percent of the smelter's costs, against 31 percent two years ago"
RELEASE = (
    "Fjordkraft Metals ASA today announced a strategic adjustment of its production footprint in Western Norway.\n\n"
    "The adjustment will strengthen the competitiveness of the Group and safeguard long-term value creation. The "
    "remaining lines will be operated at full capacity, and the Group's customers will be supplied as agreed.\n\n"
    "The Group will publish its results for the fourth quarter on 11 February 2027."
)


def _publisher(publisher_id: str, name: str, tier: int, **more: Any) -> Publisher:
    home = f"https://{publisher_id}.example/"
    given = {"id": publisher_id, "name": name, "home": home, "country": "GB", "tier": tier, "feeds": (f"{home}feed",)}
    return Publisher.model_validate({**given, "reason": "Invented for a test.", **more})


PUBLISHERS = {
    one.id: one
    for one in (
        _publisher("harbour-wire", "Harbour Wire", 1, agency=True),
        _publisher("meridian-ledger", "Meridian Ledger", 2),
        _publisher("releasepost", "ReleasePost", 3, press_releases=True),
        _publisher("fjord-gazette", "Fjord Gazette", 3),
    )
}


def an_article(article_id: str, publisher_id: str, title: str, text: str, hours: float = 2, **more: Any) -> Article:
    at = NOON - timedelta(hours=hours)
    given = {
        "id": article_id, "url": f"https://{publisher_id}.example/{article_id}", "title": title, "text": text,
        "publisher_id": publisher_id, "published_at": at, "fetched_at": NOON,
    }  # fmt: skip
    return Article.model_validate(given | more)


def wire(text: str = WIRE, **more: Any) -> Article:
    return an_article("wire-1", "harbour-wire", "Fjordkraft to shut two Ålvik lines, cut 310 jobs", text, 3, **more)


def ledger(**more: Any) -> Article:
    title = "Costly power closes two-fifths of Ålvik smelter"
    return an_article("ledger-1", "meridian-ledger", title, LEDGER, 2, **more)


def release(**more: Any) -> Article:
    given = {"kind": "press-release", **more}
    title = "Fjordkraft Metals adjusts production footprint"
    return an_article("release-1", "releasepost", title, RELEASE, 4, **given)


def a_story(*articles: Article, origins: dict[str, str] | None = None) -> Story:
    return Story(
        id=story_id(articles[0].id),
        opened_at=min(article.dated for article in articles),
        updated_at=max(article.dated for article in articles),
        members=tuple(
            Membership(
                article_id=article.id, origin_id=(origins or {}).get(article.id, f"o-{article.id}"),
                unique_id=f"u-{article.id}", similarity=1.0, publisher_id=article.publisher_id, at=article.dated,
            )
            for article in articles
        ),
    )  # fmt: skip


def an_assignment(*articles: Article, **more: Any) -> Assignment:
    given = articles or (wire(), ledger())
    return Assignment(a_story(*given), given, PUBLISHERS, NOON, **more)


def a_submission(draft: Draft, *articles: Article, story: Story | None = None) -> Submission:
    given = articles or (wire(), ledger())
    return Submission(draft, {article.id: article for article in given}, story or a_story(*given), PUBLISHERS)


def a_span(article: Article, words: str) -> Span:
    start = article.evidence.index(words)
    return Span.over(article.id, article.evidence, start, start + len(words))


def a_fact(claim_id: str, text: str, *evidence: tuple[Article, str]) -> Claim:
    return Claim(id=claim_id, kind="fact", text=text, spans=tuple(a_span(*one) for one in evidence))


def an_inference(claim_id: str, text: str, mechanism: str = "Less supply meets the same demand.") -> Claim:
    return Claim(id=claim_id, kind="inference", text=text, mechanism=mechanism)


def a_draft(*articles: Article, **changes: Any) -> Draft:
    """As a model would write it: own words, each fact with its spans. Every check passes it."""
    given = articles or (wire(), ledger())
    one, two = wire(), ledger()
    story = a_story(*given)
    cut = "will close two of its five smelting lines at Ålvik by the end of January and cut 310 jobs"
    values: dict[str, Any] = {
        "id": f"{story.id}-draft",
        "story_id": story.id,
        "writer": "claude",
        "written_at": NOON,
        "inputs": story.inputs,
        "sources": tuple(article.id for article in given),
        "headline": a_fact("headline", "Fjordkraft shuts two smelting lines at Ålvik, cutting 310 jobs", (one, cut)),
        "standfirst": a_fact(
            "standfirst", "Dearer power leaves part of the plant unprofitable since spring.",
            (two, "which means that the Ålvik lines have lost money since spring."), (two, POWER),
        ),
        "tldr": (
            a_fact("tldr-1", "Yearly production shrinks by 18% to 164,000 tonnes.",
                   (one, "Output will fall by 18 percent to 164,000 tonnes a year.")),
            an_inference("tldr-2", "Customers may have to look elsewhere once their contracts end."),
            a_fact("tldr-3", "Watch: talks between management and unions on 2 December.",
                   (one, "The unions will meet the company on 2 December")),
        ),
        "quick_take": (
            a_fact("quick-1", "The share price dropped 6.4% in Oslo.",
                   (one, "Shares in Fjordkraft fell 6.4 percent in Oslo.")),
        ),
        "body": (
            (
                a_fact("body-1-1", "“We cannot run lines that lose money on every tonne,” the chief executive said.",
                       (one, "“We cannot run lines that lose money on every tonne,” the chief executive said.")),
                a_fact("body-1-2", "Electricity is 45% of the smelter's spending, up from 31% two years earlier.",
                       (two, POWER)),
            ),
            (
                a_fact("body-2-1", "German carmakers among the buyers are supplied under contracts until June.",
                       (two, "Carmakers in Germany that buy the metal have contracts until June.")),
            ),
            (
                a_fact("body-3-1", "A decision on relief by the energy ministry is expected next week.",
                       (one, "the energy ministry is expected to decide on a relief scheme next week.")),
            ),
        ),
        "ripples": (
            Ripple(entity="Carmakers in Germany", direction="down", confidence="low",
                   claim=an_inference("ripple-1", "They face a smaller choice of suppliers after June.")),
        ),
        "watch": (
            Watch(entity="The energy ministry", trigger="relief scheme",
                  claim=a_fact("watch-1", "The ministry's ruling on support for smelters.",
                               (one, "the energy ministry is expected to decide on a relief scheme next week."))),
        ),
        "absent": dict.fromkeys(("why_it_matters", "lenses", "disputes", "gaps", "stances"), "No evidence for it."),
    }  # fmt: skip
    return Draft.model_validate(values | changes)


def with_sentence(claim: Claim, **changes: Any) -> Draft:
    """The clean draft with one more paragraph of one sentence."""
    draft = a_draft()
    return draft.model_copy(update={"body": (*draft.body, (claim,)), **changes})
