"""How the publishers fare together, in a few figures for the operators. Rules only."""

from collections.abc import Iterable, Mapping

from newsroom.publishers.health import Day, Health


def share(days: Iterable[Day], of: str) -> float:
    """Percentage of the days' articles that were `thin` or `undated`; 0 when there were none."""
    days = tuple(days)
    articles = sum(day.articles for day in days)
    return 100 * sum(getattr(day, of) for day in days) / articles if articles else 0.0


def registry_figures(healths: Mapping[str, Health]) -> dict[str, float]:
    """Metric → value: counts of publishers, and shares in percent. Of the publishers that were ever asked.

    `FailingPublishersPercentage` leaves out those that closed their feeds: nobody waits for them.
    """
    statuses = [health.status for health in healths.values()]
    failing, retired = statuses.count("failing"), statuses.count("retired")
    days = [day for health in healths.values() for day in health.days]
    return {
        "PublishersFailing": failing,
        "PublishersRetired": retired,
        "FailingPublishersPercentage": 100 * failing / max(len(statuses) - retired, 1),
        "ThinArticlesPercentage": share(days, "thin"),
        "UndatedArticlesPercentage": share(days, "undated"),
    }
