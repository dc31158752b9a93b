"""Poll the feeds of many publishers and store their new articles."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.publishers.collecting_batch import BatchOrder, Collector, collect_batch
from newsroom.settings import WireSettings
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()
metrics = Metrics()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    order = BatchOrder.model_validate(event)
    collector = Collector(
        publishers={publisher.id: publisher for publisher in desk().catalogue.publishers},
        archive=desk().archive,
        fetcher=desk().fetcher,
        limit=desk().settings(WireSettings).articles_per_publisher,
        edition_id=order.edition_id,
        now=desk().now(),
        seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
    )
    collected = collect_batch(order.groups, collector)
    metrics.add_metric(name="PublishersLeft", unit=MetricUnit.Count, value=collected.left)
    logger.info("collected", edition_id=order.edition_id, **collected.as_log())
    return {"publishers": collected.publishers, "failed": collected.failed, "articles": collected.articles_new}
