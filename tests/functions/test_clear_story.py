"""An editor looks at what waits, lets it go, and the next edition publishes it with that on record."""

import json

import pytest
from newsroom.desk import Desk, seat
from newsroom.errors import BadInput
from newsroom.review.editor import WAITS

from functions.publishing.publish_edition import handler as publish
from functions.review.clear_story import handler as clear
from functions.review.review_story import handler as review
from tests.fakes.context import a_context
from tests.fakes.newsroom_values import NOON, a_draft, a_fact, a_span, a_story, an_article, three_articles
from tests.fakes.sample_house import SampleHouse

ACCUSED = "Prosecutors charged Erika Mustermann, the plant’s former director, with fraud."
WIRE, *OTHERS = three_articles()
PAPER = an_article(text=f"{WIRE.text}\n\n{ACCUSED}")
ARTICLES = (PAPER, *OTHERS)
STORY = a_story(ARTICLES)


@pytest.fixture
def house() -> SampleHouse:
    """A digest that quotes the charge, written and waiting for its review."""
    house = SampleHouse()
    house.archive.all_articles |= {article.id: article for article in ARTICLES}
    house.archive.store_story(STORY)
    told = a_fact("quick-1", f"Harbour Wire: “{ACCUSED}”", a_span(PAPER, ACCUSED))
    draft = a_draft(
        ARTICLES, STORY, writer="excerpt", quick_take=(told,), disputes=(), stances=(), gaps=(), body=(), watch=()
    )
    body = a_fact("body-1-1", "Harbour Wire: “The company kept its dividend at 0.90 euros a share.”",
                  a_span(PAPER, "The company kept its dividend at 0.90 euros a share."))  # fmt: skip
    headline = a_fact("headline", PAPER.title, a_span(PAPER, PAPER.title))
    draft = draft.model_copy(update={"body": ((body,),), "headline": headline, "standfirst": None})
    house.archive.store_draft(draft)
    house.archive.claim_edition("20261123T1200Z", "run-1", NOON)
    seat(
        Desk(
            {"SITE_ADDRESS": "https://footnote.example", "SITE_BUCKET": "site"},
            archive=house.archive,
            published_files=house.files,
            catalogue=house.catalogue,
            critic=None,
            now=lambda: NOON,
            invalidate=house.invalidated.extend,
        )
    )
    return house


def edition(house: SampleHouse, edition_id: str) -> dict[str, object]:
    run = {"edition_id": edition_id, "execution": "run-1", "collected": [], "outcomes": []}
    return publish(run, a_context())


def test_the_story_waits_is_cleared_and_goes_out_saying_so(
    house: SampleHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    order = {"edition_id": "e", "story_id": STORY.id, "draft_id": f"{STORY.id}-draft", "attempt": 1}
    assert review(order, a_context())["outcome"] == "hold"
    assert edition(house, "20261123T1200Z")["stories_published"] == 0
    measured = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "StoriesForEditor" in line]
    assert [one["StoriesForEditor"] for one in measured] == [[1]]
    assert WAITS in house.files.get("/held/").decode()
    assert "Mustermann" not in "".join(file.body.decode(errors="ignore") for file in house.files.files.values())

    (waiting,) = clear({}, a_context())["waiting"]
    assert waiting["sentences"] == [{"text": f"Harbour Wire: “{ACCUSED}”", "evidence": [ACCUSED]}]
    payload = {"draft_id": waiting["draft_id"], "draft_sha256": waiting["draft_sha256"], "role": "duty-editor"}
    for repeated in (False, True):
        answer = clear(payload, a_context())
        assert (answer["story_id"], answer["repeated"], answer["waiting"]) == (STORY.id, repeated, [])

    assert edition(house, "20261123T1215Z")["stories_published"] == 1
    own = {key.rpartition("/")[2]: file.body for key, file in house.files.files.items() if key.startswith("story/")}
    for name in ("review.json", "receipt.json"):
        cleared = json.loads(own[name])["cleared"]
        assert (cleared["role"], cleared["at"]) == ("duty-editor", "2026-11-23T12:00:00Z")
    assert "read by an editor (duty editor) before it was published" in own["index.html"].decode()
    assert edition(house, "20261123T1230Z")["objects_written"] == 0


def test_what_clears_nothing_is_refused(house: SampleHouse) -> None:
    assert clear({}, a_context())["waiting"] == []
    with pytest.raises(BadInput, match="role"):
        clear({"draft_id": f"{STORY.id}-draft", "draft_sha256": "x", "role": "intern"}, a_context())
