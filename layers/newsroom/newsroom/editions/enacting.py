"""Decisions on published stories that wait for an edition: read, made into versions, and afterwards told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from newsroom.editions.correction import Correction
from newsroom.editions.rewording import reworded
from newsroom.editions.ruling import Ruling, correction_of, one_of_each_story, ruled_version
from newsroom.errors import DraftInvalid
from newsroom.stories.version import Version
from newsroom.writing.draft import Draft

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive


@dataclass(frozen=True)
class Enactment:
    """A ruling, the version it makes and the entry in the log. `new`: the version is not stored yet."""

    ruling: Ruling
    version: Version
    correction: Correction
    new: bool


def enactments(archive: "Archive", edition_id: str, now: datetime) -> list[Enactment]:
    """One for each story with a ruling that waits; what a crashed edition had stored is taken up as it is."""
    found = []
    for ruling in one_of_each_story(archive.rulings()):
        head = archive.head(ruling.story_id)
        if head is None:
            continue
        previous = archive.version(ruling.story_id, head.version)
        version = ruled_version(previous, ruling, edition_id, now)
        found.append(Enactment(ruling, version, correction_of(ruling, version), new=version is not previous))
    return found


def with_theirs(corrections: Iterable[Correction], enacted: Sequence[Enactment]) -> list[Correction]:
    """The log as it will be, newest first."""
    known = {one.id: one for one in corrections} | {one.correction.id: one.correction for one in enacted}
    return sorted(known.values(), key=lambda one: (one.made_at, one.id), reverse=True)


def enact(archive: "Archive", enacted: Iterable[Enactment]) -> None:
    """Store each version, then in one transaction its entry in the log, its report's end and its own."""
    for one in enacted:
        archive.publish_version(one.version)
        archive.enact(one.ruling, one.correction)


def held_to(draft: Draft, previous: Version | None, corrections: Iterable[Correction]) -> Draft:
    """A later draft under what was decided before: corrected sentences stay corrected.

    Raises DraftInvalid for a story that was retracted, whatever is written of it since.
    """
    if previous and previous.head.retracted:
        raise DraftInvalid("the story was retracted", about=draft.id)
    return reworded(draft, [edit for one in corrections for edit in one.edits])
