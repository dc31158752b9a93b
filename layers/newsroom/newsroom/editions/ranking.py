"""What leads: importance, kept apart from the score. How grave, how widely reported, by whom; then how fresh.

Nothing here reads a clock: freshness counts from the newest story, so that the same archive gives the same pages.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from newsroom.boundary import Boundary
from newsroom.stories.event_date import is_old
from newsroom.stories.occasion import Occasion
from newsroom.stories.version import Head


class Weights(Boundary):
    """Shares of importance; they sum to 1. The rules' own are moved within bounds by what readers find useful
    (`readers/tuning.py`)."""

    severity: float
    breadth: float
    standing: float


class Words(Boundary):
    """Words of one gravity; the gravest found counts."""

    value: int
    name: str
    words: tuple[str, ...]


class Severity(Boundary):
    otherwise: int
    words: Annotated[tuple[Words, ...], Field(min_length=1)]


class Breadth(Boundary):
    full: int


class Recency(Boundary):
    half_life_hours: float


class OldEvent(Boundary):
    factor: float


class Rules(Boundary):
    """`ranking.toml`."""

    weights: Weights
    breadth: Breadth
    standing: dict[int, int]
    recency: Recency
    occasion: dict[Occasion, float]
    old_event: OldEvent
    severity: Severity


@dataclass(frozen=True)
class Reading:
    """What importance is made of, each 0–100, and the word that decided its gravity."""

    severity: float
    breadth: float
    standing: float
    word: str

    def importance(self, weights: Weights | None = None) -> float:
        """0–100, one decimal; by the rules' own weights where no others are in force."""
        weights = weights or rules().weights
        value = self.severity * weights.severity + self.breadth * weights.breadth + self.standing * weights.standing
        return round(value, 1)


@cache
def rules() -> Rules:
    return Rules.model_validate(tomllib.loads(Path(__file__).with_name("ranking.toml").read_text(encoding="utf-8")))


def read(headline: str, standfirst: str, tiers: dict[int, int]) -> Reading:
    """`tiers`: tier → number of origins whose best publisher is of that tier."""
    table = rules()
    origins = sum(tiers.values())
    best = min((tier for tier, number in tiers.items() if number), default=3)
    value, word = _gravest(f"{headline} {standfirst}".lower())
    return Reading(value, 100 * min(origins, table.breadth.full) / table.breadth.full, table.standing[best], word)


def prominence(head: Head, newest: datetime) -> float:
    """Importance, halved with every half-life between the story's newest source and `newest`.

    What is no news, and what tells of an old event, counts for less: an anniversary does not lead.
    """
    age = max(0.0, (newest - head.newest_source_at).total_seconds() / 3600)
    fresh = 0.5 ** (age / rules().recency.half_life_hours)
    occasion = rules().occasion[head.occasion]
    old = rules().old_event.factor if _is_old(head) and head.occasion == "news" else 1.0
    return float(head.importance * fresh * occasion * old)


def front_page(heads: Sequence[Head]) -> list[Head]:
    """Most prominent first; equals by their newest source, then by id."""
    newest = max((head.newest_source_at for head in heads), default=None)
    if newest is None:
        return []
    by_id = sorted(heads, key=lambda head: head.story_id)
    return sorted(by_id, key=lambda head: (prominence(head, newest), head.newest_source_at), reverse=True)


def why(head: Head, newest: datetime) -> str:
    """In words, why a story stands where it stands: `importance 71: “rate cut”, 4 origins, tier 1; 2 h old`."""
    reading = read(head.headline, head.standfirst, head.tiers)
    parts = [f"“{reading.word}”"] if reading.word else []
    parts.append(f"{head.origins} {'origin' if head.origins == 1 else 'origins'}")
    parts.append(f"tier {min((tier for tier, number in head.tiers.items() if number), default=3)}")
    if head.occasion != "news":
        parts.append(f"{'an' if head.occasion[0] in 'ae' else 'a'} {head.occasion}")
    elif _is_old(head):
        parts.append(f"an event of {head.event_on}")
    hours = round((newest - head.newest_source_at).total_seconds() / 3600)
    age = f"; {hours} h behind the newest" if hours >= 1 else ""
    return f"Importance {head.importance:.0f}: {', '.join(parts)}{age}"


def _is_old(head: Head) -> bool:
    """Whether its event was over for days when it was first reported."""
    return bool(head.event_on) and is_old(head.event_on, (head.first_reported_at or head.newest_source_at).date())


def _gravest(text: str) -> tuple[int, str]:
    for group in sorted(rules().severity.words, key=lambda group: -group.value):
        found = [word for word in group.words if re.search(rf"\b{re.escape(word)}\b", text)]
        if found:
            return group.value, max(found, key=lambda word: (len(word), word))
    return rules().severity.otherwise, ""
