"""Count what became of everybody on an issue's manifest, and record it."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.briefing.closing import close
from newsroom.briefing.holding import hold
from newsroom.desk import desk
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    hold(event["issue_id"], event["execution"], archive=desk().archive, now=desk().now())
    outcome = close(desk().archive, desk().readers, event["issue_id"])
    logger.info("closed", **outcome.model_dump(exclude={"unknown_ids"}), unknown_ids=outcome.unknown_ids)
    return outcome.model_dump(include={"issue_id", "recipients", "sent", "unknown", "complete"})
