"""`newsroom replay`: a version again from recorded answers; whatever was altered is found, and named."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from newsroom.__main__ import main
from newsroom.desk import seat
from newsroom.editions.correction import Edit
from newsroom.editions.ruling import Ruling

from infra.local.claude import behaviours
from infra.local.claude.behaviours import good
from tests.evaluation.sample_stories import events, stories
from tests.fakes.copied import copy_archive, copy_site
from tests.fakes.model_house import ModelHouse

pytestmark = pytest.mark.enable_socket
"""The SDK's client is built; its transport is the stand-in's, and a replay has none at all."""


KEPT = (
    "documents",
    "drafts",
    "verdicts",
    "all_articles",
    "all_stories",
    "older",
    "log",
    "current",
    "judged_inputs",
    "shelves",
)


@dataclass
class Told:
    """What a command printed."""

    code: int
    documents: list[dict[str, Any]]
    error: str


@pytest.fixture(scope="module")
def printed() -> ModelHouse:
    """A house that has published some stories, of which one is a digest and the others were revised."""
    wide = [event for event in events().values() if len({m.origin_id for m in event.story.members}) > 1][:6]
    seen: set[str] = set()

    def script(number: int, asked: behaviours.Asked) -> behaviours.Behaviour:
        if asked.is_review:
            return good
        if any(article.text[:60] in asked.parts[0] for article in wide[0].articles):
            return behaviours.overloads
        first = asked.parts[0] not in seen
        seen.add(asked.parts[0])
        return behaviours.invents if first else good

    house = ModelHouse(wide, script)
    house.edition()
    assert {(draft.writer, draft.attempt) for draft in (one.draft for one in house.published)} == {
        ("excerpt", 0),
        ("scripted", 1),
    }
    return house


@pytest.fixture
def house(printed: ModelHouse) -> Iterator[ModelHouse]:
    """The same, put back after each test."""
    archive = printed.archive
    kept = {name: dict(getattr(archive, name)) for name in KEPT}
    published = {story_id: list(versions) for story_id, versions in archive.published.items()}
    files = dict(printed.files.files)
    yield printed
    archive.__dict__.update(kept)
    archive.published = published
    printed.files.files = files


def replayed(house: ModelHouse, capsys: pytest.CaptureFixture[str], *arguments: str) -> Told:
    seat(house.desk())
    capsys.readouterr()
    code = main(["replay", *arguments])
    printed = capsys.readouterr()
    return Told(code, [json.loads(line) for line in printed.out.splitlines()], printed.err)


@pytest.fixture
def tell(house: ModelHouse, capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    return partial(replayed, house, capsys)


def story_with(house: ModelHouse, writer: str) -> Any:
    """A version by its writer."""
    return next(version for version in house.published if version.draft.writer == writer)


def test_every_version_replays_to_the_same_bytes_and_asks_nobody(house: ModelHouse, tell: Callable[..., Told]) -> None:
    calls = house.calls
    told = tell(*(version.story_id for version in house.published))
    assert (told.code, told.error) == (0, "")
    assert all(one["same"] for one in told.documents)
    assert house.calls == calls
    for one, version in zip(told.documents, house.published, strict=True):
        path = f"/story/{version.slug}/"
        assert {f"{path}story.json", f"{path}review.json", f"{path}receipt.json"} <= set(one["compared"])
        assert f"versions/{version.story_id}/0001.json" in one["compared"]


def test_a_revised_story_replays_both_attempts(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "scripted")
    told = tell(f"https://news.example/story/{version.slug}/v/1/")
    assert told.code == 0
    assert sum(name.startswith("verdicts/") for name in told.documents[0]["compared"]) == 2


def test_a_later_version_replays_with_what_its_writer_knew_of_the_version_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    early, whole = next(
        (one, event) for one in stories() for event in events().values()
        if one.name == f"{event.name}, first report" and one.story.id == event.story.id
    )  # fmt: skip
    house = ModelHouse([early])
    house.edition()
    house.arrives(whole)
    house.now += timedelta(minutes=15)
    house.edition()
    first, second = house.archive.published[whole.story.id]
    known = [asked.parts[0].partition('<published version="1"')[2] for asked in house.stand_in.questions]
    assert any(first.draft.headline.text in one for one in known)

    told = replayed(house, capsys, f"https://news.example/story/{second.slug}/v/2/")
    assert (told.code, told.documents[0]["same"]) == (0, True)
    assert f"versions/{whole.story.id}/0002.json" in told.documents[0]["compared"]

    other = first.draft.headline.model_copy(update={"text": "Something else"})
    changed = first.model_copy(update={"draft": first.draft.model_copy(update={"headline": other})})
    house.archive.published[whole.story.id][0] = changed
    assert replayed(house, capsys, whole.story.id).code == 1


def altered(house: ModelHouse, key: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Have the recorded answer say something else."""
    kept = json.loads(house.archive.documents[key])
    answer = json.loads(kept["reply"]["content"][0]["text"])
    change(answer)
    kept["reply"]["content"][0]["text"] = json.dumps(answer)
    house.archive.documents[key] = json.dumps(kept).encode()


def test_a_recorded_answer_that_was_altered_is_found_with_the_sentence(
    house: ModelHouse, tell: Callable[..., Told]
) -> None:
    version = story_with(house, "scripted")
    key = f"models/answers/{version.draft.usage.question_sha256}.json"
    altered(house, key, lambda answer: answer["body"][-1][-1].update(text="Nobody expected it."))
    told = tell(version.story_id)
    assert told.code == 1
    claim = version.draft.body[-1][-1]
    differs = {one["place"]: (one["kept"], one["replayed"]) for one in told.documents[0]["differs"]}
    place = f"body.{len(version.draft.body) - 1}.{claim.id}.text"
    assert differs[place] == (claim.text, "Nobody expected it.")
    assert "usage.answer_sha256" in differs, "the receipt names the answer that was given"
    assert f"drafts/{version.draft.id}.json" in told.error


def test_a_quotation_that_was_altered_in_the_record_costs_its_sentence(
    house: ModelHouse, tell: Callable[..., Told]
) -> None:
    version = story_with(house, "scripted")
    key = f"models/answers/{version.draft.usage.question_sha256}.json"
    altered(house, key, lambda answer: answer["standfirst"]["quotations"][0].update(words="words of nobody at all"))
    differs = {one["place"]: one["replayed"] for one in tell(version.story_id).documents[0]["differs"]}
    assert differs["standfirst"] == "null"
    assert differs["fallen"] == "1"


def test_a_recorded_opinion_that_was_altered_is_found(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "scripted")
    key = f"models/answers/{version.verdict.usage.question_sha256}.json"
    altered(house, key, lambda answer: answer.update(mark=100))
    told = tell(version.story_id)
    assert told.code == 1
    assert {one["document"] for one in told.documents[0]["differs"]} == {f"verdicts/{version.draft.id}.json"}


def test_a_verdict_that_was_altered_is_found(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "scripted")
    score = version.verdict.score.model_copy(update={"final": 99})
    better = version.verdict.model_copy(update={"score": score})
    house.archive.verdicts[version.draft.id] = better
    head = version.head.model_copy(update={"score": 99})
    house.archive.published[version.story_id] = [version.model_copy(update={"verdict": better, "head": head})]
    told = tell(version.story_id)
    assert told.code == 1
    differs = {(one["document"], one["place"]) for one in told.documents[0]["differs"]}
    assert (f"verdicts/{version.draft.id}.json", "score.final") in differs


def test_a_published_file_that_was_altered_is_found_to_the_byte(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "scripted")
    path = f"/story/{version.slug}/story.json"
    body = house.files.get(path)
    at = body.index(version.draft.body[0][0].text.encode())
    house.files.put(path, body[:at] + b"X" + body[at + 1 :])
    told = tell(version.story_id)
    assert told.code == 1
    (only,) = told.documents[0]["differs"]
    assert only["document"] == path
    assert (only["byte"], only["place"]) == (at, f"claims.{version.draft.body[0][0].id}.text")


def test_a_source_whose_words_changed_is_named(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "excerpt")
    article_id = version.draft.body[0][0].spans[0].article_id
    article = house.archive.all_articles[article_id]
    house.archive.all_articles[article_id] = article.model_copy(update={"text": article.text.replace("e", "o")})
    told = tell(version.story_id)
    assert told.code == 1
    assert any(article_id in one["replayed"] for one in told.documents[0]["differs"])
    assert told.documents[0]["differs"][-1]["document"] == f"versions/{version.story_id}/0001.json"


def test_an_answer_that_is_gone_is_named(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "scripted")
    key = f"models/answers/{version.draft.usage.question_sha256}.json"
    del house.archive.documents[key]
    told = tell(version.story_id)
    assert told.code == 1
    (only,) = told.documents[0]["differs"]
    assert only["document"] == f"drafts/{version.draft.id}.json"
    assert only["replayed"] == f"(not made: {key}: no answer is recorded for this question)"


def test_a_damaged_record_is_one_line(house: ModelHouse, tell: Callable[..., Told]) -> None:
    version = story_with(house, "scripted")
    key = f"models/answers/{version.draft.usage.question_sha256}.json"
    house.archive.documents[key] = b"{}"
    told = tell(version.story_id)
    assert told.code == 1
    assert told.error.count("\n") == 1
    assert f"{key}: is not a recorded answer" in told.error


def test_what_the_desk_corrected_replays_with_its_decision_and_so_does_what_was_written_after(
    house: ModelHouse, tell: Callable[..., Told]
) -> None:
    version = story_with(house, "scripted")
    claim = version.draft.body[0][0]
    ruling = Ruling(
        id="DEC-ABCDEFGH234567AB",
        story_id=version.story_id,
        kind="correction",
        was=claim.text,
        now_reads="As the source has it.",
        edits=(Edit(was=claim.text, reads="As the source has it."),),
        decided_at=house.now,
    )
    house.archive.store_ruling(ruling, None)
    house.now += timedelta(minutes=15)
    house.edition()
    edited = house.archive.all_articles[claim.spans[0].article_id].model_copy(update={"revision": 2})
    house.archive.revise_article(edited)
    story = house.archive.story(version.story_id).with_revisions({edited.id: 2})
    house.archive.store_story(story)
    house.now += timedelta(minutes=15)
    house.edition()
    newest = house.archive.version(version.story_id, 3)
    assert "As the source has it." in {one.text for one in newest.draft.claims()}
    assert claim.text in {one.text for one in house.archive.draft(newest.draft.id).claims()}
    page = f"http://news.example/story/{version.slug}"
    told = tell(version.story_id, f"{page}/v/1/", f"{page}/v/2/")
    assert (told.code, told.error) == (0, "")
    assert [one["version"] for one in told.documents] == [3, 1, 2]


def test_a_copy_of_both_buckets_is_enough(house: ModelHouse, tell: Callable[..., Told], tmp_path: Path) -> None:
    archive, site = copy_archive(house.archive, tmp_path / "archive"), copy_site(house.files, tmp_path / "site")
    version = story_with(house, "scripted")
    told = tell("--archive", str(archive), "--site", str(site), version.story_id)
    assert (told.code, told.error) == (0, "")
    assert f"/story/{version.slug}/story.json" in told.documents[0]["compared"]
    receipt = site / f"story/{version.slug}/receipt.json"
    by_receipt = tell("--archive", str(archive), str(receipt))
    assert by_receipt.documents == told.documents
    by_page = tell("--archive", str(archive), "--site", str(site), f"https://any.example/story/{version.slug}/")
    assert by_page.documents == told.documents


def test_a_receipt_that_was_altered_is_found(house: ModelHouse, tell: Callable[..., Told], tmp_path: Path) -> None:
    version = story_with(house, "scripted")
    body = house.files.get(f"/story/{version.slug}/receipt.json")
    told_price = f'"micro_dollars":{version.draft.usage.micro_dollars}'.encode()
    assert told_price in body
    (tmp_path / "mine.json").write_bytes(body.replace(told_price, b'"micro_dollars":1'))
    told = tell(str(tmp_path / "mine.json"))
    assert told.code == 1
    assert [one["place"] for one in told.documents[0]["differs"]] == ["writing.micro_dollars"]


@pytest.mark.parametrize(
    ("reference", "error"),
    [
        ("s0123456789abcdef", "nothing was published of it"),
        ("https://news.example/story/no-such-000000/", "no story has that address"),
        ("https://news.example/about/", "is not the address of a story"),
        ("no-such-file.json", "No such file"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(tell: Callable[..., Told], reference: str, error: str) -> None:
    told = tell(reference)
    assert told.code == 1
    assert error in told.error
    assert told.error.count("\n") == 1


def test_a_file_that_is_no_receipt_is_refused(tell: Callable[..., Told], tmp_path: Path) -> None:
    (tmp_path / "receipt.json").write_text('{"schema": "receipt/1"}')
    assert tell(str(tmp_path / "receipt.json")).error.endswith("is no receipt.json\n")


def test_without_anything_to_replay_it_says_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["replay"])
    assert stopped.value.code == 2
    assert "RECEIPT|STORY_ID|URL" in capsys.readouterr().err
