"""From findings to a verdict: outcome, score, caps, words."""

from dataclasses import dataclass, field

import pytest
from newsroom.articles.article import Article
from newsroom.errors import BudgetSpent, DraftInvalid, ModelOverloaded, ModelRefused, NewsroomError
from newsroom.review.critic import Opinion
from newsroom.review.deciding import decide
from newsroom.review.reviewing import review
from newsroom.review.rubric import rubric
from newsroom.review.score import rounded
from newsroom.review.submission import Submission, finding
from newsroom.review.verdict import Finding, Remark, Verdict
from newsroom.stories.story import Story
from newsroom.writing.draft import Claim, Draft, Usage
from newsroom.writing.excerpt_writer import ExcerptWriter
from newsroom.writing.line import Errand

from tests.fakes.press import (
    NOON,
    PUBLISHERS,
    a_draft,
    a_story,
    a_submission,
    an_article,
    an_assignment,
    ledger,
    release,
    wire,
    with_sentence,
)

INVENTED = Claim(id="body-4-1", kind="fact", text="The plant stands by a fjord.")
SHORT = (
    "The lines at Ålvik stop in January. Some 310 people lose their work, a note said. The unions object to the plan."
)


@dataclass
class FakeCritic:
    """Says what it is told to say, and remembers what it was shown."""

    mark: int = 90
    findings: tuple[Finding, ...] = ()
    error: NewsroomError | None = None
    seen: list[str] = field(default_factory=list)

    def judge(self, submission: Submission, errand: Errand | None = None) -> Opinion:
        self.seen.append(submission.draft.id)
        if self.error:
            raise self.error
        remark = (Remark(text="It names its speakers.", claim_ids=("body-1-1",)),)
        return Opinion(self.mark, self.findings, remark, remark, Usage(model="critic-model", micro_dollars=5))


def judged(
    draft: Draft, *articles: Article, critic: FakeCritic | None = None, story: Story | None = None, **more: bool
) -> Verdict:
    given = articles or (wire(), ledger())
    return review(draft, given, story or a_story(*given), PUBLISHERS, critic, NOON, **more)


def digest_of(*articles: Article) -> Verdict:
    assignment = an_assignment(*articles)
    draft = ExcerptWriter().write(assignment)
    return review(draft, articles, assignment.story, PUBLISHERS, None, NOON)


def test_a_clean_draft_of_two_origins_is_accepted_with_strengths_and_limitations() -> None:
    verdict = judged(a_draft(), critic=FakeCritic())
    assert (verdict.outcome, verdict.critic, verdict.held_because) == ("accept", "critic-model", "")
    assert verdict.score.final >= 85
    assert verdict.strengths
    assert all(strength.claim_ids for strength in verdict.strengths)
    assert verdict.limitations


def test_a_blocking_finding_sends_a_model_s_draft_back_once_and_then_holds_it() -> None:
    assert judged(with_sentence(INVENTED)).outcome == "revise"
    second = judged(with_sentence(INVENTED, attempt=1))
    assert second.outcome == "hold"
    assert "without any span" in second.held_because


def test_a_digest_with_a_blocking_finding_is_held_at_once() -> None:
    assert judged(with_sentence(INVENTED, writer="excerpt")).outcome == "hold"


def test_a_single_origin_is_capped_at_seventy_with_the_reason() -> None:
    one_origin = a_story(wire(), ledger(), origins={"wire-1": "o", "ledger-1": "o"})
    verdict = judged(a_draft(), critic=FakeCritic(mark=100), story=one_origin)
    assert verdict.score.raw > 70
    assert verdict.score.final == 70
    assert [cap.id for cap in verdict.score.caps] == ["single-origin"]
    assert verdict.score.caps[0].reason


def test_the_score_can_be_computed_again_from_the_verdict() -> None:
    for verdict in (judged(a_draft()), judged(a_draft(), critic=FakeCritic(mark=61)), digest_of(wire(), ledger())):
        score = verdict.score
        assert abs(sum(part.weight for part in score.components) - 1) < 1e-9
        assert score.raw == rounded(score.components)
        assert score.final == min([score.raw, *(cap.limit for cap in score.caps)])
        assert score.band == rubric().band(score.final)


def test_a_digest_is_accepted_and_its_verdict_is_the_same_in_any_order_and_at_any_hour() -> None:
    assignment = an_assignment(wire(), ledger())
    draft = ExcerptWriter().write(assignment)
    first = review(draft, (wire(), ledger()), assignment.story, PUBLISHERS, None, NOON)
    later = review(draft, (ledger(), wire()), assignment.story, PUBLISHERS, None, NOON.replace(hour=23))
    assert first == later
    assert first.outcome == "accept"
    assert first.reviewed_at == draft.written_at
    assert "excerpt-digest" in {cap.id for cap in first.score.caps}


@pytest.mark.parametrize(
    ("article", "reason"),
    [
        (wire(reserved="robots.txt: ai-input=no", text=""), "reserves its text"),
        (wire(thin="paywall"), "more than a teaser"),
        (wire(published_at=None), "is dated"),
        (wire(kind="advice"), "recommend trades"),
        (release(), "press release"),
        (wire(kind="opinion"), "opinion piece"),
        (wire(language="no"), "English"),
        (
            wire(
                language="ja",
                text="円相場は一時一ドル百五十八円台まで下落し、財務相は行き過ぎた動きには断固たる措置を取ると述べた。"
                * 3,
            ),
            "English",
        ),
        (an_article("gazette-1", "fjord-gazette", "Two lines stop at Ålvik", SHORT * 2), "too little"),
    ],
    ids=["reserved", "thin", "undated", "advice", "press release", "opinion", "not English", "no spaces", "too little"],
)
def test_a_story_that_nobody_could_make_of_its_sources_is_held_with_a_reason_for_readers(
    article: Article, reason: str
) -> None:
    verdict = digest_of(article)
    assert verdict.outcome == "hold"
    assert reason in verdict.held_because


def test_a_press_release_beside_a_newsroom_s_report_is_published() -> None:
    assert digest_of(release(), ledger()).outcome == "accept"


def test_the_critic_is_not_asked_about_what_code_blocks_nor_about_digests() -> None:
    critic = FakeCritic()
    judged(with_sentence(INVENTED), critic=critic)
    judged(ExcerptWriter().write(an_assignment()), critic=critic)
    assert critic.seen == []


def test_what_the_critic_blocks_goes_back() -> None:
    critic = FakeCritic(findings=(finding("critic", "block", "The headline promises more.", "headline"),))
    verdict = judged(a_draft(), critic=critic)
    assert verdict.outcome == "revise"
    assert "critic" in verdict.checks


@pytest.mark.parametrize(
    "error", [BudgetSpent("spent"), ModelRefused("no"), DraftInvalid("bad"), ModelOverloaded("busy")]
)
def test_a_critic_that_cannot_be_had_never_lets_a_draft_through(error: NewsroomError) -> None:
    critic = FakeCritic(error=error)
    assert judged(a_draft(), critic=critic).outcome == "revise"
    assert judged(a_draft(attempt=1), critic=critic).outcome == "hold"


def test_an_overloaded_critic_is_waited_for_where_the_caller_may_wait() -> None:
    with pytest.raises(ModelOverloaded):
        judged(a_draft(), critic=FakeCritic(error=ModelOverloaded("busy")), errand=Errand("d1", NOON))


def test_a_score_below_the_floor_is_held_and_one_at_it_is_not() -> None:
    verdict = judged(a_draft())
    floor = rubric().floor.publish_from
    for final, outcome in ((floor - 1, "hold"), (floor, "accept")):
        low = verdict.score.model_copy(update={"final": final})
        assert decide(a_submission(a_draft()), (), low, rubric())[0] == outcome


def test_the_rubric_s_caps_and_bands_are_complete() -> None:
    rules = rubric()
    assert {cap.id for cap in rules.caps} >= {"single-origin", "excerpt-digest", "no-tier-1-or-2", "no-second-model"}
    assert [rules.band(score) for score in (100, 70, 69, 0)] == ["Strong", "Solid", "Limited", "Thin"]
