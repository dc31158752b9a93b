"""Take a reader out whose mail program asked by mail."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.inbound import leave_by_mail, read_mail
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    leaving = read_mail(event, desk().tokens, desk().now())
    leave_by_mail(leaving, desk().readers, desk().now())
    logger.info("received", leaving=len(leaving))
    return {"disposition": "STOP_RULE"}
