"""What stories say of people and an editor has to read first: shown, and cleared for the next edition."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.review.clearing import clear, read_clearance
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    clearing = clear(read_clearance(event), desk().archive, desk().now())
    logger.info("cleared", story_id=clearing.story_id, repeated=clearing.repeated, waiting=len(clearing.waiting))
    return clearing.model_dump(mode="json")
