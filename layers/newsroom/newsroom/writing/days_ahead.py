"""Whether a sentence says what is to come, and when."""

import re

_FORWARD = re.compile(
    r"\b(?:(?<!said\s)(?<!said\sit\s)will(?!ing)|expects?\s+(?:to|that|the|a)|plans?\s+to|is\s+scheduled|are\s+scheduled|due\s+"
    r"(?:on|to|at|next|later)|(?:is|are)\s+set\s+to|next\s+(?:week|month|meeting|decision|round)|later\s+this\s+(?:week|month"
    r"|year)|aims?\s+to|intends?\s+to|deadline|vote\s+on|upcoming|to\s+be\s+(?:published|released|held|announced|decided)"
    r"|meets\s+(?:on|in|next))\b",
    re.IGNORECASE,
)
_SCHEDULED = re.compile(
    r"\b(?:meets?|decides?|decision|publish(?:es|ed)?|votes?|hearing|deadline|scheduled|due\s+(?:on|at|next)|takes?\s+effect"
    r"|next\s+(?:week|month|meeting)|\d{1,2}\s(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)|(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d)\b",
    re.IGNORECASE,
)
_DAY_AHEAD = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tomorrow|tonight|(?:next|this|coming)\s(?:week|month|quarter|year)"
    r"|by\s(?:the\s(?:end|middle)|\d{4})|in\s(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|\d{4}))\b",
    re.IGNORECASE,
)


def looks_ahead(text: str) -> bool:
    """Whether it says what is to come."""
    return bool(_FORWARD.search(text))


def names_a_day_ahead(text: str) -> bool:
    """Whether it says what is to come and when, by a date, a day of the week or the like."""
    return looks_ahead(text) and bool(_SCHEDULED.search(text) or _DAY_AHEAD.search(text))
