"""What is asked of a provider: the prices of a story, and those of a morning. Without a provider there are none."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from newsroom.errors import NewsroomError
from newsroom.markets.instruments import SNAPSHOT, of_story
from newsroom.markets.quotes import Quote, Quotes, newest, read_quotes
from newsroom.stories.version import Head

FRESH = timedelta(minutes=5)
"""So long an answer serves all stories of an edition that ask for the same."""


class QuotesAt:
    """A provider at one address: a URL, or a document's key; `read` fetches what is there, `read_quotes` says its form.

    `{ids}` in the address becomes the ids that are wanted, comma between them; without it all are expected at once.
    """

    def __init__(self, address: str, read: Callable[[str], bytes]) -> None:
        self._address = address
        self._read = read
        self._answers: dict[str, tuple[datetime, list[Quote]]] = {}

    def quotes(self, instruments: Sequence[str], at: datetime) -> dict[str, Quote]:
        """Raises what `read` raises, and BadInput when the answer is no document of prices."""
        address = self._address.replace("{ids}", ",".join(sorted(instruments)))
        asked, rows = self._answers.get(address, (None, []))
        if asked is None or not asked <= at < asked + FRESH:
            rows = read_quotes(self._read(address).decode("utf-8", errors="replace"))
            self._answers[address] = (at, rows)
        return newest((row for row in rows if row.instrument in instruments), at)


class Prices:
    """Prices for whoever publishes. A provider that fails gives none, and is left alone for a while: no story waits."""

    def __init__(self, provider: Quotes | None) -> None:
        self._provider = provider
        self._failed_at: datetime | None = None
        self._reason = ""

    def failing(self, at: datetime) -> str:
        """Why the provider is left alone at this moment; empty where it gives prices, or there is none."""
        resting = self._failed_at is not None and self._failed_at <= at < self._failed_at + FRESH
        return self._reason if resting else ""

    def of(self, head: Head, at: datetime) -> tuple[Quote, ...]:
        """Of a story: its instrument, then the benchmark. No benchmark without the instrument."""
        wanted = of_story(head)
        found = self._ask(wanted, at)
        return tuple(found[one] for one in wanted if one in found) if wanted and wanted[0] in found else ()

    def snapshot(self, at: datetime) -> tuple[Quote, ...]:
        """What a briefing shows, in its order; shorter where the provider has less."""
        found = self._ask(SNAPSHOT, at)
        return tuple(found[one] for one in SNAPSHOT if one in found)

    def _ask(self, wanted: Sequence[str], at: datetime) -> dict[str, Quote]:
        if not self._provider or not wanted or self.failing(at):
            return {}
        try:
            return self._provider.quotes(wanted, at)
        except NewsroomError as exc:
            self._reason, self._failed_at = f"{type(exc).__name__}: {exc}", at
            return {}


NO_PRICES = Prices(None)
