"""Compose the issue of a New York date, freeze it, put it on the site, and list who gets it."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext
from newsroom.briefing.allowance import Room, shared
from newsroom.briefing.holding import take
from newsroom.briefing.order import IssueOrder
from newsroom.briefing.production import produce
from newsroom.briefing.warming import warm_up
from newsroom.desk import desk
from newsroom.settings import MailSettings, SiteSettings
from newsroom.site.rendering import House
from newsroom.tracing import Tracer

logger = Logger()
tracer = Tracer()


@logger.inject_lambda_context
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], _context: LambdaContext) -> dict[str, Any]:
    order, now = IssueOrder.read(event), desk().now()
    issue_id, mail = order.issue_id(now), desk().settings(MailSettings)
    if not take(issue_id, order, archive=desk().archive, running=desk().running, now=now):
        return {"issue_id": issue_id, "claimed": False, "recipients": 0}
    allowance = desk().mail.allowance()
    warmth = warm_up(issue_id, mail, desk().archive, desk().readers, now)
    room = Room.of(warmth.a_day, allowance)
    manifest = produce(
        issue_id, archive=desk().archive, readers=desk().readers, files=desk().published_files, now=now,
        house=House.of(desk().settings(SiteSettings)), owner_of=desk().catalogue.owner_of, prices=desk().prices,
        by_their_clocks=order.scheduled, room=room, cooled=bool(warmth.held_because),
    )  # fmt: skip
    shares = shared(warmth.per_second(mail.mails_per_second), mail.senders, allowance)
    logger.info(
        "composed", issue=issue_id, recipients=manifest.recipients, held_back=manifest.held_back,
        held_for=manifest.held_for, plan=warmth.model_dump(exclude_defaults=True), workers=shares.workers,
    )  # fmt: skip
    return {
        "issue_id": issue_id, "execution": order.execution, "claimed": True, "recipients": manifest.recipients,
        "waves": [wave.model_dump(mode="json") for wave in manifest.waves_now(room, now)],
        "workers": shares.workers, "per_second": shares.per_second,
    }  # fmt: skip
