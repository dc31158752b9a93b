"""Keeping articles: each once, its later revisions beside it. What a revision is, `rereading` decides."""

from newsroom.articles.article import Article
from newsroom.errors import PublisherUnreachable
from newsroom.publishers.entries import Choice, feed_mark
from newsroom.publishers.following import follow
from newsroom.publishers.rereading import edited, looks, revision, vanished, withdrawal
from newsroom.publishers.round import Round
from newsroom.wire.feed_document import Entry


def keep(this: Round, article: Article) -> int:
    """Store it; where its page is known already (another entry leads to it, or a run died), its text may be newer.

    Its revision then.
    """
    this.stored[article.id] = article
    if this.archive.store_article(article):
        return article.revision
    before = this.archive.article(article.id)
    newer = article.text and before.publisher_id == article.publisher_id and before.text != article.text
    remembered = [look.revision for key, look in this.looks.items() if this.seen.get(key) == article.id]
    return _revise(this, before, revision(before, article) if newer else None, max(remembered, default=before.revision))


def read_again(this: Round, choice: Choice) -> None:
    """What looks edited or withdrawn; with little time left, or no answer, it is looked at another time."""
    for offer in edited(choice.known, this.seen, this.looks, this.now):
        if not this.has_time:
            return
        look = this.looks[offer.key]
        before = this.archive.article(this.seen[offer.key])
        try:
            revised = _revision(this, before, offer.entry)
        except PublisherUnreachable:
            continue
        kept = _revise(this, before, revised, look.revision)
        this.looks[offer.key] = looks(offer.entry, this.now, kept, look)
    for feed, entries in this.shown.items():
        for key in vanished(feed, entries, this.seen, this.looks, feed_mark(feed), this.now):
            if not this.has_time:
                return
            before = this.archive.article(this.seen[key])
            try:
                revised = _revision(this, before, Entry(link=before.url, title=before.title))
            except PublisherUnreachable:
                continue
            _revise(this, before, revised, this.looks[key].revision)


def _revision(this: Round, before: Article, entry: Entry) -> Article | None:
    """What the article's page makes of it now; None when nothing that matters. PublisherUnreachable passes."""
    article = follow(this, entry)
    if article is not None:
        return revision(before, article)
    return withdrawal(before, this.now) if entry.link in this.gone else None


def _revise(this: Round, before: Article, revised: Article | None, remembered: int) -> int:
    """Store a revision where there is one; the article's revision then.

    Counted against what was remembered, not against the archive, which a run that died may have changed already.
    """
    if revised is not None:
        this.archive.revise_article(revised)
    kept = (revised or before).revision
    if kept > remembered:
        this.revised.add(before.id)
    return kept
