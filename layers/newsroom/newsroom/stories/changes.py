"""What changed since the last version, as facts: figures from → to, origins gained, claims added and withdrawn."""

from collections.abc import Iterator

from newsroom.stories.disagreement import agrees, compatible
from newsroom.stories.quantities import Quantity, measures, quantities_in
from newsroom.stories.version import Change, Version
from newsroom.writing.draft import Claim

MOST_CLAIMS = 20
"""Of one kind in a version's list; their number is exact in `claims-added` and `claims-withdrawn` all the same."""


def changes(previous: Version, version: Version) -> tuple[Change, ...]:
    """What a reader of `previous` must be told, gravest first; empty where only words differ that nobody would miss."""
    return (
        *_figures(previous, version),
        *_disputes(previous, version),
        *_heads(previous, version),
        *_sources(previous, version),
        *_claims(previous, version),
    )


def _heads(previous: Version, version: Version) -> Iterator[Change]:
    before, after = previous.head, version.head
    if before.headline != after.headline:
        yield Change(kind="headline", before=before.headline, after=after.headline)
    if before.status != after.status:
        yield Change(kind="status", before=before.status, after=after.status)
    if before.country != after.country:
        yield Change(kind="country", before=before.country, after=after.country)


def _sources(previous: Version, version: Version) -> Iterator[Change]:
    had, have = ({source.article_id: source for source in one.sources} for one in (previous, version))
    origins_had, origins_have = ({source.origin_id: source for source in one.sources} for one in (previous, version))
    for origin in sorted(origins_have.keys() - origins_had.keys()):
        source = origins_have[origin]
        yield Change(kind="origin-gained", subject=origin, after=source.publisher, article_id=source.article_id)
    for origin in sorted(origins_had.keys() - origins_have.keys()):
        yield Change(kind="origin-lost", subject=origin, before=origins_had[origin].publisher)
    for one in sorted(have.keys() - had.keys()):
        yield Change(kind="article-gained", subject=have[one].origin_id, after=have[one].publisher, article_id=one)
    for one in sorted(had.keys() - have.keys()):
        yield Change(kind="article-lost", subject=had[one].origin_id, before=had[one].publisher, article_id=one)
    for one in sorted(one for one in had.keys() & have.keys() if had[one].revision != have[one].revision):
        yield Change(kind="article-revised", subject=have[one].origin_id, after=have[one].publisher, article_id=one)


def _figures(previous: Version, version: Version) -> Iterator[Change]:
    """A quantity that the old version gave with a value that the new one has nowhere, and with another one now."""
    old, new = _stated(previous), _stated(version)
    told: set[tuple[str, str, str]] = set()
    for one in new:
        if any(compatible(one, other) and agrees(one, other) for other in old):
            continue
        for other in old:
            gone = not any(compatible(other, still) and agrees(other, still) for still in new)
            if gone and compatible(one, other):
                subject = f"{one.qualifier} {measures()[one.measure].name}".strip()
                if (subject, other.text, one.text) not in told:
                    told.add((subject, other.text, one.text))
                    yield Change(
                        kind="figure", subject=subject, before=other.text, after=one.text, article_id=one.article_id
                    )
                break


def _stated(version: Version) -> list[Quantity]:
    """What the quoted words of a version state."""
    quoted = {span.sha256: span.article_id for claim in version.draft.claims() for span in claim.spans}
    found: list[Quantity] = []
    for sha256, article_id in quoted.items():
        found += quantities_in(version.quotes.get(sha256, ""), article_id)
    return found


def _disputes(previous: Version, version: Version) -> Iterator[Change]:
    before, after = ({one.subject: one for one in version.draft.disputes} for version in (previous, version))
    for subject in sorted(after.keys() - before.keys()):
        values = " or ".join(dict.fromkeys(position.value for position in after[subject].positions))
        yield Change(kind="dispute-opened", subject=subject, after=values)
    for subject in sorted(before.keys() - after.keys()):
        values = " or ".join(dict.fromkeys(position.value for position in before[subject].positions))
        yield Change(kind="dispute-closed", subject=subject, before=values)


def _claims(previous: Version, version: Version) -> Iterator[Change]:
    """Facts by their evidence, not by their wording: the same quotation in another sentence is nothing new."""
    had, have = ({span.sha256 for claim in one.draft.claims() for span in claim.spans} for one in (previous, version))
    added = [claim for claim in _facts(version) if not {span.sha256 for span in claim.spans} <= had]
    withdrawn = [claim for claim in _facts(previous) if not {span.sha256 for span in claim.spans} & have]
    for claim in added[:MOST_CLAIMS]:
        yield Change(kind="claim-added", subject=claim.id, after=claim.text, article_id=claim.spans[0].article_id)
    for claim in withdrawn[:MOST_CLAIMS]:
        yield Change(kind="claim-withdrawn", subject=claim.id, before=claim.text)


def _facts(version: Version) -> list[Claim]:
    return [claim for claim in version.draft.claims() if claim.kind == "fact" and claim.spans]
