"""What an editor reads before readers do: the last step of a verdict, after everything that code and models judge."""

from collections.abc import Sequence
from typing import Literal

from newsroom.review import people_accused
from newsroom.review.verdict import Clearance, Verdict
from newsroom.writing.draft import Draft, digest

Policy = Literal["hold", "publish"]
"""What becomes of a story that says of a named person what an editor has to read first."""

WAITS = "It says something of a named person that an editor reads before it is published: it waits for an editor."
"""One reason for all of them: whom it is about is nobody's business before that."""


def speaks_of_people(verdict: Verdict) -> bool:
    """Whether the check found anything: of most stories nobody needs to ask what an editor has read."""
    return any(found.check == people_accused.NAME for found in verdict.findings)


def before_readers(verdict: Verdict, draft: Draft, clearances: Sequence[Clearance], policy: Policy) -> Verdict:
    """The verdict with the editor's part in it: held until all that it says of people was read, sentence by sentence.

    `clearances`: of the story, oldest first; the newest one that bears on it is named. Asked again, of its own
    answer too, it answers the same.
    """
    if verdict.awaits_editor:
        verdict = verdict.model_copy(update={"outcome": "accept", "held_because": "", "awaits_editor": False})
    told = frozenset(sentences_of(verdict, draft).values())
    if verdict.outcome != "accept" or not told or policy == "publish":
        return verdict
    bearing = [one for one in clearances if told & set(one.sentences)]
    if told <= {sentence for one in bearing for sentence in one.sentences}:
        return verdict.model_copy(update={"cleared": bearing[-1]})
    return verdict.model_copy(update={"outcome": "hold", "held_because": WAITS, "awaits_editor": True, "cleared": None})


def as_the_editor_left(verdict: Verdict, draft: Draft, kept: Verdict) -> Verdict:
    """A verdict made again, with what an editor had done, or had yet to do, when it was `kept`."""
    cleared = (kept.cleared,) if kept.cleared else ()
    return before_readers(verdict, draft, cleared, "hold" if cleared or kept.awaits_editor else "publish")


def sentences_of(verdict: Verdict, draft: Draft) -> dict[str, str]:
    """Claim id → SHA-256 of what is printed under it, of each claim that says something of a person.

    What belongs to no claim (a reason, a subject) stands for the whole draft: it is read anew with every draft.
    """
    ids = {found.claim_id for found in verdict.findings if found.check == people_accused.NAME}
    printed = draft.printed()
    return {
        one: digest("\n".join(text for claim_id, text in printed if claim_id == one)) if one else draft.sha256
        for one in sorted(ids)
    }
