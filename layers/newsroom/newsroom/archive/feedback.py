"""What was decided on what readers told us, as it is stored: rulings and reckonings."""

from typing import TYPE_CHECKING

from pynamodb.transactions import TransactWrite

from newsroom.archive.binding import connection_of
from newsroom.archive.documents import Documents
from newsroom.archive.items import LogItem
from newsroom.archive.responses import ResponseRows, report_row
from newsroom.archive.translating import translated
from newsroom.boundary import moment
from newsroom.editions.correction import Correction
from newsroom.editions.ranking import Weights
from newsroom.editions.ruling import Ruling
from newsroom.errors import ArchiveConflict, NotFound

if TYPE_CHECKING:
    from newsroom.readers.auditing import Audit
    from newsroom.readers.reckoning import Reckoning
    from newsroom.readers.reports import Report

RECKONINGS = "feedback/days/"
WEIGHTS = "feedback/weights.json"
AUDITS = "feedback/audits/"


class FeedbackRows(ResponseRows):
    """The part of the archive in which the desk's answers to readers' words are kept, and what follows from them."""

    documents: Documents

    # rulings

    def store_ruling(self, ruling: Ruling, report: "Report | None") -> bool:
        """Ruling and report in one transaction; False, and nothing done, when that ruling is stored already."""
        try:
            with translated(ruling.id), TransactWrite(connection=connection_of(LogItem)) as write:
                write.save(_ruling_row(ruling, waits=True), condition=LogItem.pk.does_not_exist())
                if report:
                    write.save(report_row(report))
        except ArchiveConflict:
            if self.find_ruling(ruling.id):
                return False
            raise
        return True

    def find_ruling(self, ruling_id: str) -> Ruling | None:
        key = f"RULING#{ruling_id}"
        try:
            with translated(ruling_id):
                return Ruling.model_validate_json(LogItem.get(key, key, consistent_read=True).document)
        except NotFound:
            return None

    def rulings(self) -> list[Ruling]:
        """Those that wait for an edition, oldest first."""
        with translated("rulings"):
            return [Ruling.model_validate_json(row.document) for row in LogItem.by_shelf.query("RULINGS")]

    def enact(self, ruling: Ruling, correction: Correction) -> None:
        """The log's entry, its story's copy, the end of its report, the ruling off its shelf: in one transaction.

        Repeating it is harmless.
        """
        from newsroom.readers.reports import fixed

        document = correction.model_dump_json()
        entry = f"CORRECTION#{correction.id}"
        rows = [
            LogItem(f"STORY#{correction.story_id}", entry, document=document),
            LogItem(entry, entry, document=document, shelf="CORRECTIONS", shelved_at=moment(correction.made_at)),
            _ruling_row(ruling, waits=False),
        ]
        if ruling.report_id:
            rows.append(report_row(fixed(self.report(ruling.report_id), correction.made_at)))
        with translated(ruling.id), TransactWrite(connection=connection_of(LogItem)) as write:
            for row in rows:
                write.save(row)

    # audits

    def find_audit(self, week: str) -> "tuple[Audit, str] | None":
        """With the tag of what was read, for `store_audit`; None where none is drawn."""
        from newsroom.readers.auditing import Audit

        try:
            body, tag = self.documents.get_with_tag(f"{AUDITS}{week}.json")
        except NotFound:
            return None
        return Audit.model_validate_json(body), tag

    def store_audit(self, audit: "Audit", tag: str | None = None) -> "Audit":
        """Over what had `tag`, else ArchiveConflict. Without a tag it is a new one, and the first of a week stays."""
        try:
            self.documents.put_if(f"{AUDITS}{audit.week}.json", audit.model_dump_json().encode(), tag)
        except ArchiveConflict:
            found = None if tag else self.find_audit(audit.week)
            if not found:
                raise
            return found[0]
        return audit

    def audit_weeks(self) -> list[str]:
        """Oldest first."""
        return [key.removeprefix(AUDITS).removesuffix(".json") for key in self.documents.keys(AUDITS)]

    # reckonings

    def store_reckoning(self, reckoning: "Reckoning") -> "Reckoning":
        """The first one of a day stays, and is what comes back."""
        try:
            self.documents.put_if(f"{RECKONINGS}{reckoning.day}.json", reckoning.model_dump_json().encode(), None)
        except ArchiveConflict:
            return self.reckoning(reckoning.day)
        return reckoning

    def reckoning(self, day: str) -> "Reckoning":
        """NotFound."""
        from newsroom.readers.reckoning import Reckoning

        return Reckoning.model_validate_json(self.documents.get(f"{RECKONINGS}{day}.json"))

    def store_weights(self, weights: Weights) -> None:
        self.documents.put(WEIGHTS, weights.model_dump_json().encode())

    def weights(self) -> Weights | None:
        """Of importance, as readers have moved them; None before the first reckoning."""
        body = self.documents.find(WEIGHTS)
        return Weights.model_validate_json(body) if body else None

    def reckoned_days(self) -> list[str]:
        """Oldest first."""
        return [key.removeprefix(RECKONINGS).removesuffix(".json") for key in self.documents.keys(RECKONINGS)]


def _ruling_row(ruling: Ruling, waits: bool) -> LogItem:
    key = f"RULING#{ruling.id}"
    at = moment(ruling.decided_at)
    return LogItem(
        key, key, document=ruling.model_dump_json(),
        shelf="RULINGS" if waits else None, shelved_at=at if waits else None,
    )  # fmt: skip
