"""A copy of the bucket reads like the archive, whether the fake's documents were copied or the real one's."""

from pathlib import Path
from typing import Any

import pytest
from newsroom.archive.archive import Archive
from newsroom.archive.copied import CopiedArchive
from newsroom.archive.documents import Documents
from newsroom.errors import BadInput, NotFound

from tests.fakes.archive import FakeArchive
from tests.fakes.copied import copy_archive
from tests.fakes.newsroom_values import a_draft, a_verdict, a_version, an_article


@pytest.fixture(params=["fake", pytest.param("real", marks=[pytest.mark.cloud, pytest.mark.enable_socket])])
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> CopiedArchive:
    if request.param == "fake":
        fake = FakeArchive()
        _fill(fake)
        return CopiedArchive(copy_archive(fake, tmp_path))
    table, bucket = request.getfixturevalue("empty_storage")
    documents = Documents(request.getfixturevalue("local_cloud").client("s3"), bucket)
    _fill(Archive(table, documents))
    for key in documents.keys(""):
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_bytes(documents.get(key))
    return CopiedArchive(tmp_path)


def _fill(archive: Any) -> None:
    archive.store_article(an_article())
    archive.revise_article(an_article(text="Another text.", revision=2))
    draft = a_draft()
    archive.store_draft(draft)
    archive.record_verdict(a_verdict(draft), draft.inputs)
    version = a_version()
    archive.publish_version(version)
    later = version.draft.model_copy(update={"id": f"{version.draft.id}-2"})
    archive.publish_version(version.model_copy(update={"number": 2, "draft": later, "head": _second(version.head)}))
    archive.put_document("models/answers/0.json", b"{}")


def _second(head: Any) -> Any:
    return head.model_copy(update={"version": 2})


def test_what_lies_in_documents_reads_as_it_does_in_the_archive(copied: CopiedArchive) -> None:
    draft, version = a_draft(), a_version()
    assert copied.article(an_article().id).text == "Another text."
    assert copied.article(an_article().id, 1) == an_article()
    assert copied.draft(draft.id) == draft
    assert copied.verdict(draft.id) == a_verdict(draft)
    assert copied.version(version.story_id, 1) == version
    assert copied.head(version.story_id) == _second(version.head)
    assert copied.document("models/answers/0.json") == b"{}"


def test_a_story_is_found_by_its_address(copied: CopiedArchive) -> None:
    version = a_version()
    assert copied.slug_owner(version.slug) == version.story_id
    assert copied.slug_owner(f"other-{version.slug}") is None
    assert copied.slug_owner("x") is None


def test_what_only_the_table_has_is_refused_in_so_many_words(copied: CopiedArchive) -> None:
    with pytest.raises(NotFound, match="archive's table"):
        copied.corrections_of("s1")
    with pytest.raises(NotFound, match="archive's table"):
        copied.find_ruling("DEC-1")
    assert copied.head("s0") is None


def test_no_key_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    (tmp_path / "copy").mkdir()
    copied = CopiedArchive(tmp_path / "copy")
    with pytest.raises(NotFound):
        copied.document("../secret.json")
    with pytest.raises(BadInput):
        CopiedArchive(tmp_path / "nowhere")
