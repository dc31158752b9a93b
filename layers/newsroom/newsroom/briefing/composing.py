"""Which stories make an issue, in which order, in which words: rules over values, nothing is read or sent here."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import islice

from newsroom.briefing.issue import WORDS_PER_MINUTE, Citation, CorrectionLine, Issue, Item, Line, issue_id_at, length
from newsroom.editions.correction import Correction
from newsroom.markets.quotes import Quote
from newsroom.markets.trading_days import SATURDAY, holiday, market_note
from newsroom.site.wording import count
from newsroom.stories.changes import changes
from newsroom.stories.version import Head, Version
from newsroom.writing.draft import Claim, Draft, Region

MOST_ITEMS = 7
MOST_OF_A_FAMILY = 2
"""Items whose lead source has the same owner (FEATURES.md A26)."""
MOST_MINUTES = 5
MOST_SUBJECT = 90
"""Characters; longer subjects are cut by phones and by most lists of mails."""
LEADING_UP = frozenset(
    ("a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "no", "not", "of", "on", "or", "over", "than",
     "the", "to", "under", "up", "with", "without")
)  # fmt: skip
"""A subject that is cut does not end in one of these."""
LONGEST_LINE = 400
"""Characters of a sentence in the mail. A longer one is not shortened, which might change what it says: the next one
that fits is taken. With seven items and no more the HTML part stays under 80 KB in any script."""
LONGEST_HEADLINE = 250
LONGEST_LENS = 240
LONGEST_CHANGE = 160
MOST_CHANGES = 3
OWED_FOR = timedelta(days=30)
"""How long a correction waits for readers who were sent nothing: a list is not paused for longer and then goes on."""
LOOK_BACK = timedelta(hours=1)
"""A story is stored some time after the moment it is dated with; an edition's claim goes stale after an hour, so
nothing dated before the watermark can appear later than that."""


def in_turn(issue_id: str, known: Iterable[str], now: datetime) -> bool:
    """Whether the issue of a date may be composed now: its day has begun in New York, and no later issue is there
    (`known`: ids of those that are)."""
    return max(known, default="") <= issue_id <= issue_id_at(now)


def candidates(heads: Iterable[Head], last: Issue | None, now: datetime) -> list[Head]:
    """Stories published since the watermark, up to now; for the first issue all that stand. Retracted ones never."""
    found = [head for head in heads if not head.retracted and head.published_at <= now]
    if last is None:
        return found
    return [
        head
        for head in found
        if head.published_at > last.composed_at - LOOK_BACK and last.considered.get(head.story_id) != head.version
    ]


def ranked(heads: Iterable[Head]) -> list[Head]:
    """Most important first; then the newest."""
    return sorted(heads, key=lambda head: (-head.importance, -head.published_at.timestamp(), head.story_id))


def compose(
    chosen: Iterable[Version],
    *,
    issue_id: str,
    now: datetime,
    heads: Iterable[Head],
    last: Issue | None,
    told: Mapping[str, Version],
    carried: Mapping[str, Mapping[str, int]],
    corrections: Iterable[Correction],
    owner_of: Callable[[str], str],
    market: tuple[Quote, ...] = (),
) -> Issue:
    """The issue of one New York date, from versions in order of importance.

    `heads`: all that stand; `told`: story id → the version that the last issue with it quoted; `carried`: story
    id → issue id → the version quoted there; `owner_of`: publisher id → family; `market`: prices at `now`.
    """
    day = date.fromisoformat(issue_id)
    items = tuple(_fitting(chosen, told, carried, owner_of))
    return Issue(
        issue_id=issue_id,
        composed_at=now,
        since=last.composed_at if last else None,
        edition="holiday" if holiday(day) else "weekend" if day.weekday() >= SATURDAY else "weekday",
        market_note=market_note(day),
        subject=subject(items, day),
        items=items,
        market=market,
        corrections=tuple(_corrections(corrections, issue_id, last, carried, now)),
        still_owed=_still_owed(last, now),
        considered={head.story_id: head.version for head in heads if now - LOOK_BACK < head.published_at <= now},
    )


def subject(items: Sequence[Item], day: date) -> str:
    """The lead's headline, which is a checked fact; without a story, that there is none."""
    if not items:
        return f"No new stories this morning, {day.day} {day:%B %Y}"
    # "Re:" and the like in a headline would pretend to a conversation (FEATURES.md E14).
    text = re.sub(r"^((re|fwd?|aw|wg)\s*:\s*)+", "", " ".join(items[0].headline.text.split()), flags=re.I)
    text = "".join(character for character in text if character.isprintable())
    if items[0].update:
        text = f"Update: {text}"
    return text if len(text) <= MOST_SUBJECT else _cut(text[: MOST_SUBJECT - 1].split(" ")[:-1])


def _cut(words: list[str]) -> str:
    """Never after a figure, whose unit or rest would be missing, nor after a word that leads up to something."""
    while len(words) > 1 and (re.search(r"\d", words[-1]) or words[-1].casefold() in LEADING_UP):
        words = words[:-1]
    return " ".join(words).rstrip(" ,;:–-") + "…"


def make_item(
    version: Version, told: Version | None, carried: Mapping[str, int], owner_of: Callable[[str], str]
) -> Item | None:
    """The story as the issue tells it; None when its readers know all of it, or its headline does not fit.

    `told`: the version that an earlier issue quoted; `carried`: the issues that had the story.
    """
    draft = version.draft
    if length(draft.headline.text) > LONGEST_HEADLINE:
        return None
    known = _evidence(told.draft) if told else frozenset()
    facts = [claim for claim in _facts(draft) if told is None or _is_new(claim, known)]
    if told and not facts:
        return None
    families: dict[str, Citation] = {}
    for source in version.sources:
        citation = Citation(publisher=source.publisher, url=source.url, tier=source.tier)
        families.setdefault(owner_of(source.publisher_id), citation)
    fact = _line(facts[0]) if facts else None
    why = next((_line(claim) for claim in draft.why_it_matters if length(claim.text) <= LONGEST_LINE), None)
    return Item(
        story_id=version.story_id,
        version=version.number,
        slug=version.slug,
        desk=version.head.desk,
        headline=_line(draft.headline),
        fact=fact,
        why=why,
        lenses=dict(_lenses(draft, fact, why)),
        score=version.verdict.score.final,
        band=version.verdict.score.band,
        writer=draft.writer,
        articles=version.head.articles,
        origins=version.head.origins,
        families=tuple(families),
        sources=tuple(families.values()),
        importance=version.head.importance,
        update=told is not None,
        earlier_issue=max(carried, default=""),
        delta=tuple(one for one in islice(_delta(told, version), MOST_CHANGES) if length(one) <= LONGEST_CHANGE),
    )


def _fitting(
    chosen: Iterable[Version],
    told: Mapping[str, Version],
    carried: Mapping[str, Mapping[str, int]],
    owner_of: Callable[[str], str],
) -> Iterator[Item]:
    """Items while there is room: seven, two of a family, five minutes."""
    led: Counter[str] = Counter()
    words = 0
    for version in chosen:
        item = make_item(version, told.get(version.story_id), carried.get(version.story_id, {}), owner_of)
        if item is None:
            continue
        lead = item.families[0] if item.families else ""
        if led[lead] == MOST_OF_A_FAMILY or words + item.words > MOST_MINUTES * WORDS_PER_MINUTE:
            continue
        led[lead] += 1
        words += item.words
        yield item
        if led.total() == MOST_ITEMS:
            return


def _corrections(
    corrections: Iterable[Correction],
    issue_id: str,
    last: Issue | None,
    carried: Mapping[str, Mapping[str, int]],
    now: datetime,
) -> Iterator[CorrectionLine]:
    """Those made since the watermark, of what earlier issues said; oldest first."""
    since = last.composed_at if last else now
    for correction in sorted(corrections, key=lambda one: (one.made_at, one.id)):
        issues = carried.get(correction.story_id, {})
        wrong = tuple(sorted(issue_id for issue_id, version in issues.items() if version < correction.version))
        if wrong and since < correction.made_at <= now:
            yield CorrectionLine(
                id=correction.id,
                slug=correction.slug,
                headline=correction.headline,
                kind=correction.kind,
                was=correction.was,
                now_reads=correction.now_reads,
                issue_ids=wrong,
                told_in=issue_id,
            )


def _still_owed(last: Issue | None, now: datetime) -> tuple[CorrectionLine, ...]:
    """What the issues before told of, while anybody may not have received one of them."""
    oldest = (now - OWED_FOR).date().isoformat()
    return tuple(line for line in (*last.still_owed, *last.corrections) if line.told_in >= oldest) if last else ()


def _delta(told: Version | None, version: Version) -> Iterator[str]:
    """What differs from what was told, gravest first; wording, scores and single articles are no news."""
    gained = 0
    for change in changes(told, version) if told else ():
        if change.kind == "figure":
            yield f"{change.subject}: {change.before} → {change.after}"
        elif change.kind == "dispute-opened":
            yield f"sources now differ on {change.subject}: {change.after}"
        elif change.kind == "dispute-closed":
            yield f"sources no longer differ on {change.subject}"
        gained += change.kind == "origin-gained"
    if gained:
        yield count(gained, "more independent origin")


def _lenses(draft: Draft, *said: Line | None) -> Iterator[tuple[Region, Line]]:
    """The first sentence of each regional angle that is short, and says what the item does not say already."""
    known = {_words(draft.headline.text), *(_words(line.text) for line in said if line)}
    for region, claims in sorted(draft.lenses.items()):
        fresh = (claim for claim in claims if length(claim.text) <= LONGEST_LENS and _words(claim.text) not in known)
        if claim := next(fresh, None):
            yield region, _line(claim)


def _line(claim: Claim) -> Line:
    return Line(text=claim.text, claim_ids=(claim.id,), kind=claim.kind)


def _facts(draft: Draft) -> Iterator[Claim]:
    """Facts that may stand under the headline, the best first; none repeats it, none looks ahead."""
    headline = _words(draft.headline.text)
    listed = [draft.standfirst] if draft.standfirst else []
    listed += [*draft.tldr, *draft.quick_take, *(claim for paragraph in draft.body for claim in paragraph)]
    for claim in listed:
        ahead = claim.text.startswith("Watch:")
        if claim.kind == "fact" and length(claim.text) <= LONGEST_LINE and not ahead and _words(claim.text) != headline:
            yield claim


def _evidence(draft: Draft) -> frozenset[str]:
    """What its facts said and what they stood on."""
    facts = [claim for claim in draft.claims() if claim.kind == "fact"]
    return frozenset({_words(claim.text) for claim in facts} | {span.sha256 for claim in facts for span in claim.spans})


def _is_new(claim: Claim, known: frozenset[str]) -> bool:
    """Other words on other evidence: a new sentence on an old span, or an old one on a reprint, is no news."""
    return _words(claim.text) not in known and any(span.sha256 not in known for span in claim.spans)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
