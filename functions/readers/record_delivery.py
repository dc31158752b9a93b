"""Record what SES says became of a message: delivered, bounced, complained about."""

from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.delivery import read_event, record

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    told = read_event(event)
    record(told, desk().readers, desk().now())
    logger.info("recorded", event=told.kind, issue=told.issue_id, subscriber=told.subscriber_id)
    return {"event": told.kind, "suppressed": told.suppresses is not None}
