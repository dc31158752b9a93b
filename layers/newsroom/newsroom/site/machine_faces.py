"""A story for programs: what it says, how it was judged, how it came about."""

from typing import Any

from newsroom.boundary import as_json, moment
from newsroom.review.rubric import rubric
from newsroom.site import addresses
from newsroom.site.disclosure import LABELS, made_how
from newsroom.site.rendering import DISCLAIMER, House
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.spread_chart import spread_of
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim

FORMULA = (
    "raw = floor(sum(value * weight) + 0.5); final = min(raw, every cap's limit); band: the highest 'from' reached"
)


def story_document(version: Version, house: House) -> dict[str, Any]:
    """Every sentence with its kind and the quoted words of its sources; modules name sentences by their ids."""
    draft, head = version.draft, version.head
    label, sentence = LABELS[draft.writer]
    return {
        "schema": "story/1",
        "url": house.address + addresses.story(version.slug),
        "permanent_url": house.address + addresses.story(version.slug, version.number),
        "id": version.story_id,
        "version": version.number,
        "reason": version.reason,
        "edition": version.edition_id,
        "published_at": moment(version.published_at),
        "first_published_at": moment(version.first_published_at),
        "newest_source_at": moment(head.newest_source_at),
        "first_reported_at": moment(head.first_reported_at) if head.first_reported_at else None,
        "event": version.event.model_dump(mode="json") if version.event else None,
        "occasion": head.occasion,
        "changes": [one.model_dump(mode="json") for one in version.changes],
        "headline": head.headline,
        "standfirst": head.standfirst,
        "label": label,
        "made": f"{label}: {sentence}. {made_how(version)}",
        "language": draft.language,
        "desk": head.desk,
        "country": head.country,
        "topics": list(head.topics),
        "facets": [one.model_dump(mode="json") for one in version.facets],
        "status": head.status,
        "retracted": head.retracted,
        "score": head.score,
        "band": head.band,
        "importance": head.importance,
        "coverage": {"articles": head.articles, "unique": head.unique, "origins": head.origins},
        "origins_by_tier": {str(tier): number for tier, number in sorted(head.tiers.items())},
        "spread": _spread(version),
        "claims": [_claim(claim, version) for claim in draft.claims()],
        "modules": _modules(version),
        "absent": draft.absent,
        "sources": [_source(number, source) for number, source in enumerate(_plain_sources(version), 1)],
        "disclaimer": DISCLAIMER,
    }


def review_document(version: Version, house: House) -> dict[str, Any]:
    """The verdict, with the formula: whoever holds this computes the printed score."""
    verdict = version.verdict.model_dump(mode="json", exclude={"usage"})
    return {
        "schema": "review/1",
        "url": house.address + addresses.story(version.slug),
        "version": version.number,
        "formula": FORMULA,
        "bands": [{"name": band.name, "from": band.lowest, "meaning": band.meaning} for band in rubric().bands],
        **verdict,
    }


def receipt_document(version: Version, house: House) -> dict[str, Any]:
    """What went in, which models and checks took part, what it cost."""
    draft, verdict = version.draft, version.verdict
    return {
        "schema": "receipt/1",
        "url": house.address + addresses.story(version.slug),
        "story": version.story_id,
        "version": version.number,
        "edition": version.edition_id,
        "draft": draft.id,
        "attempt": draft.attempt,
        "writer": draft.writer,
        "written_at": moment(draft.written_at),
        "writing": draft.usage.model_dump(mode="json"),
        "critic": verdict.critic,
        "reviewed_at": moment(verdict.reviewed_at),
        "reviewing": verdict.usage.model_dump(mode="json"),
        "rubric": verdict.rubric,
        "checks": list(verdict.checks),
        "inputs": {"digest": draft.inputs, "articles": list(draft.sources)},
    }


def machine_files(version: Version, house: House) -> list[SiteFile]:
    path = addresses.story(version.slug)
    documents = {"story": story_document, "review": review_document, "receipt": receipt_document}
    return [
        SiteFile(f"{path}{name}.json", as_json(document(version, house)), JSON) for name, document in documents.items()
    ]


def _claim(claim: Claim, version: Version) -> dict[str, Any]:
    reserved = {source.article_id for source in version.sources if source.reserved}
    return {
        "id": claim.id,
        "kind": claim.kind,
        "text": claim.text,
        **({"mechanism": claim.mechanism} if claim.mechanism else {}),
        "spans": [
            {
                **span.model_dump(mode="json"),
                "quote": "" if span.article_id in reserved else version.quotes.get(span.sha256, ""),
            }
            for span in claim.spans
        ],
    }


def _modules(version: Version) -> dict[str, Any]:
    draft = version.draft
    return {
        "tldr": [claim.id for claim in draft.tldr],
        "quick_take": [claim.id for claim in draft.quick_take],
        "body": [[claim.id for claim in paragraph] for paragraph in draft.body],
        "why_it_matters": [claim.id for claim in draft.why_it_matters],
        "ripples": [
            {"entity": one.entity, "claim": one.claim.id, "direction": one.direction, "confidence": one.confidence}
            for one in draft.ripples
        ],
        "watch": [
            {"entity": one.entity, "trigger": one.trigger, "by": one.by, "claim": one.claim.id} for one in draft.watch
        ],
        "lenses": {region: [claim.id for claim in claims] for region, claims in draft.lenses.items()},
        "disputes": [
            {
                "subject": dispute.subject,
                "positions": [
                    {"article": side.article_id, "value": side.value, "claim": side.claim.id}
                    for side in dispute.positions
                ],
            }
            for dispute in draft.disputes
        ],
        "tone": [stance.model_dump(mode="json") for stance in draft.stances],
        "gaps": [claim.id for claim in draft.gaps],
    }


def _spread(version: Version) -> dict[str, Any]:
    """The data of the timeline: windows that add up, and who was first with each origin."""
    found = spread_of(version.sources)
    return {
        "windows": [
            {
                "start": moment(window.start),
                "end": moment(window.end) if window.end else None,
                "publishers": list(window.publishers),
                "new_origins": window.new_origins,
                "new_articles": window.new_articles,
                "total_publishers": window.total,
                "total_origins": window.total_origins,
                "total_articles": window.total_articles,
            }
            for window in found.windows
        ],
        "first_by_origin": [
            {"origin": one.origin, "publisher": one.publisher, "at": moment(one.at)} for one in found.first_origins
        ],
        "by_tier": {str(tier): number for tier, number in found.by_tier.items()},
        "by_country": found.by_country,
    }


def _plain_sources(version: Version) -> list[dict[str, Any]]:
    return [source.model_dump(mode="json") for source in version.sources]


def _source(number: int, source: dict[str, Any]) -> dict[str, Any]:
    """Where the text is reserved, the title is text too."""
    return {"number": number, **source, "title": "" if source["reserved"] else source["title"]}
