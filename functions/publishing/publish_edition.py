"""Publish what was accepted; bring the site up to date; give the edition's claim back."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import Desk, desk
from newsroom.editions.edition_run import EditionRun
from newsroom.editions.listing import IN_FRONT
from newsroom.editions.publishing import PublishedEdition, publish
from newsroom.editions.rebuilding import rebuild
from newsroom.editions.status import status_of, tell, worth_telling
from newsroom.readers.clocks import LOOKS_BACK, clocks
from newsroom.settings import PublishingSettings, SiteSettings
from newsroom.site.places import packaged_places
from newsroom.site.rendering import House
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()
metrics = Metrics()


def _rebuild(at: Desk, context: LambdaContext) -> dict[str, Any]:
    """`{"rebuild": true}`, by hand: one slice of the whole site anew; to be repeated until it is done."""
    house = House.of(at.settings(SiteSettings))
    rebuilt = rebuild(
        at.archive, at.published_files, at.catalogue, house, packaged_places(), at.now(), at.invalidate,
        lambda: context.get_remaining_time_in_millis() / 1000, at.settings(PublishingSettings),
    )  # fmt: skip
    metrics.add_metric(name="ObjectsRebuilt", unit=MetricUnit.Count, value=rebuilt.objects_written)
    logger.info("rebuilt", **asdict(rebuilt))
    return asdict(rebuilt)


def _count(run: EditionRun, published: PublishedEdition) -> None:
    """What an edition brought, and what alarms look at."""
    for name, number in {
        "QualityGuard": int(published.guarded),
        "StoriesRefused": len(published.refused),
        "StoriesForEditor": published.for_editor,
        "ArticlesCollected": run.counts["articles"],
    }.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=number)


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    at = desk()
    if event.get("rebuild"):
        return _rebuild(at, context)
    run = EditionRun.model_validate(event).counted(
        lambda: at.archive.healths([publisher.id for publisher in at.catalogue.publishers])
    )
    house = House.of(at.settings(SiteSettings))
    published = publish(
        at.archive, at.published_files, at.catalogue, house, packaged_places(), run.edition_id, at.now(), at.invalidate,
        at.prices, at.settings(PublishingSettings),
    )  # fmt: skip
    if worth_telling(run, published):
        recent = at.archive.heads(since=at.now() - timedelta(days=1), limit=IN_FRONT)
        reports = clocks(at.archive.reports_since(at.now() - LOOKS_BACK), at.now())
        tell(status_of(run, published, recent, reports, at.now()), at.published_files, house)
    at.archive.finish_edition(run.edition_id, run.execution, published.receipt)
    metrics.add_metric(name="FailedPublishersPercentage", unit=MetricUnit.Percent, value=run.failed_percentage)
    _count(run, published)
    answer = {**run.counts, **published.counts, "articles_total": at.archive.count_articles()}
    logger.info("published", edition=run.edition_id, refused=published.refused, unpriced=published.unpriced, **answer)
    return {"edition_id": run.edition_id, **answer}
