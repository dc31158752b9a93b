"""A file's articles taken as one story, with the origins that the newsroom would see in them."""

from collections.abc import Mapping, Sequence

from newsroom.articles.article import Article
from newsroom.articles.credits import credits_of
from newsroom.articles.fingerprint import copies
from newsroom.articles.origin import settle
from newsroom.desk import desk
from newsroom.errors import BadInput, NotFound
from newsroom.publishers.publisher import Publisher
from newsroom.settings import ModelSettings
from newsroom.stories.story import Membership, Story, story_id


def story_of(articles: Sequence[Article], publishers: Mapping[str, Publisher]) -> Story:
    """The story that all the articles belong to, opened by the oldest."""
    ordered = sorted(articles, key=lambda article: (article.dated, article.id))
    credits = credits_of(publishers)
    unique = copies({article.id: article.text or article.title for article in ordered})
    claims = {article.id: credits.claim(article, publishers.get(article.publisher_id)) for article in ordered}
    origin = settle(claims, unique)
    return Story(
        id=story_id(ordered[0].id),
        opened_at=ordered[0].dated,
        updated_at=ordered[-1].dated,
        members=tuple(
            Membership(
                article_id=article.id,
                origin_id=origin[article.id].origin,
                origin_reason=origin[article.id].because,
                unique_id=unique[article.id],
                similarity=1.0,
                reason="given in the same file",
                publisher_id=article.publisher_id,
                at=article.dated,
            )
            for article in ordered
        ),
    )


def packaged_publishers() -> dict[str, Publisher]:
    """The packaged catalogue by id; a file's publisher that is not in it goes by the name that the file gives."""
    from newsroom.publishers.catalogue import Catalogue

    return {publisher.id: publisher for publisher in Catalogue.packaged().publishers}


def model_settings() -> ModelSettings:
    """The model's settings from the environment; BadInput with what to set when there is none."""
    settings = desk().settings(ModelSettings)
    if settings.model_provider == "none":
        raise BadInput(
            "no model is configured: set MODEL_PROVIDER=anthropic and ANTHROPIC_API_KEY, or MODEL_PROVIDER=bedrock"
        )
    return settings


class Uncounted:
    """A purse for a person at a console: each call must fit the day's budget, nothing is added up."""

    def reserve(self, day: str, micro_dollars: int, limit: int) -> None:
        """BudgetSpent when one call alone would pass the limit."""
        from newsroom.errors import BudgetSpent

        if micro_dollars > limit:
            raise BudgetSpent(f"the call may cost {micro_dollars} micro-dollars, the limit is {limit}", about=day)

    def settle(self, day: str, reserved: int, spent: int) -> None:
        """Nothing to give back."""

    def document(self, key: str) -> bytes:
        """NotFound: nothing is remembered."""
        raise NotFound("nothing is kept at a console", about=key)

    def put_document(self, key: str, body: bytes) -> None:
        """Nothing is kept."""
