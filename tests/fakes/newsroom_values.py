"""Values with a face: articles, drafts, verdicts and versions as the house would make them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from newsroom.articles.article import Article, article_id
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Cap, Component, Finding, Remark, Score, Verdict
from newsroom.stories.story import Membership, Story, story_id
from newsroom.stories.version import Head, Source, Version
from newsroom.writing.draft import Claim, Dispute, Draft, Position, Ripple, Span, Stance, Usage, Watch, digest

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

PUBLISHERS = {
    publisher.id: publisher
    for publisher in (
        Publisher(
            id="harbour-wire",
            name="Harbour Wire",
            home="https://harbour-wire.example/",
            country="GB",
            tier=1,
            reason="A news agency that others carry.",
            agency=True,
            feeds=("https://harbour-wire.example/feed",),
        ),
        Publisher(
            id="meridian-ledger",
            name="Meridian Ledger",
            home="https://meridian-ledger.example/",
            country="DE",
            tier=2,
            reason="A national financial daily with its own correspondents.",
            family="meridian-group",
            feeds=("https://meridian-ledger.example/rss",),
        ),
        Publisher(
            id="grid-and-turbine",
            name="Grid & Turbine",
            home="https://grid-and-turbine.example/",
            country="DE",
            tier=3,
            reason="A trade paper of the power industry.",
            feeds=("https://grid-and-turbine.example/atom.xml",),
            reserved="robots.txt: ai-input=no",
        ),
    )
}

WIRE_TEXT = (
    "Nordlicht Energie said on Monday it would close its coal plant at Ostholm by March and take a charge of "
    "1.4 billion euros in the fourth quarter. The company kept its dividend at 0.90 euros a share. "
    "Analysts had expected a charge of about 1 billion euros, because the plant was written down last year.\n\n"
    "The regulator will decide on compensation on 14 December."
)
LEDGER_TEXT = (
    "The Ostholm closure will cost Nordlicht Energie 1.6 billion euros, people close to the board said. "
    "About 640 jobs are affected. Shares in the company fell 4.2 percent in Frankfurt."
)


def an_article(publisher_id: str = "harbour-wire", **changes: Any) -> Article:
    """An article of one of `PUBLISHERS`; without changes, the agency's report on the Ostholm plant."""
    url = changes.pop("url", f"https://{publisher_id}.example/2026/11/23/ostholm")
    given = {
        "id": article_id(url),
        "url": url,
        "title": "Nordlicht Energie to close Ostholm coal plant, takes 1.4 bln euro charge",
        "text": WIRE_TEXT,
        "publisher_id": publisher_id,
        "published_at": NOON - timedelta(hours=3),
        "fetched_at": NOON - timedelta(hours=2, minutes=50),
    }
    return Article.model_validate(given | changes)


def three_articles() -> tuple[Article, Article, Article]:
    """The agency's report, the daily's own one with another figure, and a reserved one that is a link only."""
    return (
        an_article(),
        an_article(
            "meridian-ledger",
            title="Ostholm closure costs Nordlicht 1.6 billion euros",
            text=LEDGER_TEXT,
            published_at=NOON - timedelta(hours=1),
            fetched_at=NOON - timedelta(minutes=55),
        ),
        an_article(
            "grid-and-turbine",
            title="What Ostholm’s end means for the northern grid",
            text="",
            reserved="robots.txt: ai-input=no",
            published_at=NOON - timedelta(minutes=30),
            fetched_at=NOON,
        ),
    )


def a_span(article: Article, words: str) -> Span:
    start = article.evidence.index(words)
    return Span.over(article.id, article.evidence, start, start + len(words))


def a_story(articles: tuple[Article, ...] | None = None, **changes: Any) -> Story:
    articles = articles or three_articles()
    members = tuple(
        Membership(
            article_id=article.id,
            origin_id=f"o-{article.id}",
            unique_id=f"u-{article.id}",
            similarity=1.0,
            publisher_id=article.publisher_id,
            at=article.dated,
        )
        for article in articles
    )
    given = {
        "id": story_id(articles[0].id),
        "opened_at": articles[0].dated,
        "updated_at": articles[-1].dated,
        "members": members,
        "country": "DE",
        "desk": "europe",
        "topics": ("energy",),
    }
    return Story.model_validate(given | changes)


def a_fact(claim_id: str, text: str, *spans: Span) -> Claim:
    return Claim(id=claim_id, kind="fact", text=text, spans=spans)


def a_draft(articles: tuple[Article, ...] | None = None, story: Story | None = None, **changes: Any) -> Draft:
    """A full draft on the Ostholm plant, written by the model; `writer="excerpt"` makes it an excerpt digest."""
    wire, ledger, *_ = articles or three_articles()
    story = story or a_story(articles)
    charge = a_span(wire, "take a charge of 1.4 billion euros in the fourth quarter")
    close = a_span(wire, "it would close its coal plant at Ostholm by March")
    other = a_span(ledger, "The Ostholm closure will cost Nordlicht Energie 1.6 billion euros")
    decision = a_span(wire, "The regulator will decide on compensation on 14 December.")
    shares = a_span(ledger, "Shares in the company fell 4.2 percent in Frankfurt.")
    jobs = a_span(ledger, "About 640 jobs are affected.")
    dividend = a_span(wire, "The company kept its dividend at 0.90 euros a share.")
    given: dict[str, Any] = {
        "id": f"{story.id}-draft",
        "story_id": story.id,
        "writer": "claude",
        "written_at": NOON,
        "inputs": story.inputs,
        "sources": tuple(member.article_id for member in story.members),
        "headline": a_fact("headline", "Nordlicht Energie will close its Ostholm coal plant by March", close),
        "standfirst": a_fact(
            "standfirst", "The utility books a charge of €1.4 billion and keeps its dividend.", charge, dividend
        ),
        "tldr": (
            a_fact("tldr-1", "Nordlicht Energie closes Ostholm by March.", close),
            Claim(
                id="tldr-2",
                kind="inference",
                text="The write-down weighs on this year’s result.",
                mechanism="A charge in the fourth quarter falls into the running business year.",
            ),
            a_fact("tldr-3", "Watch: the regulator decides on compensation on 14 December.", decision),
        ),
        "quick_take": (
            a_fact("quick-1", "About 640 jobs are affected.", jobs),
            a_fact("quick-2", "Shares fell 4.2% in Frankfurt.", shares),
        ),
        "body": (
            (
                a_fact("body-1-1", "Nordlicht Energie said it would close its coal plant at Ostholm by March.", close),
                a_fact(
                    "body-1-2",
                    "It takes a charge of €1.4 billion in the fourth quarter and keeps its dividend at €0.90 a share.",
                    charge,
                    dividend,
                ),
            ),
            (
                a_fact("body-2-1", "Shares in the company fell 4.2% in Frankfurt.", shares),
                Claim(id="body-2-2", kind="context", text="Both reports appeared on the same day."),
            ),
            (a_fact("body-3-1", "The regulator will decide on compensation on 14 December.", decision),),
        ),
        "why_it_matters": (
            Claim(
                id="why-1",
                kind="inference",
                text="Less coal power in the north raises the need for reserve capacity.",
                mechanism="The plant leaves the grid before the new lines are finished.",
            ),
        ),
        "ripples": (
            Ripple(
                entity="Grid operators in the north",
                direction="mixed",
                confidence="medium",
                claim=Claim(
                    id="ripple-1",
                    kind="inference",
                    text="They lose a plant that steadied the grid.",
                    mechanism="Balancing power must come from elsewhere.",
                    spans=(close,),
                ),
            ),
        ),
        "watch": (
            Watch(
                entity="The regulator",
                trigger="decision on compensation",
                by="2026-12-14",
                claim=a_fact("watch-1", "The regulator will decide on compensation on 14 December.", decision),
            ),
        ),
        "stances": (
            Stance(
                origin_id=story.members[0].origin_id,
                article_id=wire.id,
                label="neutral",
                reason="Reports the charge and the dividend.",
            ),
            Stance(
                origin_id=story.members[1].origin_id,
                article_id=ledger.id,
                label="bearish",
                reason="Reports the fall of the shares.",
            ),
        ),
        "disputes": (
            Dispute(
                subject="Cost of the closure",
                positions=(
                    Position(
                        article_id=wire.id,
                        value="€1.4 billion",
                        claim=a_fact("dispute-1-1", "Harbour Wire reports a charge of €1.4 billion.", charge),
                    ),
                    Position(
                        article_id=ledger.id,
                        value="€1.6 billion",
                        claim=a_fact("dispute-1-2", "Meridian Ledger reports a cost of €1.6 billion.", other),
                    ),
                ),
            ),
        ),
        "gaps": (Claim(id="gap-1", kind="context", text="No source says who pays for the clean-up of the site."),),
        "absent": {"lenses": "No source reports effects by region."},
        "usage": Usage(
            model="claude-sonnet-5-5",
            prompt_sha256=digest("prompt"),
            input_tokens=9000,
            output_tokens=900,
            micro_dollars=27000,
            milliseconds=8100,
        ),
    }
    if changes.get("writer") == "excerpt":
        given |= {
            "usage": Usage(),
            "ripples": (),
            "why_it_matters": (),
            "tldr": (),
            "absent": {
                "tldr": "No source looks ahead.",
                "ripples": "Only a model draws inferences, and none was used.",
                "why_it_matters": "No source says why.",
                "lenses": "Only a model writes regional lenses, and none was used.",
            },
        }
    return Draft.model_validate(given | changes)


def a_verdict(draft: Draft, **changes: Any) -> Verdict:
    """Accepted with 70 of a raw 82, capped for want of a third origin."""
    given = {
        "draft_id": draft.id,
        "draft_sha256": draft.sha256,
        "story_id": draft.story_id,
        "outcome": "accept",
        "reviewed_at": draft.written_at,
        "critic": "claude-opus-5-5" if draft.writer == "claude" else "code",
        "rubric": "1",
        "score": Score(
            components=(
                Component(name="evidence", value=100, weight=0.5, reason="Every fact has its span."),
                Component(name="origins", value=55, weight=0.3, reason="Two independent origins."),
                Component(name="tiers", value=77.5, weight=0.2, reason="One wire service, one daily."),
            ),
            raw=82,
            caps=(Cap(id="two-origins", limit=70, reason="Two independent origins: capped at 70."),),
            final=70,
            band="Solid",
        ),
        "findings": (
            Finding(
                check="staleness", severity="note", claim_id="body-1-1", reason="The newest source is an hour old."
            ),
        ),
        "strengths": (Remark(text="Both figures for the cost are shown.", claim_ids=("dispute-1-1", "dispute-1-2")),),
        "limitations": (Remark(text="The third source reserves its text; it is only linked."),),
        "checks": ("evidence_exists", "figures_grounded", "staleness"),
    }
    return Verdict.model_validate(given | changes)


def a_source(article: Article, story: Story, **changes: Any) -> Source:
    publisher = PUBLISHERS[article.publisher_id]
    member = next(member for member in story.members if member.article_id == article.id)
    given = {
        "article_id": article.id,
        "url": article.url,
        "title": article.title,
        "publisher_id": publisher.id,
        "publisher": publisher.name,
        "tier": publisher.tier,
        "country": publisher.country,
        "language": article.language,
        "published_at": article.dated,
        "origin_id": member.origin_id,
        "unique_id": member.unique_id,
        "thin": article.thin,
        "reserved": article.reserved,
        "kind": article.kind,
    }
    return Source.model_validate(given | changes)


def a_version(
    articles: tuple[Article, ...] | None = None, *, draft: Draft | None = None, number: int = 1, **changes: Any
) -> Version:
    """The first version of the Ostholm story as it would be published at noon."""
    articles = articles or three_articles()
    story = a_story(articles)
    draft = draft or a_draft(articles, story)
    verdict = changes.pop("verdict", None) or a_verdict(draft)
    published_at = changes.pop("published_at", NOON)
    first_published_at = changes.pop("first_published_at", NOON)
    slug = changes.pop("slug", f"nordlicht-energie-will-close-its-ostholm-coal-plant-by-march-{story.id[1:7]}")
    evidence = {article.id: article.evidence for article in articles}
    quotes = {
        span.sha256: evidence[span.article_id][span.start : span.end]
        for claim in draft.claims()
        for span in claim.spans
        if span.article_id in evidence
    }
    sources = changes.pop("sources", None) or tuple(a_source(article, story) for article in articles)
    head = Head(
        story_id=story.id,
        slug=slug,
        version=number,
        headline=draft.headline.text,
        standfirst=draft.standfirst.text if draft.standfirst else "",
        desk=changes.pop("desk", "europe"),
        country=changes.pop("country", "DE"),
        topics=("energy",),
        score=verdict.score.final,
        band=verdict.score.band,
        writer=draft.writer,
        articles=len(sources),
        unique=len({s.unique_id for s in sources}),
        origins=len({s.origin_id for s in sources}),
        tiers={1: 1, 2: 1, 3: 1},
        importance=changes.pop("importance", 54.0),
        status="developing",
        first_published_at=first_published_at,
        published_at=published_at,
        newest_source_at=max(s.published_at for s in sources),
        retracted=changes.pop("retracted", False),
    )
    given = {
        "story_id": story.id,
        "number": number,
        "slug": slug,
        "reason": "first" if number == 1 else "new-article",
        "published_at": published_at,
        "first_published_at": first_published_at,
        "edition_id": "20261123T1200Z",
        "draft": draft,
        "verdict": verdict,
        "sources": sources,
        "head": head,
        "quotes": quotes,
    }
    return Version.model_validate(given | changes)
