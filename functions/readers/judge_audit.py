"""The week's audit: the sentences drawn by lot, and what the auditor hands in of them."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.auditing import judge, read_judgements
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    audit = judge(read_judgements(event), desk().archive, desk().now())
    logger.info("audited", week=audit.week, sentences=len(audit.sentences), judged=len(audit.judged))
    return audit.model_dump(mode="json")
