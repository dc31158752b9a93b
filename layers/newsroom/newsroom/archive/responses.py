"""What readers say of stories, as it is stored: reports and votes. All that the readers' function needs of the archive,
so nothing is imported here that it can do without."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.archive.binding import bind
from newsroom.archive.items import ArchiveItem, HeadItem, LogItem, TallyItem
from newsroom.archive.translating import translated
from newsroom.boundary import moment
from newsroom.errors import NotFound

if TYPE_CHECKING:
    from newsroom.readers.reports import Report


@dataclass(frozen=True)
class Standing:
    """A published story as somebody who talks of it needs it."""

    slug: str
    version: int
    headline: str


class ResponseRows:
    """The part of the archive in which readers' words are kept; nothing of the readers."""

    def standing(self, story_id: str) -> Standing | None:
        """None for what is no published story."""
        try:
            with translated(story_id):
                row = HeadItem.get(f"STORY#{story_id}", "HEAD", consistent_read=True)
        except NotFound:
            return None
        head = json.loads(row.document)
        return Standing(head["slug"], head["version"], head["headline"])

    # reports

    def store_report(self, report: "Report") -> None:
        with translated(report.id):
            report_row(report).save()

    def report(self, report_id: str) -> "Report":
        """NotFound."""
        from newsroom.readers.reports import Report

        with translated(report_id):
            key = f"REPORT#{report_id}"
            return Report.model_validate_json(LogItem.get(key, key, consistent_read=True).document)

    def reports_since(self, since: datetime) -> list["Report"]:
        """Newest first."""
        from newsroom.readers.reports import Report

        with translated("reports"):
            rows = LogItem.by_shelf.query("REPORTS", LogItem.shelved_at >= moment(since), scan_index_forward=False)
            return [Report.model_validate_json(row.document) for row in rows]

    # votes

    def add_vote(self, day: str, story_id: str, useful: bool) -> None:
        """One more anonymous vote on a day (UTC, an ISO date); nothing of the voter is kept."""
        with translated(story_id):
            key = f"{story_id}#{'useful' if useful else 'useless'}"
            TallyItem(f"TALLY#votes#{day}", key).update(actions=[TallyItem.amount.add(1)])

    def votes(self, day: str) -> dict[str, tuple[int, int]]:
        """Story id → how many of a day found it useful, and how many did not."""
        found: dict[str, tuple[int, int]] = {}
        with translated(day):
            for row in TallyItem.query(f"TALLY#votes#{day}"):
                story_id, _, answer = str(row.sk).partition("#")
                useful, useless = found.get(story_id, (0, 0))
                amount = int(row.amount)
                found[story_id] = (useful + amount, useless) if answer == "useful" else (useful, useless + amount)
        return found


class ResponseArchive(ResponseRows):
    """This part alone, over the same table."""

    def __init__(self, table: str) -> None:
        bind(ArchiveItem, table)


def report_row(report: "Report") -> LogItem:
    key = f"REPORT#{report.id}"
    return LogItem(
        key, key, document=report.model_dump_json(), shelf="REPORTS", shelved_at=moment(report.received_at)
    )  # fmt: skip
