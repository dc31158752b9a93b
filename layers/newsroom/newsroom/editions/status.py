"""What readers are told of an edition that ended: in figures, and what was out of order."""

from collections.abc import Sequence
from datetime import datetime

from newsroom.editions.edition_run import EditionRun
from newsroom.editions.notices import TOLERATED
from newsroom.editions.plan import Files
from newsroom.editions.publishing import PublishedEdition
from newsroom.readers.clocks import Clocks
from newsroom.site import addresses, wording
from newsroom.site.rendering import House, render
from newsroom.site.site_file import JSON, SiteFile
from newsroom.site.status_page import Status, status_document, status_page
from newsroom.stories.version import Head


def status_of(
    run: EditionRun, published: PublishedEdition, recent: Sequence[Head], reports: Clocks, now: datetime
) -> Status:
    """`recent`: heads published in the last day, which tell whether a model writes."""
    return Status(
        edition_id=run.edition_id,
        ended_at=now,
        publishers=run.counts["publishers"],
        failed_publishers=run.failed_publishers,
        articles=run.counts["articles"],
        stories_published=published.stories_published,
        stories_held=published.stories_held,
        reports=reports,
        degraded=_degraded(run, published, recent, reports),
    )


def worth_telling(run: EditionRun, published: PublishedEdition) -> bool:
    """An edition without news and without trouble leaves every byte of the site as it was, the status page too."""
    news = run.counts["articles"] or published.objects_written
    trouble = "failed" in run.outcomes or published.refused or run.failed_percentage > TOLERATED
    return bool(news or trouble)


def tell(status: Status, files: Files, house: House) -> None:
    """Write the status, as a page and as a document: no digest is kept of them, because they differ each time."""
    page = status_page(status, house)
    for file in (
        SiteFile(addresses.STATUS_DOCUMENT, status_document(status).as_bytes(), JSON),
        SiteFile(page.frame.path, render(page)),
    ):
        files.put(file.path, file.body, file.content_type)


def _degraded(run: EditionRun, published: PublishedEdition, recent: Sequence[Head], reports: Clocks) -> tuple[str, ...]:
    found = [*published.notices]
    if published.waiting:
        wait = "waits" if published.waiting == 1 else "wait"
        found.append(
            f"{wording.count(published.waiting, 'accepted story', 'accepted stories')} {wait} for a later edition."
        )
    if run.failed_percentage > TOLERATED:
        share = wording.percent(run.failed_percentage / 100)
        found.append(f"{share} of the publishers that were asked did not answer.")
    if failed := run.outcomes.count("failed"):
        stories = wording.count(failed, "story", "stories")
        found.append(f"{stories} could not be written or reviewed; the next edition tries again.")
    if refused := len(published.refused):
        stories = wording.count(refused, "story", "stories")
        found.append(f"{stories} could not be published: evidence or draft is not what was judged.")
    if published.unpriced:
        found.append("The provider of market prices did not answer: new stories show none.")
    if late := reports.decided.late + reports.fixed.late:
        have = "has" if late == 1 else "have"
        found.append(f"{wording.count(late, 'report')} of an error {have} waited for longer than we promise.")
    digests = sum(head.writer == "excerpt" for head in recent)
    if recent and digests == len(recent):
        found.append("No model writes now: every story of the last day is a digest of quotations, and says so.")
    elif digests:
        found.append(
            f"{digests} of the last day’s {len(recent)} stories are digests of quotations: no model wrote them."
        )
    return tuple(found)
