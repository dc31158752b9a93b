"""What a digest does not have: the questions that no source answers, and the modules that are missing, with why."""

from collections.abc import Iterable

from newsroom.writing.attribution import english
from newsroom.writing.clippings import Clippings
from newsroom.writing.days_ahead import names_a_day_ahead
from newsroom.writing.draft import Claim
from newsroom.writing.evidence import sentences
from newsroom.writing.figures import figures
from newsroom.writing.highlights import Highlights

_NO_INFERENCE = "A digest of quotations draws no conclusions of its own."


def gaps(clippings: Clippings, highlights: Highlights) -> tuple[Claim, ...]:
    """What a reader would ask and code, reading every English sentence, finds no answer to: when, and how much.

    It says that nothing was found, which is true, not that nothing is there, which code cannot know.
    """
    texts = [article.evidence for article in clippings.chosen if english(article)]
    read = [stretch.of(text) for text in texts for stretch in sentences(text)]
    dated = any(step.dated for p in clippings.english_passages() if (step := highlights.step(p, p.text)))
    missing = (
        ("In no source did code find a day named for what comes next.", any(map(names_a_day_ahead, read)) or dated),
        ("In no source did code find a figure.", any(map(figures, read))),
    )
    told = [text for text, answered in missing if read and not answered]
    return tuple(Claim(id=f"gap-{number}", kind="context", text=text) for number, text in enumerate(told, 1))


def absences(empty: Iterable[str], any_source: bool, short: bool) -> dict[str, str]:
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
