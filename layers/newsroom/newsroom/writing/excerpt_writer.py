"""The writer without a model: a digest of attributed quotations, within the copy limits of `copy_limits`.

It adds no fact of its own: every sentence is a publisher's name, a date and that publisher's words, verbatim, with the
span they stand in. Same articles, same bytes: `written_at` is the date of the newest article, not the clock.
"""

from typing import Any

from newsroom.errors import BadInput
from newsroom.writing.assignment import Assignment
from newsroom.writing.attribution import english
from newsroom.writing.body import Body
from newsroom.writing.clippings import Clippings
from newsroom.writing.draft import Draft, draft_id
from newsroom.writing.gaps import absences, gaps
from newsroom.writing.headline import Headline
from newsroom.writing.highlights import Highlights
from newsroom.writing.sides import Sides
from newsroom.writing.tone import stances


class ExcerptWriter:
    """Needs nothing but the articles."""

    name = "excerpt"
    recipe = "excerpt-4"
    """Raised whenever a rule, of this module or of one that it calls, changes what is quoted."""

    def write(self, assignment: Assignment) -> Draft:
        """BadInput when the assignment has no article at all; a story without a quotable one becomes a bare draft."""
        if not assignment.articles:
            raise BadInput("has no article to quote", about=assignment.story.id)
        return _Digest(assignment).draft()


class _Digest:
    """One digest while it is put together: what is quoted first is missing later, so the order is the rule."""

    def __init__(self, assignment: Assignment) -> None:
        self.assignment = assignment
        self.clippings = Clippings(assignment)
        self.sides = Sides(self.clippings)
        self.headline = Headline(self.clippings, self.sides)
        self.body = Body(self.clippings)
        self.highlights = Highlights(self.clippings, self.headline, self.body)

    def draft(self) -> Draft:
        """The fullest digest that leaves the body something to say; short sources go to the body alone."""
        for frame in ((True, True), (False, True), (False, False)):
            draft = self._draft(standfirst_wanted=frame[0], disputes_wanted=frame[1])
            if draft.body:
                break
            self.clippings.fill_purse()
        return draft

    def _draft(self, standfirst_wanted: bool, disputes_wanted: bool) -> Draft:
        disputes = self.sides.disputes() if disputes_wanted else ()
        standfirst = self.highlights.standfirst() if standfirst_wanted else None
        tldr = self.highlights.tldr(standfirst) if standfirst else ()
        why = self.highlights.why()
        watch = self.highlights.watch()
        rounds = [*self.body.round(), *self.body.round()]
        rounds += self.body.round() if len(self.body.origins) < 3 else []
        quick_take = self.highlights.quick_take()
        body = self.body.paragraphs(rounds)
        modules: dict[str, Any] = {
            "standfirst": standfirst, "tldr": tldr, "quick_take": quick_take, "body": body, "why_it_matters": why,
            "watch": watch, "disputes": disputes, "gaps": gaps(self.clippings, self.highlights),
        }  # fmt: skip
        story, chosen = self.assignment.story, self.clippings.chosen
        return Draft(
            id=draft_id(story.id, story.inputs, "excerpt", ExcerptWriter.recipe, self.assignment.attempt),
            story_id=story.id,
            attempt=self.assignment.attempt,
            writer="excerpt",
            written_at=max(article.dated for article in self.clippings.articles),
            inputs=story.inputs,
            sources=tuple(article.id for article in self.clippings.articles),
            headline=self.headline.claim(),
            stances=stances([a for a in chosen if english(a) and a.kind == "report"], self.clippings.origins),
            absent=absences([name for name, module in modules.items() if not module], bool(chosen), bool(tldr)),
            **modules,
        )
