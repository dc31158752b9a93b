"""One briefing, frozen: the web page, the mail's two parts, RSS and JSON are renderings of the same value."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from newsroom.boundary import Boundary, Moment
from newsroom.markets.quotes import Quote
from newsroom.writing.draft import Region, Writer

NEW_YORK = ZoneInfo("America/New_York")
LONGEST_WORDINGS = 600
"""Characters of a correction, before and after."""
WORDS_PER_MINUTE = 230
"""Brysbaert 2019 (doi 10.1016/j.jml.2019.104047): 238 for silent reading of English non-fiction, rounded down."""


def length(text: str) -> int:
    """In characters; three bytes count for one where that is more, so that a limit holds in any script."""
    return max(len(text), -(-len(text.encode()) // 3))


class Line(Boundary):
    """A sentence of a story as the briefing repeats it: word for word, with the claims that it consists of."""

    text: str
    claim_ids: tuple[str, ...]
    kind: Literal["fact", "inference", "context"] = "fact"


class Citation(Boundary):
    """A source of an item, linked directly."""

    publisher: str
    url: str
    tier: int


class Item(Boundary):
    """One story in an issue, at the version that the issue quotes."""

    story_id: str
    version: int
    slug: str
    desk: str = ""
    """Empty in issues from before readers had regions."""
    headline: Line
    fact: Line | None = None
    """What happened, or for an update what is new; None when the story holds no fact beside its headline."""
    why: Line | None = None
    """Why it matters; None when the story gives no reason with evidence."""
    lenses: dict[Region, Line] = {}
    """How the story looks from a region, where it says so: readers see those that they chose, pages all."""
    score: int
    band: str
    writer: Writer
    articles: int
    origins: int
    families: tuple[str, ...]
    """Owners of the publishers behind it, each once, the lead source's first."""
    sources: tuple[Citation, ...]
    """One for each owner, the lead source first."""
    importance: float
    update: bool = False
    """An earlier issue had this story; `fact` is what that issue could not say."""
    earlier_issue: str = ""
    """The last issue that had it, empty when none."""
    delta: tuple[str, ...] = ()
    """What differs from what that issue quoted, in so many words: figures from → to, disputes, origins gained."""

    @property
    def earlier_day(self) -> str:
        """`23 November`: of the last issue that had it."""
        day = date.fromisoformat(self.earlier_issue)
        return f"{day.day} {day:%B}"

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """Every claim that a reader of the item sees, in reading order."""
        lines = (self.headline, self.fact, self.why)
        return tuple(claim for line in lines if line for claim in line.claim_ids)

    @property
    def words(self) -> int:
        lines = [line.text for line in (self.headline, self.fact, self.why) if line]
        longest = max((len(lens.text.split()) for lens in self.lenses.values()), default=0)
        return sum(len(text.split()) for text in (*lines, *self.delta)) + longest


class CorrectionLine(Boundary):
    """A correction of a story that earlier issues carried."""

    id: str
    slug: str
    headline: str
    kind: Literal["correction", "clarification", "update", "retraction"]
    was: str
    now_reads: str
    issue_ids: tuple[str, ...]
    """The issues that carried the wrong version; who received none of them is not bothered."""
    told_in: str = ""
    """The issue that told of it first."""

    def concerns(self, received: Collection[str]) -> bool:
        """Whether a reader of these issues was told wrong, and has not been told since."""
        told = bool(self.told_in) and any(one >= self.told_in for one in received)
        return not told and any(one in received for one in self.issue_ids)

    @property
    def brief(self) -> bool:
        """Whether both wordings have room in a mail; else it leads to the notice that has them."""
        return length(self.was) + length(self.now_reads) <= LONGEST_WORDINGS


class Issue(Boundary):
    """The briefing of one New York date."""

    issue_id: str
    """`YYYY-MM-DD`, the date in New York."""
    composed_at: Moment
    since: Moment | None = None
    """The watermark: `composed_at` of the issue before; None for the first issue."""
    edition: Literal["weekday", "weekend", "holiday"]
    market_note: str
    """Whether New York trades on that day, in a sentence."""
    subject: str
    items: tuple[Item, ...] = ()
    market: tuple[Quote, ...] = ()
    """The newest prices at `composed_at`, in the order of the market snapshot; empty without a provider."""
    corrections: tuple[CorrectionLine, ...] = ()
    """Made since the watermark."""
    still_owed: tuple[CorrectionLine, ...] = ()
    """Told in earlier issues, and owed to whoever received none of those: a list that was paused loses none."""
    considered: dict[str, int] = {}
    """Story id → version, for stories published shortly before `composed_at`: the next issue looks back a little
    beyond its watermark for stories that were stored late, and must not take these again."""

    @property
    def minutes(self) -> int:
        """To read it."""
        return max(1, -(-sum(item.words for item in self.items) // WORDS_PER_MINUTE))

    @property
    def quoted(self) -> frozenset[tuple[str, int, tuple[str, ...]]]:
        """What every rendering must show: (story, version, claims)."""
        return frozenset((item.story_id, item.version, item.claim_ids) for item in self.items)


def issue_id_at(now: datetime) -> str:
    """The New York date of an instant: the id of the issue that is due on it."""
    return now.astimezone(NEW_YORK).date().isoformat()
