"""Compose the issue of a New York date, freeze it, put it on the site, and list who gets it."""

from typing import Any

from aws_lambda_powertools import Logger, Tracer
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.briefing.engine import house_of
from newsroom.briefing.issue import issue_id_at
from newsroom.briefing.production import checked_date, produce
from newsroom.desk import desk
from newsroom.settings import SiteSettings

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    now = desk().now()
    asked = (event.get("input") or event).get("date")
    issue_id = checked_date(asked) if asked else issue_id_at(now)
    if not desk().archive.claim_issue(issue_id, event["execution"], now):
        return {"issue_id": issue_id, "claimed": False, "batches": [], "recipients": 0}
    manifest = produce(
        issue_id,
        archive=desk().archive,
        readers=desk().readers,
        files=desk().published_files,
        house=house_of(desk().settings(SiteSettings)),
        owner_of=desk().catalogue.owner_of,
        now=now,
    )
    logger.info("composed", issue=issue_id, recipients=manifest.recipients)
    return {
        "issue_id": issue_id, "claimed": True, "batches": manifest.numbers, "recipients": manifest.recipients,
    }  # fmt: skip
