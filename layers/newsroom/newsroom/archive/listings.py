"""In which lists every story stands, as it is stored: each list is read newest first, as far as asked, never whole."""

from collections.abc import Collection

from newsroom.archive.items import HeadItem, ListingItem
from newsroom.archive.translating import translated
from newsroom.boundary import moment
from newsroom.stories.version import Head


class ListingRows:
    """The part of the archive that says what stands where."""

    def list_head(self, head: Head, lists: Collection[str], moved: bool = False) -> None:
        """Keep a story's head, and have it stand in `lists` (names, `/country/de/`) and in no others.

        In the register of the day of its first publication it stands for life, apart from the others once its
        address leads elsewhere (`moved`). One batch and a question, however long the lists are; repeating is harmless.
        """
        key, document = f"STORY#{head.story_id}", head.model_dump_json()
        published, first = in_order(head, "published_at"), in_order(head, "first_published_at")
        desk = None if moved else f"DESK#{head.desk or 'world'}"
        kept = {name: ListingItem(key, f"LIST#{name}", document=document, shelf=f"LIST#{name}") for name in lists}
        for row in kept.values():
            row.shelved_at = published
        with translated(head.story_id):
            before = ListingItem.query(key, ListingItem.sk.startswith("LIST#"), attributes_to_get=["pk", "sk"])
            gone = [row for row in before if str(row.sk).removeprefix("LIST#") not in kept]
            HeadItem(key, "HEAD", document=document, shelf=desk, shelved_at=published if desk else None).save()
            register = f"{'MOVED' if moved else 'DAY'}#{head.day}"
            with ListingItem.batch_write() as batch:
                batch.save(ListingItem(f"DAY#{head.day}", "DAY", document="", shelf="DAYS", shelved_at=head.day))
                batch.save(ListingItem(key, "REGISTER", document=document, shelf=register, shelved_at=first))
                for row in kept.values():
                    batch.save(row)
                for row in gone:
                    batch.delete(row)

    def listed(self, name: str, limit: int) -> list[Head]:
        """Stories of one list by their newest version, newest first."""
        with translated(name):
            rows = ListingItem.by_shelf.query(f"LIST#{name}", scan_index_forward=False, limit=limit)
            return [Head.model_validate_json(row.document) for row in rows]

    def first_published_on(self, day: str, moved: bool = False) -> list[Head]:
        """Every story that was first published on a day (UTC, an ISO date), oldest first; or those that moved since."""
        with translated(day):
            rows = ListingItem.by_shelf.query(f"{'MOVED' if moved else 'DAY'}#{day}")
            return [Head.model_validate_json(row.document) for row in rows]

    def days(self, after: str = "") -> list[str]:
        """Days on which a story was first published, oldest first."""
        with translated("days"):
            rows = ListingItem.by_shelf.query("DAYS", ListingItem.shelved_at > after if after else None)
            return [str(row.shelved_at) for row in rows]


def in_order(head: Head, moment_of: str) -> str:
    """By time, then by id: stories of one edition have the same second."""
    return f"{moment(getattr(head, moment_of))}#{head.story_id}"
