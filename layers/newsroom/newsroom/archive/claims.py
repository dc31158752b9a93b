"""What must happen once: editions, briefing issues, money. And the logs that readers see."""

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pynamodb.expressions.update import Action

from newsroom.archive.documents import Documents
from newsroom.archive.items import ClaimItem, LogItem, TallyItem
from newsroom.archive.translating import translated
from newsroom.boundary import as_json, moment
from newsroom.editions.correction import Correction
from newsroom.errors import ArchiveConflict, BudgetSpent, NotFound

if TYPE_CHECKING:
    from newsroom.briefing.holding import IssueClaim
    from newsroom.briefing.issue import Issue

STALE = timedelta(hours=1)
"""A claim whose holder has not finished by then may be taken over: Lambda's 15 minutes and all retries fit in it."""
ISSUE_STALE = timedelta(hours=8)
"""An issue's: who sleeps when it is ready is sent it up to seven hours later (`readers.preferences`)."""


class ClaimRows:
    """The part of the archive that says who may go on."""

    documents: Documents

    def claim_edition(self, edition_id: str, holder: str, now: datetime) -> bool:
        """One row for all editions, so that running for years adds none.

        True for a later slot than the last one, unless another execution's edition is still running (and not
        stale), and for the same holder again, whose state was repeated.
        """
        mine = (ClaimItem.claimed == edition_id) & (ClaimItem.holder == holder)
        free = (ClaimItem.claimed < edition_id) & (
            (ClaimItem.finished == True) | (ClaimItem.claimed_at < moment(now - STALE))  # noqa: E712
        )
        return self._claim("EDITION", "CURRENT", edition_id, holder, now, mine | free)

    def finish_edition(self, edition_id: str, holder: str, receipt: dict[str, Any] | None) -> None:
        """Give the claim back; the receipt, when there is anything to account for, is kept beside the edition."""
        if receipt is not None:
            self.documents.put(f"editions/{edition_id}.json", as_json(receipt))
        self._finish("EDITION", "CURRENT", edition_id, holder, None)

    def claim_issue(
        self, issue_id: str, holder: str, now: datetime, *, again: bool = False, instead_of: str = ""
    ) -> bool:
        """One issue for each New York date; a holder that died may be followed by another.

        `again`: an operator asks for the date. What was closed may then be taken up: its issue and its manifest are
        frozen and every send is claimed by itself, so that it reaches only whom it has not reached.
        `instead_of`: a holder that is known to be gone; of several that follow it, one has the claim.
        """
        mine = ClaimItem.holder == holder
        if instead_of:
            mine |= (ClaimItem.holder == instead_of) & (ClaimItem.finished == False)  # noqa: E712
        if again:
            mine |= ClaimItem.finished == True  # noqa: E712
        stale = (ClaimItem.finished == False) & (ClaimItem.claimed_at < moment(now - ISSUE_STALE))  # noqa: E712
        return self._claim(f"ISSUE#{issue_id}", "ISSUE", issue_id, holder, now, mine | stale, shelf="ISSUES")

    def issue_claim(self, issue_id: str) -> "IssueClaim | None":
        """Who has an issue, or had it; None when nobody asked for it yet."""
        from newsroom.briefing.holding import IssueClaim

        try:
            with translated(issue_id):
                row = ClaimItem.get(f"ISSUE#{issue_id}", "ISSUE", consistent_read=True)
        except NotFound:
            return None
        return IssueClaim(
            holder=row.holder,
            held_at=datetime.fromisoformat(row.claimed_at),
            closed=row.finished,
            outcome=json.loads(row.outcome or "{}"),
        )

    def hold_issue(self, issue_id: str, holder: str, now: datetime) -> bool:
        """Its batches are being sent: sending may take hours, and a claim that is worked on is not stale. False when
        the claim is another's by now."""
        try:
            with translated(issue_id):
                ClaimItem(f"ISSUE#{issue_id}", "ISSUE").update(
                    actions=[ClaimItem.claimed_at.set(moment(now))], condition=ClaimItem.holder == holder
                )
        except ArchiveConflict:
            return False
        return True

    def store_issue(self, issue: "Issue") -> None:
        """Frozen: storing the same again is harmless, storing another under its id is ArchiveConflict."""
        key, body = f"issues/{issue.issue_id}.json", as_json(issue.model_dump(mode="json"))
        known = self.documents.find(key)
        if known is None:
            self.documents.put_if(key, body, None)
        elif known != body:
            raise ArchiveConflict("that issue is frozen", about=issue.issue_id)

    def issue(self, issue_id: str) -> "Issue":
        """NotFound."""
        from newsroom.briefing.issue import Issue

        return Issue.model_validate_json(self.documents.get(f"issues/{issue_id}.json"))

    def issue_ids(self, limit: int = 60) -> list[str]:
        """Newest first; those that were frozen."""
        keys = self.documents.keys("issues/")
        return [key.removeprefix("issues/").removesuffix(".json") for key in reversed(keys)][:limit]

    def record_issue_outcome(self, issue_id: str, outcome: dict[str, Any]) -> None:
        self._finish(f"ISSUE#{issue_id}", "ISSUE", issue_id, None, json.dumps(outcome, sort_keys=True))

    def store_correction(self, correction: Correction) -> None:
        """Where its story finds it, then where the log does."""
        document = correction.model_dump_json()
        with translated(correction.id):
            LogItem(f"STORY#{correction.story_id}", f"CORRECTION#{correction.id}", document=document).save()
        self._log("CORRECTION", correction.id, "CORRECTIONS", correction.made_at, document)

    def corrections(self, limit: int | None = None) -> list[Correction]:
        """The public log, newest first; the newest `limit` of it."""
        with translated("corrections"):
            rows = LogItem.by_shelf.query("CORRECTIONS", scan_index_forward=False, limit=limit)
            return [Correction.model_validate_json(row.document) for row in rows]

    def corrections_of(self, story_id: str) -> list[Correction]:
        """Of one story, newest first."""
        with translated(story_id):
            rows = LogItem.query(f"STORY#{story_id}", LogItem.sk.startswith("CORRECTION#"))
            found = [Correction.model_validate_json(row.document) for row in rows]
        return sorted(found, key=lambda one: (one.made_at, one.id), reverse=True)

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        """Set money aside before a model call, atomically; BudgetSpent when the day's limit would be passed."""
        room = TallyItem.amount <= limit - micro_dollars
        try:
            if micro_dollars > limit:
                raise ArchiveConflict("larger than the whole budget")
            with translated(day):
                TallyItem("TALLY#budget", day).update(
                    actions=[TallyItem.amount.add(micro_dollars)], condition=room | TallyItem.amount.does_not_exist()
                )
        except ArchiveConflict as exc:
            raise BudgetSpent(f"the day's model budget of ${limit / 1e6:.2f} is used up", about=day) from exc

    def settle(self, day: str, reserved: int, spent: int) -> None:
        """Give back what was set aside and not spent."""
        self._add("budget", day, spent - reserved)

    @staticmethod
    def _claim(
        pk: str, sk: str, claimed: str, holder: str, now: datetime, otherwise: Any, shelf: str | None = None
    ) -> bool:
        row = ClaimItem(
            pk, sk, claimed=claimed, holder=holder, claimed_at=moment(now), finished=False,
            shelf=shelf, shelved_at=claimed if shelf else None,
        )  # fmt: skip
        try:
            with translated(claimed):
                row.save(condition=ClaimItem.pk.does_not_exist() | otherwise)
        except ArchiveConflict:
            return False
        return True

    @staticmethod
    def _finish(pk: str, sk: str, claimed: str, holder: str | None, outcome: str | None) -> None:
        actions: list[Action] = [ClaimItem.finished.set(True)]
        if outcome:
            actions.append(ClaimItem.outcome.set(outcome))
        condition = ClaimItem.claimed == claimed
        if holder is not None:
            condition &= ClaimItem.holder == holder
        try:
            with translated(claimed):
                ClaimItem(pk, sk).update(actions=actions, condition=condition)
        except ArchiveConflict:
            return

    @staticmethod
    def _log(noun: str, name: str, shelf: str, at: datetime, document: str) -> None:
        with translated(name):
            LogItem(f"{noun}#{name}", f"{noun}#{name}", document=document, shelf=shelf, shelved_at=moment(at)).save()

    @staticmethod
    def _add(tally: str, name: str, amount: int) -> None:
        with translated(name):
            TallyItem(f"TALLY#{tally}", name).update(actions=[TallyItem.amount.add(amount)])
