"""Write one story from its articles."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.tracing import Tracer
from newsroom.writing.assigning import WritingOrder, write_story

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    order = WritingOrder.model_validate(event)
    publishers = {publisher.id: publisher for publisher in desk().catalogue.publishers}
    draft = write_story(order, archive=desk().archive, writer=desk().writer, publishers=publishers, now=desk().now())
    logger.info("written", story_id=draft.story_id, writer=draft.writer, micro_dollars=draft.usage.micro_dollars)
    return {"story_id": draft.story_id, "draft_id": draft.id, "attempt": order.attempt, "writer": draft.writer}
