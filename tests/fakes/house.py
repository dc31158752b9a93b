"""The whole newsroom in one process: the real state machine and handlers over fakes and a wire on loopback."""

import importlib.util
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from newsroom.boundary import moment
from newsroom.desk import Desk, seat
from newsroom.errors import NewsroomError
from newsroom.publishers.catalogue import Catalogue

from tests.fakes.archive import FakeArchive
from tests.fakes.context import a_context
from tests.fakes.published_files import FakePublishedFiles
from tests.state_machines.walking import Failure, Walk, definition

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "STAGE": "local",
    "ARCHIVE_TABLE": "Archive",
    "ARCHIVE_BUCKET": "archive",
    "READERS_TABLE": "Readers",
    "READERS_SECRET": "arn:readers",
    "SITE_ADDRESS": "https://news.example",
    "SITE_BUCKET": "site",
    "MAIL_DOMAIN": "news.example",
    "CONCURRENCY": "4",
}


@cache
def handler(stage: str, name: str) -> ModuleType:
    """`functions/<stage>/<name>.py`, loaded as Lambda loads it: by its file, not as a part of a package."""
    spec = importlib.util.spec_from_file_location(f"function_{name}", ROOT / "functions" / stage / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class ClockDesk(Desk):
    """A desk with a clock of the test's."""

    clock: Callable[[], datetime]

    def now(self) -> datetime:
        return self.clock()


class House:
    """Editions over a wire (`address` is `127.0.0.1:PORT`), with everything kept in dictionaries."""

    def __init__(self, address: str, catalogue: str, now: datetime, **environment: str) -> None:
        self.now = now
        self.archive = FakeArchive()
        self.files = FakePublishedFiles()
        self._environment = ENVIRONMENT | {"LOCAL_WIRE": address} | environment
        self._catalogue = Catalogue.read(catalogue)

    def desk(self) -> Desk:
        """A fresh one, as a cold start would build it."""
        return ClockDesk(
            self._environment,
            archive=self.archive,
            published_files=self.files,
            catalogue=self._catalogue,
            invalidate=lambda paths: None,
            clock=lambda: self.now,
        )

    def edition(self, **given: Any) -> Walk:
        """Run one edition through the state machine; its end is `walk.result`."""
        stages = {
            "SelectPublishers": "ingestion",
            "CollectPublisher": "ingestion",
            "CollectBatch": "ingestion",
            "GroupArticles": "synthesis",
            "WriteStory": "synthesis",
            "ReviewStory": "review",
            "PublishEdition": "publishing",
        }
        answers = {state: self._answer(stage, state) for state, stage in stages.items()}
        answers["AbandonEdition"] = lambda given: {}
        execution = f"arn:aws:states:::execution:edition:{self.now:%H%M%S}"
        walk = Walk(
            definition("edition"), answers, execution=execution, started=moment(self.now), read=self.archive.document
        )
        desk = self.desk()
        seat(desk)
        try:
            walk.run(given)
        finally:
            seat(None)
            desk.fetcher.close()
        return walk

    def _answer(self, stage: str, state: str) -> Callable[[dict[str, Any]], Any]:
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in state).lstrip("_")

        def answer(given: dict[str, Any]) -> Any:
            try:
                return handler(stage, name).handler(given, a_context(seconds=300))
            except NewsroomError as exc:
                raise Failure(type(exc).__name__) from exc

        return answer
