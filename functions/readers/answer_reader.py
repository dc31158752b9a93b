"""Answer a reader: subscribe, confirm, unsubscribe, vote, report, my data.

Without powertools' Tracer, whose X-Ray SDK imports botocore's client: half of a cold start that somebody waits for.
Lambda's own trace of the call is there all the same.
"""

import gc
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.request import read_request

# The first answer makes classes by the thousand: an eighth of its time went into looking for garbage among them.
gc.set_threshold(50_000)
logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    request = read_request(event, desk().origin_secret)
    answer = desk().reception(request.address).answer(request, desk().now())
    logger.info("answered", path=request.path, method=request.method, status=answer.status)
    return answer.to_event(request.method)
