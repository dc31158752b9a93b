import time

import pytest
from newsroom.wire.plain_text import from_html, in_a_line, visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("AT&T and R&D &amp; more", "AT&T and R&D & more"),
        ("Rates &lt;b&gt;rise&lt;/b&gt;", "Rates rise"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("a < b and c > d", "a < b and c > d"),
        ("x<script>alert(1)</script>y", "x y"),
        ("x<style>p{color:red}</style>y<!-- hidden -->z", "x yz"),
        ("<![CDATA[Oil <em>falls</em>]]>", "Oil falls"),
        ("&amp;lt;script&amp;gt;alert(1)", "&lt;script&gt;alert(1)"),
        ("KÃ¶ln", "Köln"),
        ("Don\x92t \x96 60 \x80", "Don’t – 60 €"),
        ("Don&#146;t", "Don’t"),
        ("Köln and São Paulo", "Köln and São Paulo"),
        ("\u202egnp.exe\u202c \u200bfree", "gnp.exe free"),
        ("a\x00b\x07c", "abc"),
        ("  too \n many\t blanks ", "too many blanks"),
    ],
)
def test_markup_becomes_what_a_browser_would_show(written: str, shown: str) -> None:
    assert from_html(written, 300) == shown


def test_joiners_stay_where_they_mean_something_and_go_where_they_hide() -> None:
    persian = "می\u200cخواهم"
    assert visible(persian) == persian
    assert visible("ig\u200dno\u200cre") == "ignore"


def test_a_long_line_is_cut_at_a_word() -> None:
    assert in_a_line("one two three four", 12) == "one two…"
    assert len(in_a_line("word " * 5000, 300)) <= 301


@pytest.mark.parametrize(
    "flood", ["<" * 200_000, "<script" * 40_000, "<!" * 100_000, "<a " * 60_000, "&" * 200_000, "<!--" * 50_000,
              "</script" + " " * 200_000, "<p>" * 60_000, "&#x" * 60_000],
)  # fmt: skip
def test_a_field_made_to_keep_us_busy_does_not(flood: str) -> None:
    begun = time.process_time()
    from_html(flood, 300)
    assert time.process_time() - begun < 1
