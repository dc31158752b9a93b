"""What is published, as it is stored: versions, heads, slugs."""

from datetime import datetime

from newsroom.archive.documents import Documents
from newsroom.archive.items import HeadItem, SlugItem, StoryItem, TallyItem, VersionItem
from newsroom.archive.listings import in_order
from newsroom.archive.translating import translated
from newsroom.boundary import as_json, moment
from newsroom.errors import ArchiveConflict, NotFound
from newsroom.stories.version import Head, Version


class VersionRows:
    """The part of the archive from which the site is made."""

    documents: Documents

    def publish_version(self, version: Version) -> None:
        """Body, row, head, in this order; then its story is no longer `ACCEPTED`. Repeating it is harmless.

        Raises ArchiveConflict when that number belongs to another draft: a version never changes.
        """
        key = f"STORY#{version.story_id}"
        row = VersionItem(
            key,
            f"VERSION#{version.number:04}",
            draft_id=version.draft.id,
            reason=version.reason,
            published_at=moment(version.published_at),
        )
        body = self.documents.find(self._key(version.story_id, version.number))
        if body is None:
            self.documents.put(self._key(version.story_id, version.number), as_json(version.model_dump(mode="json")))
        elif Version.model_validate_json(body).draft.id != version.draft.id:
            raise ArchiveConflict(f"version {version.number} belongs to another draft", about=version.story_id)
        head = version.head
        with translated(version.story_id):
            row.save(condition=VersionItem.pk.does_not_exist() | (VersionItem.draft_id == version.draft.id))
            TallyItem("TALLY#desks", "all").update(actions=[TallyItem.names.add({head.desk or "world"})])
            HeadItem(
                key,
                "HEAD",
                document=head.model_dump_json(),
                shelf=f"DESK#{head.desk or 'world'}",
                shelved_at=in_order(head, "published_at"),
            ).save()
        self.end_acceptance(version.story_id, version.draft.id)

    def end_acceptance(self, story_id: str, draft_id: str) -> None:
        """Take a story off the shelf `ACCEPTED` if it stands there with this draft."""
        try:
            with translated(story_id):
                StoryItem(f"STORY#{story_id}", "STORY").update(
                    actions=[StoryItem.shelf.remove(), StoryItem.shelved_at.remove()],
                    condition=(StoryItem.shelf == "ACCEPTED") & (StoryItem.draft_id == draft_id),
                )
        except ArchiveConflict:
            return

    def head(self, story_id: str) -> Head | None:
        try:
            with translated(story_id):
                return Head.model_validate_json(
                    HeadItem.get(f"STORY#{story_id}", "HEAD", consistent_read=True).document
                )
        except NotFound:
            return None

    def heads(self, since: datetime | None = None, desk: str | None = None, limit: int | None = None) -> list[Head]:
        """Published stories, of one desk or of all, newest version first; of each desk `limit` at most."""
        found: list[Head] = []
        with translated("heads"):
            for name in [desk] if desk else self._desks():
                condition = HeadItem.shelved_at >= moment(since) if since else None
                rows = HeadItem.by_shelf.query(f"DESK#{name}", condition, scan_index_forward=False, limit=limit)
                found += [Head.model_validate_json(row.document) for row in rows]
        return sorted(found, key=lambda head: (head.published_at, head.story_id), reverse=True)

    def version(self, story_id: str, number: int) -> Version:
        """NotFound."""
        return Version.model_validate_json(self.documents.get(self._key(story_id, number)))

    def versions(self, story_id: str) -> list[Version]:
        """Oldest first."""
        with translated(story_id):
            rows = VersionItem.query(f"STORY#{story_id}", VersionItem.sk.startswith("VERSION#"))
            numbers = [int(row.sk.removeprefix("VERSION#")) for row in rows]
        return [self.version(story_id, number) for number in numbers]

    def slug_owner(self, slug: str) -> str | None:
        try:
            with translated(slug):
                return SlugItem.get(f"SLUG#{slug}", "SLUG").story_id
        except NotFound:
            return None

    def claim_slug(self, slug: str, story_id: str) -> bool:
        """True when the slug is, or was already, this story's."""
        try:
            with translated(slug):
                SlugItem(f"SLUG#{slug}", "SLUG", story_id=story_id).save(
                    condition=SlugItem.pk.does_not_exist() | (SlugItem.story_id == story_id)
                )
        except ArchiveConflict:
            return False
        return True

    def _desks(self) -> list[str]:
        try:
            return sorted(TallyItem.get("TALLY#desks", "all").names or ())
        except TallyItem.DoesNotExist:
            return []

    @staticmethod
    def _key(story_id: str, number: int) -> str:
        return f"versions/{story_id}/{number:04}.json"
