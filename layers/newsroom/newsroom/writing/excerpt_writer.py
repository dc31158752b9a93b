"""The writer without a model: a digest of attributed quotations, within the copy limits of `quotations`.

It adds no fact of its own: every sentence is a publisher's name, a date and that publisher's words, verbatim, with the
span they stand in. Same articles, same bytes: `written_at` is the date of the newest article, not the clock.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

from newsroom.articles.article import Article
from newsroom.errors import BadInput
from newsroom.writing.attribution import around, closed, day_of, english, language_of
from newsroom.writing.disputes import Reading, find_disputes
from newsroom.writing.draft import Claim, Dispute, Draft, Position, Span, Watch, draft_id
from newsroom.writing.evidence import sentences, words
from newsroom.writing.figures import figures, same
from newsroom.writing.house_rules import advises, is_furniture, speaks_to_a_machine
from newsroom.writing.next_steps import NextStep, next_step
from newsroom.writing.quotations import (
    Passage,
    Purse,
    Quotation,
    allowance,
    names_a_day_ahead,
    passages,
    quotable,
    shared_topic,
)
from newsroom.writing.roles import (
    SHARED,
    about,
    is_statement,
    matter,
    says_how_much,
    says_what_follows,
    stands_alone,
    tells_what_happened,
)
from newsroom.writing.tone import stances
from newsroom.writing.writer import Assignment

T = TypeVar("T")

_KINDS = {"report": 0, "press-release": 1, "opinion": 2, "advice": 3}
QUICK_TAKE_WORDS = 16
MOST_CONSEQUENCES = 2
MOST_STEPS = 2
"""In why it matters and what to watch: words that are quoted there are missing in the body."""
_NO_INFERENCE = "A digest of quotations draws no conclusions of its own."


class ExcerptWriter:
    """Needs nothing but the articles."""

    name = "excerpt"
    recipe = "excerpt-4"
    """Raised whenever a rule below changes what is quoted."""

    def write(self, assignment: Assignment) -> Draft:
        """BadInput when the assignment has no article at all; a story without a quotable one becomes a bare draft."""
        if not assignment.articles:
            raise BadInput("has no article to quote", about=assignment.story.id)
        return _Digest(assignment).draft()


@dataclass
class _Digest:
    """One digest while it is put together: what is spent, and what is there to choose from."""

    assignment: Assignment
    purse: Purse = field(init=False)
    passages: list[Passage] = field(init=False)

    def __post_init__(self) -> None:
        self.origins = self.assignment.origins()
        texts = {member.article_id: member.unique_id for member in self.assignment.story.members}
        self.articles = sorted(self.assignment.articles, key=self._rank)
        self.quotable = [article for article in self.articles if quotable(article)]
        chosen: dict[str, Article] = {}
        for article in self.quotable:
            chosen.setdefault(texts.get(article.id, article.id), article)
        self.chosen = list(chosen.values())
        self.texts = {article.id: text for text, article in chosen.items()}
        self._fill_purse()
        topic = shared_topic([article for article in self.chosen if english(article)] or self.chosen)
        found = [passage for article in self.chosen for passage in passages(article, topic)]
        self.passages = sorted(found, key=lambda p: (-p.score, p.article.id, p.position))

    def draft(self) -> Draft:
        """The fullest digest that leaves the body something to say; short sources go to the body alone."""
        for frame in ((True, True), (False, True), (False, False)):
            draft = self._draft(standfirst_wanted=frame[0], disputes_wanted=frame[1])
            if draft.body:
                break
            self._fill_purse()
        return draft

    def _fill_purse(self) -> None:
        self.purse = Purse({self.texts[article.id]: allowance(article) for article in self.chosen}, self.texts)

    def _draft(self, standfirst_wanted: bool, disputes_wanted: bool) -> Draft:
        headline_of = self._headline_article()
        disputes = self._disputes() if disputes_wanted else ()
        standfirst = self._standfirst(headline_of) if standfirst_wanted else None
        tldr = self._tldr(standfirst) if standfirst else ()
        why = self._unless_the_body_starves(self._why)
        watch = self._unless_the_body_starves(self._watch)
        rounds = [*self._body_round(), *self._body_round()]
        rounds += self._body_round() if len(self._body_origins()) < 3 else []
        quick_take = self._quick_take()
        body = self._paragraphs(rounds)
        modules: dict[str, Any] = {
            "standfirst": standfirst, "tldr": tldr, "quick_take": quick_take, "body": body, "why_it_matters": why,
            "watch": watch, "disputes": disputes, "gaps": self._gaps(),
        }  # fmt: skip
        story = self.assignment.story
        return Draft(
            id=draft_id(story.id, story.inputs, "excerpt", ExcerptWriter.recipe, self.assignment.attempt),
            story_id=story.id,
            attempt=self.assignment.attempt,
            writer="excerpt",
            written_at=max(article.dated for article in self.articles),
            inputs=story.inputs,
            sources=tuple(article.id for article in self.articles),
            headline=self._headline(headline_of),
            stances=stances([a for a in self.chosen if english(a) and a.kind == "report"], self.origins),
            absent=_absences([name for name, module in modules.items() if not module], bool(self.chosen), bool(tldr)),
            **modules,
        )

    def _rank(self, article: Article) -> tuple[bool, bool, int, int, float, str]:
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
    def told(self) -> frozenset[str]:
        """What the headline is about."""
        return matter(self._headline_article().title)

    @cached_property
    def matter(self) -> frozenset[str]:
        """What any source's title or first sentence is about."""
        leads = [passage.text for passage in self._english_passages() if passage.position == 0]
        return matter(*(article.title for article in self.chosen if english(article)), *leads)

    def _headline_article(self) -> Article:
        """The best-placed source whose title is central, sober and not a side of a dispute."""
        pool = self.chosen or [a for a in self.articles if not a.reserved] or self.articles
        topic = shared_topic(pool)

        def place(article: Article) -> tuple[bool, bool, bool, int, int, int, float, str]:
            title = article.title
            loud = (
                title.endswith("?") or title.isupper() or bool(re.search(r"\blive\b|^watch\b|^opinion\b", title, re.I))
            )
            unfit = bool(advises(title) or speaks_to_a_machine(title) or is_furniture(title)) or len(words(title)) < 3
            taken_side = self._takes_side(title)
            central = len(shared_topic([article]) & topic)
            *_, kind, tier, newest, _ = self._rank(article)
            return (not english(article), unfit, loud or taken_side, kind, tier, -central, newest, article.id)

        return min(pool, key=place)

    def _headline(self, article: Article) -> Claim:
        """The title as it stands, without a publisher's name at its end; with whose it is where it is one side's."""
        title = article.title
        cut = re.match(r"(.+?)\s+[|–—-]\s+([^|–—]{2,40})$", title)
        if cut and len(words(cut.group(1))) >= 4:
            ending = cut.group(2).strip().lower()
            if ending in (self.assignment.name(article).lower(), article.publisher_id) or "|" in title:
                title = cut.group(1).rstrip()
        span = Span.over(article.id, article.evidence, 0, len(title))
        named = f"{self._named(article)}: {title}" if self._takes_side(title) else title
        return Claim(id="headline", kind="fact", text=named, spans=(span,))

    def _takes_side(self, title: str) -> bool:
        """Whether it gives one of the values that sources disagree on."""
        disputed = [reading.figure for _, sides in self._readings for reading in sides]
        return any(same(figure, one) for figure in figures(title) for one in disputed)

    @cached_property
    def _readings(self) -> list[tuple[str, list[Reading]]]:
        reported = [p for p in self.passages if english(p.article) and p.article.kind != "opinion"]
        return find_disputes(reported, self.origins, self.chosen)

    def _disputes(self) -> tuple[Dispute, ...]:
        found = []
        for number, (measure, sides) in enumerate(self._readings, 1):
            positions = []
            for side, reading in enumerate(sides, 1):
                quotation = around(reading)
                article = reading.passage.article
                text = self.purse.texts[article.id]
                self.purse.left[text] = max(0, self.purse.left[text] - quotation.words)
                claim = quotation.claim(f"dispute-{number}-{side}", f"{self._named(article)}: {quotation.marked}.")
                positions.append(Position(article_id=article.id, value=reading.figure.text, claim=claim))
            found.append(Dispute(subject=measure, positions=tuple(positions)))
        return tuple(found)

    def _standfirst(self, headline_of: Article) -> Claim | None:
        """What happened, by the source that gave the headline or the next best; none that is about something else."""
        near = [p for p in self._standing() if p.position < 4]
        own = [p for p in near if p.article.id == headline_of.id and p.position == 0]
        ranked = sorted(near, key=lambda p: (p.position > 1, p.article.id != headline_of.id, p.position))
        leads = [p for p in ranked if p.position == 0]
        quotation = (
            self.purse.first(own, self._on_the_matter)
            or self.purse.first(ranked, self._happened)
            or self.purse.first(leads, self._on_the_matter)
        )
        return quotation.claim("standfirst", f"{self._by(quotation)}: {closed(quotation)}") if quotation else None

    def _happened(self, text: str) -> bool:
        return tells_what_happened(text, self.told)

    def _on_the_matter(self, text: str) -> bool:
        return about(text, self.told) >= 1 and is_statement(text, self.told)

    def _follows(self, text: str) -> bool:
        return says_what_follows(text, self.matter)

    def _tldr(self, standfirst: Claim) -> tuple[Claim, ...]:
        """What happened, so what, "Watch: …"; all three, and something left for the body, or none."""
        before = self._spent()
        told_by = standfirst.spans[0].article_id
        leads = sorted(
            (p for p in self._standing() if p.position < (2 if p.article.id != told_by else 4)),
            key=lambda p: (p.article.id == told_by, p.position, -about(p.text, self.told)),
        )
        happened = self.purse.first(leads, self._happened)
        so_what = self._consequence() or self.purse.first(self._closest(), lambda t: says_how_much(t, self.matter))
        watch = next(iter(self._steps(1)), None)
        if happened and so_what and watch and self._body_remains():
            return (
                happened.claim("tldr-1", f"{self._by(happened)}: {closed(happened)}"),
                so_what.claim("tldr-2", f"{self._by(so_what)}: {closed(so_what)}"),
                watch[0].claim("tldr-3", f"Watch: {closed(watch[0], stop=False)} ({self._by(watch[0])})."),
            )
        self._restore(before)
        return ()

    def _unless_the_body_starves(self, module: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        before = self._spent()
        found = module()
        if found and self._body_remains():
            return found
        self._restore(before)
        return ()

    def _body_remains(self) -> bool:
        """Whether each origin can still have its paragraph, a lone one two."""
        spent = self._spent()
        possible = len(self._body_round()) + (len(self._body_round()) if len(self._body_origins()) == 1 else 0)
        self._restore(spent)
        return possible >= max(2, len(self._body_origins()))

    def _spent(self) -> tuple[dict[str, int], list[Quotation]]:
        return dict(self.purse.left), list(self.purse.taken)

    def _restore(self, spent: tuple[dict[str, int], list[Quotation]]) -> None:
        self.purse.left, self.purse.taken = spent

    def _body_origins(self) -> list[str]:
        return list(dict.fromkeys(self.origins[article.id] for article in self.chosen))

    def _body_round(self) -> list[Quotation]:
        """One quotation from every origin that has one left."""
        found = []
        for origin in self._body_origins():
            of_origin = [p for p in self.passages if self.origins[p.article.id] == origin]
            foreign_again = any(not english(q.passage.article) for q in self.purse.taken if q.passage in of_origin)
            quotation = None if foreign_again else self.purse.first(of_origin)
            if quotation:
                found.append(quotation)
        return found

    def _paragraphs(self, quotations: Sequence[Quotation]) -> tuple[tuple[Claim, ...], ...]:
        """One paragraph for an origin, its quotations in the order of the source; a lone origin's are parted in two."""
        paragraphs: list[list[Quotation]] = []
        for origin in self._body_origins():
            mine = [q for q in quotations if self.origins[q.passage.article.id] == origin]
            mine.sort(key=lambda q: (q.passage.article.dated, q.passage.article.id, q.passage.position))
            if len(self._body_origins()) == 1 and len(mine) > 2:
                paragraphs += [mine[:-1], mine[-1:]]
            elif mine:
                paragraphs.append(mine)
        return tuple(
            tuple(self._sentence(paragraph, place, number) for place in range(len(paragraph)))
            for number, paragraph in enumerate(paragraphs, 1)
        )

    def _sentence(self, paragraph: Sequence[Quotation], place: int, number: int) -> Claim:
        quotation = paragraph[place]
        article = quotation.passage.article
        again = place > 0 and paragraph[place - 1].passage.article.id == article.id
        if again:
            lead = ("It adds:", "The report goes on:")[place % 2 == 0]
        elif article.kind == "opinion":
            lead = f"An opinion piece in {self._named(article)} argued on {day_of(article.dated)}:"
        elif article.kind == "press-release":
            lead = f"A press release carried by {self._named(article)} said on {day_of(article.dated)}:"
        else:
            lead = (
                f"{self._named(article)} reported on {day_of(article.dated)}:",
                f"According to {self._named(article)} on {day_of(article.dated)}:",
                f"On {day_of(article.dated)}, {self._named(article)} wrote:",
            )[(number - 1) % 3]
        return quotation.claim(f"body-{number}-{place + 1}", f"{lead} {closed(quotation)}")

    def _consequence(self) -> Quotation | None:
        """Of the matter by its words; else a measured one of a report that is on the matter from its first sentence."""
        measured = [p for p in self._closest() if p.measured and p.article.id in self._on_matter]
        return self.purse.first(self._closest(), self._follows) or self.purse.first(measured, self._affects)

    def _affects(self, text: str) -> bool:
        return says_what_follows(text, self.matter, least=0) and any(figures(text))

    @cached_property
    def _on_matter(self) -> frozenset[str]:
        """Ids of the articles whose first sentence is about what the headline is about."""
        leads = [p for p in self._english_passages() if p.position == 0]
        return frozenset(p.article.id for p in leads if about(p.text, self.told) >= SHARED)

    def _why(self) -> tuple[Claim, ...]:
        found = [one for one in (self._consequence() for _ in range(MOST_CONSEQUENCES)) if one]
        return tuple(
            quotation.claim(f"why-{number}", f"{self._by(quotation)}: {closed(quotation)}")
            for number, quotation in enumerate(found, 1)
        )

    def _quick_take(self) -> tuple[Claim, ...]:
        measured = [p for p in self._standing() if p.measured and not p.forward]
        found = [q for q in (self.purse.quote(p, QUICK_TAKE_WORDS) for p in measured) if q and figures(q.text)]
        return tuple(
            quotation.claim(f"quick-{number}", f"{closed(quotation, stop=False)} ({self._by(quotation)}).")
            for number, quotation in enumerate(found[:4], 1)
        )

    def _watch(self) -> tuple[Watch, ...]:
        found = []
        for number, (quotation, step) in enumerate(self._steps(MOST_STEPS), 1):
            claim = quotation.claim(f"watch-{number}", f"{self._by(quotation)}: {closed(quotation)}")
            found.append(Watch(entity=step.actor, trigger=quotation.text.rstrip("."), by=step.by, claim=claim))
        return tuple(found)

    def _steps(self, most: int) -> list[tuple[Quotation, NextStep]]:
        """What comes next as far as it can be quoted, with its actor: what has a day first, then a month or so."""
        announced = [(p, step) for p in self._standing() if (step := self._step(p, p.text))]
        announced.sort(key=lambda one: (not one[1].by, not one[1].dated, -about(one[0].text, self.matter)))
        found: list[tuple[Quotation, NextStep]] = []
        for passage, _ in announced:
            quotation = self.purse.quote(passage, point=partial(self._step, passage)) if len(found) < most else None
            if quotation and (step := self._step(passage, quotation.text)):
                found.append((quotation, step))
        return found

    def _step(self, passage: Passage, text: str) -> NextStep | None:
        if not stands_alone(text, self.told | self.matter):
            return None
        return next_step(text, passage.article.dated.date(), self._publishers)

    @cached_property
    def _publishers(self) -> frozenset[str]:
        return frozenset(self.assignment.name(article).lower() for article in self.articles)

    def _gaps(self) -> tuple[Claim, ...]:
        """What a reader would ask and code, reading every English sentence, finds no answer to: when, and how much.

        It says that nothing was found, which is true, not that nothing is there, which code cannot know.
        """
        texts = [article.evidence for article in self.chosen if english(article)]
        read = [stretch.of(text) for text in texts for stretch in sentences(text)]
        dated = any(step.dated for p in self._english_passages() if (step := self._step(p, p.text)))
        missing = (
            ("In no source did code find a day named for what comes next.", any(map(names_a_day_ahead, read)) or dated),
            ("In no source did code find a figure.", any(map(figures, read))),
        )
        told = [text for text, answered in missing if read and not answered]
        return tuple(Claim(id=f"gap-{number}", kind="context", text=text) for number, text in enumerate(told, 1))

    def _closest(self) -> list[Passage]:
        """What stands alone, the closest to the headlines' matter first."""
        return sorted(self._standing(), key=lambda p: (-about(p.text, self.matter), -p.score))

    def _standing(self) -> list[Passage]:
        """English passages that need no sentence before them."""
        return [p for p in self._english_passages() if not p.points_back]

    def _english_passages(self) -> list[Passage]:
        return [p for p in self.passages if english(p.article) and p.article.kind == "report"] or [
            p for p in self.passages if english(p.article) and p.article.kind != "opinion"
        ]

    def _named(self, article: Article) -> str:
        name = self.assignment.name(article)
        return name if english(article) else f"{name} (in {language_of(article)})"

    def _by(self, quotation: Quotation) -> str:
        article = quotation.passage.article
        if article.kind == "press-release":
            return f"A press release carried by {self._named(article)}"
        return self._named(article)


def _absences(empty: Iterable[str], any_source: bool, short: bool) -> dict[str, str]:
    """Module → why it is not there. `short`: there is a TLDR, which may have taken the only sentence there was."""
    no_source = "No source may be quoted."
    why = {
        "standfirst": "No sentence of the sources stands alone within the limits of quotation.",
        "tldr": "The sources do not give all three: what happened, so what, and what to watch.",
        "quick_take": "No further figure can be quoted within the limits of quotation.",
        "body": "No sentence of the sources stands alone within the limits of quotation.",
        "why_it_matters": "No source names a consequence in a sentence that can be quoted alone.",
        "watch": "No source says who does what next in a sentence that can be quoted alone.",
        "disputes": "No two origins give different values of one quantity.",
        "gaps": "Code looks for a day to come and for figures, and found both.",
    }
    if short:
        why |= dict.fromkeys(("why_it_matters", "watch"), "What can be quoted of it stands in the TLDR.")
    absent = {module: why[module] if any_source or module == "disputes" else no_source for module in empty}
    return {**absent, "ripples": _NO_INFERENCE, "lenses": _NO_INFERENCE}
