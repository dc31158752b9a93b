"""Claim the edition's slot and name the publishers that are due."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.boundary import as_json
from newsroom.desk import desk
from newsroom.publishers.registry_figures import registry_figures
from newsroom.publishers.selecting import EditionOrder, due, edition_id, plan
from newsroom.settings import EditionSettings
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()
metrics = Metrics()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
@metrics.log_metrics
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    order, settings, now = EditionOrder.read(event), desk().settings(EditionSettings), desk().now()
    opens = order.opens(now)
    edition, archive = edition_id(opens), desk().archive
    claimed = archive.claim_edition(edition, order.execution, now)
    known = {publisher.id: publisher for publisher in desk().catalogue.publishers} if claimed else {}
    healths = archive.healths(list(known))
    chosen = due(known.values(), healths, opens, settings.publishers_per_edition, everybody=not order.scheduled)
    told, batches = plan(edition, [known[one] for one in chosen] if claimed else None, settings)
    if batches:
        archive.put_document(told.manifest, as_json(batches))
    metrics.add_metric(name="PublishersDue", unit=MetricUnit.Count, value=len(chosen))
    for name, value in registry_figures(healths).items() if claimed else ():
        unit = MetricUnit.Percent if name.endswith("Percentage") else MetricUnit.Count
        metrics.add_metric(name=name, unit=unit, value=value)
    logger.info("selected", edition=edition, claimed=claimed, publishers=len(chosen), batches=len(batches))
    return told.model_dump(mode="json")
