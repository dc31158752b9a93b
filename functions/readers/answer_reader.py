"""Answer a reader: subscribe, confirm, unsubscribe, vote, report."""

from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.request import read_request

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    request = read_request(event, desk().origin_secret)
    answer = desk().reception(request.address).answer(request, desk().now())
    logger.info("answered", path=request.path, method=request.method, status=answer.status)
    return answer.to_event(request.method)
