"""Reckon what readers said until yesterday: votes, errors, the clocks of reports; tell it on the site."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.readers.auditing import audit_last_week
from newsroom.readers.feedback_page import tell
from newsroom.readers.reckoning import reckon_days
from newsroom.settings import ReadersSettings, SiteSettings
from newsroom.site.rendering import House
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()
metrics = Metrics()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(_event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    at, now = desk(), desk().now()
    reckonings = reckon_days(at.archive, now)
    audit = audit_last_week(at.archive, now)
    house, limits = House.of(at.settings(SiteSettings)), at.settings(ReadersSettings)
    clocks = tell(at.archive, at.published_files, house, limits, reckonings, now)
    metrics.add_metric(name="LateReports", unit=MetricUnit.Count, value=clocks.decided.late + clocks.fixed.late)
    answer = {"day": reckonings[-1].day, "moves": len(reckonings[-1].moves), "waiting": clocks.waiting}
    logger.info("reckoned", **answer, audit=audit.week, judged=len(audit.judged), drawn=len(audit.sentences))
    return answer
