"""What we hold back and what we got wrong, as readers see it."""

from datetime import timedelta

from newsroom.editions.correction import Correction
from newsroom.review.verdict import Held
from newsroom.site.log_pages import corrections_document, corrections_files, corrections_page, held_page
from newsroom.site.rendering import render

from tests.fakes.newsroom_values import NOON
from tests.fakes.sample_house import HOUSE
from tests.site import reading
from tests.site.feed_rules import atom_faults, json_feed_faults, rss_faults

FAULTS = (rss_faults, atom_faults, json_feed_faults)


def a_correction(number: int, hours: float | None) -> Correction:
    return Correction(
        id=f"COR-{number}", story_id="s1", slug="story-1", headline="Headline", version=2, kind="correction",
        was="1.4", now_reads="1.6", made_at=NOON,
        reported_at=NOON - timedelta(hours=hours) if hours is not None else None,
    )  # fmt: skip


def test_what_is_held_has_a_reason_and_no_headline() -> None:
    held = [
        Held(story_id=f"s{n}", draft_id="d", headline=f"A title that is reserved {n}", reason=reason, at=NOON)
        for n, reason in enumerate(
            ["Every source reserves its text.", "Only a teaser.", "Every source reserves its text."]
        )
    ]
    text = reading.main_text(render(held_page(held, HOUSE)))
    assert "A title" not in text
    assert "3 stories held back now" in text
    assert text.index("2 stories Every source reserves its text.") < text.index("1 story Only a teaser.")


def test_the_log_says_how_the_promise_was_kept() -> None:
    lines = [a_correction(1, 2), a_correction(2, 30), a_correction(3, 60), a_correction(4, None)]
    text = reading.main_text(render(corrections_page(lines, HOUSE)))
    assert "3 corrections after a reader’s report: 2 within 2 days, half of them within 30 hours" in text
    assert "the slowest after 2 days." in text


def test_a_log_without_reports_claims_nothing() -> None:
    assert corrections_page([a_correction(1, None)], HOUSE).kept == ""
    assert "No correction has been made yet." in reading.main_text(render(corrections_page([], HOUSE)))


def test_programs_read_the_same_log_with_its_times() -> None:
    lines = [a_correction(1, 2), a_correction(2, 30.5), a_correction(3, 60), a_correction(4, None)]
    told = corrections_document(lines, HOUSE)
    assert (told.reported, told.in_time, told.promised_hours) == (3, 2, 48)
    assert (told.median_hours, told.slowest_hours) == (30.5, 60)
    assert [one.hours_to_fix for one in told.corrections] == [2, 30.5, 60, None]
    assert [one.id for one in told.corrections] == [line.id for line in lines]
    empty = corrections_document([], HOUSE)
    assert (empty.reported, empty.median_hours, empty.corrections) == (0, None, ())


def test_the_log_can_be_followed_in_each_kind_of_feed() -> None:
    lines = [a_correction(1, 2), a_correction(2, None).model_copy(update={"kind": "retraction"})]
    document, *feeds = corrections_files(lines, HOUSE)
    assert document.path == "/corrections.json"
    assert [feed.path for feed in feeds] == [f"/corrections/{name}" for name in ("feed.xml", "atom.xml", "feed.json")]
    for feed, faults in zip(feeds, FAULTS, strict=True):
        assert faults(feed.body) == []
        assert "It said: “1.4” It now says: “1.6”" in feed.body.decode()
        assert "Retraction: Headline" in feed.body.decode()
    assert all(faults(feed.body) == [] for feed, faults in zip(corrections_files([], HOUSE)[1:], FAULTS, strict=True))


def test_the_page_of_the_log_names_its_feeds_and_its_document() -> None:
    body = render(corrections_page([a_correction(1, 2)], HOUSE))
    assert {"/corrections/feed.xml", "/corrections/feed.json", "/corrections.json"} <= reading.internal_links(body)
