"""The short modules around a digest's body: standfirst, TLDR, quick take, why it matters, what to watch."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TypeVar

from newsroom.writing.attribution import closed
from newsroom.writing.body import Body
from newsroom.writing.clippings import Clippings
from newsroom.writing.draft import Claim, Watch
from newsroom.writing.figures import figures
from newsroom.writing.headline import Headline
from newsroom.writing.next_steps import NextStep, next_step
from newsroom.writing.passages import Passage
from newsroom.writing.quotations import Quotation
from newsroom.writing.roles import (
    SHARED,
    about,
    is_statement,
    says_how_much,
    says_what_follows,
    stands_alone,
    tells_what_happened,
)

T = TypeVar("T")

QUICK_TAKE_WORDS = 16
MOST_CONSEQUENCES = 2
MOST_STEPS = 2
"""In why it matters and what to watch: words that are quoted there are missing in the body."""


@dataclass(frozen=True)
class Highlights:
    """Picks each module's lines by the roles of `roles` and `next_steps`, and leaves the body its words."""

    clippings: Clippings
    headline: Headline
    body: Body

    def standfirst(self) -> Claim | None:
        """What happened, by the source that gave the headline or the next best; none that is about something else."""
        headline_of = self.headline.article.id
        near = [p for p in self.clippings.standing() if p.position < 4]
        own = [p for p in near if p.article.id == headline_of and p.position == 0]
        ranked = sorted(near, key=lambda p: (p.position > 1, p.article.id != headline_of, p.position))
        leads = [p for p in ranked if p.position == 0]
        quotation = (
            self.clippings.purse.first(own, self._on_the_matter)
            or self.clippings.purse.first(ranked, self._happened)
            or self.clippings.purse.first(leads, self._on_the_matter)
        )
        if quotation is None:
            return None
        return quotation.claim("standfirst", f"{self.clippings.by(quotation)}: {closed(quotation)}")

    def tldr(self, standfirst: Claim) -> tuple[Claim, ...]:
        """What happened, so what, "Watch: …"; all three, and something left for the body, or none."""
        before = self.clippings.spent()
        told_by = standfirst.spans[0].article_id
        leads = sorted(
            (p for p in self.clippings.standing() if p.position < (2 if p.article.id != told_by else 4)),
            key=lambda p: (p.article.id == told_by, p.position, -about(p.text, self.headline.told)),
        )
        happened = self.clippings.purse.first(leads, self._happened)
        so_what = self._consequence() or self.clippings.purse.first(
            self.clippings.closest(), lambda t: says_how_much(t, self.clippings.matter)
        )
        watch = next(iter(self._steps(1)), None)
        if happened and so_what and watch and self.body.remains():
            return (
                happened.claim("tldr-1", f"{self.clippings.by(happened)}: {closed(happened)}"),
                so_what.claim("tldr-2", f"{self.clippings.by(so_what)}: {closed(so_what)}"),
                watch[0].claim("tldr-3", f"Watch: {closed(watch[0], stop=False)} ({self.clippings.by(watch[0])})."),
            )
        self.clippings.restore(before)
        return ()

    def why(self) -> tuple[Claim, ...]:
        """Consequences that a source names; none where the body would starve."""
        return self._unless_the_body_starves(self._why)

    def watch(self) -> tuple[Watch, ...]:
        """Next steps with their actor; none where the body would starve."""
        return self._unless_the_body_starves(self._watch)

    def quick_take(self) -> tuple[Claim, ...]:
        """At most four figures of what has happened, each in few words."""
        measured = [p for p in self.clippings.standing() if p.measured and not p.forward]
        found = [
            q for q in (self.clippings.purse.quote(p, QUICK_TAKE_WORDS) for p in measured) if q and figures(q.text)
        ]
        return tuple(
            quotation.claim(f"quick-{number}", f"{closed(quotation, stop=False)} ({self.clippings.by(quotation)}).")
            for number, quotation in enumerate(found[:4], 1)
        )

    def step(self, passage: Passage, text: str) -> NextStep | None:
        """What comes next by a text of the passage; None when it names nobody and nothing, or needs its context."""
        if not stands_alone(text, self.headline.told | self.clippings.matter):
            return None
        return next_step(text, passage.article.dated.date(), self.clippings.publishers)

    def _unless_the_body_starves(self, module: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        before = self.clippings.spent()
        found = module()
        if found and self.body.remains():
            return found
        self.clippings.restore(before)
        return ()

    def _why(self) -> tuple[Claim, ...]:
        found = [one for one in (self._consequence() for _ in range(MOST_CONSEQUENCES)) if one]
        return tuple(
            quotation.claim(f"why-{number}", f"{self.clippings.by(quotation)}: {closed(quotation)}")
            for number, quotation in enumerate(found, 1)
        )

    def _watch(self) -> tuple[Watch, ...]:
        found = []
        for number, (quotation, step) in enumerate(self._steps(MOST_STEPS), 1):
            claim = quotation.claim(f"watch-{number}", f"{self.clippings.by(quotation)}: {closed(quotation)}")
            found.append(Watch(entity=step.actor, trigger=quotation.text.rstrip("."), by=step.by, claim=claim))
        return tuple(found)

    def _steps(self, most: int) -> list[tuple[Quotation, NextStep]]:
        """What comes next as far as it can be quoted, with its actor: what has a day first, then a month or so."""
        announced = [(p, step) for p in self.clippings.standing() if (step := self.step(p, p.text))]
        announced.sort(key=lambda one: (not one[1].by, not one[1].dated, -about(one[0].text, self.clippings.matter)))
        found: list[tuple[Quotation, NextStep]] = []
        for passage, _ in announced:
            quotation = (
                self.clippings.purse.quote(passage, point=partial(self.step, passage)) if len(found) < most else None
            )
            if quotation and (step := self.step(passage, quotation.text)):
                found.append((quotation, step))
        return found

    def _consequence(self) -> Quotation | None:
        """Of the matter by its words; else a measured one of a report that is on the matter from its first sentence."""
        measured = [p for p in self.clippings.closest() if p.measured and p.article.id in self._on_matter]
        purse = self.clippings.purse
        return purse.first(self.clippings.closest(), self._follows) or purse.first(measured, self._affects)

    def _affects(self, text: str) -> bool:
        return says_what_follows(text, self.clippings.matter, least=0) and any(figures(text))

    @cached_property
    def _on_matter(self) -> frozenset[str]:
        """Ids of the articles whose first sentence is about what the headline is about."""
        leads = [p for p in self.clippings.english_passages() if p.position == 0]
        return frozenset(p.article.id for p in leads if about(p.text, self.headline.told) >= SHARED)

    def _happened(self, text: str) -> bool:
        return tells_what_happened(text, self.headline.told)

    def _on_the_matter(self, text: str) -> bool:
        return about(text, self.headline.told) >= 1 and is_statement(text, self.headline.told)

    def _follows(self, text: str) -> bool:
        return says_what_follows(text, self.clippings.matter)
