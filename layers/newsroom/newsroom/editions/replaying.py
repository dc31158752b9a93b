"""A published version made again from what was kept: the same articles, the recorded answers, the rules of today.

Nobody is asked. Writing and review run as they ran; what an edition alone knew (address, times, prices, the weights
that readers had given) is taken from the version. Where a byte differs, the record or the rules are not what they were.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from newsroom.articles.article import Article
from newsroom.boundary import Boundary, as_json
from newsroom.editions.correction import Correction
from newsroom.editions.differing import Difference, differences
from newsroom.editions.enacting import held_to
from newsroom.editions.ruling import ruled_version
from newsroom.editions.versioning import next_version
from newsroom.errors import ModelRefused, NewsroomError, NotFound
from newsroom.review.critic import ClaudeCritic
from newsroom.review.editor import as_the_editor_left
from newsroom.review.reviewing import NOT_HAD, review
from newsroom.review.verdict import Verdict
from newsroom.settings import SiteSettings
from newsroom.site.machine_faces import machine_files
from newsroom.site.rendering import House
from newsroom.stories.version import Version
from newsroom.writing.assignment import Assignment
from newsroom.writing.commission import Commission, commission_for
from newsroom.writing.draft import Draft
from newsroom.writing.recorded import recorded_claude, writer_again

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.review.critic import Critic, Opinion
    from newsroom.review.submission import Submission
    from newsroom.writing.line import Errand


class Replayed(Boundary):
    """What came of it. `compared`: document → SHA-256 of its bytes as they were made again."""

    story_id: str
    version: int
    writer: str
    same: bool
    compared: dict[str, str]
    differs: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Public:
    """What readers have of it: a file's bytes by its path on the site, None where there is none."""

    address: str
    """Base URL of the site."""
    find: Callable[[str], bytes | None]


NOBODY = Public("", lambda path: None)


def replay(archive: "Archive", story_id: str, number: int, public: Public = NOBODY) -> Replayed:
    """Each step from what was kept of the step before it, so that a difference is found where it arose.

    Raises NotFound when there is no such version.
    """
    kept = archive.version(story_id, number)
    again = _Again(archive)
    again.version(kept)
    for file in machine_files(kept, House.of(SiteSettings(site_address=public.address))):
        published = public.find(file.path)
        if published is not None:
            again.compare(file.path, published, file.body)
    return Replayed(
        story_id=story_id,
        version=number,
        writer=kept.draft.writer,
        same=not again.differs,
        compared=again.compared,
        differs=tuple(again.differs),
    )


@dataclass
class _Again:
    """One replay: what was compared, what differed."""

    archive: "Archive"
    compared: dict[str, str] = field(default_factory=dict)
    differs: list[Difference] = field(default_factory=list)

    def compare(self, document: str, kept: bytes, made: bytes) -> None:
        self.compared[document] = hashlib.sha256(made).hexdigest()
        self.differs += differences(document, kept, made)

    def step(self, document: str, kept: Boundary, make: Callable[[], Boundary]) -> None:
        """What cannot be made again (its answer is gone, its words have changed) differs, with the reason."""
        try:
            made = make()
        except NewsroomError as exc:
            self.differs.append(Difference(document=document, byte=0, place="", kept="", replayed=f"(not made: {exc})"))
        else:
            self.compare(document, as_json(kept.model_dump(mode="json")), as_json(made.model_dump(mode="json")))

    def version(self, kept: Version) -> None:
        document = f"versions/{kept.story_id}/{kept.number:04}.json"
        previous = self.archive.version(kept.story_id, kept.number - 1) if kept.number > 1 else None
        if previous and (decided := ruling_id(kept)):
            self.version(previous)
            self.step(document, kept, lambda: self._ruled(kept, previous, decided))
        else:
            self.attempt(kept.draft.id)
            self.step(document, kept, lambda: self._next(kept, previous))

    def attempt(self, draft_id: str) -> None:
        """Draft and verdict, after those of the attempt before, whose findings it answers."""
        draft, verdict = self.archive.draft(draft_id), self.archive.verdict(draft_id)
        commission = commission_for(self.archive, draft_id)
        if commission.revise:
            self.attempt(commission.revise)
        self.step(f"drafts/{draft_id}.json", draft, lambda: self._written(draft, commission))
        self.step(f"verdicts/{draft_id}.json", verdict, lambda: self._judged(draft, verdict, commission))

    def _written(self, kept: Draft, commission: Commission) -> Draft:
        assignment = Assignment(
            commission.story,
            tuple(self._articles(commission, [member.article_id for member in commission.story.members])),
            commission.sources,
            kept.written_at,
            commission.attempt,
            self.archive.verdict(commission.revise).findings if commission.revise else (),
            self.archive.draft(commission.revise) if commission.revise else None,
            self.archive.version(commission.story.id, commission.told) if commission.told else None,
        )
        return writer_again(commission, kept, self.archive).write(assignment)

    def _judged(self, draft: Draft, kept: Verdict, commission: Commission) -> Verdict:
        articles = self._articles(commission, draft.sources)
        made = review(draft, articles, commission.story, commission.sources, self._critic(kept), kept.reviewed_at)
        return as_the_editor_left(made, draft, kept)

    def _next(self, kept: Version, previous: Version | None) -> Version:
        draft, commission = self.archive.draft(kept.draft.id), commission_for(self.archive, kept.draft.id)
        made = next_version(
            held_to(draft, previous, self._corrections(kept)),
            self.archive.verdict(draft.id),
            commission.story,
            self._articles(commission, draft.sources),
            commission.sources,
            previous,
            kept.slug,
            kept.edition_id,
            kept.published_at,
        )
        head = made.head.model_copy(update={"importance": kept.head.importance})
        return made.model_copy(update={"prices": kept.prices, "head": head})

    def _ruled(self, kept: Version, previous: Version, decided: str) -> Version:
        ruling = self.archive.find_ruling(decided)
        if ruling is None:
            raise NotFound("the decision that made this version is not there", about=decided)
        return ruled_version(previous, ruling, kept.edition_id, kept.published_at)

    def _critic(self, verdict: Verdict) -> "Critic | None":
        """The second model as it answered, or as it did not; None where none took part."""
        if any(found.reason == NOT_HAD for found in verdict.findings):
            return _NotHad()
        return None if verdict.critic == "code" else ClaudeCritic(recorded_claude(verdict.critic, self.archive))

    def _articles(self, commission: Commission, article_ids: Sequence[str]) -> list[Article]:
        return [self.archive.article(one, commission.revisions.get(one)) for one in article_ids]

    def _corrections(self, version: Version) -> list[Correction]:
        """Those that the version was held to; there is none to look for where no decision made a version."""
        earlier = (self.archive.version(version.story_id, number) for number in range(1, version.number))
        if not any(ruling_id(one) for one in earlier):
            return []
        return [one for one in self.archive.corrections_of(version.story_id) if one.version < version.number]


class _NotHad:
    """A critic that could not be had when the draft was judged."""

    def judge(self, submission: "Submission", errand: "Errand | None" = None) -> "Opinion":
        raise ModelRefused("it could not be had", about=submission.draft.id)


def ruling_id(version: Version) -> str:
    """Of the decision that made it; empty where a writer's draft did. The reverse of `Ruling.draft_id`."""
    _, mark, decided = version.draft.id.rpartition("-dec-")
    return f"DEC-{decided.upper()}" if mark else ""
