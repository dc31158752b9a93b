"""Send one batch of an issue: claim, send, record, for each subscriber."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.briefing.holding import hold
from newsroom.briefing.manifest import read_batch
from newsroom.desk import desk
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    hold(event["issue_id"], event["execution"], archive=desk().archive, now=desk().now())
    issue = desk().archive.issue(event["issue_id"])
    subscriber_ids = read_batch(desk().archive, issue.issue_id, event["batch"])
    postman = desk().postman(lambda: context.get_remaining_time_in_millis() / 1000, event["per_second"])
    batch = postman.deliver(issue, subscriber_ids)
    logger.info("sent", issue=issue.issue_id, batch=event["batch"], **batch.model_dump())
    return {"batch": event["batch"], **batch.model_dump()}
