"""One frozen issue, as each reader gets it."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from newsroom.briefing.composing import LONGEST_LENS, make_item
from newsroom.briefing.issue import Line
from newsroom.briefing.reading import as_told, by_clock, opening
from newsroom.readers.preferences import REGIONS, Preferences
from newsroom.writing.draft import Claim

from tests.briefing.test_rendering import QUOTED, a_price, an_issue, an_item, mailed, quoted_in_html
from tests.fakes.mail import FakeMail
from tests.fakes.mornings import SIX, a_postman, a_subscriber, a_told_story
from tests.fakes.readers_archive import FakeReadersArchive

EUROPEAN = Line(text="The euro fell after it.", claim_ids=("lens-1",), kind="inference")
ISSUE = an_issue(
    items=(
        an_item(1, desk="united-states", lenses={"europe": EUROPEAN}),
        an_item(2, desk="world"),
        an_item(3, desk="europe"),
        an_item(4, desk="india"),
        an_item(5, desk="united-kingdom"),
    ),
    market=(a_price(),),
)
CHOICES = [chosen for size in range(len(REGIONS) + 1) for chosen in combinations(REGIONS, size)]


def slugs(reader: Preferences) -> list[str]:
    return [told.item.slug for told in as_told(ISSUE, reader)]


def test_stories_of_a_reader_s_regions_come_first_and_say_so() -> None:
    told = as_told(ISSUE, Preferences(regions=("europe",)))

    assert [one.item.slug for one in told] == ["story-3", "story-5", "story-1", "story-2", "story-4"]
    assert [one.theirs for one in told] == ["Europe", "Europe", "", "", ""]
    assert slugs(Preferences()) == ["story-1", "story-2", "story-3", "story-4", "story-5"]
    assert not any(one.theirs or one.lens for one in as_told(ISSUE, Preferences()))


@pytest.mark.parametrize("regions", CHOICES, ids="+".join)
def test_whatever_a_reader_chose_both_parts_tell_the_whole_issue(regions: tuple[str, ...]) -> None:
    content = mailed(ISSUE, reader=Preferences.model_validate({"regions": regions}))
    text = QUOTED.findall(content.text)

    assert frozenset(quoted_in_html(content.html)) == ISSUE.quoted
    assert {(story, int(version), tuple(claims.split())) for story, version, claims in text} == ISSUE.quoted
    assert content.subject == ISSUE.subject
    for part in (content.html, content.text):
        assert ("The euro fell after it." in part) is ("europe" in regions)
        assert part.index("Fact number 2") < part.index("Fact number 4") or "asia" in regions


def test_the_angle_of_a_reader_s_region_is_shown_as_what_it_is() -> None:
    for part in (content := mailed(ISSUE, reader=Preferences(regions=("asia", "europe")))).text, content.html:
        assert "Seen from Europe" in part
        assert "our inference" in part[part.index("The euro fell") :][:80]


def test_an_angle_that_is_long_or_says_what_the_item_says_is_none() -> None:
    version = a_told_story(1, at=SIX)
    fact = make_item(version, None, {}, str)
    assert fact
    assert fact.fact

    def claim(text: str) -> Claim:
        return version.draft.headline.model_copy(update={"id": "lens-1", "text": text})

    lenses = {
        "europe": (claim("x" * (LONGEST_LENS + 1)), claim("Yields in Frankfurt fell.")),
        "asia": (claim(fact.fact.text), claim(version.draft.headline.text)),
    }
    item = make_item(
        version.model_copy(update={"draft": version.draft.model_copy(update={"lenses": lenses})}), None, {}, str
    )

    assert item
    assert {region: line.text for region, line in item.lenses.items()} == {"europe": "Yields in Frankfurt fell."}
    assert item.words == fact.words + 4, "what a reader of the longest angle reads"
    assert item.claim_ids == fact.claim_ids


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", "24 Nov 2026, 06:00 EST"),
        ("Europe/Zurich", "24 Nov 2026, 12:00 CET"),
        ("Asia/Dubai", "24 Nov 2026, 15:00 UTC+04"),
        ("Asia/Kathmandu", "24 Nov 2026, 16:45 UTC+0545"),
        ("Pacific/Auckland", "25 Nov 2026, 00:00 NZDT"),
        ("Etc/UTC", "24 Nov 2026, 11:00 UTC"),
        ("No/Such", "24 Nov 2026, 06:00 EST"),
    ],
)
def test_times_are_told_by_the_reader_s_clock(zone: str, told: str) -> None:
    assert by_clock(SIX, zone) == told
    content = mailed(ISSUE, reader=Preferences(zone=zone))
    for part in (content.html, content.text):
        assert f"put together on {told}" in " ".join(part.split())


def test_summer_time_has_its_own_name() -> None:
    assert by_clock(datetime(2026, 7, 1, 10, 0, tzinfo=UTC), "America/New_York") == "1 Jul 2026, 06:00 EDT"


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("America/New_York", ""),
        ("America/Toronto", ""),
        ("Europe/Zurich", "That is 15:30 CET."),
        ("Asia/Tokyo", "That is 23:30 JST."),
        ("Pacific/Auckland", "That is 25 Nov, 03:30 NZDT."),
    ],
)
def test_when_new_york_opens_is_told_to_who_lives_by_another_clock(zone: str, told: str) -> None:
    assert opening(ISSUE, zone) == told
    assert opening(an_issue(edition="holiday"), zone) == ""
    assert told in " ".join(mailed(ISSUE, reader=Preferences(zone=zone)).text.split())


def test_each_reader_s_mail_is_by_their_choice_and_leads_to_it() -> None:
    readers, mail = FakeReadersArchive(), FakeMail()
    plain = readers.store_subscriber(a_subscriber(1)).id
    other = readers.store_subscriber(a_subscriber(2, regions=("europe",), zone="Europe/Zurich")).id
    a_postman(readers, mail).deliver(ISSUE, [plain, other])
    sent = {posted.tags["subscriber"]: posted for posted in mail.outbox}

    assert "12:00 CET" in sent[other].part("plain")
    assert "12:00 CET" not in sent[plain].part("plain")
    assert sent[other].part("plain").index("number 3") < sent[other].part("plain").index("number 1 ")
    for posted in mail.outbox:
        token = str(posted.message["List-Unsubscribe"]).partition("token=")[2].partition(">")[0]
        assert f"/api/preferences?token={token}" in posted.part("html")
        assert f"/api/preferences?token={token}" in posted.part("plain")
