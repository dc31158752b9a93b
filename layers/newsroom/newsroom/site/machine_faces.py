"""A story for programs: what it says, how it was judged, how it came about."""

from newsroom.review.rubric import rubric
from newsroom.site import addresses
from newsroom.site.disclosure import LABELS, made_how
from newsroom.site.documents import (
    CoverageCounts,
    DisputeNamed,
    FirstOfOrigin,
    Inputs,
    Modules,
    NumberedSource,
    PositionNamed,
    QuotedSpan,
    ReceiptDocument,
    ReviewDocument,
    RippleNamed,
    SpreadTold,
    SpreadWindow,
    StatedClaim,
    StoryDocument,
    WatchNamed,
)
from newsroom.site.rendering import DISCLAIMER, House
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.spread_chart import spread_of
from newsroom.stories.corroboration import corroboration
from newsroom.stories.version import Source, Version
from newsroom.writing.draft import Claim, Draft

FORMULA = (
    "raw = floor(sum(value * weight) + 0.5); final = min(raw, every cap's limit); band: the highest 'from' reached"
)


def story_document(version: Version, house: House) -> StoryDocument:
    """Every sentence with its kind and the quoted words of its sources; modules name sentences by their ids."""
    draft, head = version.draft, version.head
    label, sentence = LABELS[draft.writer]
    return StoryDocument(
        url=house.address + addresses.story(version.slug),
        permanent_url=house.address + addresses.story(version.slug, version.number),
        id=version.story_id,
        version=version.number,
        reason=version.reason,
        edition=version.edition_id,
        published_at=version.published_at,
        first_published_at=version.first_published_at,
        newest_source_at=head.newest_source_at,
        first_reported_at=head.first_reported_at,
        event=version.event,
        occasion=head.occasion,
        changes=version.changes,
        headline=head.headline,
        standfirst=head.standfirst,
        label=label,
        made=f"{label}: {sentence}. {made_how(version)}",
        writer=draft.writer,
        language=draft.language,
        desk=head.desk,
        country=head.country,
        topics=head.topics,
        facets=version.facets,
        status=head.status,
        ending=head.ending,
        retracted=head.retracted,
        score=head.score,
        band=head.band,
        importance=head.importance,
        coverage=CoverageCounts(articles=head.articles, unique=head.unique, origins=head.origins),
        origins_by_tier={str(tier): number for tier, number in sorted(head.tiers.items())},
        spread=_spread(version),
        claims=tuple(_claim(claim, version) for claim in draft.claims()),
        modules=_modules(draft),
        agreed=version.agreed,
        corroboration=corroboration(version),
        absent=draft.absent,
        sources=tuple(_source(number, source) for number, source in enumerate(version.sources, 1)),
        disclaimer=DISCLAIMER,
    )


def review_document(version: Version, house: House) -> ReviewDocument:
    """The verdict, with the formula: whoever holds this computes the printed score."""
    return ReviewDocument(
        url=house.address + addresses.story(version.slug),
        version=version.number,
        formula=FORMULA,
        bands=tuple(rubric().bands),
        **{name: value for name, value in version.verdict if name not in ("usage", "awaits_editor")},
    )


def receipt_document(version: Version, house: House) -> ReceiptDocument:
    """What went in, which models and checks took part, what it cost."""
    draft, verdict = version.draft, version.verdict
    return ReceiptDocument(
        url=house.address + addresses.story(version.slug),
        story=version.story_id,
        version=version.number,
        edition=version.edition_id,
        draft=draft.id,
        attempt=draft.attempt,
        writer=draft.writer,
        written_at=draft.written_at,
        writing=draft.usage,
        critic=verdict.critic,
        reviewed_at=verdict.reviewed_at,
        reviewing=verdict.usage,
        cleared=verdict.cleared,
        rubric=verdict.rubric,
        checks=verdict.checks,
        inputs=Inputs(digest=draft.inputs, articles=draft.sources),
    )


def machine_files(version: Version, house: House) -> list[SiteFile]:
    path = addresses.story(version.slug)
    return [
        SiteFile(f"{path}story.json", story_document(version, house).as_bytes(), JSON),
        SiteFile(f"{path}review.json", review_document(version, house).as_bytes(), JSON),
        SiteFile(f"{path}receipt.json", receipt_document(version, house).as_bytes(), JSON),
    ]


def _claim(claim: Claim, version: Version) -> StatedClaim:
    reserved = {source.article_id for source in version.sources if source.reserved}
    return StatedClaim(
        id=claim.id,
        kind=claim.kind,
        text=claim.text,
        mechanism=claim.mechanism,
        spans=tuple(
            QuotedSpan(**dict(span), quote="" if span.article_id in reserved else version.quotes.get(span.sha256, ""))
            for span in claim.spans
        ),
    )


def _modules(draft: Draft) -> Modules:
    return Modules(
        tldr=_ids(draft.tldr),
        quick_take=_ids(draft.quick_take),
        body=tuple(_ids(paragraph) for paragraph in draft.body),
        why_it_matters=_ids(draft.why_it_matters),
        ripples=tuple(
            RippleNamed(entity=one.entity, claim=one.claim.id, direction=one.direction, confidence=one.confidence)
            for one in draft.ripples
        ),
        watch=tuple(
            WatchNamed(entity=one.entity, trigger=one.trigger, by=one.by, claim=one.claim.id) for one in draft.watch
        ),
        lenses={region: _ids(claims) for region, claims in draft.lenses.items()},
        disputes=tuple(
            DisputeNamed(
                subject=dispute.subject,
                positions=tuple(
                    PositionNamed(article=side.article_id, value=side.value, claim=side.claim.id)
                    for side in dispute.positions
                ),
            )
            for dispute in draft.disputes
        ),
        tone=draft.stances,
        gaps=_ids(draft.gaps),
    )


def _ids(claims: tuple[Claim, ...]) -> tuple[str, ...]:
    return tuple(claim.id for claim in claims)


def _spread(version: Version) -> SpreadTold:
    found = spread_of(version.sources)
    return SpreadTold(
        windows=tuple(
            SpreadWindow(
                start=window.start,
                end=window.end,
                publishers=tuple(window.publishers),
                new_origins=window.new_origins,
                new_articles=window.new_articles,
                total_publishers=window.total,
                total_origins=window.total_origins,
                total_articles=window.total_articles,
            )
            for window in found.windows
        ),
        first_by_origin=tuple(
            FirstOfOrigin(origin=one.origin, publisher=one.publisher, at=one.at) for one in found.first_origins
        ),
        by_tier={str(tier): number for tier, number in found.by_tier.items()},
        by_country=found.by_country,
    )


def _source(number: int, source: Source) -> NumberedSource:
    """Where the text is reserved, the title is text too."""
    return NumberedSource(**{**dict(source), "title": "" if source.reserved else source.title}, number=number)
