"""Whole drafts in the manner of a good model: the hand-written clean sentences of an event, put where they belong."""

from functools import cache
from typing import Any

from newsroom.writing.days_ahead import looks_ahead
from newsroom.writing.draft import Claim, Draft, Ripple
from newsroom.writing.evidence import words
from newsroom.writing.figures import figures

from tests.evaluation.claims import Sentence, written
from tests.evaluation.sample_stories import ANCHOR, SampleStory

LEAST_SENTENCES = 3
NO_EVIDENCE = "No sentence of the sources bears it out."


@cache
def drafts() -> tuple[tuple[SampleStory, Draft], ...]:
    """One draft for each event that has three clean sentences or more."""
    by_event: dict[str, list[Sentence]] = {}
    for sentence in (*written("half_a"), *written("half_b"), *written("fresh")):
        if sentence.kind == "clean":
            by_event.setdefault(sentence.told.name, []).append(sentence)
    return tuple((own[0].told, _draft(own)) for own in by_event.values() if len(own) >= LEAST_SENTENCES)


def an_unsupported_ripple(draft: Draft, stranger: str) -> Draft:
    """The draft with an effect on somebody whom none of its sources names."""
    claim = Claim(
        id="ripple-1",
        kind="inference",
        text="Its costs may rise as well.",
        mechanism="Both buy from the same suppliers.",
    )
    ripple = Ripple(entity=stranger, claim=claim, direction="up", confidence="low")
    return draft.model_copy(update={"ripples": (ripple,)})


def _draft(own: list[Sentence]) -> Draft:
    told = own[0].told
    short = [one for one in own if 4 <= len(words(one.text)) <= 18]
    headline = max(short or own, key=lambda one: (bool(figures(one.text)), -len(words(one.text))))
    rest = [one for one in own if one is not headline]
    ahead = next((one for one in rest if looks_ahead(one.text)), None)
    body = tuple((_fact(f"body-{n}-1", one),) for n, one in enumerate(rest, 1) if one is not ahead)
    why = (_fact("why-1", ahead),) if ahead and body else ()
    empty = ("standfirst", "tldr", "quick_take", "ripples", "watch", "lenses", "disputes", "gaps")
    values: dict[str, Any] = {
        "headline": _fact("headline", headline, stop=False),
        "body": body or ((_fact("body-1-1", rest[0]),),),
        "why_it_matters": why,
        "absent": dict.fromkeys((*empty, *(() if why else ("why_it_matters",))), NO_EVIDENCE),
    }
    return Draft(
        id=f"{told.story.id}-by-hand",
        story_id=told.story.id,
        writer="claude",
        written_at=ANCHOR,
        inputs=told.story.inputs,
        sources=tuple(article.id for article in told.articles),
        **values,
    )


def _fact(claim_id: str, sentence: Sentence, stop: bool = True) -> Claim:
    text = sentence.text if stop else sentence.text.rstrip(".")
    return Claim(id=claim_id, kind="fact", text=text, spans=sentence.spans)
