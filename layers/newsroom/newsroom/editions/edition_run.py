"""What the states before publishing did, as the state machine hands it over."""

from collections.abc import Callable, Mapping
from typing import Literal, Self

from newsroom.boundary import Boundary
from newsroom.publishers.health import Health


class CollectedPublisher(Boundary):
    """One publisher's outcome."""

    articles: int
    failed: bool


class EditionRun(Boundary):
    """The payload of PublishEdition."""

    edition_id: str
    execution: str
    """Who holds the claim of the edition."""
    distributed: bool = False
    """Whether publishers were collected in batches, of which the payload says nothing."""
    collected: tuple[CollectedPublisher, ...] = ()
    outcomes: tuple[Literal["accepted", "held", "failed", "waiting"], ...] = ()
    """Of each story that was written in this edition."""

    def counted(self, healths: Callable[[], Mapping[str, Health]]) -> Self:
        """The same with every publisher's outcome: where the payload has none, as its health tells it."""
        if not self.distributed:
            return self
        collected = tuple(
            CollectedPublisher(articles=health.last_articles, failed=health.status == "failing")
            for health in healths().values()
            if health.last_edition == self.edition_id
        )
        return self.model_copy(update={"collected": collected})

    @property
    def failed_publishers(self) -> int:
        return sum(one.failed for one in self.collected)

    @property
    def failed_percentage(self) -> float:
        """0–100; 0 when nobody was due."""
        return 100 * self.failed_publishers / len(self.collected) if self.collected else 0.0

    @property
    def counts(self) -> dict[str, int]:
        return {
            "publishers": len(self.collected),
            "failed_publishers": self.failed_publishers,
            "articles": sum(one.articles for one in self.collected),
            "failed_stories": self.outcomes.count("failed"),
        }
