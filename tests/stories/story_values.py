"""Articles and publishers with a face, for the tests of stories."""

from datetime import UTC, datetime, timedelta

from newsroom.articles.article import Article, article_id
from newsroom.publishers.publisher import Publisher
from newsroom.stories.story import Membership, Story

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def an_article(
    title: str, text: str = "", publisher: str = "the-ledger", minutes: float = 0, one: str = "", **fields
) -> Article:
    at = NOON + timedelta(minutes=minutes)
    url = f"https://{publisher}.example/{title.lower().replace(' ', '-')}"
    return Article(
        id=one or article_id(url),
        url=url,
        title=title,
        text=text,
        publisher_id=publisher,
        published_at=fields.pop("published_at", at),
        fetched_at=fields.pop("fetched_at", at),
        **fields,
    )


def a_publisher(one: str, tier: int = 2, country: str = "GB", **fields) -> Publisher:
    return Publisher(
        id=one,
        name=one.replace("-", " ").title(),
        home=f"https://{one}.example/",
        country=country,
        tier=tier,
        reason="made up for this test",
        feeds=[f"https://{one}.example/feed"],
        **fields,
    )


def a_member(one: str, minutes: float = 0, origin: str = "", publisher: str = "", unique: str = "") -> Membership:
    return Membership(
        article_id=one,
        origin_id=origin or f"publisher:{one}",
        unique_id=unique or one,
        similarity=1.0,
        publisher_id=publisher or one,
        at=NOON + timedelta(minutes=minutes),
    )


def a_story(*members: Membership) -> Story:
    dates = [member.at for member in members]
    return Story(id="s1", opened_at=min(dates), updated_at=max(dates), members=members)


RATE_CUT = """The Bank of Canada lowered its benchmark interest rate by 25 basis points to 2.00 per cent on Wednesday,
as expected, and signalled that it may now wait. The governor said that inflation was close to target and that the
housing market had stabilised. The Canadian dollar was little changed against the U.S. dollar."""

OTHER_RATE_CUT = """Norges Bank lowered its benchmark interest rate by 25 basis points to 4.00 per cent on Wednesday, as
expected, and signalled that it may now wait. The governor said that inflation was close to target and that the
housing market had stabilised. The Norwegian crown was little changed against the euro."""
