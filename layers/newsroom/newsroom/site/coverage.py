"""How widely a story is covered, and in what tone: counts first, a word only where it is earned."""

from dataclasses import dataclass

from newsroom.site import wording
from newsroom.site.source_list import tally
from newsroom.stories.version import Head
from newsroom.writing.draft import Draft

LABELLED_FROM = 3
"""Independent origins from which the tone of coverage gets a word; below, only counts: one report is no mood."""


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


def tone_panel(draft: Draft) -> TonePanel | None:
    """None when no source was read for its tone."""
    by_origin = {stance.origin_id: stance.label for stance in draft.stances}
    if not by_origin:
        return None
    counts = [sum(label == one for label in by_origin.values()) for one in ("bullish", "neutral", "bearish")]
    origins, most = len(by_origin), max(counts)
    label = ""
    if origins < LABELLED_FROM:
        note = f"{wording.count(origins, 'origin')}: too few to name a mood."
    elif most * 2 <= origins:
        note = "No majority among the origins."
    else:
        label = ("Bullish", "Neutral", "Bearish")[counts.index(most)]
        note = f"{most} of {origins} origins."
    return TonePanel(counts[0], counts[1], counts[2], label, note)
