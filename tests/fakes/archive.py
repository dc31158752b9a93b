"""The archive over dictionaries; `tests/archive/test_archive.py` holds it against the real one."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from newsroom.articles.article import Article
from newsroom.editions.correction import Correction
from newsroom.errors import ArchiveConflict, BudgetSpent, NotFound
from newsroom.publishers.health import Health, PublisherState
from newsroom.review.verdict import Held, Verdict
from newsroom.stories.story import Story
from newsroom.stories.version import Head, Version
from newsroom.writing.draft import Draft


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
        self.unlisted: set[str] = set()
        """Stories that were merged into others: published, and in no list any more."""
        self.judged: dict[str, str] = {}
        self.reasons: dict[str, Held] = {}
        self.drafts: dict[str, Draft] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.published: dict[str, list[Version]] = {}
        self.slugs: dict[str, str] = {}
        self.edition: dict[str, Any] = {}
        self.receipts: dict[str, Any] = {}
        self.issue_claims: dict[str, dict[str, Any]] = {}
        self.issues: dict[str, Any] = {}
        self.outcomes: dict[str, dict[str, Any]] = {}
        self.log: dict[str, Correction] = {}
        self.reports: dict[str, Any] = {}
        self.votes: dict[tuple[str, bool], int] = {}
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
        elif self.judged.get(story.id) == story.inputs:
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
        self.unlisted.add(story_id)
        if self.shelves.get(story_id) == ("MERGED", ""):
            del self.shelves[story_id]

    def store_draft(self, draft: Draft) -> None:
        self.drafts[draft.id] = draft

    def draft(self, draft_id: str) -> Draft:
        return _found(self.drafts, draft_id)

    def find_draft(self, draft_id: str) -> Draft | None:
        return self.drafts.get(draft_id)

    def record_verdict(self, verdict: Verdict, inputs: str) -> None:
        self.verdicts[verdict.draft_id] = verdict
        story = self.all_stories.get(verdict.story_id)
        if verdict.outcome == "revise" or story is None or story.inputs != inputs:
            return
        self.judged[story.id] = inputs
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

    def find_verdict(self, draft_id: str) -> Verdict | None:
        return self.verdicts.get(draft_id)

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
        self.end_acceptance(version.story_id, version.draft.id)

    def end_acceptance(self, story_id: str, draft_id: str) -> None:
        if self.shelves.get(story_id) == ("ACCEPTED", draft_id):
            del self.shelves[story_id]

    def head(self, story_id: str) -> Head | None:
        versions = self.published.get(story_id)
        return versions[-1].head if versions else None

    def heads(self, since: datetime | None = None, desk: str | None = None, limit: int | None = None) -> list[Head]:
        found = [versions[-1].head for one, versions in self.published.items() if one not in self.unlisted]
        wanted = [h for h in found if (not desk or h.desk == desk) and (not since or h.published_at >= since)]
        ordered = sorted(wanted, key=lambda head: (head.published_at, head.story_id), reverse=True)
        if limit is None:
            return ordered
        return [h for place, h in enumerate(ordered) if sum(o.desk == h.desk for o in ordered[:place]) < limit]

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

    def claim_issue(self, issue_id: str, holder: str, now: datetime) -> bool:
        last = self.issue_claims.get(issue_id)
        stale = last and not last["finished"] and last["claimed_at"] < now - timedelta(hours=1)
        if last and last["holder"] != holder and not stale:
            return False
        self.issue_claims[issue_id] = {"holder": holder, "claimed_at": now, "finished": False}
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

    def corrections(self) -> list[Correction]:
        return sorted(self.log.values(), key=lambda correction: correction.made_at, reverse=True)

    def store_report(self, report: Any) -> None:
        self.reports[report.id] = report

    def report(self, report_id: str) -> Any:
        return _found(self.reports, report_id)

    def add_vote(self, story_id: str, useful: bool) -> None:
        self.votes[story_id, useful] = self.votes.get((story_id, useful), 0) + 1

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
