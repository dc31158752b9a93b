"""Stories, drafts and verdicts, as they are stored."""

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from pynamodb.expressions.update import Action

from newsroom.archive.articles import READERS
from newsroom.archive.documents import Documents
from newsroom.archive.items import DraftItem, HeadItem, StoryItem, TallyItem
from newsroom.archive.translating import translated
from newsroom.boundary import as_json, moment
from newsroom.editions.restraint import Judged
from newsroom.errors import ArchiveConflict, DraftAltered, NotFound
from newsroom.review.verdict import Held, Verdict
from newsroom.stories.story import Story
from newsroom.writing.draft import Draft

OPEN_INDEX = "stories/open-index"
JUDGED_KEPT = timedelta(days=2)


class StoryRows:
    """The part of the archive that grouping, writing and review share."""

    documents: Documents

    def open_index(self) -> tuple[bytes | None, str | None]:
        """The index of stories that may still grow and the tag to replace it by; twice None when it is missing."""
        try:
            return self.documents.get_with_tag(OPEN_INDEX)
        except NotFound:
            return None, None

    def replace_open_index(self, body: bytes, tag: str | None) -> None:
        """ArchiveConflict when somebody else wrote since `tag` was read."""
        self.documents.put_if(OPEN_INDEX, body, tag)

    def store_story(self, story: Story) -> None:
        """Keep a story; it stands on the shelf `DUE` while its inputs are not those last judged.

        One that was merged into another stands on the shelf `MERGED` instead, until its address redirects.
        A member that was edited keeps its revision when the story is stored by somebody who does not know of it.
        """
        row = self._row(story.id)
        story = story.with_revisions(json.loads(row.revisions) if row and row.revisions else {})
        self.documents.put(f"stories/{story.id}.json", as_json(story.model_dump(mode="json")))
        if row and row.inputs == story.inputs:
            return
        actions: list[Action] = [StoryItem.inputs.set(story.inputs)]
        if story.revisions:
            actions.append(StoryItem.revisions.set(as_json(story.revisions).decode()))
        if story.merged_into:
            actions += [StoryItem.shelf.set("MERGED"), StoryItem.shelved_at.set(moment(story.updated_at))]
        elif row and row.judged_inputs == story.inputs:
            actions += [StoryItem.shelf.remove(), StoryItem.shelved_at.remove()]
        else:
            actions += [StoryItem.shelf.set("DUE"), StoryItem.shelved_at.set(moment(story.updated_at))]
        with translated(story.id):
            StoryItem(f"STORY#{story.id}", "STORY").update(actions=actions)

    def story(self, story_id: str) -> Story:
        """NotFound."""
        return Story.model_validate_json(self.documents.get(f"stories/{story_id}.json"))

    def stories(self, story_ids: Iterable[str]) -> list[Story]:
        """In the order asked; NotFound when one is unknown."""
        with ThreadPoolExecutor(READERS) as readers:
            return list(readers.map(self.story, story_ids))

    def due_stories(self, limit: int) -> list[str]:
        """Ids of stories that wait for a writer, newest first."""
        with translated("due"):
            rows = StoryItem.by_shelf.query("DUE", scan_index_forward=False, limit=limit)
            return [row.pk.removeprefix("STORY#") for row in rows]

    def merged(self) -> list[tuple[str, str]]:
        """(story id, the story that it is part of now) whose addresses do not redirect yet, sorted."""
        with translated("merged"):
            ids = [row.pk.removeprefix("STORY#") for row in StoryItem.by_shelf.query("MERGED")]
        return sorted((story.id, story.merged_into) for story in self.stories(ids) if story.merged_into)

    def end_merge(self, story_id: str) -> None:
        """Its address redirects: off the shelf `MERGED`, and out of the lists of what is published."""
        key = f"STORY#{story_id}"
        gone: list[Action] = [StoryItem.shelf.remove(), StoryItem.shelved_at.remove()]
        try:
            with translated(story_id):
                HeadItem(key, "HEAD").update(
                    actions=[HeadItem.shelf.remove(), HeadItem.shelved_at.remove()], condition=HeadItem.pk.exists()
                )
        except ArchiveConflict:
            pass
        try:
            with translated(story_id):
                StoryItem(key, "STORY").update(actions=gone, condition=StoryItem.shelf == "MERGED")
        except ArchiveConflict:
            return

    def store_draft(self, draft: Draft) -> None:
        self.documents.put(f"drafts/{draft.id}.json", as_json(draft.model_dump(mode="json")))

    def draft(self, draft_id: str) -> Draft:
        """NotFound."""
        return Draft.model_validate_json(self.documents.get(f"drafts/{draft_id}.json"))

    def find_draft(self, draft_id: str) -> Draft | None:
        body = self.documents.find(f"drafts/{draft_id}.json")
        return Draft.model_validate_json(body) if body else None

    def record_verdict(self, verdict: Verdict, inputs: str) -> None:
        """Keep a verdict and move its story: accept → shelf `ACCEPTED`, hold → `HELD`, revise → it stays due.

        A story that has grown since (its inputs are others than the draft's) stays due.
        """
        body = as_json(verdict.model_dump(mode="json"))
        self.documents.put(f"verdicts/{verdict.draft_id}.json", body)
        told = {"outcome": verdict.outcome, "score": verdict.score.final, "critic": verdict.critic, "inputs": inputs}
        summary = as_json({**told, "sha256": hashlib.sha256(body).hexdigest()})
        with translated(verdict.draft_id):
            DraftItem(f"STORY#{verdict.story_id}", f"DRAFT#{verdict.draft_id}", document=summary.decode()).save()
        if verdict.outcome == "revise":
            return
        actions: list[Action] = [
            StoryItem.judged_inputs.set(inputs),
            StoryItem.draft_id.set(verdict.draft_id),
            StoryItem.shelf.set("ACCEPTED" if verdict.outcome == "accept" else "HELD"),
            StoryItem.shelved_at.set(moment(verdict.reviewed_at)),
        ]
        if verdict.outcome == "hold":
            actions.append(StoryItem.held.set(self._held(verdict).model_dump_json()))
        try:
            with translated(verdict.story_id):
                StoryItem(f"STORY#{verdict.story_id}", "STORY").update(
                    actions=actions, condition=StoryItem.inputs == inputs
                )
        except ArchiveConflict:
            return

    def verdict(self, draft_id: str) -> Verdict:
        """NotFound."""
        return Verdict.model_validate_json(self.documents.get(f"verdicts/{draft_id}.json"))

    def recorded_verdict(self, story_id: str, draft_id: str) -> Verdict:
        """The verdict, if it is the one that was recorded. Raises DraftAltered when its row knows another; NotFound."""
        body = self.documents.get(f"verdicts/{draft_id}.json")
        with translated(draft_id):
            row = DraftItem.get(f"STORY#{story_id}", f"DRAFT#{draft_id}", consistent_read=True)
        if json.loads(row.document).get("sha256") != hashlib.sha256(body).hexdigest():
            raise DraftAltered("its verdict is not the one that was recorded", about=draft_id)
        return Verdict.model_validate_json(body)

    def find_verdict(self, draft_id: str) -> Verdict | None:
        body = self.documents.find(f"verdicts/{draft_id}.json")
        return Verdict.model_validate_json(body) if body else None

    def count_judged(self, edition_id: str, story_id: str, sound: bool, now: datetime) -> None:
        """What became of a story that a model wrote in an edition; told again, it counts once."""
        with translated(edition_id):
            TallyItem(f"TALLY#judged#{edition_id}", "sound" if sound else "failed").update(
                actions=[
                    TallyItem.names.add({story_id}),
                    TallyItem.expires_at.set(int((now + JUDGED_KEPT).timestamp())),
                ]
            )

    def judged(self, edition_id: str) -> Judged:
        with translated(edition_id):
            rows = TallyItem.query(f"TALLY#judged#{edition_id}", consistent_read=True)
            return Judged(**{str(row.sk): len(row.names or ()) for row in rows})

    def accepted(self) -> list[tuple[str, str]]:
        """(story id, draft id) of drafts that await publication, sorted."""
        with translated("accepted"):
            rows = StoryItem.by_shelf.query("ACCEPTED")
            return sorted((row.pk.removeprefix("STORY#"), str(row.draft_id)) for row in rows)

    def held(self, limit: int = 200) -> list[Held]:
        """Stories that are not published, or not updated, newest first."""
        with translated("held"):
            rows = StoryItem.by_shelf.query("HELD", scan_index_forward=False, limit=limit)
            return [Held.model_validate_json(row.held) for row in rows if row.held]

    def _held(self, verdict: Verdict) -> Held:
        draft = self.find_draft(verdict.draft_id)
        return Held(
            story_id=verdict.story_id,
            draft_id=verdict.draft_id,
            headline=draft.headline.text if draft else "",
            reason=verdict.held_because,
            at=verdict.reviewed_at,
        )

    @staticmethod
    def _row(story_id: str) -> StoryItem | None:
        try:
            with translated(story_id):
                return StoryItem.get(f"STORY#{story_id}", "STORY", consistent_read=True)
        except NotFound:
            return None
