"""Editions over stories that are there already, written and judged by the stand-in: nothing is collected or grouped."""

import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import httpx2
from newsroom.desk import Desk
from newsroom.review.critic import ClaudeCritic
from newsroom.settings import EditionSettings
from newsroom.writing.claude import Claude
from newsroom.writing.claude_writer import ClaudeWriter
from newsroom.writing.excerpt_writer import ExcerptWriter
from newsroom.writing.line import Line
from newsroom.writing.writer import Substituted

from infra.local.claude.behaviours import good
from infra.local.claude.stand_in import Script, StandIn
from infra.local.wire.sample import SampleSource
from tests.evaluation.sample_stories import ANCHOR, SampleStory
from tests.fakes.house import House
from tests.state_machines.walking import Walk

BUDGET = 20_000_000


class ModelHouse(House):
    """`script` says how the n-th question is answered; the SDK's client has a transport that asks the stand-in."""

    def __init__(
        self, stories: Sequence[SampleStory], script: Script = lambda number, asked: good, budget: int = BUDGET
    ) -> None:
        super().__init__("127.0.0.1:1", SampleSource().catalogue_toml(), ANCHOR)
        self.stand_in = StandIn(script)
        self.budget = budget
        self.waited: list[float] = []
        self.batch_after = timedelta(0)
        self.publishes = True
        """Else an edition ends when every story is judged."""
        for story in stories:
            self.arrives(story)

    def arrives(self, story: SampleStory) -> None:
        for article in story.articles:
            self.archive.all_articles[article.id] = article
        self.archive.store_story(story.story)

    @property
    def calls(self) -> int:
        """Questions to the model so far."""
        return len(self.stand_in.questions)

    @property
    def published(self) -> list[Any]:
        """The newest version of each story."""
        return [versions[-1] for versions in self.archive.published.values()]

    def desk(self) -> Desk:
        desk = super().desk()
        writer = Substituted(ClaudeWriter(self.claude("scripted-writer"), self.batch_after), ExcerptWriter())
        desk.__dict__.update(writer=writer, critic=ClaudeCritic(self.claude("scripted-critic")))
        return desk

    def claude(self, model: str) -> Claude:
        return Claude(self._connect, model, self.archive, self.budget, Line(self.archive, self._wait))

    def judged(self) -> Walk:
        """An edition without its pages."""
        self.publishes = False
        try:
            return self.edition()
        finally:
            self.publishes = True

    def _wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        self.now += timedelta(seconds=seconds)

    def _connect(self) -> Any:
        import anthropic

        transport = httpx2.MockTransport(self._over_no_wire)
        return anthropic.Anthropic(api_key="none", max_retries=0, http_client=httpx2.Client(transport=transport))

    def _over_no_wire(self, request: httpx2.Request) -> httpx2.Response:
        body = json.loads(request.content) if request.content else {}
        told = self.stand_in.answer(request.method, request.url.path, body)
        return httpx2.Response(told.status, content=told.body, headers=told.headers)

    def _answer(self, stage: str, state: str) -> Callable[[dict[str, Any]], Any]:
        edition = f"{self.now:%Y%m%dT%H%MZ}"
        limits = EditionSettings().model_dump(include={"concurrency", "workers", "tolerated_failure_percentage"})
        given: dict[str, dict[str, Any]] = {
            "SelectPublishers": {
                "claimed": True, "distributed": False, "edition_id": edition, "publishers": [], **limits
            },
            "GroupArticles": {"stories": self.archive.due_stories(80)},
            "PublishEdition": {},
        }  # fmt: skip
        if state in given and not (state == "PublishEdition" and self.publishes):
            return lambda _: given[state]
        return super()._answer(stage, state)
