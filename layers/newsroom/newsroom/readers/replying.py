"""Tell a reader who wanted to know it what the desk decided: claim, send, record; once, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from newsroom.errors import BadInput, MailRefused, MailSuspended, MailThrottled, MailUncertain
from newsroom.readers.letters import reply_letter
from newsroom.readers.reply import Reply, claimed, ended, lasting
from newsroom.readers.reports import Report
from newsroom.settings import MailSettings
from newsroom.site.rendering import House

if TYPE_CHECKING:
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.archive.responses import ResponseRows
    from newsroom.briefing.mail import Mail
    from newsroom.readers.sealing import Seal

Told = Literal["none", "sent", "waiting", "not sent", "unknown"]
"""`none`: nobody waits for it. `waiting`: mail is not taken now; the same decision again sends it. `not sent`: the
mailbox is suppressed, refused, or sealed under another secret. `unknown`: SES may have it; it is not sent again."""


@dataclass(frozen=True)
class Replying:
    """All that it takes. It decides nothing, and whatever becomes of the letter the decision stands."""

    archive: "ResponseRows"
    readers: "ReadersArchive"
    mail: "Callable[[], Mail]"
    """Built when there is a letter: most reports want none."""
    seal: "Seal"
    house: House
    mail_settings: MailSettings

    def tell(self, report: Report | None, now: datetime) -> Told:
        """At most one letter for a report that is decided. A worker that dies after its claim leaves a claim, which
        nobody takes up: better no letter than two."""
        if report is None or report.state == "received":
            return "none"
        found = self.readers.reply_to(report.id)
        if found is None or not lasting([found], now) or not self.readers.store_reply(claimed(found), was=found.state):
            return "none"
        told = self._send(found, report, now)
        if told == "waiting":
            self.readers.store_reply(found, was="claimed")
        else:
            self.readers.store_reply(ended(found), was="claimed")
        return told

    def _send(self, reply: Reply, report: Report, now: datetime) -> Told:
        if self.readers.suppression(reply.subscriber_id):
            return "not sent"
        story = self.archive.standing(report.story_id)
        try:
            address = self.seal.open(reply.sealed_address, reply.subscriber_id)
            letter = reply_letter(report, story, address, self.house, self.mail_settings, now)
            self.mail().send(letter, "transactional", {"subscriber": reply.subscriber_id})
        except (MailThrottled, MailSuspended):
            return "waiting"
        except (BadInput, MailRefused):
            return "not sent"
        except MailUncertain:
            return "unknown"
        return "sent"
