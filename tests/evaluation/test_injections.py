"""Instructions in a source or in a model's answer: nothing of them is printed, nothing of them moves the score."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from newsroom.review.critic import ClaudeCritic
from newsroom.review.reviewing import review
from newsroom.review.verdict import Verdict
from newsroom.writing.draft import Claim, Dispute, Draft, Position, Stance
from newsroom.writing.excerpt_writer import ExcerptWriter

from tests.fakes.press import (
    NOON,
    PUBLISHERS,
    WIRE,
    a_draft,
    a_fact,
    a_story,
    a_submission,
    an_assignment,
    an_inference,
    ledger,
    wire,
    with_sentence,
)
from tests.fakes.scripted_claude import ScriptedClaude, says

HERE = Path(__file__).parent
OURS = tuple(
    text
    for group in tomllib.loads((HERE / "injections.toml").read_text(encoding="utf-8"))["injection"]
    for text in group["texts"]
)


def every(shared_data: Path) -> tuple[str, ...]:
    """Those of this folder and the published collection."""
    published = json.loads((shared_data / "attacks" / "prompt_injection_bipia_train.json").read_text(encoding="utf-8"))
    theirs = tuple(text for group in published.values() for text in group)
    assert (len(theirs), len(OURS) >= 100) == (75, True)
    return OURS + theirs


def as_stance(text: str) -> Draft:
    stance = Stance(origin_id="o-wire-1", article_id="wire-1", label="bullish", reason=text)
    return a_draft(stances=(stance,))


def as_dispute(text: str) -> Draft:
    claim = a_fact("dispute-1-1", "The charge is 1.2 billion crowns.", (wire(), "a charge of 1.2 billion crowns"))
    return a_draft(
        disputes=(Dispute(subject=text, positions=(Position(article_id="wire-1", value="1", claim=claim),)),)
    )


def as_trigger(text: str) -> Draft:
    (watch,) = a_draft().watch
    return a_draft(watch=(watch.model_copy(update={"trigger": text}),))


FIELDS: dict[str, Callable[[str], Draft]] = {
    "headline": lambda text: a_draft(headline=a_draft().headline.model_copy(update={"text": text})),
    "inference": lambda text: with_sentence(an_inference("body-4-1", text)),
    "context": lambda text: with_sentence(Claim(id="body-4-1", kind="context", text=text)),
    "mechanism": lambda text: with_sentence(an_inference("body-4-1", "Rivals may gain.", mechanism=text)),
    "reason of a stance": as_stance,
    "subject of a dispute": as_dispute,
    "trigger": as_trigger,
    "reason of an absence": lambda text: a_draft(absent={**a_draft().absent, "gaps": text}),
}


def judged(draft: Draft, **more: Any) -> Verdict:
    return review(draft, (wire(), ledger()), a_story(wire(), ledger()), PUBLISHERS, None, NOON, **more)


SHARE = pytest.mark.parametrize(
    "step", [pytest.param(6, id="a sixth"), pytest.param(1, id="all", marks=pytest.mark.soak)]
)


@SHARE
@pytest.mark.parametrize("field", list(FIELDS))
def test_in_no_field_of_a_model_s_draft_does_one_pass(field: str, step: int, shared_data: Path) -> None:
    texts = every(shared_data)[list(FIELDS).index(field) % step :: step]
    allowed = [text for text in texts if field == "headline" and text.endswith("?")]
    passed = [text for text in texts if judged(FIELDS[field](text)).outcome == "accept"]
    assert [text for text in passed if text not in allowed] == []


@SHARE
def test_a_source_s_own_instruction_is_no_fact(step: int, shared_data: Path) -> None:
    """The model copies what the source says, with the span to prove it."""
    passed = []
    for text in every(shared_data)[::step]:
        article = wire(f"{WIRE}\n\n{text}")
        draft = with_sentence(a_fact("body-4-1", text, (article, text)))
        verdict = review(draft, (article, ledger()), a_story(article, ledger()), PUBLISHERS, None, NOON)
        passed += [text] if verdict.outcome == "accept" else []
    assert passed == []


@SHARE
def test_a_digest_quotes_none_and_scores_as_without(step: int, shared_data: Path) -> None:
    plain = ExcerptWriter().write(an_assignment(wire(), ledger()))
    expected = judged(plain).score.final
    for text in every(shared_data)[::step]:
        article = wire(WIRE.replace("\n\n", f"\n\n{text}\n\n", 1))
        draft = ExcerptWriter().write(an_assignment(article, ledger()))
        verdict = review(draft, (article, ledger()), a_story(article, ledger()), PUBLISHERS, None, NOON)
        assert not [claim.text for claim in draft.claims() if text[:25] in claim.text]
        assert verdict.score.final <= expected


@pytest.mark.parametrize("reply", ["strengths", "limitations"])
def test_what_an_obedient_critic_repeats_is_not_printed(reply: str) -> None:
    good = {"text": "It names who says what.", "sentences": ["body-1-1"]}
    critic = {"mark": 100, "faults": [], "strengths": [good], "limitations": [good]}
    printed = []
    for text in OURS:
        answer = {**critic, reply: [good, {"text": text[:300], "sentences": ["body-1-1"]}]}
        opinion = ClaudeCritic(ScriptedClaude(says(answer)).claude()).judge(a_submission(a_draft()))
        printed += [one.text for one in getattr(opinion, reply) if one.text != good["text"]]
    assert printed == []


def test_a_critic_s_full_mark_lifts_no_cap() -> None:
    good = {"text": "It names who says what.", "sentences": ["body-1-1"]}
    answer = {"mark": 100, "faults": [], "strengths": [good], "limitations": [good]}
    critic = ClaudeCritic(ScriptedClaude(says(answer)).claude())
    one_origin = a_story(wire(), ledger(), origins={"wire-1": "o", "ledger-1": "o"})
    verdict = review(a_draft(), (wire(), ledger()), one_origin, PUBLISHERS, critic, NOON)
    assert verdict.score.final <= 70
    assert "single-origin" in {cap.id for cap in verdict.score.caps}
