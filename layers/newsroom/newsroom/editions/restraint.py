"""What keeps an accepted story from being published for now: the operator's switch, the quality guard, the cap.

Nothing is lost: what waits stands on its shelf, and the first edition that may publish it does. Decisions of the desk
(corrections, retractions) are never kept back, for they make what is public less wrong.
"""

from dataclasses import dataclass
from typing import Literal

from newsroom.review.verdict import Held
from newsroom.settings import PublishingSettings
from newsroom.writing.draft import Draft

Wait = Literal["guard", "cap"]
WAITS: dict[Wait, str] = {
    "guard": (
        "A model wrote it in a time in which too many of its stories failed their checks. It passed its own, and waits "
        "until an edition shows that the model writes soundly again."
    ),
    "cap": "An edition publishes a limited number of stories, the most important first; the next one has room for it.",
}
"""Why an accepted story is not public yet, as readers are told."""


@dataclass(frozen=True)
class Judged:
    """Stories that a model wrote, by their last verdict in one edition."""

    sound: int = 0
    failed: int = 0
    """Of which code's checks found something that no revision mended."""

    @property
    def failed_percentage(self) -> float:
        """0–100; 0 when none was judged."""
        return 100 * self.failed / (self.sound + self.failed) if self.failed else 0.0


@dataclass(frozen=True)
class Restraint:
    """What holds for one edition."""

    paused: bool
    guarded: bool
    """New text by a model waits; digests do not."""
    at_most: int
    """Stories published by one edition."""

    @classmethod
    def of(cls, settings: PublishingSettings, guarded: bool, judged: Judged) -> "Restraint":
        """`guarded`: whether the guard was on before; `judged`: in this edition."""
        return cls(settings.publishing_paused, guards(settings, guarded, judged), settings.publications_per_edition)


def waits(draft: Draft, why: Wait) -> Held:
    """An accepted draft among what is held back."""
    return Held(
        story_id=draft.story_id, draft_id=draft.id, headline=draft.headline.text, reason=WAITS[why], at=draft.written_at
    )


def guards(settings: PublishingSettings, guarded: bool, judged: Judged) -> bool:
    """Whether the quality guard is on after an edition.

    It takes a number of stories to put it on, so that one bad draft of two stops nobody, and any edition within the
    limit to take it off; one without a model's story says nothing. At 100 % it is never on.
    """
    limit, stories = settings.quality_guard_percent, judged.sound + judged.failed
    if not stories:
        return guarded and limit < 100
    return judged.failed_percentage > limit and (guarded or stories >= settings.quality_guard_stories)
