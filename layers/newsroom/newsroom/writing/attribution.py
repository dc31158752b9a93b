"""The words around a quotation: who, when, in which language; and where a quotation begins and ends."""

import re
from datetime import date

from newsroom.articles.article import Article
from newsroom.writing.disputes import Reading
from newsroom.writing.evidence import Stretch, words
from newsroom.writing.quotations import Quotation

_LANGUAGES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fr": "French", "it": "Italian", "ja": "Japanese", "ko": "Korean",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "tr": "Turkish",
    "zh": "Chinese",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = re.compile(
    rf"\b(?:(\d{{1,2}})\s({'|'.join(_MONTHS)})|({'|'.join(_MONTHS)})\s(\d{{1,2}})(?!\d))(?:,?\s(\d{{4}}))?"
)


def language_of(article: Article) -> str:
    """The language in English, its code where the table has no name."""
    return _LANGUAGES.get(article.language.split("-")[0].lower(), article.language)


def english(article: Article) -> bool:
    return article.language.split("-")[0].lower() == "en"


def day_of(moment: date) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]}"


def closed(quotation: Quotation, stop: bool = True) -> str:
    """The quotation with its sentence's end: a full stop inside where the source had one."""
    marked = quotation.marked
    ended = marked[-2] in ".!?" or re.search(r"[.!?][’)]+”$", marked)
    if not stop:
        return marked[:-2] + "”" if marked[-2] == "." else marked
    return marked if ended or marked.endswith("…”") else marked + "."


def around(reading: Reading) -> Quotation:
    """The words about a disputed figure: at most ten before it and four after, within its clause."""
    evidence, whole = reading.passage.article.evidence, reading.passage.stretch
    text = reading.passage.text
    start = max([0, *(m.end() for m in re.finditer(r"[,;:]\s", text[: reading.figure.start]))])
    starts = [m.start() for m in re.finditer(r"\S+", text[: reading.figure.start])]
    start = max(start, starts[-10] if len(starts) > 10 else 0)
    after = re.match(r"(?:\s+[^\W\d_][\w’'-]*(?![\w.]*\d)){0,4}", text[reading.figure.end :])
    trailing = re.sub(
        r"(?:\s+(?:from|of|in|to|an?|the|on|at|by|for|and|per|with|as|after|compared))+$",
        "",
        after.group() if after else "",
    )
    end = reading.figure.end + len(trailing)
    stretch = Stretch(whole.start + start, whole.start + end)
    return Quotation(reading.passage, stretch, len(words(stretch.of(evidence))), whole=True)


def dated_in(text: str, written: date) -> str:
    """The day that a sentence names, as an ISO date in the year after the article's date; empty when it names none."""
    match = _DAY.search(text)
    if not match:
        return ""
    day, month = int(match[1] or match[4]), _MONTHS.index(match[2] or match[3]) + 1
    for year in [int(match[5])] if match[5] else [written.year, written.year + 1]:
        try:
            named = date(year, month, day)
        except ValueError:
            continue
        if named >= written:
            return named.isoformat()
    return ""
