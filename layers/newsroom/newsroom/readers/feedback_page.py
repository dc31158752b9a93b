"""What readers told us, for everybody: the clocks of reports, what scores were worth, every weight that votes moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from newsroom.briefing.engine import fill
from newsroom.editions.ranking import rules
from newsroom.readers.calibration import BandLine, calibration
from newsroom.readers.clocks import Clocks, clocks
from newsroom.readers.feedback_document import FeedbackDocument
from newsroom.readers.reckoning import KEPT, Move, Reckoning
from newsroom.readers.reliability import START
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
    """Of weights, by votes."""
    reliability: Mapping[str, float]
    refits: tuple[Move, ...]
    """Of reliability, by audits."""
    start: float
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
        moves=tuple(one for one in moves if one.votes)[:MOST_MOVES],
        reliability=reckonings[-1].reliability if reckonings else {},
        refits=tuple(one for one in moves if one.judged)[:MOST_MOVES],
        start=START,
        step=STEP,
        reach=REACH,
        of_network=limits.of_network,
        of_story=limits.of_story,
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
    for file in _files(reckonings, measured, taken, house):
        if files.digest(file.path) != file.digest:
            files.put(file.path, file.body, file.content_type)
    return measured


def first_files(house: House) -> list[SiteFile]:
    """As they stand until the first night: other pages link them."""
    return _files([], clocks([], datetime.min.replace(tzinfo=UTC)), VotesTaken(), house)


def _files(reckonings: Sequence[Reckoning], measured: Clocks, limits: VotesTaken, house: House) -> list[SiteFile]:
    """The document first, which the page links."""
    page = feedback_page(reckonings, measured, limits, house)
    told = FeedbackDocument.of(reckonings, measured, page.bands, page.weights, page.reliability)
    return [
        SiteFile(DOCUMENT, told.as_bytes(), JSON),
        SiteFile(addresses.FEEDBACK, fill("feedback.html.j2", page).encode()),
    ]
