"""Put new articles into stories."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.settings import EditionSettings
from newsroom.stories.assembling import group_articles
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    grouped = group_articles(
        desk().archive,
        {publisher.id: publisher for publisher in desk().catalogue.publishers},
        now=desk().now(),
        limit=desk().settings(EditionSettings).stories_per_edition,
    )
    logger.info(
        "grouped",
        edition_id=event["edition_id"],
        articles=grouped.articles,
        stories=grouped.stories,
        due=len(grouped.story_ids_due),
        rebuilt=grouped.rebuilt,
    )
    return {"stories": list(grouped.story_ids_due), "articles": grouped.articles}
