"""Editions whose model fails in every way it can: they go out, degraded where they must be, and say so.

The stand-in answers, the real SDK asks, the real state machine walks; B5, B6, B7, B10, C10 of RELIABILITY.md.
"""

import random
from collections.abc import Iterable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from newsroom.review.verdict import Verdict
from newsroom.writing.draft import Draft

from infra.local.claude import behaviours
from infra.local.claude.behaviours import STOPS, Asked, Behaviour, good, malformed, stops
from infra.local.claude.malformed import REVIEW, SIGNS, STORY, hostile
from infra.local.claude.stand_in import Script
from tests.evaluation.sample_stories import SampleStory, events
from tests.fakes.model_house import ModelHouse

pytestmark = pytest.mark.enable_socket

SLOT = timedelta(minutes=15)


def sampled(kinds: Iterable[Any], step: int) -> list[Any]:
    """Every so many of them in the gate, all of them under `make soak`."""
    return [pytest.param(one, marks=() if at % step == 0 else pytest.mark.soak) for at, one in enumerate(kinds)]


def some(number: int) -> list[SampleStory]:
    """Events with several origins, so that nothing but the model decides."""
    wide = [event for event in events().values() if len({m.origin_id for m in event.story.members}) > 1]
    return (wide + [event for event in events().values() if event not in wide])[:number]


ONE = some(1)


def at_stage(behaviour: Behaviour, review: bool) -> Script:
    return lambda number, asked: behaviour if asked.is_review == review else good


def drafts(house: ModelHouse) -> list[Draft]:
    return [house.archive.draft(draft_id) for _, draft_id in house.archive.accepted()]


def test_a_good_model_s_stories_are_published_and_called_a_demonstration() -> None:
    house = ModelHouse(some(3))
    house.edition()
    assert [version.draft.writer for version in house.published] == ["scripted"] * 3
    headlines = [version.head.headline for version in house.published]
    files = {key: unescape(file.body.decode()) for key, file in house.files.files.items() if not key.endswith(".png")}
    telling = {key: text for key, text in files.items() if any(headline in text for headline in headlines)}
    assert len(telling) > 20
    unlabelled = [key for key, text in telling.items() if "emonstration" not in text]
    assert unlabelled == ["news-sitemap.xml"], "whose format has no place for it"
    assert not any("an AI model wrote this page" in text or "AI-synthesised" in text for text in telling.values())


@pytest.mark.parametrize("reason", STOPS)
def test_a_writer_that_stops_early_leaves_a_digest_that_says_so(reason: str | None) -> None:
    house = ModelHouse(ONE, at_stage(stops(reason), review=False))
    house.judged()
    (draft,) = drafts(house)
    assert draft.writer == "excerpt"
    assert "no usable answer" in draft.absent["model"]


@pytest.mark.parametrize("reason", STOPS)
def test_a_critic_that_stops_early_lets_nothing_pass(reason: str | None) -> None:
    house = ModelHouse(ONE, at_stage(stops(reason), review=True))
    house.judged()
    assert drafts(house) == []
    (held,) = house.archive.held()
    assert "critic" in held.reason


@pytest.mark.parametrize("kind", sampled(STORY, 6))
def test_a_malformed_story_is_never_published(kind: str) -> None:
    house = ModelHouse(ONE, at_stage(malformed(kind), review=False))
    house.judged()
    assert [draft.writer for draft in drafts(house)] == ["excerpt"]


@pytest.mark.parametrize("kind", sampled(REVIEW, 6))
def test_a_malformed_review_lets_nothing_pass(kind: str) -> None:
    house = ModelHouse(ONE, at_stage(malformed(kind), review=True))
    house.judged()
    assert drafts(house) == []


@pytest.mark.parametrize("sign", sampled(SIGNS, 12))
def test_nothing_hostile_in_any_field_of_a_model_s_answer_passes(sign: str) -> None:
    """One draft for each field; what passes has lost the sign."""
    asked: list[Asked] = []
    ModelHouse(ONE, lambda number, one: asked.append(one) or good).judged()
    answers = hostile(asked[0].answer, sign)
    assert len(answers) > 10
    passed = []
    for answer in answers:
        house = ModelHouse(ONE, at_stage(lambda one, answer=answer: behaviours.says(answer, one), review=False))
        house.judged()
        passed += [draft.model_dump_json() for draft in drafts(house) if draft.writer != "excerpt"]
    assert [one for one in passed if sign in one or repr(sign)[1:-1] in one] == []


def test_invented_figures_and_quotations_are_not_published() -> None:
    house = ModelHouse(some(4), at_stage(behaviours.invents, review=False))
    house.judged()
    assert drafts(house) == []


FAILING = {
    "overloads": (behaviours.overloads, "overloaded"),
    "rate-limits": (behaviours.rate_limits, "overloaded"),
    "breaks-down": (behaviours.breaks_down, "overloaded"),
    "cuts": (behaviours.cuts, "overloaded"),
    "spend-limit": (behaviours.spend_limit, "budget"),
    "too-large": (behaviours.too_large, "no usable answer"),
    "refuses": (stops("refusal"), "no usable answer"),
}


@pytest.mark.parametrize("name", list(FAILING))
def test_an_edition_without_its_model_goes_out_as_digests_that_say_so(name: str) -> None:
    behaviour, reason = FAILING[name]
    stories = some(3)
    house = ModelHouse(stories, lambda number, asked: behaviour)
    house.edition()
    assert len(house.published) == len(stories)
    for version in house.published:
        assert version.draft.writer == "excerpt"
        assert reason in version.draft.absent["model"]
        page = house.files.files[f"story/{version.slug}/index.html"].body.decode()
        assert "digest of quotations chosen by code" in page


def test_half_an_hour_of_overload_costs_few_calls_and_the_next_news_is_written_again() -> None:
    stories = some(30)
    house = ModelHouse(stories[:20], lambda number, asked: behaviours.overloads)
    for _ in range(2):
        house.judged()
        house.now += SLOT
    assert len(drafts(house)) >= 18
    assert house.calls <= 1.5 * 2 * 20
    assert house.calls <= 15, "an edition stops asking when nobody answers"
    house.stand_in.script = lambda number, asked: good
    for story in stories[20:24]:
        house.arrives(story)
    house.judged()
    written = {draft.story_id for draft in house.archive.drafts.values() if draft.writer == "scripted"}
    assert written == {story.story.id for story in stories[20:24]}


@pytest.mark.parametrize("seed", sampled(range(3), 3))
def test_with_a_fifth_of_all_calls_failing_calls_stay_below_one_and_a_half_times_the_least(seed: int) -> None:
    chance = random.Random(seed)
    faults = (behaviours.rate_limits, behaviours.breaks_down, behaviours.cuts, behaviours.overloads)

    def script(number: int, asked: Asked) -> Behaviour:
        return chance.choice(faults) if chance.random() < 0.2 else good

    stories = some(20)
    least, house = ModelHouse(stories), ModelHouse(stories, script)
    least.judged()
    house.judged()
    assert house.calls <= 1.5 * least.calls
    assert len(drafts(house)) >= len(drafts(least)) - 2
    assert sum(draft.writer == "scripted" for draft in drafts(house)) >= 15


def test_after_a_spend_limit_an_edition_asks_no_more() -> None:
    """The fifth question meets the limit; the next edition asks once whether it is lifted."""
    house = ModelHouse(some(8), lambda number, asked: good if number < 5 else behaviours.spend_limit)
    house.judged()
    assert house.calls == 5
    accepted = drafts(house)
    assert {draft.writer for draft in accepted} == {"scripted", "excerpt"}
    house.now += SLOT
    for story in some(12)[8:]:
        house.arrives(story)
    house.judged()
    assert house.calls == 6


def test_a_day_s_budget_is_never_passed_and_what_it_does_not_reach_is_a_digest() -> None:
    house = ModelHouse(some(8), budget=800_000)
    house.judged()
    spent = sum(amount for account, amount in house.archive.money.items() if not account.startswith("tries"))
    assert 0 < spent <= 800_000
    written = [draft.writer for draft in house.archive.drafts.values()]
    assert 1 <= written.count("scripted") < len(written)
    digests = [draft for draft in drafts(house) if draft.writer == "excerpt"]
    assert all("budget" in draft.absent["model"] for draft in digests)
    assert len(digests) >= 3


def test_recorded_answers_give_the_same_draft_and_verdict_to_the_byte() -> None:
    """A receipt replayed: the model is gone, its answers are kept."""
    house = ModelHouse(some(3))
    house.judged()
    before = _as_bytes(house)
    house.archive.drafts.clear()
    house.archive.verdicts.clear()
    house.archive.judged_inputs.clear()
    for story in some(3):
        house.archive.all_stories.pop(story.story.id)
        house.arrives(story)
    money = dict(house.archive.money)
    house.stand_in.script = lambda number, asked: behaviours.breaks_down
    calls = house.calls
    house.judged()
    assert _as_bytes(house) == before
    assert house.calls == calls
    assert house.archive.money == money


def _as_bytes(house: ModelHouse) -> tuple[dict[str, str], dict[str, str]]:
    kept: tuple[dict[str, Draft], dict[str, Verdict]] = (house.archive.drafts, house.archive.verdicts)
    first, second = ({key: one.model_dump_json() for key, one in things.items()} for things in kept)
    return first, second


def test_what_a_pause_is_asked_for_is_waited_for_by_who_calls_again() -> None:
    def script(number: int, asked: Asked) -> Behaviour:
        return behaviours.fails(429, "rate_limit_error", retry_after="9") if number == 1 else good

    house = ModelHouse(ONE, script)
    house.judged()
    assert house.waited == [9.0]
    assert [draft.writer for draft in drafts(house)] == ["scripted"]


def test_old_news_waits_for_its_batch_and_is_written_by_a_later_edition() -> None:
    house = ModelHouse(ONE)
    house.batch_after = timedelta(seconds=1)
    seen = []
    for _ in range(3):
        walk = house.judged()
        seen.append((walk.handed["PublishEdition"]["outcomes"], len(house.archive.drafts)))
        house.now += SLOT
    assert seen == [(["waiting"], 0), (["waiting"], 0), (["accepted"], 1)]
    assert len(house.stand_in.batches) == 1
    assert [draft.writer for draft in drafts(house)] == ["scripted"]
