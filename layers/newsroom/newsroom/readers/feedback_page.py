"""What readers told us, for everybody: the clocks of reports, what scores were worth, every weight that votes moved."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from newsroom.boundary import as_json
from newsroom.briefing.engine import fill
from newsroom.editions.ranking import rules
from newsroom.readers.calibration import BandLine, Share, calibration
from newsroom.readers.clocks import Clocks, clocks
from newsroom.readers.reckoning import KEPT, Move, Reckoning
from newsroom.readers.reports import Report
from newsroom.readers.tuning import REACH, STEP
from newsroom.review.rubric import rubric
from newsroom.settings import ReadersSettings
from newsroom.site import addresses
from newsroom.site.rendering import Frame, House
from newsroom.site.site_file import JSON, SiteFile

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.published_files import PublishedFiles

DOCUMENT = "/feedback.json"
MOST_MOVES = 100
"""On the page, newest first; the document has those of the whole window."""


@dataclass(frozen=True)
class VotesTaken:
    """From one network in a day: in all, and for one story."""

    of_network: int = ReadersSettings.model_fields["votes_per_network_and_day"].default
    of_story: int = ReadersSettings.model_fields["votes_per_network_and_story"].default


@dataclass(frozen=True)
class FeedbackPage:
    """What `feedback.html.j2` shows."""

    frame: Frame
    until: str
    days: int
    json_path: str
    clocks: Clocks
    bands: tuple[BandLine, ...]
    weights: Mapping[str, float]
    moves: tuple[Move, ...]
    step: float
    reach: float
    of_network: int
    of_story: int


def feedback_page(reckonings: Sequence[Reckoning], measured: Clocks, limits: VotesTaken, house: House) -> FeedbackPage:
    """`reckonings`: of the window, oldest first; none before the first night."""
    moves = [move for one in reversed(reckonings) for move in one.moves]
    title = "What readers tell us"
    return FeedbackPage(
        frame=Frame(
            house, addresses.FEEDBACK, title, "Reports, scores and votes, measured; every weight that votes have moved."
        ),
        until=reckonings[-1].day if reckonings else "",
        days=KEPT,
        json_path=DOCUMENT,
        clocks=measured,
        bands=calibration(reckonings, [band.name for band in rubric().bands]),
        weights=(reckonings[-1].weights if reckonings else rules().weights).model_dump(),
        moves=tuple(moves[:MOST_MOVES]),
        step=STEP,
        reach=REACH,
        of_network=limits.of_network,
        of_story=limits.of_story,
    )


def document(page: FeedbackPage, reckonings: Sequence[Reckoning]) -> bytes:
    """The page as JSON, and the ballots of the window, from which every move can be computed again."""
    return as_json(
        {
            "schema": "feedback/1",
            "until": page.until,
            "days": page.days,
            "reports": asdict(page.clocks),
            "bands": [
                {"band": line.band, "errors": _share(line.errors), "useful": _share(line.useful)} for line in page.bands
            ],
            "weights": page.weights,
            "reckonings": [one.model_dump(mode="json") for one in reckonings],
        }
    )


def tell(
    archive: "Archive",
    files: "PublishedFiles",
    house: House,
    limits: ReadersSettings,
    reckonings: Sequence[Reckoning],
    now: datetime,
) -> Clocks:
    """Bring page and document up to date; the clocks, for the metrics."""
    reports: list[Report] = archive.reports_since(now - timedelta(days=KEPT))
    measured = clocks(reports, now)
    taken = VotesTaken(limits.votes_per_network_and_day, limits.votes_per_network_and_story)
    for file in _files(feedback_page(reckonings, measured, taken, house), reckonings):
        if files.digest(file.path) != file.digest:
            files.put(file.path, file.body, file.content_type, file.cache_control)
    return measured


def first_files(house: House) -> list[SiteFile]:
    """As they stand until the first night: other pages link them."""
    return _files(feedback_page([], clocks([], datetime.min.replace(tzinfo=UTC)), VotesTaken(), house), [])


def _files(page: FeedbackPage, reckonings: Sequence[Reckoning]) -> list[SiteFile]:
    """The document first, which the page links."""
    return [
        SiteFile(DOCUMENT, document(page, reckonings), JSON),
        SiteFile(addresses.FEEDBACK, fill("feedback.html.j2", page).encode()),
    ]


def _share(one: Share) -> dict[str, Any]:
    low, high = one.interval
    return {"some": one.some, "every": one.every, "low": round(low, 6), "high": round(high, 6)}
