"""Judge one draft against the articles it cites."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.review.judging import ReviewOrder, review_story
from newsroom.settings import ReviewSettings
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    order = ReviewOrder.model_validate(event)
    publishers = {publisher.id: publisher for publisher in desk().catalogue.publishers}
    verdict = review_story(
        order, archive=desk().archive, critic=desk().critic, publishers=publishers, now=desk().now(),
        people_accused=desk().settings(ReviewSettings).people_accused,
    )  # fmt: skip
    logger.info("reviewed", story_id=verdict.story_id, outcome=verdict.outcome, score=verdict.score.final)
    return {
        "story_id": verdict.story_id,
        "draft_id": verdict.draft_id,
        "attempt": order.attempt,
        "outcome": verdict.outcome,
    }
