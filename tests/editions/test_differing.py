"""Where two documents differ is told by byte and by name."""

import json

from newsroom.editions.differing import LONGEST, MOST, differences

DRAFT = {"body": [[{"id": "body-1-1", "text": "A."}, {"id": "body-1-2", "text": "B."}]], "fallen": 0}


def places(kept: object, replayed: object) -> dict[str, tuple[str, str]]:
    found = differences("d", json.dumps(kept).encode(), json.dumps(replayed).encode())
    return {one.place: (one.kept, one.replayed) for one in found}


def test_equal_documents_do_not_differ() -> None:
    assert differences("d", b"{}", b"{}") == []


def test_a_sentence_is_named_by_its_id_wherever_it_stands() -> None:
    changed = {"body": [[DRAFT["body"][0][1] | {"text": "C."}, DRAFT["body"][0][0]]], "fallen": 0}  # type: ignore[index]
    assert places(DRAFT, changed) == {"body.0.body-1-2.text": ("B.", "C.")}


def test_what_one_of_them_lacks_is_nothing() -> None:
    shorter = {"body": [DRAFT["body"][0][:1]]}  # type: ignore[index]
    assert places(DRAFT, shorter) == {
        "body.0.body-1-2": ('{"id": "body-1-2", "text": "B."}', "(nothing)"),
        "fallen": ("0", "(nothing)"),
    }


def test_a_number_is_not_a_truth_and_not_a_text() -> None:
    assert places({"a": 1, "b": 1}, {"a": True, "b": "1"}) == {"a": ("1", "true"), "b": ("1", "1")}


def test_the_first_byte_is_counted_from_nought_and_the_end_counts() -> None:
    (only,) = differences("d", b'{"a":1}', b'{"a":2}')
    assert (only.byte, only.place) == (5, "a")
    (end,) = differences("d", b"{}", b"{}\n")
    assert (end.byte, end.place, end.kept, end.replayed) == (2, "", "{}", "{}\n")


def test_what_is_no_json_is_shown_around_the_byte() -> None:
    (only,) = differences("page", b"x" * 1000 + b"<p>", b"x" * 1000 + b"<q>")
    assert only.byte == 1001
    assert only.kept.endswith("x<p>")
    assert len(only.kept) <= LONGEST


def test_long_values_are_cut_and_many_places_end_at_the_most() -> None:
    kept = {str(number): "a" * 1000 for number in range(100)}
    found = differences("d", json.dumps(kept).encode(), json.dumps(dict.fromkeys(kept, "b")).encode())
    assert len(found) == MOST
    assert all(len(one.kept) == LONGEST + 1 for one in found)
