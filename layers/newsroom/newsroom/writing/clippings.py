"""What a digest has to choose from: the sources in their order, their sentences, and the words left to quote."""

from dataclasses import dataclass, field
from functools import cached_property

from newsroom.articles.article import Article
from newsroom.writing.assignment import Assignment
from newsroom.writing.attribution import english, language_of
from newsroom.writing.copy_limits import allowance, quotable
from newsroom.writing.passages import Passage, passages
from newsroom.writing.purse import Purse
from newsroom.writing.quotations import Quotation
from newsroom.writing.roles import about, matter
from newsroom.writing.topic import shared_topic

_KINDS = {"report": 0, "press-release": 1, "opinion": 2, "advice": 3}


@dataclass
class Clippings:
    """The articles of one assignment, cut into passages; `purse` is spent while the digest is put together."""

    assignment: Assignment
    origins: dict[str, str] = field(init=False)
    """Article id → its origin."""
    articles: list[Article] = field(init=False)
    """All of them, the best-placed first."""
    chosen: list[Article] = field(init=False)
    """Of these the quotable ones, each text once."""
    texts: dict[str, str] = field(init=False)
    """Id of a chosen article → id of its text."""
    passages: list[Passage] = field(init=False)
    """The sentences of the chosen articles, the best first."""
    purse: Purse = field(init=False)

    def __post_init__(self) -> None:
        self.origins = self.assignment.origins()
        texts = {member.article_id: member.unique_id for member in self.assignment.story.members}
        self.articles = sorted(self.assignment.articles, key=self.rank)
        chosen: dict[str, Article] = {}
        for article in filter(quotable, self.articles):
            chosen.setdefault(texts.get(article.id, article.id), article)
        self.chosen = list(chosen.values())
        self.texts = {article.id: text for text, article in chosen.items()}
        self.fill_purse()
        topic = shared_topic([article for article in self.chosen if english(article)] or self.chosen)
        found = [passage for article in self.chosen for passage in passages(article, topic)]
        self.passages = sorted(found, key=lambda p: (-p.score, p.article.id, p.position))

    def fill_purse(self) -> None:
        """As if nothing had been quoted."""
        self.purse = Purse({self.texts[article.id]: allowance(article) for article in self.chosen}, self.texts)

    def spent(self) -> tuple[dict[str, int], list[Quotation]]:
        """What the purse holds now, for `restore`."""
        return dict(self.purse.left), list(self.purse.taken)

    def restore(self, spent: tuple[dict[str, int], list[Quotation]]) -> None:
        """Takes back whatever was quoted after `spent`."""
        self.purse.left, self.purse.taken = spent

    def rank(self, article: Article) -> tuple[bool, bool, int, int, float, str]:
        """Quotable before not, English before not, reports first, then tier, then the newest."""
        return (
            not quotable(article),
            not english(article),
            _KINDS[article.kind],
            self.assignment.tier(article),
            -article.dated.timestamp(),
            article.id,
        )

    @cached_property
    def matter(self) -> frozenset[str]:
        """What any source's title or first sentence is about."""
        leads = [passage.text for passage in self.english_passages() if passage.position == 0]
        return matter(*(article.title for article in self.chosen if english(article)), *leads)

    @cached_property
    def publishers(self) -> frozenset[str]:
        """The names of all the articles' publishers, lower-case."""
        return frozenset(self.assignment.name(article).lower() for article in self.articles)

    def closest(self) -> list[Passage]:
        """What stands alone, the closest to the headlines' matter first."""
        return sorted(self.standing(), key=lambda p: (-about(p.text, self.matter), -p.score))

    def standing(self) -> list[Passage]:
        """English passages that need no sentence before them."""
        return [p for p in self.english_passages() if not p.points_back]

    def english_passages(self) -> list[Passage]:
        """Those of reports; of press releases where no report is in English."""
        return [p for p in self.passages if english(p.article) and p.article.kind == "report"] or [
            p for p in self.passages if english(p.article) and p.article.kind != "opinion"
        ]

    def named(self, article: Article) -> str:
        """The publisher, and the language where it is not English."""
        name = self.assignment.name(article)
        return name if english(article) else f"{name} (in {language_of(article)})"

    def by(self, quotation: Quotation) -> str:
        """Whose words they are, as a line names them."""
        article = quotation.passage.article
        if article.kind == "press-release":
            return f"A press release carried by {self.named(article)}"
        return self.named(article)
