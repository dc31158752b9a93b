"""What a writer was given, kept beside the draft: stories grow, catalogues change, and receipts must still replay."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from newsroom.boundary import Boundary, as_json
from newsroom.errors import NotFound
from newsroom.publishers.publisher import Publisher
from newsroom.stories.story import Story

if TYPE_CHECKING:
    from newsroom.writing.assignment import Assignment
    from newsroom.writing.writer import Writer


class Papers(Protocol):
    """Where it is kept; `archive.Archive` is one."""

    def document(self, key: str) -> bytes:
        """NotFound."""

    def put_document(self, key: str, body: bytes) -> None: ...


class Commission(Boundary):
    """An assignment without its articles' texts, which the archive keeps by revision."""

    story: Story
    """As it was then."""
    publishers: tuple[Publisher, ...]
    """Of its articles, as the catalogue had them."""
    revisions: dict[str, int]
    """Article id → the revision that was read."""
    writer: str
    recipe: str
    attempt: int = 0
    revise: str = ""
    """Id of the draft that did not pass; empty at the first attempt."""
    told: int = 0
    """Number of the version that readers had; 0 when there was none."""

    @property
    def sources(self) -> Mapping[str, Publisher]:
        return {publisher.id: publisher for publisher in self.publishers}


def commission_of(assignment: "Assignment", writer: "Writer") -> Commission:
    known = sorted({article.publisher_id for article in assignment.articles} & assignment.sources.keys())
    return Commission(
        story=assignment.story,
        publishers=tuple(assignment.sources[one] for one in known),
        revisions={article.id: article.revision for article in assignment.articles},
        writer=writer.name,
        recipe=writer.recipe,
        attempt=assignment.attempt,
        revise=assignment.previous.id if assignment.previous else "",
        told=assignment.told.number if assignment.told else 0,
    )


def keep(papers: Papers, draft_id: str, commission: Commission) -> None:
    papers.put_document(_at(draft_id), as_json(commission.model_dump(mode="json")))


def commission_for(papers: Papers, draft_id: str) -> Commission:
    """Of a draft; NotFound says that it was written before commissions were kept, or never."""
    try:
        return Commission.model_validate_json(papers.document(_at(draft_id)))
    except NotFound as exc:
        raise NotFound("nobody kept what its writer was given", about=draft_id) from exc


def _at(draft_id: str) -> str:
    return f"drafts/{draft_id}/commission.json"
