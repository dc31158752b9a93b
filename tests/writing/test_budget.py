"""B7: ten times too much to read, fifty at a time, and never a dollar more than the day has."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from newsroom.writing.assignment import Assignment
from newsroom.writing.claude_writer import ClaudeWriter
from newsroom.writing.draft import Draft
from newsroom.writing.reading_list import CHARACTERS, STORY_CHARACTERS, cut, readable
from newsroom.writing.writer import Substituted

from tests.fakes.press import LEDGER, WIRE, a_draft, an_article, an_assignment
from tests.fakes.scripted_claude import FakePurse, Reply, ScriptedClaude, fails, replies, says
from tests.writing.test_claude_writer import a_story

ABREAST = 50
LIMIT = 1_000_000


def oversized(number: int) -> Assignment:
    """Reports, ten times as long together as what is sent of a story."""
    filling = "the plant stands by a fjord in the west\n" * 3000
    long = [f"{text}\n\n{filling}" for text in (WIRE, LEDGER)]
    given = [
        an_article(
            f"{name}-{number}-{at}", name, f"Fjordkraft shuts two lines, report {at}", f"{long[at % 2]} {at}", at
        )
        for at in range(2)
        for name in [("harbour-wire", "meridian-ledger")[at % 2]]
    ]
    return an_assignment(*given)


class Digest:
    """A stand-in that takes no time."""

    name = recipe = "excerpt"

    def write(self, assignment: Assignment) -> Draft:
        return a_draft(writer="excerpt")


@pytest.mark.parametrize(
    "counts", [replies({"input_tokens": 15_000}), fails(529)], ids=["tokens counted", "tokens estimated"]
)
def test_fifty_at_a_time_with_ten_times_the_input_never_pass_the_budget(counts: Reply) -> None:
    script = ScriptedClaude(says(a_story(), input_tokens=15_000, output_tokens=7_000), counts=counts)
    script.purse = FakePurse(LIMIT)
    assignment = oversized(0)

    def write(number: int) -> Draft:
        changed = assignment.story.model_copy(update={"id": f"s{number}"})
        alone = Assignment(changed, assignment.articles, assignment.sources, assignment.now, edition_id=f"e{number}")
        return Substituted(ClaudeWriter(script.claude()), Digest()).write(alone)

    with ThreadPoolExecutor(ABREAST) as pool:
        drafts = list(pool.map(write, range(ABREAST)))

    assert 0 < script.purse.spent <= script.purse.most <= LIMIT
    assert len(drafts) == ABREAST
    assert all("budget" in draft.absent["model"] for draft in drafts if draft.writer == "excerpt")
    assert len(script.requests) < ABREAST, "most found the budget taken"


def test_what_is_sent_is_bounded_whatever_there_is_to_read() -> None:
    script = ScriptedClaude(says(a_story()))
    ClaudeWriter(script.claude()).write(oversized(0))
    sources = script.requests[0]["messages"][0]["content"][0]["text"]
    assert len(sources) <= STORY_CHARACTERS * 1.05


def test_every_origin_is_heard_before_any_is_heard_twice() -> None:
    many = [an_article(f"w-{at}", "harbour-wire", "T", f"{WIRE} {at}", at / 10) for at in range(30)]
    late = an_article("l-1", "meridian-ledger", "T", LEDGER, 40)
    assignment = an_assignment(*many, late)
    members = assignment.story.members
    one_origin = [m.model_copy(update={"origin_id": "o"}) if m.article_id != "l-1" else m for m in members]
    story = assignment.story.model_copy(update={"members": tuple(one_origin)})
    chosen = readable(Assignment(story, assignment.articles, assignment.sources, assignment.now))
    assert "l-1" in [article.id for article in chosen[:2]]
    assert len(chosen) == 12


def test_what_short_texts_leave_goes_to_long_ones() -> None:
    paragraphs = "A paragraph of the plant by the fjord.\n" * 2000
    few = cut([an_article("a", "p", "T", paragraphs), an_article("b", "p", "T", "Short.")])
    assert CHARACTERS * 0.99 < len(few[0].text) <= CHARACTERS
    assert few[1].text == "Short."
    many = cut([an_article(str(at), "p", "T", paragraphs) for at in range(11)] + few[1:])
    assert STORY_CHARACTERS * 0.97 < sum(len(article.text) for article in many) <= STORY_CHARACTERS
