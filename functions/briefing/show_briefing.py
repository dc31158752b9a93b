"""Show operators an issue: as it would be, as it is being sent, as it was. Nothing is changed."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.briefing.showing import ShowOrder, show
from newsroom.desk import desk
from newsroom.settings import MailSettings, SiteSettings
from newsroom.site.rendering import House
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    shown = show(
        ShowOrder.read(event),
        archive=desk().archive,
        readers=desk().readers,
        house=House.of(desk().settings(SiteSettings)),
        settings=desk().settings(MailSettings),
        owner_of=desk().catalogue.owner_of,
        now=desk().now(),
        prices=desk().prices,
    )
    logger.info("shown", issue=shown.issue_id, stage=shown.stage)
    return shown.model_dump(mode="json")
