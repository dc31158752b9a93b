"""Claim the edition's slot and name the publishers that are due."""

from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.desk import desk
from newsroom.publishers.selecting import EditionOrder, due, edition_id
from newsroom.settings import EditionSettings

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    order, settings, now = EditionOrder.read(event), desk().settings(EditionSettings), desk().now()
    opens = order.opens(now)
    edition = edition_id(opens)
    claimed = desk().archive.claim_edition(edition, order.execution, now)
    publishers = desk().catalogue.publishers if claimed else ()
    healths = desk().archive.healths([publisher.id for publisher in publishers])
    chosen = due(publishers, healths, opens, settings.publishers_per_edition, everybody=not order.scheduled)
    logger.info("selected", edition=edition, claimed=claimed, publishers=len(chosen))
    return {"edition_id": edition, "claimed": claimed, "publishers": chosen, "concurrency": settings.concurrency}
