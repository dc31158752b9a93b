"""Which stories make an issue."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

import pytest
from newsroom.briefing.composing import LONGEST_CHANGE, LONGEST_LENS, LOOK_BACK, candidates, compose, ranked, subject
from newsroom.briefing.issue import NEW_YORK, Citation, Issue, issue_id_at
from newsroom.briefing.letters import encoded
from newsroom.briefing.rendering import issue_mail
from newsroom.editions.correction import Correction
from newsroom.readers.preferences import Preferences
from newsroom.stories.version import Version
from newsroom.writing.draft import Claim, Span, digest

from tests.briefing.test_corrections_told import a_line
from tests.fakes.mornings import HOUSE, SIX, a_told_story


def composed(versions: list[Version], *, now: datetime = SIX, last: Issue | None = None, **given: Any) -> Issue:
    heads = [version.head for version in versions]
    by_story = {version.story_id: version for version in versions}
    chosen = [by_story[head.story_id] for head in ranked(candidates(heads, last, now))]
    arguments: dict[str, Any] = {
        "issue_id": issue_id_at(now), "now": now, "heads": heads, "last": last, "told": {}, "carried": {},
        "corrections": [], "owner_of": lambda publisher_id: publisher_id,
    }  # fmt: skip
    return compose(chosen, **(arguments | given))


def stories(count: int, **changes: Any) -> list[Version]:
    return [
        a_told_story(number, at=SIX - timedelta(hours=number), importance=90.0 - number, **changes)
        for number in range(1, count + 1)
    ]


def test_the_most_important_stories_come_first_and_seven_at_most() -> None:
    issue = composed(stories(9))

    assert [item.slug for item in issue.items] == [f"story-{number}" for number in range(1, 8)]


def test_no_owner_leads_more_than_two_items() -> None:
    issue = composed([*stories(4, family="one-house"), a_told_story(9, at=SIX, importance=1)])

    assert [item.slug for item in issue.items] == ["story-1", "story-2", "story-9"]


def test_the_issue_is_read_in_five_minutes() -> None:
    words = " ".join(["word"] * 70)
    long = {"standfirst": Claim(id="standfirst", kind="fact", text=f"{words}."), "why_it_matters": (
        Claim(id="why-1", kind="inference", text=f"Because {words}.", mechanism="It is."),)}  # fmt: skip
    issue = composed(stories(9, draft=long, headline=" ".join(["word"] * 45)))

    assert issue.minutes <= 5
    assert len(issue.items) == 6


def test_a_sentence_too_long_for_the_mail_gives_way_to_the_next_one_whole() -> None:
    long = Claim(id="standfirst", kind="fact", text="x" * 401)
    issue = composed(stories(1, draft={"standfirst": long}))

    assert issue.items[0].fact
    assert issue.items[0].fact.claim_ids == ("tldr-1",)


def test_what_is_expected_is_not_told_as_what_happened() -> None:
    watch = Claim(id="tldr-3", kind="fact", text="Watch: the decision on Friday.")
    nothing_else = {"standfirst": None, "tldr": (watch,), "quick_take": (), "body": ()}

    assert composed(stories(1, draft=nothing_else)).items[0].fact is None


def test_a_retracted_story_is_not_told() -> None:
    assert not composed(stories(1, head={"retracted": True})).items


def test_sources_are_cited_once_for_each_owner() -> None:
    issue = composed(stories(1), owner_of=lambda _publisher_id: "one-owner")

    assert issue.items[0].families == ("one-owner",)
    assert len(issue.items[0].sources) == 1


def test_only_what_was_published_since_the_last_issue_is_new() -> None:
    old = a_told_story(1, at=SIX - timedelta(hours=30))
    yesterday = composed([old], now=SIX - timedelta(days=1))
    today = composed([old, a_told_story(2, at=SIX - timedelta(hours=2))], last=yesterday)

    assert [item.slug for item in yesterday.items] == ["story-1"]
    assert [item.slug for item in today.items] == ["story-2"]
    assert today.since == yesterday.composed_at


def test_nothing_new_makes_an_issue_that_says_so() -> None:
    yesterday = composed(stories(1), now=SIX - timedelta(days=1) + timedelta(hours=23))
    today = composed(stories(1), last=yesterday, now=SIX + timedelta(days=1))

    assert today.items == ()
    assert today.subject == "No new stories this morning, 25 November 2026"


def test_a_story_stored_late_is_told_next_time_and_once() -> None:
    """It is dated before the first issue, and was stored after that issue was composed."""
    seen = a_told_story(1, at=SIX - timedelta(minutes=20))
    late = a_told_story(2, at=SIX - timedelta(minutes=10))
    first = composed([seen])
    second = composed([seen, late], last=first, now=SIX + timedelta(days=1))
    third = composed([seen, late], last=second, now=SIX + timedelta(days=2))

    assert [[item.slug for item in issue.items] for issue in (first, second, third)] == [["story-1"], ["story-2"], []]


def test_a_story_dated_after_the_issue_waits_for_the_next_one() -> None:
    early = a_told_story(1, at=SIX + timedelta(seconds=1))
    first = composed([early])
    second = composed([early], last=first, now=SIX + timedelta(days=1))

    assert [len(issue.items) for issue in (first, second)] == [0, 1]


@pytest.mark.parametrize("start", [date(2026, 3, 1), date(2026, 10, 25), date(2029, 12, 25)])
def test_every_minute_belongs_to_one_issue_across_clock_changes(start: date) -> None:
    """Twenty mornings at 06:00 in New York, with a story at each boundary and one second to either side of it."""
    mornings = [datetime.combine(start + timedelta(days=n), time(6), NEW_YORK).astimezone(UTC) for n in range(20)]
    moments = [at + timedelta(seconds=s) for at in mornings for s in (-1, 0, 1)]
    published = [a_told_story(number, at=at) for number, at in enumerate(moments) if at <= mornings[-1]]
    last, told = None, []
    for at in mornings:
        last = composed([one for one in published if one.published_at <= at], now=at, last=last)
        told += [item.slug for item in last.items]

    assert sorted(told) == sorted(version.slug for version in published)
    assert {(b - a).total_seconds() / 3600 for a, b in pairwise(mornings)} <= {23, 24, 25}


def test_every_six_o_clock_of_ten_years_has_a_date_of_its_own() -> None:
    day, ids = date(2026, 1, 1), set()
    while day < date(2036, 1, 1):
        ids.add(issue_id_at(datetime.combine(day, time(6), NEW_YORK).astimezone(UTC)))
        day += timedelta(days=1)

    assert len(ids) == 3652


def test_a_story_told_before_comes_back_only_with_a_new_fact() -> None:
    first = a_told_story(1, at=SIX - timedelta(days=1, hours=1))
    same = a_told_story(1, at=SIX - timedelta(hours=1), version=2)
    new_span = Span(article_id="a1", start=0, end=4, sha256=digest("new!"))
    news = Claim(id="quick-3", kind="fact", text="The regulator approved it.", spans=(new_span,))
    more = a_told_story(1, at=SIX - timedelta(hours=1), version=2, draft={"quick_take": (news,)})
    given: dict[str, Any] = {"told": {first.story_id: first}, "carried": {first.story_id: {"2026-11-23": 1}}}

    assert composed([same], **given).items == ()
    (item,) = composed([more], **given).items
    assert item.update
    assert item.earlier_issue == "2026-11-23"
    assert item.fact
    assert item.fact.text == "The regulator approved it."


def test_an_update_says_which_figure_moved_and_what_now_stands_against_what() -> None:
    def story(rate: str, number: int, **head: Any) -> Version:
        words = f"Inflation in Ostholm was {rate} in October."
        span = Span(article_id="a1", start=0, end=len(words), sha256=digest(words))
        fact = Claim(id="quick-1", kind="fact", text=f"Inflation came in at {rate}.", spans=(span,))
        at = SIX - timedelta(hours=30 if number == 1 else 1)
        return a_told_story(
            1, at=at, version=number, draft={"quick_take": (fact,), "body": (), "tldr": (), "standfirst": None},
            quotes={digest(words): words}, **head,
        )  # fmt: skip

    first, second = story("3.1 %", 1), story("3.4 %", 2)
    given: dict[str, Any] = {"told": {first.story_id: first}, "carried": {first.story_id: {"2026-11-23": 1}}}
    (item,) = composed([second], **given).items

    assert item.fact
    assert item.fact.text == "Inflation came in at 3.4 %."
    assert [line for line in item.delta if "3.1 %" in line and "3.4 %" in line]
    assert item.earlier_day == "23 November"
    for rendered in (
        issue_mail(composed([second], **given), HOUSE, corrections=(), leave_url="x", postal_address="y"),
    ):
        assert "3.1 % → 3.4 %" in rendered.html
        assert "Changed since 23 November:" in rendered.text


def test_independent_reports_that_came_since_are_counted() -> None:
    first = a_told_story(1, at=SIX - timedelta(hours=30))
    news = Claim(
        id="quick-3",
        kind="fact",
        text="The regulator approved it.",
        spans=(Span(article_id="a9", start=0, end=4, sha256=digest("new!")),),
    )
    new = first.sources[0].model_copy(update={"article_id": "a9", "origin_id": "o9", "publisher_id": "another"})
    more = a_told_story(1, at=SIX - timedelta(hours=1), version=2, draft={"quick_take": (news,)})
    more = more.model_copy(update={"sources": (*more.sources, new)})
    given: dict[str, Any] = {"told": {first.story_id: first}, "carried": {first.story_id: {"2026-11-23": 1}}}

    assert composed([more], **given).items[0].delta == ("1 more independent origin",)


@pytest.mark.soak
def test_every_six_o_clock_of_ten_years_makes_one_issue_and_takes_every_story_once() -> None:
    """Each story is dated at, just before or just after a six o'clock; gaps are of 23, 24 and 25 hours."""
    mornings = [
        datetime.combine(date(2026, 1, 1) + timedelta(days=n), time(6), NEW_YORK).astimezone(UTC) for n in range(3652)
    ]
    gaps = Counter((b - a).total_seconds() / 3600 for a, b in pairwise(mornings))
    last, ids, told = None, set(), Counter[str]()
    recent: list[Version] = []
    for number, at in enumerate(mornings):
        # Two seconds later it is not yet published.
        recent = [
            *recent[-4:],
            a_told_story(2 * number, at=at - timedelta(seconds=1)),
            a_told_story(2 * number + 1, at=at),
        ]
        last = composed(recent, now=at, last=last)
        ids.add(last.issue_id)
        told.update(item.slug for item in last.items)

    assert (len(ids), min(ids), max(ids)) == (3652, "2026-01-01", "2035-12-31")
    assert gaps == {24.0: 3631, 23.0: 10, 25.0: 10}
    assert set(told.values()) == {1}
    assert len(told) == 2 * 3652


def test_an_old_fact_in_new_words_on_the_same_span_is_no_news() -> None:
    first = a_told_story(1, at=SIX - timedelta(days=1))
    old = first.draft.headline
    reworded = Claim(id="quick-9", kind="fact", text="The plant at Ostholm is to shut.", spans=old.spans)
    again = a_told_story(1, at=SIX, version=2, draft={"quick_take": (reworded,)})

    assert composed([again], told={first.story_id: first}, carried={first.story_id: {"2026-11-23": 1}}).items == ()


def a_correction(**changes: Any) -> Correction:
    given = {
        "id": "COR-1", "story_id": f"s{1:016x}", "slug": "story-1", "headline": "Story 1", "version": 2,
        "kind": "correction", "was": "1.4", "now_reads": "1.6", "made_at": SIX - timedelta(hours=2),
    }  # fmt: skip
    return Correction.model_validate(given | changes)


def test_a_correction_names_the_issues_that_were_wrong() -> None:
    last = composed(stories(1), now=SIX - timedelta(days=1))
    carried = {f"s{1:016x}": {"2026-11-20": 1, "2026-11-23": 1, "2026-11-22": 2}}
    issue = composed([], last=last, carried=carried, corrections=[a_correction()])

    assert [line.issue_ids for line in issue.corrections] == [("2026-11-20", "2026-11-23")]


@pytest.mark.parametrize(
    "changes",
    [{"made_at": SIX - timedelta(days=2)}, {"made_at": SIX + timedelta(hours=1)}, {"story_id": f"s{7:016x}"}],
    ids=["told already", "not made yet", "never in an issue"],
)
def test_other_corrections_stay_out(changes: dict[str, Any]) -> None:
    last = composed(stories(1), now=SIX - timedelta(days=1))
    carried = {f"s{1:016x}": {"2026-11-23": 1}}

    assert composed([], last=last, carried=carried, corrections=[a_correction(**changes)]).corrections == ()


def test_the_subject_is_the_lead_headline() -> None:
    assert composed(stories(3)).subject == "Story number 1 of the morning"


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        ("Re: Fwd: rates held", "rates held"),
        ("Rates held\r\nBcc: everybody@inbox.example", "Rates held Bcc: everybody@inbox.example"),
        ("Rates \u202eheld", "Rates held"),
        ("word " * 40, "word " * 16 + "word…"),
    ],
)
def test_a_subject_is_one_honest_line(headline: str, shown: str) -> None:
    issue = composed(stories(1, headline=headline))

    assert subject(issue.items, date(2026, 11, 24)) == shown.strip()
    assert len(issue.subject) <= 90


@pytest.mark.parametrize(
    ("day", "edition", "words"),
    [
        (date(2026, 11, 24), "weekday", "open at 9:30"),
        (date(2026, 11, 28), "weekend", "weekend"),
        (date(2026, 11, 26), "holiday", "Thanksgiving"),
    ],
)
def test_an_issue_says_whether_new_york_trades(day: date, edition: str, words: str) -> None:
    issue = composed([], now=datetime.combine(day, time(6), NEW_YORK))

    assert issue.edition == edition
    assert words in issue.market_note


@pytest.mark.parametrize("character", ["x", "é", "株", "😀"])
@pytest.mark.parametrize("update", [False, True])
def test_the_longest_issue_stays_under_the_clipping_limit_in_any_script(character: str, update: bool) -> None:
    def longest(limit: int) -> str:
        return character * (limit if len(character.encode()) < 4 else limit * 3 // 4)

    long = {
        "standfirst": Claim(id="standfirst", kind="fact", text=f"{longest(390)} one"),
        "why_it_matters": (Claim(id="why-1", kind="fact", text=f"{longest(390)} two"),),
        "lenses": {"asia": (Claim(id="lens-1", kind="inference", text=longest(LONGEST_LENS)),)},
    }
    issue = composed(stories(9, draft=long, headline=longest(250)))
    source = Citation(publisher="The Quarterly of Quite Long Names", url=f"https://quay.example/{'y' * 150}", tier=2)
    most = {"sources": (source,) * 9} | (
        {"delta": (longest(LONGEST_CHANGE),) * 3, "update": True, "earlier_issue": "2026-11-23"} if update else {}
    )
    issue = issue.model_copy(update={"items": tuple(item.model_copy(update=most) for item in issue.items)})
    content = issue_mail(
        issue, HOUSE,
        corrections=tuple(a_line(number, was=longest(300), now_reads=longest(300)) for number in range(20)),
        leave_url=f"https://news.example/{'x' * 200}", choices_url=f"https://news.example/{'x' * 200}",
        postal_address="Here", reader=Preferences(regions=("asia",)),
    )  # fmt: skip
    whole = content.html.count("Seen from") == content.text.count("Seen from") == 7

    assert len(issue.items) == len(re.findall(r"and [46] more", content.html)) == 7
    assert content.html.count("data-correction") == (20 if whole else 5)
    assert encoded_html(content.html) < 80_000
    assert encoded_html(content.html) <= encoded(content.html) <= encoded_html(content.html) * 1.1
    assert whole or character != "x", "the alphabet that most of it is in has room for all"


def encoded_html(html: str) -> int:
    from newsroom.briefing.letters import Content, Leaving, make_letter

    letter = make_letter(
        "list", Content("s", "t", html), to="r@inbox.example", name="N", domain="news.example", message_id="i",
        at=SIX, leaving=Leaving("https://news.example/x", "desk@news.example", "u1"),
    )  # fmt: skip
    part = letter.get_body(preferencelist=("html",))
    assert part
    return len(part.as_bytes())


@pytest.mark.parametrize(
    ("headline", "shown"),
    [
        (
            "x" * 40 + " " + "y" * 20 + " lowers its rate by 25 basis points",
            "x" * 40 + " " + "y" * 20 + " lowers its rate…",
        ),
        ("x" * 40 + " " + "y" * 30 + " is not to be sold after all this", "x" * 40 + " " + "y" * 30 + " is not to be…"),
        ("x" * 40 + " " + "y" * 30 + " will say no, not to anything", "x" * 40 + " " + "y" * 30 + " will say no…"),
        ("7 " * 60, "7…"),
    ],
)
def test_a_subject_is_not_cut_after_a_figure_or_before_what_it_leads_up_to(headline: str, shown: str) -> None:
    assert composed(stories(1, headline=headline.strip())).subject == shown
    assert len(shown) <= 90


def test_what_is_looked_back_upon_is_remembered() -> None:
    recent = a_told_story(1, at=SIX - LOOK_BACK + timedelta(seconds=1))
    older = a_told_story(2, at=SIX - LOOK_BACK)

    assert composed([recent, older]).considered == {recent.story_id: 1}
