"""An issue of the briefing for programs: all of it but the newsroom's bookkeeping."""

from typing import ClassVar, Literal

from newsroom.boundary import Moment
from newsroom.briefing.issue import CorrectionLine, Issue, Item
from newsroom.markets.quotes import Quote
from newsroom.site.document import Document


class IssueDocument(Document):
    """`issue.json`: what an issue of the briefing said, each line with the claims that it consists of."""

    schema_name: ClassVar[str] = "issue/1"

    issue_id: str
    composed_at: Moment
    since: Moment | None
    """When the issue before was composed; null for the first."""
    edition: Literal["weekday", "weekend", "holiday"]
    market_note: str
    subject: str
    items: tuple[Item, ...]
    market: tuple[Quote, ...]
    corrections: tuple[CorrectionLine, ...]

    @classmethod
    def of(cls, issue: Issue) -> "IssueDocument":
        return cls(**{name: getattr(issue, name) for name in cls.model_fields})
