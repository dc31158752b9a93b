"""How widely a story is covered, and in what tone: counts first, a word only where it is earned."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsroom.site import wording
from newsroom.site.source_list import tally
from newsroom.stories.corroboration import corroboration
from newsroom.stories.version import Head, Source, Version
from newsroom.writing.draft import Draft

LABELLED_FROM = 3
"""Independent origins from which the tone of coverage gets a word; below, only counts: one report is no mood."""
LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "hi": "Hindi", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip

NO_REPORT = {"press-release": "a press release", "opinion": "an opinion piece", "advice": "advice to investors"}


@dataclass(frozen=True)
class Coverage:
    """Three numbers that must never be mistaken for each other."""

    articles: int
    unique: int
    origins: int
    line: str
    tiers: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class TonePanel:
    """Counts by origin; `label` only from three origins on, and only for a majority."""

    bullish: int
    neutral: int
    bearish: int
    label: str
    note: str


def coverage(head: Head) -> Coverage:
    """`13 articles · 2 unique · 2 origins`."""
    line = (
        f"{wording.count(head.articles, 'article')} · {head.unique:,} unique · {wording.count(head.origins, 'origin')}"
    )
    return Coverage(head.articles, head.unique, head.origins, line, tally(head.tiers))


def borne_out(version: Version) -> str:
    """`2 of 9 facts stand on two origins or more; of 3 quantities that as many give, 1 is disputed.`

    Empty where origins neither bear a fact out nor give a quantity together.
    """
    found = corroboration(version)
    if not found.borne_out and not found.compared:
        return ""
    stand = "stands" if 1 in (found.facts, found.borne_out) else "stand"
    text = f"{found.borne_out} of {wording.count(found.facts, 'fact')} {stand} on two origins or more"
    if not found.compared:
        return f"{text}."
    disputed = f"{found.disputed or 'none'} {'is' if found.disputed <= 1 else 'are'} disputed"
    return f"{text}; of {wording.count(found.compared, 'quantity', 'quantities')} that as many give, {disputed}."


def tone_panel(draft: Draft, sources: Sequence[Source]) -> TonePanel | None:
    """None when no source was read for its tone. The note says how many of the page's origins were, and why not all."""
    by_origin = {stance.origin_id: stance.label for stance in draft.stances}
    if not by_origin:
        return None
    counts = [sum(label == one for label in by_origin.values()) for one in ("bullish", "neutral", "bearish")]
    origins, most = len(by_origin), max(counts)
    every = len({source.origin_id for source in sources} | by_origin.keys())
    read = f"{origins} of {wording.count(every, 'origin')} could be read for tone"
    unread = _unread([source for source in sources if source.origin_id not in by_origin])
    label, judged = "", "no majority among them"
    if origins < LABELLED_FROM:
        judged = "too few to name a mood"
    elif most * 2 > origins:
        label = ("Bullish", "Neutral", "Bearish")[counts.index(most)]
        judged = f"{most} of them {label.lower()}"
    return TonePanel(counts[0], counts[1], counts[2], label, f"{read}{f' ({unread})' if unread else ''}: {judged}.")


def _unread(sources: Iterable[Source]) -> str:
    """Why origins have no tone, each counted once, by what is there of it: `1 in Spanish, 2 reserved`."""
    by_origin: dict[str, list[Source]] = {}
    for source in sources:
        by_origin.setdefault(source.origin_id, []).append(source)
    reasons = Counter(_why_unread(own) for own in by_origin.values())
    return ", ".join(f"{number} {reason}" for reason, number in reasons.items())


def _why_unread(own: Sequence[Source]) -> str:
    if all(source.reserved for source in own):
        return "reserved by its publisher"
    readable = [source for source in own if not source.reserved and not source.thin]
    if not readable:
        return "without its text"
    best = min(readable, key=lambda source: (source.kind != "report", source.language[:2] != "en", source.tier))
    if best.kind != "report":
        return NO_REPORT[best.kind]
    if best.language[:2] != "en":
        return f"in {LANGUAGES.get(best.language[:2], 'another language')}"
    return "not used"
