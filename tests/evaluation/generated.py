"""Sentences of the sample wire made false by rule, in a fixed order: the same on every machine."""

import random
from functools import cache

from newsroom.writing.evidence import sentences, words

from tests.evaluation.claims import Sentence
from tests.evaluation.corrupting import RULES
from tests.evaluation.sample_stories import SampleStory, events

PER_RULE = 25
SEED = 20261123


@cache
def corrupted() -> tuple[Sentence, ...]:
    """At most 25 of each rule, from sentences spread over all events. The span is the true sentence."""
    chance = random.Random(SEED)
    true = truths()
    found = []
    for kind, rule in RULES.items():
        made: list[Sentence] = []
        for place in chance.sample(range(len(true)), len(true)):
            told, text = true[place]
            stranger = next(other for name, other in true[place + 7 :] + true if name.name != told.name)
            changed = rule(text, chance, stranger)
            if changed and changed != text:
                made.append(Sentence(kind, changed, Sentence.of(told, text).spans, told))
            if len(made) == PER_RULE:
                break
        found += made
    return tuple(found)


@cache
def truths() -> tuple[tuple[SampleStory, str], ...]:
    """(story, sentence): every sentence of 9 to 32 words of each event's own reports, once."""
    found: dict[str, SampleStory] = {}
    for told in events().values():
        for article in told.articles:
            for stretch in sentences(article.text):
                text = stretch.of(article.text)
                if 9 <= len(words(text)) <= 32 and text[0].isupper() and "Ignore your" not in text:
                    found.setdefault(text, told)
    return tuple((told, text) for text, told in found.items())
