"""The archive over dictionaries; `tests/archive/test_archive.py` holds it against the real one."""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from newsroom.archive.listings import in_order
from newsroom.archive.responses import Standing
from newsroom.articles.article import Article
from newsroom.boundary import moment
from newsroom.briefing.holding import IssueClaim
from newsroom.editions.correction import Correction
from newsroom.editions.restraint import Judged
from newsroom.errors import ArchiveConflict, BudgetSpent, DraftAltered, NotFound
from newsroom.publishers.health import Health, PublisherState
from newsroom.readers.reports import fixed
from newsroom.review.verdict import Clearance, Held, Verdict
from newsroom.stories.story import Story
from newsroom.stories.version import Head, Version
from newsroom.writing.draft import Draft


class Rows:
    """Heads in order on their shelves, each found by its place as an index finds it: no question reads a whole shelf.

    `read` counts the heads that were handed out.
    """

    def __init__(self) -> None:
        self.shelves: dict[str, list[tuple[str, str]]] = {}
        self.places: dict[str, tuple[str, str]] = {}
        self.heads: dict[str, Head] = {}
        self.read = 0

    def put(self, row: str, shelf: str | None, at: str, head: Head) -> None:
        """On a shelf, and on none where it stood before."""
        if row in self.places:
            old, since = self.places.pop(row)
            self.shelves[old].pop(bisect_left(self.shelves[old], (since, row)))
        if shelf:
            insort(self.shelves.setdefault(shelf, []), (at, row))
            self.places[row] = (shelf, at)
            self.heads[row] = head

    def newest(self, shelf: str, limit: int | None = None, since: str = "") -> list[Head]:
        rows = self.shelves.get(shelf, [])
        first = bisect_left(rows, (since, ""))
        chosen = rows[max(first, len(rows) - limit) if limit is not None else first :]
        self.read += len(chosen)
        return [self.heads[row] for _, row in reversed(chosen)]


class FakeArchive:
    def __init__(self) -> None:
        self.states: dict[str, PublisherState] = {}
        self.all_articles: dict[str, Article] = {}
        self.older: dict[tuple[str, int], Article] = {}
        """(Article id, revision) → what it was before it was revised."""
        self.ungrouped: set[str] = set()
        self.index: tuple[bytes | None, str | None] = (None, None)
        self.all_stories: dict[str, Story] = {}
        self.shelves: dict[str, tuple[str, str]] = {}
        """Story id → (shelf, draft id)."""
        self.judged_inputs: dict[str, str] = {}
        self.all_judged: dict[tuple[str, bool], set[str]] = {}
        """(Edition, sound) → stories that a model wrote."""
        self.reasons: dict[str, Held] = {}
        self.drafts: dict[str, Draft] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.all_clearances: dict[str, tuple[Clearance, ...]] = {}
        self.recorded: dict[tuple[str, str], Verdict] = {}
        """(Story id, draft id) → the verdict as its row knows it."""
        self.published: dict[str, list[Version]] = {}
        self.current: dict[str, Head] = {}
        self.rows = Rows()
        self.listings: dict[str, set[str]] = {}
        self.register: set[str] = set()
        self.slugs: dict[str, str] = {}
        self.edition: dict[str, Any] = {}
        self.receipts: dict[str, Any] = {}
        self.issue_claims: dict[str, dict[str, Any]] = {}
        self.issues: dict[str, Any] = {}
        self.outcomes: dict[str, dict[str, Any]] = {}
        self.log: dict[str, Correction] = {}
        self.reports: dict[str, Any] = {}
        self.all_rulings: dict[str, Any] = {}
        self.waiting: list[str] = []
        """Ids of rulings that no edition has enacted yet."""
        self.all_votes: dict[tuple[str, str, bool], int] = {}
        """(Day, story id, useful) → votes."""
        self.reckonings: dict[str, Any] = {}
        self.audits: dict[str, tuple[Any, str]] = {}
        self.moved_weights: Any = None
        self.money: dict[str, int] = {}
        self.documents: dict[str, bytes] = {}

    def publisher_state(self, publisher_id: str) -> PublisherState:
        new = PublisherState(publisher_id=publisher_id, health=Health(publisher_id=publisher_id))
        return self.states.get(publisher_id, new)

    def record_publisher_state(self, state: PublisherState) -> None:
        self.states[state.publisher_id] = state

    def healths(self, publisher_ids: Sequence[str]) -> dict[str, Health]:
        return {one: self.states[one].health for one in publisher_ids if one in self.states}

    def store_article(self, article: Article) -> bool:
        if article.id in self.all_articles:
            return False
        self.all_articles[article.id] = article
        self.ungrouped.add(article.id)
        return True

    def revise_article(self, article: Article) -> None:
        before = self.article(article.id)
        if before.revision + 1 != article.revision:
            raise ArchiveConflict(f"revision {before.revision} is followed by another", about=article.id)
        self.older[article.id, before.revision] = before
        self.ungrouped.add(article.id)
        self.all_articles[article.id] = article

    def article(self, article_id: str, revision: int | None = None) -> Article:
        article: Article = _found(self.all_articles, article_id)
        return article if revision in (None, article.revision) else _found(self.older, (article_id, revision))

    def articles(self, article_ids: Iterable[str]) -> list[Article]:
        return [self.article(one) for one in article_ids]

    def ungrouped_articles(self, limit: int = 2000) -> list[Article]:
        found = [self.all_articles[one] for one in self.ungrouped]
        return sorted(found, key=lambda article: (article.dated, article.id))[:limit]

    def mark_grouped(self, article_ids: Iterable[str]) -> None:
        self.ungrouped -= set(article_ids)

    def count_articles(self) -> int:
        return len(self.all_articles)

    def document(self, key: str) -> bytes:
        return _found(self.documents, key)

    def put_document(self, key: str, body: bytes) -> None:
        self.documents[key] = body

    def put_first(self, key: str, body: bytes) -> bytes:
        return self.documents.setdefault(key, body)

    def open_index(self) -> tuple[bytes | None, str | None]:
        return self.index

    def replace_open_index(self, body: bytes, tag: str | None) -> None:
        if tag != self.index[1]:
            raise ArchiveConflict("somebody else wrote first", about="stories/open-index")
        self.index = (body, str(int(tag or 0) + 1))

    def store_story(self, story: Story) -> None:
        before = self.all_stories.get(story.id)
        story = story.with_revisions(before.revisions if before else {})
        self.all_stories[story.id] = story
        if before and before.inputs == story.inputs:
            return
        if story.merged_into:
            self.shelves[story.id] = ("MERGED", "")
        elif self.judged_inputs.get(story.id) == story.inputs:
            self.shelves.pop(story.id, None)
        else:
            self.shelves[story.id] = ("DUE", "")

    def story(self, story_id: str) -> Story:
        return _found(self.all_stories, story_id)

    def stories(self, story_ids: Iterable[str]) -> list[Story]:
        return [self.story(one) for one in story_ids]

    def due_stories(self, limit: int) -> list[str]:
        due = [self.all_stories[one] for one, (shelf, _) in self.shelves.items() if shelf == "DUE"]
        return [story.id for story in sorted(due, key=lambda story: story.updated_at, reverse=True)][:limit]

    def merged(self) -> list[tuple[str, str]]:
        on_shelf = [one for one, (shelf, _) in self.shelves.items() if shelf == "MERGED"]
        return sorted((one, self.all_stories[one].merged_into) for one in on_shelf)

    def end_merge(self, story_id: str) -> None:
        head = self.current.get(story_id)
        if head:
            self.rows.put(f"HEAD {story_id}", None, "", head)
        if self.shelves.get(story_id) == ("MERGED", ""):
            del self.shelves[story_id]

    def store_draft(self, draft: Draft) -> None:
        self.drafts[draft.id] = draft

    def draft(self, draft_id: str) -> Draft:
        return _found(self.drafts, draft_id)

    def find_draft(self, draft_id: str) -> Draft | None:
        return self.drafts.get(draft_id)

    def record_verdict(self, verdict: Verdict, inputs: str) -> None:
        self.verdicts[verdict.draft_id] = self.recorded[verdict.story_id, verdict.draft_id] = verdict
        story = self.all_stories.get(verdict.story_id)
        if verdict.outcome == "revise" or story is None or story.inputs != inputs:
            return
        self.judged_inputs[story.id] = inputs
        self.shelves[story.id] = ("ACCEPTED" if verdict.outcome == "accept" else "HELD", verdict.draft_id)
        if verdict.outcome == "hold":
            draft = self.drafts.get(verdict.draft_id)
            self.reasons[story.id] = Held(
                story_id=story.id,
                draft_id=verdict.draft_id,
                headline=draft.headline.text if draft else "",
                reason=verdict.held_because,
                at=verdict.reviewed_at,
            )

    def verdict(self, draft_id: str) -> Verdict:
        return _found(self.verdicts, draft_id)

    def recorded_verdict(self, story_id: str, draft_id: str) -> Verdict:
        verdict = self.verdict(draft_id)
        if self.recorded.get((story_id, draft_id)) != verdict:
            raise DraftAltered("its verdict is not the one that was recorded", about=draft_id)
        return verdict

    def find_verdict(self, draft_id: str) -> Verdict | None:
        return self.verdicts.get(draft_id)

    def count_judged(self, edition_id: str, story_id: str, sound: bool, now: datetime) -> None:
        self.all_judged.setdefault((edition_id, sound), set()).add(story_id)

    def judged(self, edition_id: str) -> Judged:
        sound, failed = (len(self.all_judged.get((edition_id, one), ())) for one in (True, False))
        return Judged(sound, failed)

    def clearances(self, story_id: str) -> tuple[Clearance, ...]:
        return self.all_clearances.get(story_id, ())

    def add_clearance(self, story_id: str, clearance: Clearance) -> None:
        known = self.clearances(story_id)
        if clearance not in known:
            self.all_clearances[story_id] = (*known, clearance)

    def accepted(self) -> list[tuple[str, str]]:
        return sorted((one, draft_id) for one, (shelf, draft_id) in self.shelves.items() if shelf == "ACCEPTED")

    def held(self, limit: int = 200) -> list[Held]:
        found = [self.reasons[one] for one, (shelf, _) in self.shelves.items() if shelf == "HELD"]
        return sorted(found, key=lambda held: held.at, reverse=True)[:limit]

    def publish_version(self, version: Version) -> None:
        versions = self.published.setdefault(version.story_id, [])
        known = next((one for one in versions if one.number == version.number), None)
        if known and known.draft.id != version.draft.id:
            raise ArchiveConflict(f"version {version.number} belongs to another draft", about=version.story_id)
        if not known:
            versions.append(version)
        self._keep(version.head)
        self.end_acceptance(version.story_id, version.draft.id)

    def end_acceptance(self, story_id: str, draft_id: str) -> None:
        if self.shelves.get(story_id) == ("ACCEPTED", draft_id):
            del self.shelves[story_id]

    def head(self, story_id: str) -> Head | None:
        return self.current.get(story_id)

    def standing(self, story_id: str) -> Standing | None:
        head = self.head(story_id)
        return Standing(head.slug, head.version, head.headline) if head else None

    def heads(self, since: datetime | None = None, desk: str | None = None, limit: int | None = None) -> list[Head]:
        desks = [desk] if desk else sorted({shelf for shelf in self.rows.shelves if shelf.startswith("DESK ")})
        after = moment(since) if since else ""
        found = [h for one in desks for h in self.rows.newest(f"DESK {one.removeprefix('DESK ')}", limit, after)]
        return sorted(found, key=lambda head: (head.published_at, head.story_id), reverse=True)

    def list_head(self, head: Head, lists: Collection[str], moved: bool = False) -> None:
        self._keep(head, moved)
        published = in_order(head, "published_at")
        wanted = {f"LIST {head.story_id} {name}": f"LIST {name}" for name in lists}
        for row in self.listings.get(head.story_id, set()) - wanted.keys():
            self.rows.put(row, None, "", head)
        for row, shelf in wanted.items():
            self.rows.put(row, shelf, published, head)
        self.listings[head.story_id] = set(wanted)
        register = f"{'MOVED' if moved else 'DAY'} {head.day}"
        self.rows.put(f"REGISTER {head.story_id}", register, in_order(head, "first_published_at"), head)
        self.register.add(head.day)

    def listed(self, name: str, limit: int) -> list[Head]:
        return self.rows.newest(f"LIST {name}", limit)

    def first_published_on(self, day: str, moved: bool = False) -> list[Head]:
        return self.rows.newest(f"{'MOVED' if moved else 'DAY'} {day}")[::-1]

    def days(self, after: str = "") -> list[str]:
        return sorted(day for day in self.register if day > after)

    def _keep(self, head: Head, moved: bool = False) -> None:
        self.current[head.story_id] = head
        desk = None if moved else f"DESK {head.desk or 'world'}"
        self.rows.put(f"HEAD {head.story_id}", desk, in_order(head, "published_at"), head)

    def version(self, story_id: str, number: int) -> Version:
        return _found({one.number: one for one in self.published.get(story_id, [])}, number)

    def versions(self, story_id: str) -> list[Version]:
        return list(self.published.get(story_id, []))

    def slug_owner(self, slug: str) -> str | None:
        return self.slugs.get(slug)

    def claim_slug(self, slug: str, story_id: str) -> bool:
        return self.slugs.setdefault(slug, story_id) == story_id

    def claim_edition(self, edition_id: str, holder: str, now: datetime) -> bool:
        last = self.edition
        mine = last and last["claimed"] == edition_id and last["holder"] == holder
        stale = last and last["claimed_at"] < now - timedelta(hours=1)
        if last and not mine and not (last["claimed"] < edition_id and (last["finished"] or stale)):
            return False
        self.edition = {"claimed": edition_id, "holder": holder, "claimed_at": now, "finished": False}
        return True

    def finish_edition(self, edition_id: str, holder: str, receipt: dict[str, Any] | None) -> None:
        if receipt is not None:
            self.receipts[edition_id] = receipt
        if self.edition and (self.edition["claimed"], self.edition["holder"]) == (edition_id, holder):
            self.edition["finished"] = True

    def claim_issue(
        self, issue_id: str, holder: str, now: datetime, *, again: bool = False, instead_of: str = ""
    ) -> bool:
        last = self.issue_claims.get(issue_id)
        stale = last and not last["finished"] and last["claimed_at"] < now - timedelta(hours=8)
        taken_up = again and last and last["finished"]
        followed = last and not last["finished"] and last["holder"] == instead_of
        if last and last["holder"] != holder and not stale and not taken_up and not followed:
            return False
        self.issue_claims[issue_id] = {"holder": holder, "claimed_at": now, "finished": False}
        return True

    def issue_claim(self, issue_id: str) -> Any:
        last = self.issue_claims.get(issue_id)
        return last and IssueClaim(
            holder=last["holder"],
            held_at=last["claimed_at"],
            closed=last["finished"],
            outcome=self.outcomes.get(issue_id, {}),
        )

    def hold_issue(self, issue_id: str, holder: str, now: datetime) -> bool:
        claim = self.issue_claims.get(issue_id)
        if not claim or claim["holder"] != holder:
            return False
        claim["claimed_at"] = now
        return True

    def store_issue(self, issue: Any) -> None:
        if self.issues.setdefault(issue.issue_id, issue) != issue:
            raise ArchiveConflict("that issue is frozen", about=issue.issue_id)

    def issue(self, issue_id: str) -> Any:
        return _found(self.issues, issue_id)

    def issue_ids(self, limit: int = 60) -> list[str]:
        return sorted(self.issues, reverse=True)[:limit]

    def record_issue_outcome(self, issue_id: str, outcome: dict[str, Any]) -> None:
        self.outcomes[issue_id] = outcome
        if issue_id in self.issue_claims:
            self.issue_claims[issue_id]["finished"] = True

    def store_correction(self, correction: Correction) -> None:
        self.log[correction.id] = correction

    def corrections(self, limit: int | None = None) -> list[Correction]:
        return sorted(self.log.values(), key=lambda correction: correction.made_at, reverse=True)[:limit]

    def corrections_of(self, story_id: str) -> list[Correction]:
        own = [one for one in self.log.values() if one.story_id == story_id]
        return sorted(own, key=lambda one: (one.made_at, one.id), reverse=True)

    def store_report(self, report: Any) -> None:
        self.reports[report.id] = report

    def report(self, report_id: str) -> Any:
        return _found(self.reports, report_id)

    def reports_since(self, since: datetime) -> list[Any]:
        found = [one for one in self.reports.values() if one.received_at >= since]
        return sorted(found, key=lambda one: (one.received_at, one.id), reverse=True)

    def store_ruling(self, ruling: Any, report: Any) -> bool:
        if ruling.id in self.all_rulings:
            return False
        self.all_rulings[ruling.id] = ruling
        self.waiting.append(ruling.id)
        if report:
            self.store_report(report)
        return True

    def find_ruling(self, ruling_id: str) -> Any:
        return self.all_rulings.get(ruling_id)

    def rulings(self) -> list[Any]:
        return sorted((self.all_rulings[one] for one in self.waiting), key=lambda one: one.decided_at)

    def enact(self, ruling: Any, correction: Correction) -> None:
        self.store_correction(correction)
        if ruling.report_id:
            self.store_report(fixed(self.report(ruling.report_id), correction.made_at))
        if ruling.id in self.waiting:
            self.waiting.remove(ruling.id)

    def add_vote(self, day: str, story_id: str, useful: bool) -> None:
        self.all_votes[day, story_id, useful] = self.all_votes.get((day, story_id, useful), 0) + 1

    def votes(self, day: str) -> dict[str, tuple[int, int]]:
        stories = {story_id for when, story_id, _ in self.all_votes if when == day}
        return {
            one: (self.all_votes.get((day, one, True), 0), self.all_votes.get((day, one, False), 0))
            for one in sorted(stories)
        }

    def find_audit(self, week: str) -> Any:
        return self.audits.get(week)

    def store_audit(self, audit: Any, tag: str | None = None) -> Any:
        known = self.audits.get(audit.week)
        if known and tag is None:
            return known[0]
        if (known[1] if known else None) != tag:
            raise ArchiveConflict("somebody else wrote first", about=audit.week)
        self.audits[audit.week] = (audit, f"tag {int(tag.split()[1]) + 1 if tag else 1}")
        return audit

    def audit_weeks(self) -> list[str]:
        return sorted(self.audits)

    def store_reckoning(self, reckoning: Any) -> Any:
        return self.reckonings.setdefault(reckoning.day, reckoning)

    def reckoning(self, day: str) -> Any:
        return _found(self.reckonings, day)

    def store_weights(self, weights: Any) -> None:
        self.moved_weights = weights

    def weights(self) -> Any:
        return self.moved_weights

    def reckoned_days(self) -> list[str]:
        return sorted(self.reckonings)

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        if self.money.get(day, 0) + micro_dollars > limit:
            raise BudgetSpent("the day's model budget is used up", about=day)
        self.money[day] = self.money.get(day, 0) + micro_dollars

    def settle(self, day: str, reserved: int, spent: int) -> None:
        self.money[day] = self.money.get(day, 0) + spent - reserved


def _found(things: dict[Any, Any], key: Any) -> Any:
    if key not in things:
        raise NotFound("no such thing in the archive", about=str(key))
    return things[key]
