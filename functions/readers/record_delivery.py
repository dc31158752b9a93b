"""Record what SES says became of a message: delivered, bounced, complained about."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.delivery import read_event, record
from newsroom.settings import MailSettings
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()
metrics = Metrics()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    mail, now = desk().settings(MailSettings), desk().now()
    told = read_event(event, (mail.list_configuration_set, mail.transactional_configuration_set), now)
    pause = record(told, desk().readers, now)
    if pause:
        metrics.add_metric(name="ListPaused", unit=MetricUnit.Count, value=1)
        metrics.flush_metrics()
        logger.warning("paused", reason=pause.reason)
    logger.info("recorded", event=told.kind, issue=told.issue_id, subscriber=told.subscriber_id)
    return {"event": told.kind, "suppressed": told.suppresses is not None, "paused": pause is not None}
