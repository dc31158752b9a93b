"""An accepted draft becomes a version: numbered, dated, with the words it stands on copied in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from newsroom.articles.article import Article
from newsroom.editions import ranking
from newsroom.errors import DraftInvalid
from newsroom.publishers.publisher import Publisher
from newsroom.review.verdict import Verdict
from newsroom.site.source_list import origin_tiers
from newsroom.stories.agreement import agreed
from newsroom.stories.changes import changes
from newsroom.stories.ending import ending_of_story
from newsroom.stories.event_date import event_date
from newsroom.stories.facet_evidence import evidenced
from newsroom.stories.lifecycle import origin_dates, reason_for_version, status
from newsroom.stories.mentions import instruments
from newsroom.stories.occasion import occasion_of_story
from newsroom.stories.story import Story
from newsroom.stories.version import Head, Source, Version
from newsroom.writing.draft import Draft, digest


def next_version(
    draft: Draft,
    verdict: Verdict,
    story: Story,
    articles: Sequence[Article],
    publishers: Mapping[str, Publisher],
    previous: Version | None,
    slug: str,
    edition_id: str,
    now: datetime,
    weights: ranking.Weights | None = None,
) -> Version:
    """`articles`: those of `draft.sources`, in that order. `now` is cut to the second. `weights`: of importance, where
    readers have moved them.

    Raises DraftInvalid when a span's words are not what was reviewed, or come from a text that is reserved: then
    nothing of the story is published.
    """
    told = story.model_copy(update={"members": tuple(m for m in story.members if m.article_id in draft.sources)})
    sources = _sources(told, articles, publishers)
    published_at = now.replace(microsecond=0)
    first_published_at = previous.first_published_at if previous else published_at
    number = previous.number + 1 if previous else 1
    tiers = origin_tiers(sources)
    texts = _one_of_each_text(told, articles)
    event = event_date(texts)
    ending = ending_of_story([(one.dated, one.title) for one in texts if one.kind == "report"])
    facets = evidenced(story.country, story.topics, texts)
    headline, standfirst = draft.headline.text, draft.standfirst.text if draft.standfirst else ""
    head = Head(
        story_id=story.id,
        slug=slug,
        version=number,
        headline=headline,
        standfirst=standfirst,
        desk=story.desk,
        country=story.country,
        topics=story.topics,
        score=verdict.score.final,
        band=verdict.score.band,
        writer=draft.writer,
        articles=len(sources),
        unique=len({source.unique_id for source in sources}),
        origins=len({source.origin_id for source in sources}),
        tiers=tiers,
        importance=ranking.read(headline, standfirst, tiers).importance(weights),
        status=status(told, now, ending),
        first_published_at=first_published_at,
        published_at=published_at,
        newest_source_at=max(source.published_at for source in sources),
        first_reported_at=min(source.published_at for source in sources),
        newest_origin_at=max(origin_dates(told).values(), default=None),
        event_on=event.on if event else "",
        companies=tuple(facet.id for facet in facets if facet.kind == "company"),
        instruments=tuple(facet.id for facet in facets if facet.id in instruments()),
        sectors=tuple(facet.id for facet in facets if facet.kind == "sector"),
        occasion=occasion_of_story([(article.title, article.text, article.id) for article in texts]),
        ending=ending,
    )
    version = Version(
        story_id=story.id,
        number=number,
        slug=slug,
        reason=reason_for_version(previous, told) or "re-review",
        published_at=published_at,
        first_published_at=first_published_at,
        edition_id=edition_id,
        draft=draft,
        verdict=verdict,
        sources=sources,
        head=head,
        event=event,
        facets=facets,
        agreed=agreed(texts, {source.article_id: source.origin_id for source in sources}, headline),
        quotes=quotes(draft, articles),
    )
    return version.model_copy(update={"changes": changes(previous, version)}) if previous else version


def quotes(draft: Draft, articles: Sequence[Article]) -> dict[str, str]:
    """Span digest → its words. DraftInvalid names the sentence whose evidence is not there any more."""
    by_id = {article.id: article for article in articles}
    found: dict[str, str] = {}
    for claim in draft.claims():
        if claim.kind == "fact" and not claim.spans:
            raise DraftInvalid(f"{claim.id} states a fact without evidence", about=draft.id)
        for span in claim.spans:
            article = by_id.get(span.article_id)
            words = article.evidence[span.start : span.end] if article else ""
            if article is None or digest(words) != span.sha256:
                raise DraftInvalid(f"{claim.id}: the words of {span.article_id} have changed", about=draft.id)
            if article.reserved:
                raise DraftInvalid(f"{claim.id}: {span.article_id} is reserved", about=draft.id)
            found[span.sha256] = words
    return found


def _one_of_each_text(story: Story, articles: Sequence[Article]) -> list[Article]:
    """The oldest article of each text, oldest first: reprints have no second voice."""
    texts = {member.article_id: member.unique_id for member in story.members}
    found: dict[str, Article] = {}
    for article in sorted(articles, key=lambda one: (one.dated, one.id)):
        found.setdefault(texts.get(article.id, article.id), article)
    return list(found.values())


def _sources(story: Story, articles: Sequence[Article], publishers: Mapping[str, Publisher]) -> tuple[Source, ...]:
    members = {member.article_id: member for member in story.members}
    return tuple(
        Source(
            article_id=article.id,
            url=article.url,
            title=article.title,
            publisher_id=article.publisher_id,
            publisher=publisher.name if (publisher := publishers.get(article.publisher_id)) else article.publisher_id,
            tier=publisher.tier if publisher else 3,
            country=publisher.country if publisher else "",
            language=article.language,
            published_at=article.dated,
            origin_id=member.origin_id if (member := members.get(article.id)) else article.id,
            origin_reason=member.origin_reason if member else "",
            unique_id=member.unique_id if member else article.id,
            thin=article.thin,
            reserved=article.reserved,
            kind=article.kind,
            revision=article.revision,
        )
        for article in articles
    )
