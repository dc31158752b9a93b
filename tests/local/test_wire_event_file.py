"""The event-file format: what it means, and what it refuses."""

from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.wire.event_file import EventFileError, body_html, offset, read_event_file

EVENT = '+++\nevent = "A harbour closes"\n+++\n'


def written(folder: Path, text: str) -> Path:
    path = folder / "harbour.md"
    path.write_text(text, encoding="utf-8")
    return path


def article(prose: str, **front: str) -> str:
    values = {"publisher": "p", "slug": "s", "title": "T", "at": "-1h"} | front
    return "+++\n" + "".join(f'{name} = "{value}"\n' for name, value in values.items()) + f"+++\n{prose}\n"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("-3h20m", timedelta(hours=-3, minutes=-20)),
        ("+6m", timedelta(minutes=6)),
        ("+3d", timedelta(days=3)),
        ("-1d2h", timedelta(days=-1, hours=-2)),
    ],
)
def test_an_offset_reads_as_days_hours_and_minutes(text: str, span: timedelta) -> None:
    assert offset(text) == span


@pytest.mark.parametrize("text", ["", "3h", "-", "+1.5h", "-20", "-h", "yesterday"])
def test_anything_else_is_no_offset(text: str) -> None:
    with pytest.raises(ValueError, match="not an offset"):
        offset(text)


def test_a_copy_carries_the_kept_paragraphs_under_its_own_dateline(tmp_path: Path) -> None:
    text = EVENT + article("One.\n\nTwo costs 5 per cent.\n\nThree.", slug="o")
    text += article("Supplied by the agency.", slug="c", copy_of="o", dateline="LEEDS – ").replace(
        "+++\nSupplied", 'keep = 2\nswaps = [["per cent", "percent"]]\n+++\nSupplied'
    )
    file = read_event_file(written(tmp_path, text))
    assert file.articles[1].text == "LEEDS – One.\n\nTwo costs 5 percent.\n\nSupplied by the agency."


def test_a_swap_that_finds_nothing_is_refused(tmp_path: Path) -> None:
    text = (
        EVENT
        + article("One.", slug="o")
        + article("", slug="c", copy_of="o").replace('copy_of = "o"\n', 'copy_of = "o"\nswaps = [["two", "three"]]\n')
    )
    with pytest.raises(EventFileError, match="not there: 'two'"):
        read_event_file(written(tmp_path, text))


def test_a_tilde_line_separates_the_first_text_from_the_revised_one(tmp_path: Path) -> None:
    file = read_event_file(written(tmp_path, EVENT + article("First.\n~~~\nSecond.", updated="-5m")))
    assert (file.articles[0].text, file.articles[0].revised_text) == ("First.", "Second.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no fence at all",
        EVENT,
        EVENT + article("Prose.", colour="blue"),
        EVENT + article("Prose.", copy_of="nobody"),
        EVENT + article("Prose.", kind="poem"),
        EVENT + "+++\npublisher = \n+++\nProse.\n",
    ],
)
def test_a_file_outside_the_format_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(EventFileError, match=r"harbour\.md"):
        read_event_file(written(tmp_path, text))


def test_prose_becomes_escaped_html_and_html_passes_untouched() -> None:
    html = body_html('A < B & C\n\n## Costs\n\n- one\n- two\n\n<p onclick="x()">raw</p>')
    assert html == (
        '<p>A &lt; B &amp; C</p>\n<h2>Costs</h2>\n<ul><li>one</li><li>two</li></ul>\n<p onclick="x()">raw</p>'
    )
