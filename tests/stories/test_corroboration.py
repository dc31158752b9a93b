"""How far origins bear each other out, counted from what a version is published with."""

from typing import Any

import pytest
from newsroom.site import story_modules
from newsroom.site.coverage import borne_out
from newsroom.site.machine_faces import story_document
from newsroom.stories.agreement import Agreed
from newsroom.stories.corroboration import corroboration
from newsroom.stories.version import Version

from tests.fakes.newsroom_values import a_draft, a_fact, a_span, a_version, three_articles
from tests.fakes.sample_house import HOUSE

WIRE, LEDGER, _ = three_articles()
CLOSE = a_span(WIRE, "it would close its coal plant at Ostholm by March")
SHARES = a_span(LEDGER, "Shares in the company fell 4.2 percent in Frankfurt.")
JOBS = a_span(LEDGER, "About 640 jobs are affected.")


def told(*facts: Any, agreed: tuple[Agreed, ...] = (), **changes: Any) -> Version:
    """A version of these facts alone, beside its headline."""
    nothing = {"standfirst": None, "tldr": (), "body": (), "watch": (), "disputes": (), "stances": (), "gaps": ()}
    draft = a_draft(**(nothing | {"quick_take": facts} | changes))
    return a_version(draft=draft).model_copy(update={"agreed": agreed})


def counted(version: Version) -> tuple[Any, ...]:
    found = corroboration(version)
    return found.borne_out, found.facts, found.evidence_ratio, found.disputed, found.compared, found.contestedness


def alike(name: str = "jobs") -> Agreed:
    """A figure that both origins give: 640 in one, 14 in the other's text, whatever they measure."""
    return Agreed(name=name, value="640", compared=2, spans=(a_span(LEDGER, "640"), a_span(WIRE, "14 December")))


def test_a_fact_is_borne_out_by_two_origins_that_it_cites() -> None:
    both = a_fact("quick-1", "It closes by March, and shares fell.", CLOSE, SHARES)
    assert counted(told(both, a_fact("quick-2", "640 jobs go.", JOBS))) == (1, 3, 0.33, 0, 0, None)


def test_two_articles_of_one_origin_bear_nothing_out() -> None:
    version = told(a_fact("quick-1", "It closes by March, and shares fell.", CLOSE, SHARES))
    sources = tuple(source.model_copy(update={"origin_id": "one"}) for source in version.sources)
    assert corroboration(version.model_copy(update={"sources": sources})).borne_out == 0


def test_a_fact_is_borne_out_by_who_gives_its_figure_alike_at_the_place_that_it_cites() -> None:
    jobs, shares = a_fact("quick-1", "640 jobs go.", JOBS), a_fact("quick-2", "Shares fell 4.2%.", SHARES)
    assert counted(told(jobs, shares, agreed=(alike(),))) == (1, 3, 0.33, 0, 1, 0.0)


def test_a_sentence_said_twice_counts_once_and_a_side_of_a_dispute_is_no_fact() -> None:
    again = a_fact("quick-2", a_draft().headline.text, CLOSE)
    version = told(again, disputes=a_draft().disputes, agreed=(alike(),))
    assert counted(version) == (0, 1, 0.0, 1, 2, 0.5)


def test_without_facts_or_quantities_there_is_no_ratio() -> None:
    headline = a_draft().headline.model_copy(update={"kind": "context", "spans": ()})
    assert counted(told(headline=headline)) == (0, 0, None, 0, 0, None)


@pytest.mark.parametrize(
    ("version", "words"),
    [
        (told(), ""),
        (told(a_fact("q", "Both.", CLOSE, SHARES)), "1 of 2 facts stands on two origins or more."),
        (
            told(a_fact("q", "Both.", CLOSE, SHARES), agreed=(alike(),)),
            "1 of 2 facts stands on two origins or more; of 1 quantity that as many give, none is disputed.",
        ),
        (
            told(disputes=a_draft().disputes, agreed=(alike(), alike("posts"))),
            "0 of 1 fact stands on two origins or more; of 3 quantities that as many give, 1 is disputed.",
        ),
    ],
)
def test_readers_are_told_in_one_line_and_only_where_there_is_something_to_say(version: Version, words: str) -> None:
    assert borne_out(version) == words


def test_a_page_shows_four_undisputed_figures_and_the_document_all() -> None:
    every = tuple(alike(f"{name} jobs") for name in ("past", "present", "promised", "planned", "lost", "kept"))
    version = told(agreed=every)
    assert len(story_modules.agreed(version)) == 4
    assert story_document(version, HOUSE).agreed == every
    assert story_document(version, HOUSE).corroboration == corroboration(version)
