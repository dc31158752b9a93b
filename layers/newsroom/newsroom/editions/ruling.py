"""An operator's decision that changes a published story, and the version that comes of it."""

from collections.abc import Sequence
from datetime import datetime

from newsroom.boundary import Boundary, Moment
from newsroom.editions.correction import Correction, Edit, Kind
from newsroom.editions.rewording import reworded
from newsroom.review.verdict import Remark
from newsroom.stories.changes import changes
from newsroom.stories.version import Reason, Version

REASONS: dict[Kind, Reason] = {
    "correction": "correction",
    "clarification": "correction",
    "update": "update",
    "retraction": "retraction",
}


class Ruling(Boundary):
    """Decided, and waiting for the next edition, which alone writes versions.

    So a decision never races with an edition for a version's number, and what a crash leaves is mended by the same
    state that mends editions.
    """

    id: str
    """`DEC-` and a digest of what was decided: the same decision twice is one."""
    story_id: str
    report_id: str = ""
    kind: Kind
    was: str
    """What the notice says stood there."""
    now_reads: str
    edits: tuple[Edit, ...] = ()
    reported_at: Moment | None = None
    decided_at: Moment

    @property
    def draft_id(self) -> str:
        """Of the draft that it makes: by it the version is known again when a state is repeated."""
        return f"{self.story_id}-{self.id.lower()}"


def ruled_version(previous: Version, ruling: Ruling, edition_id: str, now: datetime) -> Version:
    """The version after `previous` that the ruling makes; `previous` itself when it is that version already.

    Words that no longer stand there need no change; the notice is given all the same. Evidence stays as it was copied
    at publication, whatever became of the articles. Raises DraftInvalid when the headline would be gone.
    """
    if previous.draft.id == ruling.draft_id:
        return previous
    draft = reworded(previous.draft, ruling.edits).model_copy(update={"id": ruling.draft_id})
    published_at = now.replace(microsecond=0)
    note = Remark(text=f"Changed by a {ruling.kind} after publication; the score is that of the review before it.")
    verdict = previous.verdict.model_copy(
        update={"draft_id": draft.id, "limitations": (*previous.verdict.limitations, note)}
    )
    head = previous.head.model_copy(
        update={
            "version": previous.number + 1,
            "headline": draft.headline.text,
            "standfirst": draft.standfirst.text if draft.standfirst else "",
            "published_at": published_at,
            "retracted": previous.head.retracted or ruling.kind == "retraction",
        }
    )
    made = previous.model_copy(
        update={
            "number": previous.number + 1,
            "reason": REASONS[ruling.kind],
            "published_at": published_at,
            "edition_id": edition_id,
            "draft": draft,
            "verdict": verdict,
            "head": head,
            "changes": (),
            "quotes": previous.quotes | {key: words for edit in ruling.edits for key, words in edit.quotes.items()},
        }
    )
    return made.model_copy(update={"changes": changes(previous, made)})


def correction_of(ruling: Ruling, version: Version) -> Correction:
    """The entry of the public log; `version` is the one that the ruling made."""
    return Correction(
        id=f"COR-{ruling.decided_at:%Y%m%d}-{ruling.id.removeprefix('DEC-')[:6]}",
        story_id=ruling.story_id,
        slug=version.slug,
        headline=version.head.headline,
        version=version.number,
        kind=ruling.kind,
        was=ruling.was,
        now_reads=ruling.now_reads,
        reported_at=ruling.reported_at,
        made_at=version.published_at,
        edits=ruling.edits,
    )


def one_of_each_story(rulings: Sequence[Ruling]) -> list[Ruling]:
    """The oldest of each story: a second one is a version of its own, in the next edition."""
    first: dict[str, Ruling] = {}
    for ruling in sorted(rulings, key=lambda one: (one.decided_at, one.id)):
        first.setdefault(ruling.story_id, ruling)
    return list(first.values())
