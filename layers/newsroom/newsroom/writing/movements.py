"""Which way a figure went, by the words around it."""

import re

from newsroom.writing.figure import Figure

_MOVES = re.compile(
    r"""\b(?:(?P<up>r[io]s(?:e|es|en|ing)|gain(?:s|ed|ing)?|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)
    |soar(?:s|ed|ing)?|gr[eo]w(?:s|n|ing|th)?|increas(?:e|es|ed|ing)|up(?!\sto\b)|higher|advanc(?:e|es|ed|ing)
    |rall(?:y|ies|ied)|add(?:s|ed)|expan(?:d|ds|ded|ding|sion)|widen(?:s|ed)?|rais(?:e|es|ed|ing)|lift(?:s|ed)?
    |hik(?:e|es|ed)|accelerat(?:e|es|ed)|rebound(?:s|ed)?|improv(?:e|es|ed))
    |(?P<down>f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|slid(?:e|es|ing)?|slip(?:s|ped|ping)?
    |los(?:e|es|t|ing|s)|s[iau]nk(?:s|ing)?|plung(?:e|es|ed|ing)|tumbl(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|down
    |lower(?:s|ed|ing)?|cut(?:s|ting)?|reduc(?:e|es|ed|ing|tion)|shr[iau]nk(?:s|ing)?|contract(?:s|ed|ing|ion)
    |narrow(?:s|ed)?|eas(?:e|es|ed|ing)|slow(?:s|ed|ing)?|weaken(?:s|ed)?|shed(?:s)?|retreat(?:s|ed)?|dip(?:s|ped)?
    |trim(?:s|med)?|slump(?:s|ed)?|cost\sthe))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"\s(more|less|fewer)(?=[,.;]|$|\s(?:in|for|on|and)\b)", re.IGNORECASE)


def movement(text: str, figure: Figure) -> int:
    """1 when the words around a figure say that it went up, -1 when down, 0 when they do not say (or it is a year).

    The nearest word counts, up to 60 characters before the figure and 30 after it, within the sentence's clause.
    """
    if figure.kind in ("year", "time"):
        return 0
    before = re.split(r"[;:.!?]\s|,\s(?:while|but|and|compared)", text[max(0, figure.start - 60) : figure.start])[-1]
    after = re.split(r"[;:.!?,]\s|\s(?:while|but|and|from|as)\s", text[figure.end : figure.end + 30])[0]
    nearest = [(len(before) - m.end(), m.lastgroup) for m in _MOVES.finditer(before)]
    nearest += [
        (3, "up" if said[1] == "more" else "down")
        for said in [_AFTERWARDS.match(after)]
        if said and figure.kind == "money"
    ]
    nearest += [(m.start() + 3, m.lastgroup) for m in _MOVES.finditer(after)]
    return {"up": 1, "down": -1}[str(min(nearest)[1])] if nearest else 0
