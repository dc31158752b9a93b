"""What every reader is told at the head of the home page while something is out of order. Nothing when all is well.

The words hold for as long as the trouble does: no figure and no time in them, so that the page is another one only when
trouble begins or ends. The status page has the figures.
"""

from collections.abc import Iterable, Mapping

from newsroom.editions.restraint import Restraint
from newsroom.errors import BudgetSpent, ModelOverloaded
from newsroom.publishers.health import Health
from newsroom.publishers.registry_figures import registry_figures
from newsroom.stories.version import Version
from newsroom.writing.writer import UNAVAILABLE

TOLERATED = 20.0
"""Percent of the publishers that may fail before readers are told; operators have an alarm of their own."""
MANY = 3
"""Fewer of them are not many, whatever their share."""
PAUSED = "Publishing is paused by the desk: nothing new appears here, corrections apart."
GUARDED = (
    "New text by our model is held back, because too many of its stories failed their checks; digests of quotations "
    "still appear."
)
UNWRITTEN = {
    UNAVAILABLE[BudgetSpent]: "The day’s budget for our model is spent: new stories are digests of quotations.",
    UNAVAILABLE[ModelOverloaded]: "Our model is overloaded: new stories are digests of quotations.",
}
"""By what such a digest says of itself."""
UNANSWERED = "Many publishers do not answer us now: news may be missing."


def notices(restraint: Restraint, unwritten: str, healths: Mapping[str, Health]) -> tuple[str, ...]:
    """Sentences, the gravest first. `unwritten`: a key of `UNWRITTEN`, or empty."""
    figures = registry_figures(healths)
    failing = figures["PublishersFailing"] >= MANY and figures["FailingPublishersPercentage"] > TOLERATED
    told = (
        PAUSED if restraint.paused else "",
        GUARDED if restraint.guarded and not restraint.paused else "",
        UNWRITTEN.get(unwritten, ""),
        UNANSWERED if failing else "",
    )
    return tuple(filter(None, told))


def unwritten(versions: Iterable[Version], before: str) -> str:
    """Why a hired model did not write what an edition publishes; as `before` where it publishes nothing new."""
    reasons = [version.draft.absent.get("model", "") for version in versions]
    if not reasons:
        return before
    return next((reason for reason in UNWRITTEN if reason in reasons), "")
