"""The desk's decision on a report: rejected, confirmed, or put right in the next edition; and who is told by mail."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.deciding import decide, read_decision
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    outcome = decide(read_decision(event), desk().archive, desk().now())
    answer = {**outcome.answer, "reply": desk().replying.tell(outcome.report, desk().now())}
    logger.info("decided", **answer)
    return answer
