"""Publishing changes what changed, in an order in which no reader meets a gap, and mends what a crash left."""

import json
import pickle
import re
import threading
from datetime import timedelta
from typing import Any

import html5lib
import pytest
from newsroom.editions import plan, whole_site
from newsroom.editions.correction import Correction
from newsroom.editions.ruling import Ruling
from newsroom.editions.site_state import KEY, SiteState
from newsroom.publishers.health import Health, PublisherState
from newsroom.site import addresses
from newsroom.site.caching import FOR_EVER

from tests.fakes.archive import FakeArchive
from tests.fakes.newsroom_values import NOON, a_draft, a_story, a_verdict, an_article, three_articles
from tests.fakes.published_files import FakePublishedFiles
from tests.fakes.sample_house import SampleHouse, articles_at
from tests.site import reading

LATER = NOON + timedelta(minutes=15)
STORY = "story/nordlicht-energie-will-close-its-ostholm-coal-plant-by-march-c502a7/"


def a_house_with_news() -> SampleHouse:
    house = SampleHouse()
    house.accept(three_articles())
    return house


def grown(house: SampleHouse) -> None:
    """A fourth article joins the Ostholm story, which is written and accepted again."""
    fourth = an_article(
        "meridian-ledger", url="https://meridian-ledger.example/2026/11/23/late", published_at=NOON, fetched_at=NOON
    )
    articles = (*three_articles(), fourth)
    story = a_story(articles)
    house.accept(articles, draft=a_draft(articles, story, id="second-draft"))


def test_an_accepted_draft_becomes_a_version_with_all_its_files() -> None:
    house = a_house_with_news()
    published = house.publish()
    assert published.versions == ((a_story().id, 1),)
    assert house.archive.accepted() == []
    own = {key.removeprefix(STORY) for key in house.files.files if key.startswith(STORY)}
    own = {re.sub(r"card-\w+", "card", name) for name in own}
    documents = {"story.json", "review.json", "receipt.json"}
    assert own == {"index.html", "v/1/index.html", "history/index.html", "card.png", *documents}


def test_an_edition_with_nothing_new_writes_nothing() -> None:
    house = a_house_with_news()
    house.publish()
    house.files.written.clear()
    documents = dict(house.archive.documents)
    published = house.publish(LATER, "20261123T1215Z")
    assert published.objects_written == 0
    assert published.receipt is None
    assert house.files.written == []
    assert house.archive.documents == documents


def test_an_empty_newsroom_has_a_whole_site() -> None:
    house = SampleHouse()
    house.publish()
    for key in (
        "index.html",
        "404.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "edition.json",
        "sources/index.html",
    ):
        assert key in house.files.files
    assert house.publish(LATER).objects_written == 0


def test_every_internal_link_of_the_whole_site_leads_somewhere() -> None:
    house = a_house_with_news()
    house.accept_several(5)
    house.publish()
    grown(house)
    house.publish(LATER)
    keys = set(house.files.files)
    for key, body in house.pages().items():
        if key.endswith(".html"):
            missing = {link for link in reading.internal_links(body) if addresses.key(link) not in keys}
            assert missing == set(), key
            wanted, there = reading.fragments(body)
            assert wanted <= there, key


def test_nothing_on_the_whole_site_is_active() -> None:
    house = a_house_with_news()
    house.publish()
    for key, body in house.pages().items():
        if key.endswith(".html"):
            assert reading.active_content(body) == [], key


def test_two_archives_of_the_same_news_have_the_same_bytes() -> None:
    one, other = SampleHouse(), SampleHouse()
    for place in range(4):
        one.accept(articles_at(place))
    for place in reversed(range(4)):
        other.accept(articles_at(place))
    one.publish()
    other.publish()
    assert one.pages() == other.pages()


def test_a_grown_story_gets_a_second_version_and_keeps_the_first() -> None:
    house = a_house_with_news()
    house.publish()
    first = house.files.files[f"{STORY}v/1/index.html"]
    house.files.written.clear()
    grown(house)
    published = house.publish(LATER)
    assert published.versions == ((a_story().id, 2),)
    assert house.files.files[f"{STORY}v/1/index.html"] is first
    assert first.cache_control == FOR_EVER
    text = reading.main_text(house.files.get(f"/{STORY}"))
    assert "Published 23 Nov 2026, 12:00 UTC · Updated 23 Nov 2026, 12:15 UTC" in text
    history = reading.main_text(house.files.get(f"/{STORY}history/"))
    assert "Version 2 · 23 Nov 2026, 12:15 UTC · A new independent source" in history
    assert "sources/index.html" not in house.files.written
    assert not any(key.startswith("source/") for key in house.files.written)


BUDGET = {
    r"story/[^/]+/(index\.html|v/\d+/index\.html|history/index\.html|\w+\.json)": 6,
    r"(country|desk)/\w+/(index\.html|feed\.xml|atom\.xml|feed\.json)": 8,
    r"(sector|topic|company)/[\w-]+/(index\.html|feed\.xml)": 4,
    r"feed\.xml|atom\.xml|feed\.json": 3,
    r"sitemap/\d.*\.xml|news-sitemap\.xml": 2,
    r"index\.html|edition\.json": 2,
}
"""What one changed story may write, by kind; 25 in all. Each subject beyond two is a page and its feed more. A new
headline adds three pictures, its day, the month's words and the news sitemap; the status page is the edition's."""


def test_one_changed_story_rewrites_few_files_however_many_there_are() -> None:
    house = SampleHouse()
    house.accept(three_articles())
    house.accept_several(30)
    house.publish()
    grown(house)
    house.files.written.clear()
    assert house.publish(LATER).objects_written <= 25
    for kind, most in BUDGET.items():
        assert sum(bool(re.fullmatch(kind, key)) for key in house.files.written) <= most, kind
    assert all(any(re.fullmatch(kind, key) for kind in BUDGET) for key in house.files.written)
    assert "news-sitemap.xml" not in house.files.written


def test_content_is_written_first_and_pointers_last() -> None:
    house = a_house_with_news()
    house.publish()
    order = {key: place for place, key in enumerate(house.files.written)}
    script = next(key for key in order if key.startswith("assets/story."))
    story, home = order[f"{STORY}index.html"], order["index.html"]
    assert order[script] < order["source/harbour-wire/index.html"] < story
    assert order[f"{STORY}v/1/index.html"] < story
    assert order[f"{STORY}story.json"] < story
    assert story < order["country/de/index.html"] < order["countries/index.html"] < home
    assert order["edition.json"] == max(order.values())


def test_a_template_that_fails_leaves_archive_and_site_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_house_with_news()
    house.publish()
    before, documents = house.pages(), dict(house.archive.documents)
    grown(house)

    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(whole_site.list_pages, "home_page", broken)
    with pytest.raises(ZeroDivisionError):
        house.publish(LATER)
    assert house.pages() == before
    assert house.archive.documents == documents
    assert len(house.archive.accepted()) == 1
    monkeypatch.undo()
    assert house.publish(LATER).stories_published == 1


class Killed(Exception):
    """The worker is gone."""


class Deadly:
    """Lets so many calls of the named methods pass, then kills before the next one, and stays dead."""

    def __init__(self, after: int) -> None:
        self.left = after
        self.dead = False
        self.lock = threading.Lock()

    def around(self, call: Any) -> Any:
        def guarded(*given: Any, **named: Any) -> Any:
            with self.lock:
                self.left -= 1
                if self.left < 0:
                    self.dead = True
                    raise Killed
                return call(*given, **named)

        return guarded


WRITES = ("publish_version", "put_document", "claim_slug", "end_acceptance", "list_head", "end_merge", "enact")


def a_deadly_copy(house: SampleHouse, deadly: Deadly) -> SampleHouse:
    """The same archive and bucket, reached by a worker that will be killed."""
    archive, files = FakeArchive(), FakePublishedFiles()
    archive.__dict__.update(house.archive.__dict__)
    files.__dict__.update(house.files.__dict__)
    for name in WRITES:
        setattr(archive, name, deadly.around(getattr(house.archive, name)))
    files.put = deadly.around(house.files.put)  # type: ignore[method-assign]
    doomed = SampleHouse(archive, files)
    doomed.invalidated = house.invalidated
    return doomed


def broken_links(house: SampleHouse) -> set[tuple[str, str]]:
    """(page, link) of every internal link that leads nowhere, on every page that the home page leads to."""
    files = house.files.files
    seen, found, ahead = {"index.html"}, set(), ["index.html"] if "index.html" in files else []
    while ahead:
        page = ahead.pop()
        for link in re.findall(rb'href="(/[^"#?]*)', files[page].body):
            key = addresses.key(link.decode())
            if key not in files:
                found.add((page, key))
            elif key not in seen:
                seen.add(key)
                if key.endswith(".html"):
                    ahead.append(key)
    return found


def much_news(house: SampleHouse) -> None:
    """A story grows, one is new in a country that had no page, one is merged, one is corrected, all in one edition."""
    grown(house)
    house.accept(articles_at(7), country="GB", desk="asia")
    ids = [one for one in house.archive.published if one != a_story().id]
    merged = house.archive.story(ids[0])
    house.archive.store_story(merged.model_copy(update={"members": (), "merged_into": a_story().id}))
    ruling = Ruling(id="DEC-0a1b2c", story_id=ids[1], kind="retraction", was="x", now_reads="y", decided_at=NOON)
    house.archive.store_ruling(ruling, None)


@pytest.mark.parametrize("second", [False, True])
def test_a_worker_killed_at_any_write_leaves_nothing_that_the_next_one_does_not_mend(
    second: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before every write of a first edition, and of one with every kind of news: that is after the one before.

    At each moment no link breaks that a reader can meet; the next run ends in the bytes of an undisturbed one.
    """
    monkeypatch.setattr(plan, "WRITERS", 1)
    house = a_house_with_news()
    if second:
        house.accept_several(2)
        house.publish()
        much_news(house)
    untouched = pickle.dumps(house)
    house.publish(LATER)
    expected = house.pages()
    for after in range(200):
        house = pickle.loads(untouched)
        deadly = Deadly(after)
        try:
            a_deadly_copy(house, deadly).publish(LATER)
        except Killed:
            assert broken_links(house) == set(), after
        house.publish(LATER)
        assert house.pages() == expected, after
        assert house.archive.accepted() == house.archive.merged() == house.archive.rulings() == []
        assert house.publish(LATER + timedelta(minutes=15)).objects_written == 0
        if not deadly.dead:
            break
    else:
        pytest.fail("the edition never came to its end")


def test_bytes_that_a_killed_worker_wrote_are_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "WRITERS", 1)
    house = a_house_with_news()
    with pytest.raises(Killed):
        a_deadly_copy(house, Deadly(30)).publish()
    written = list(house.files.written)
    house.publish()
    assert len(written) > 10
    assert sorted(house.files.written) == sorted(set(house.files.written))


def test_a_list_that_changed_back_after_a_crash_is_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """The home page of a killed edition must not survive because its old digest is remembered."""
    monkeypatch.setattr(plan, "WRITERS", 1)
    health = Health(publisher_id="harbour-wire", status="failing", failing_since=NOON, reason="HTTP 500")
    for after in range(4):
        house = a_house_with_news()
        house.publish()
        right = house.pages()
        house.archive.record_publisher_state(PublisherState(publisher_id="harbour-wire", health=health))
        with pytest.raises(Killed):
            a_deadly_copy(house, Deadly(after)).publish(LATER)
        house.archive.states.clear()
        house.publish(LATER)
        assert house.pages() == right


def test_a_draft_whose_evidence_is_gone_is_refused_and_the_edition_goes_on() -> None:
    house = a_house_with_news()
    other = house.accept(articles_at(3))
    first = three_articles()[0]
    house.archive.all_articles[first.id] = first.model_copy(update={"text": "Nothing of the kind."})
    published = house.publish()
    assert [story for story, _ in published.versions] == [other]
    assert list(published.refused) == [a_story().id]
    assert published.receipt
    assert published.receipt["refused"] == published.refused
    assert house.archive.accepted() == []


def test_a_publisher_that_fails_changes_the_registry_once_and_its_own_page_with_each_try() -> None:
    house = a_house_with_news()
    house.publish()
    for failures in (1, 2, 3):
        health = Health(
            publisher_id="harbour-wire",
            status="failing",
            failing_since=NOON,
            failures=failures,
            error="PublisherUnreachable",
            reason="HTTP 500 from harbour-wire.example",
            next_poll_at=NOON + timedelta(minutes=failures),
        )
        house.archive.record_publisher_state(PublisherState(publisher_id="harbour-wire", health=health))
        house.files.written.clear()
        house.publish(LATER)
        told = ["source/harbour-wire/index.html", "sources/gb/index.html", "sources/index.html"]
        expected = told if failures == 1 else told[:1]
        assert sorted(house.files.written) == expected
    assert "HTTP 500 from harbour-wire.example" in reading.main_text(house.files.get("/sources/"))
    assert "not reachable" in reading.main_text(house.files.get("/source/harbour-wire/")).lower()


def test_a_correction_reaches_the_story_the_log_and_the_cdn() -> None:
    house = a_house_with_news()
    house.publish()
    version = house.archive.published[a_story().id][0]
    correction = Correction(
        id="COR-20261123-a",
        story_id=version.story_id,
        slug=version.slug,
        headline=version.head.headline,
        version=1,
        kind="correction",
        was="1.4 million",
        now_reads="1.4 billion",
        reported_at=NOON,
        made_at=LATER,
    )
    house.archive.store_correction(correction)
    house.publish(LATER)
    assert "1.4 million" in reading.main_text(house.files.get(f"/{STORY}"))
    assert "15 minutes after the report" in reading.main_text(house.files.get("/corrections/"))
    assert house.invalidated == ["/corrections/", f"/{STORY}"]
    assert "1.4 million" not in house.files.get(f"/{STORY}v/1/").decode()
    assert house.publish(LATER).objects_written == 0


def test_held_stories_are_listed_with_their_reasons() -> None:
    house = SampleHouse()
    story = a_story()
    draft = a_draft()
    house.archive.store_story(story)
    house.archive.store_draft(draft)
    verdict = a_verdict(draft, outcome="hold", held_because="Only a press release reports it.")
    house.archive.record_verdict(verdict, story.inputs)
    assert house.publish().stories_held == 1
    assert "Only a press release reports it." in reading.main_text(house.files.get("/held/"))
    house.accept(articles_at(3))
    house.publish(LATER)
    assert "1 story held back" in reading.main_text(house.files.get("/"))


def test_two_stories_of_the_same_slug_get_one_each() -> None:
    house = a_house_with_news()
    story = a_story()
    house.archive.slugs[STORY.removeprefix("story/").rstrip("/")] = "another-story"
    house.publish()
    slug = house.archive.published[story.id][0].slug
    assert slug.endswith(story.id[1:])
    assert len(slug) <= addresses.SLUG_LENGTH


def test_the_score_can_be_computed_from_the_review_document_alone() -> None:
    house = a_house_with_news()
    house.publish()
    review = json.loads(house.files.get(f"/{STORY}review.json"))
    parts = review["score"]["components"]
    raw = int(sum(part["value"] * part["weight"] for part in parts) + 0.5)
    assert min([raw, *(cap["limit"] for cap in review["score"]["caps"])]) == review["score"]["final"]


def test_the_story_document_has_every_sentence_with_its_words() -> None:
    house = a_house_with_news()
    house.publish()
    story = json.loads(house.files.get(f"/{STORY}story.json"))
    text = reading.main_text(house.files.get(f"/{STORY}"))
    claims = {claim["id"]: claim for claim in story["claims"]}
    for paragraph in story["modules"]["body"]:
        for claim in paragraph:
            assert claims[claim]["text"] in text
    assert all(span["quote"] in text for claim in story["claims"] for span in claim["spans"])
    assert all(claim["spans"] for claim in story["claims"] if claim["kind"] == "fact")
    reserved = next(source for source in story["sources"] if source["reserved"])
    assert reserved["title"] == ""


def test_the_state_knows_what_every_edition_looks_at_and_no_story() -> None:
    house = a_house_with_news()
    house.publish()
    state = SiteState.load(house.archive)
    assert state.pending == ()
    assert KEY in house.archive.documents
    assert not any(path.startswith(("/story/", "/archive/2", "/country/", "/company/")) for path in state.digests)
    assert all(house.files.digest(path) for path in [*state.digests, *state.sections])
    assert state.sections["/country/de/"] is True


def test_what_a_briefing_wrote_is_not_written_over() -> None:
    house = a_house_with_news()
    house.publish()
    assert "/briefing/issues/" in reading.internal_links(house.files.get("/briefing/"))
    house.files.put("/briefing/issues/", b"the briefing's own list")
    house.archive.documents.pop(KEY)
    grown(house)
    house.publish(LATER)
    assert house.files.get("/briefing/issues/") == b"the briefing's own list"


def test_every_page_is_wellformed_html() -> None:
    house = a_house_with_news()
    house.accept_several(3)
    house.publish()
    for key, body in house.pages().items():
        if key.endswith(".html"):
            html5lib.HTMLParser(strict=True).parse(body.decode())
            assert body.startswith(b'<!doctype html>\n<html lang="en">'), key


def test_a_story_that_was_merged_redirects_is_listed_no_more_and_keeps_its_versions() -> None:
    house = a_house_with_news()
    house.accept(articles_at(1))
    house.publish()
    stay, gone = a_story().id, next(one for one in house.archive.published if one != a_story().id)
    slug = house.archive.head(gone).slug
    house.archive.store_story(house.archive.story(gone).model_copy(update={"members": (), "merged_into": stay}))
    house.publish(LATER, "20261123T1215Z")

    page = house.files.get(f"/story/{slug}/").decode()
    assert f'<meta http-equiv="refresh" content="0; url=/{STORY}">' in page
    assert f'/{STORY}">' in page.split('rel="canonical"')[1].splitlines()[0]
    assert "noindex" in page
    assert f"story/{slug}/v/1/index.html" in house.files.files
    listing = house.pages()["index.html"]
    assert slug not in (listing if isinstance(listing, str) else listing.decode())
    assert house.archive.merged() == []
    assert [head.story_id for head in house.archive.heads()] == [stay]
    house.files.written.clear()
    assert house.publish(LATER + timedelta(minutes=15), "20261123T1230Z").objects_written == 0


def test_a_merged_story_keeps_its_page_until_the_other_one_has_one() -> None:
    house = a_house_with_news()
    house.publish()
    before = house.files.get(f"/{STORY}")
    gone = house.archive.story(a_story().id)
    house.archive.store_story(gone.model_copy(update={"members": (), "merged_into": "s0000000000000000"}))
    house.publish(LATER, "20261123T1215Z")
    assert house.files.get(f"/{STORY}") == before
    assert house.archive.merged() == [(gone.id, "s0000000000000000")]


def test_a_crash_while_redirecting_is_mended_by_the_next_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    house = a_house_with_news()
    house.accept(articles_at(1))
    house.publish()
    gone = next(one for one in house.archive.published if one != a_story().id)
    slug = house.archive.head(gone).slug
    story = house.archive.story(gone)
    house.archive.store_story(story.model_copy(update={"members": (), "merged_into": a_story().id}))
    with monkeypatch.context() as patch:
        patch.setattr(house.archive, "end_merge", lambda story_id: (_ for _ in ()).throw(RuntimeError("killed")))
        with pytest.raises(RuntimeError):
            house.publish(LATER, "20261123T1215Z")
    house.publish(LATER, "20261123T1215Z")
    assert "refresh" in house.files.get(f"/story/{slug}/").decode()
    assert house.archive.merged() == []
