"""Poll one publisher's feeds and store its new articles."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.publishers.collecting import collect
from newsroom.settings import WireSettings
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    collected = collect(
        desk().catalogue.publisher(event["publisher_id"]),
        archive=desk().archive,
        fetcher=desk().fetcher,
        limit=desk().settings(WireSettings).articles_per_publisher,
        edition_id=event["edition_id"],
        now=desk().now(),
        seconds_left=lambda: context.get_remaining_time_in_millis() / 1000,
    )
    logger.info("collected", **collected.as_log())
    return {"publisher_id": collected.publisher_id, "articles": collected.articles_new, "failed": False}
