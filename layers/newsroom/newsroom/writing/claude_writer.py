"""The writer with a model: it asks for sentences with quotations, locates every quotation itself, drops what has none.

The model never says where its evidence stands: it gives an article's number and some words, and code finds them in the
stored text or the sentence falls. Reserved, thin and undated articles are not sent at all.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from newsroom.articles.article import Article
from newsroom.boundary import moment
from newsroom.errors import DraftInvalid
from newsroom.settings import SCRIPTED
from newsroom.stories.disagreement import disagreements
from newsroom.writing.answer import Quoted, Sentence, WrittenStory
from newsroom.writing.assignment import Assignment
from newsroom.writing.attribution import around
from newsroom.writing.claude import Claude
from newsroom.writing.disputes import find_disputes
from newsroom.writing.draft import (
    Claim,
    Dispute,
    Draft,
    Position,
    Region,
    Ripple,
    Span,
    Stance,
    Usage,
    Watch,
    digest,
    draft_id,
)
from newsroom.writing.evidence import locate, words
from newsroom.writing.figures import figures
from newsroom.writing.passages import passages
from newsroom.writing.prompt import as_data, as_source, read_prompt
from newsroom.writing.reading_list import readable

SHORTEST = 3
"""Words of a quotation: a shorter one is found everywhere and supports nothing."""
MOST_TOLD = 40
"""Facts of the version before that are named: more than the longest page of the house has."""
REGIONS: tuple[Region, ...] = ("asia", "europe", "americas", "mea")


class ClaudeWriter:
    name = "claude"

    def __init__(self, model: Claude, batch_after: timedelta = timedelta(0)) -> None:
        """`batch_after`: how old news must be to be written in a batch; 0 for never."""
        self._model = model
        self._batch_after = batch_after
        self._prompt = read_prompt("newsroom.writing", "write_story")

    @property
    def recipe(self) -> str:
        return digest(f"{self._model.model}\n{self._prompt.sha256}")[:32]

    def write(self, assignment: Assignment) -> Draft:
        """Raises what `Claude.ask` raises, and DraftInvalid when headline or body fall, or nothing may be sent."""
        articles = readable(assignment)
        if not articles:
            raise DraftInvalid("no source may be sent to a model", about=assignment.story.id)
        values = {
            "articles": [_as_source(number, article, assignment) for number, article in enumerate(articles, 1)],
            "newest": moment(max(article.dated for article in articles)),
            "told": _as_told(assignment),
            "findings": _as_notes(assignment),
            "differences": _as_differences(articles, assignment),
        }
        ask = self._model.ask_later if self._can_wait(assignment) else self._model.ask
        answer, usage = ask(self._prompt, values, WrittenStory, assignment.errand)
        return _Composition(assignment, articles).draft(answer, usage, self.recipe)

    def _can_wait(self, assignment: Assignment) -> bool:
        """Old news, at its first attempt: nobody waits for it, and a revision is owed to an edition that runs."""
        age = assignment.now - max(article.dated for article in assignment.articles)
        return timedelta(0) < self._batch_after <= age and assignment.attempt == 0


def _as_source(number: int, article: Article, assignment: Assignment) -> dict[str, Any]:
    return {
        "number": number,
        "publisher": as_data(assignment.name(article)).replace('"', "'"),
        "tier": assignment.tier(article),
        "kind": article.kind,
        "language": as_data(article.language).replace('"', "'"),
        "published": moment(article.dated),
        "evidence": as_data(article.evidence),
    }


def _as_differences(articles: Sequence[Article], assignment: Assignment) -> list[dict[str, Any]]:
    """What code found the sources to differ on: the measure, and each value with its article's number."""
    numbers = {article.id: number for number, article in enumerate(articles, 1)}
    return [
        {
            "subject": as_data(one.name),
            "sides": [
                {"number": numbers[side.quantity.article_id], "value": as_data(side.quantity.text)}
                for side in one.positions
            ],
        }
        for one in disagreements(articles, assignment.origins())
    ]


def _as_told(assignment: Assignment) -> dict[str, Any] | None:
    """What readers have, as data: its own words may be a source's that spoke to machines."""
    if assignment.told is None:
        return None
    draft = assignment.told.draft
    facts = dict.fromkeys(claim.text for claim in draft.claims() if claim.kind == "fact")
    shown = [draft.headline.text, *([draft.standfirst.text] if draft.standfirst else [])]
    return {
        "number": assignment.told.number,
        "at": moment(assignment.told.published_at),
        "headline": as_data(draft.headline.text),
        "standfirst": as_data(draft.standfirst.text) if draft.standfirst else "",
        "facts": [as_data(one) for one in facts if one not in shown][:MOST_TOLD],
    }


def _as_notes(assignment: Assignment) -> list[dict[str, str]]:
    """What the review found, each beside the sentence it is about."""
    sentences = {claim.id: claim.text for claim in assignment.previous.claims()} if assignment.previous else {}
    return [
        {"sentence": as_data(sentences.get(found.claim_id, "")), "reason": as_data(found.reason)}
        for found in assignment.findings
        if found.severity == "block"
    ]


@dataclass
class _Composition:
    """From a model's sentences to claims with spans; counts what falls."""

    assignment: Assignment
    articles: Sequence[Article]
    fallen: int = field(default=0, init=False)

    def draft(self, answer: WrittenStory, usage: Usage, recipe: str) -> Draft:
        story = self.assignment.story
        headline = self._claim("headline", answer.headline)
        if headline is None:
            raise DraftInvalid("the headline's quotation is in no source", about=story.id)
        body = tuple(
            paragraph
            for number, written in enumerate(answer.body, 1)
            if (paragraph := self._claims(f"body-{number}", written))
        )
        if not body:
            raise DraftInvalid("no sentence of the body stands on a source", about=story.id)
        tldr = self._claims("tldr", answer.tldr)
        absent: dict[str, str] = {one.module: one.reason for one in answer.absent}
        if len(tldr) != 3:
            tldr = ()
            absent.setdefault("tldr", "Not all three of its lines are supported by the sources.")
        modules: dict[str, Any] = {
            "standfirst": self._claim("standfirst", answer.standfirst) if answer.standfirst else None,
            "tldr": tldr,
            "quick_take": tuple(c for c in self._claims("quick", answer.quick_take) if c.kind == "fact"),
            "why_it_matters": self._claims("why", answer.why_it_matters),
            "ripples": self._ripples(answer),
            "watch": self._watch(answer),
            "lenses": self._lenses(answer),
            "stances": self._stances(answer),
            "disputes": self._disputes(answer),
            "gaps": self._claims("gap", answer.gaps),
        }
        for name, module in modules.items():
            if module:
                absent.pop(name, None)
            else:
                absent.setdefault(name, "The sources give no evidence for it.")
        given = {article.id for article in self.articles}
        others = [article for article in self.assignment.articles if article.id not in given]
        rest = sorted(others, key=lambda article: (-article.dated.timestamp(), article.id))
        return Draft(
            id=draft_id(story.id, story.inputs, "claude", recipe, self.assignment.attempt),
            story_id=story.id,
            attempt=self.assignment.attempt,
            writer="scripted" if usage.model.startswith(SCRIPTED) else "claude",
            written_at=self.assignment.now,
            inputs=story.inputs,
            sources=(*(article.id for article in self.articles), *(article.id for article in rest)),
            headline=headline,
            body=body,
            absent=absent,
            fallen=self.fallen,
            usage=usage,
            **modules,
        )

    def _claims(self, stem: str, written: Iterable[Sentence]) -> tuple[Claim, ...]:
        numbered = (self._claim(f"{stem}-{number}", sentence) for number, sentence in enumerate(written, 1))
        return tuple(claim for claim in numbered if claim)

    def _claim(self, claim_id: str, sentence: Sentence) -> Claim | None:
        """None when it is a fact and none of its quotations is where the model says."""
        spans = tuple(dict.fromkeys(span for one in sentence.quotations if (span := self._span(one))))
        if sentence.kind == "fact" and not spans:
            self.fallen += 1
            return None
        mechanism = sentence.mechanism if sentence.kind == "inference" else ""
        return Claim(id=claim_id, kind=sentence.kind, text=sentence.text.strip(), spans=spans, mechanism=mechanism)

    def _article(self, number: int) -> Article | None:
        return self.articles[number - 1] if 1 <= number <= len(self.articles) else None

    def _span(self, quoted: Quoted) -> Span | None:
        article = self._article(quoted.article) if len(words(quoted.words)) >= SHORTEST else None
        stretch = locate(as_source(quoted.words), article.evidence) if article else None
        return Span.over(article.id, article.evidence, stretch.start, stretch.end) if article and stretch else None

    def _ripples(self, answer: WrittenStory) -> tuple[Ripple, ...]:
        """An effect on others is inference whatever the model calls it."""
        found = []
        for number, one in enumerate(answer.ripples, 1):
            sentence = one.sentence.model_copy(update={"kind": "inference"})
            if (claim := self._claim(f"ripple-{number}", sentence)) and claim.mechanism.strip():
                found.append(Ripple(entity=one.entity, claim=claim, direction=one.direction, confidence=one.confidence))
        return tuple(found)

    def _watch(self, answer: WrittenStory) -> tuple[Watch, ...]:
        return tuple(
            Watch(entity=one.entity, trigger=one.trigger, by=one.by, claim=claim)
            for number, one in enumerate(answer.watch, 1)
            if (claim := self._claim(f"watch-{number}", one.sentence))
        )

    def _lenses(self, answer: WrittenStory) -> dict[Region, tuple[Claim, ...]]:
        found = {region: self._claims(f"lens-{region}", getattr(answer.lenses, region)) for region in REGIONS}
        return {region: claims for region, claims in found.items() if any(claim.spans for claim in claims)}

    def _stances(self, answer: WrittenStory) -> tuple[Stance, ...]:
        """One of each origin, the first that the model gives."""
        origins = self.assignment.origins()
        found: dict[str, Stance] = {}
        for one in answer.stances:
            if article := self._article(one.article):
                origin = origins[article.id]
                stance = Stance(origin_id=origin, article_id=article.id, label=one.label, reason=one.reason)
                found.setdefault(origin, stance)
        return tuple(found.values())

    def _disputes(self, answer: WrittenStory) -> tuple[Dispute, ...]:
        found = []
        for number, one in enumerate(answer.disputes, 1):
            positions = tuple(
                Position(article_id=article.id, value=side.value, claim=claim)
                for place, side in enumerate(one.positions, 1)
                if (article := self._article(side.article))
                and (claim := self._claim(f"dispute-{number}-{place}", side.sentence))
            )
            if len({position.article_id for position in positions}) > 1:
                found.append(Dispute(subject=one.subject, positions=positions))
        return (*found, *self._left_out(found))

    def _left_out(self, shown: Sequence[Dispute]) -> Iterator[Dispute]:
        """What code found the sources to differ on and the model did not show: each side in its source's words."""
        told = [{figure.value for side in one.positions for figure in figures(side.value)} for one in shown]
        sentences = [passage for article in self.articles for passage in passages(article, frozenset())]
        for number, (subject, sides) in enumerate(
            find_disputes(sentences, self.assignment.origins(), self.articles), len(shown) + 1
        ):
            if not any(len({side.figure.value for side in sides} & values) > 1 for values in told):
                yield Dispute(
                    subject=subject,
                    positions=tuple(
                        Position(
                            article_id=side.passage.article.id,
                            value=side.figure.text,
                            claim=(quotation := around(side)).claim(
                                f"dispute-{number}-{place}",
                                f"{self.assignment.name(side.passage.article)}: {quotation.marked}.",
                            ),
                        )
                        for place, side in enumerate(sides, 1)
                    ),
                )
