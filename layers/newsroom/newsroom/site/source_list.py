"""Who covers a story: by tier, and within a tier by origin, so that one report carried by twelve sites is one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsroom.site import addresses
from newsroom.site.places import Place, Places
from newsroom.site.wording import out_link
from newsroom.stories.version import Source
from newsroom.writing.draft import Stance

BEST_FIRST = (1, 2, 3)


@dataclass(frozen=True)
class SourceCard:
    """One article. `title` is empty where the publisher reserves its text: then only the link is shown."""

    number: int
    publisher: str
    publisher_path: str
    title: str
    link: str
    source: Source
    country: Place


@dataclass(frozen=True)
class OriginGroup:
    """Articles that carry the same reporting, the best first."""

    letter: str
    cards: tuple[SourceCard, ...]
    tone: Stance | None
    """How it reads, with the reason; None where it was not read for that."""


@dataclass(frozen=True)
class TierList:
    """Origins whose best publisher is of this tier."""

    tier: int
    groups: tuple[OriginGroup, ...]

    @property
    def articles(self) -> int:
        return sum(len(group.cards) for group in self.groups)


def source_list(sources: Sequence[Source], places: Places, stances: Iterable[Stance] = ()) -> tuple[TierList, ...]:
    """Every source once, numbered as the notes number them."""
    tones = {stance.origin_id: stance for stance in stances}
    by_origin: dict[str, list[SourceCard]] = {}
    for number, source in enumerate(sources, 1):
        by_origin.setdefault(source.origin_id, []).append(_card(number, source, places))
    groups = [
        OriginGroup(
            letter(place), tuple(sorted(cards, key=lambda card: (card.source.tier, card.number))), tones.get(origin)
        )
        for place, (origin, cards) in enumerate(by_origin.items())
    ]
    return tuple(
        TierList(tier, found)
        for tier in BEST_FIRST
        if (found := tuple(group for group in groups if group.cards[0].source.tier == tier))
    )


def origin_tiers(sources: Sequence[Source]) -> dict[int, int]:
    """Tier → number of origins whose best publisher is of that tier; sums to the number of origins."""
    best: dict[str, int] = {}
    for source in sources:
        best[source.origin_id] = min(source.tier, best.get(source.origin_id, 3))
    return {tier: sum(one == tier for one in best.values()) for tier in BEST_FIRST}


def tally(tiers: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    return tuple((tier, tiers.get(tier, 0)) for tier in BEST_FIRST)


def letter(place: int) -> str:
    """A … Z, then A2 … Z2 and so on."""
    turn, at = divmod(place, 26)
    return chr(ord("A") + at) + (str(turn + 1) if turn else "")


def _card(number: int, source: Source, places: Places) -> SourceCard:
    return SourceCard(
        number=number,
        publisher=source.publisher,
        publisher_path=addresses.publisher(source.publisher_id),
        title="" if source.reserved else source.title,
        link=out_link(source.url),
        source=source,
        country=places.country(source.country),
    )
