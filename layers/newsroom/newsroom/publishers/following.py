"""Following an entry to its page, as far as its publisher wishes: the article that is found there."""

from newsroom.articles.article import Article
from newsroom.errors import AddressRefused, PageUnreadable, ResponseRefused
from newsroom.publishers.receiving import article_from_summary, article_with_text, link_alone
from newsroom.publishers.round import Round
from newsroom.wire.feed_document import Entry
from newsroom.wire.fetch import Fetched
from newsroom.wire.page import read_page

WALLED = (401, 402, 403, 407, 451)


def follow(this: Round, entry: Entry) -> Article | None:
    """The article that an entry leads to; None when it leads nowhere. PublisherUnreachable when it may later."""
    publisher, now = this.publisher, this.now
    if reserved := publisher.reserved or this.reserved.get(entry.link, ""):
        return link_alone(publisher, entry, entry.link, now, reserved=reserved)
    try:
        if kept_out := _kept_out(this, entry, entry.link):
            return kept_out
        return _read(this, entry, this.fetcher.get(entry.link, before_redirect=lambda url: _turn_back(this, url)))
    except _TurnedBack as exc:
        return _kept_out(this, entry, exc.url)
    except AddressRefused:
        return None
    except (ResponseRefused, PageUnreadable) as exc:
        return article_from_summary(publisher, entry, entry.link, now, thin=exc.args[0])


class _TurnedBack(Exception):
    """A redirect leads to where we are not wanted; it was not followed."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def _turn_back(this: Round, url: str) -> None:
    said = this.wishes.of(url)
    if said.reserved(url) or not said.allow(url):
        raise _TurnedBack(url)


def _kept_out(this: Round, entry: Entry, url: str) -> Article | None:
    """What its host's wishes leave of an entry: a link alone, the summary alone; None when the page may be read."""
    said = this.wishes.of(url)
    if reserved := said.reserved(url):
        return link_alone(this.publisher, entry, url, this.now, reserved=reserved)
    if not said.allow(url):
        return article_from_summary(this.publisher, entry, url, this.now, thin="robots.txt")
    return None


def _read(this: Round, entry: Entry, answer: Fetched) -> Article | None:
    publisher, now = this.publisher, this.now
    if reserved := this.wishes.reserved_by_answer(answer):
        return link_alone(publisher, entry, answer.url, now, reserved=reserved)
    if answer.status in (404, 410):
        this.gone.add(entry.link)
        return None
    if not answer.well:
        wall = "paywall" if answer.status in WALLED else f"HTTP {answer.status}"
        return article_from_summary(publisher, entry, entry.link, now, thin=wall)
    page = read_page(
        answer.body, answer.url, now=now, content_type=answer.content_type, dated_by_feed=bool(entry.published_at)
    )
    return article_with_text(publisher, entry, page, answer.url, now)
