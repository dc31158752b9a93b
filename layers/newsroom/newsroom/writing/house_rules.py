"""What the house never prints: words to a machine, advice to trade, the furniture of a web page.

Both the excerpt writer, which does not quote such sentences, and the review, which looks for them in every
draft, go by these patterns. They are about words alone; what a sentence claims is for the other checks.
"""

import re

# Instructions to a model, and what a model says when it talks about itself. RELIABILITY.md, row 25.
_TO_A_MACHINE = re.compile(
    r"""\b(?:
    (?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|your|the|these|those|previous|prior|above|earlier|
        preceding|other|of)\s+){1,4}(?:instructions?|prompts?|rules?|directions?|guidelines?|context|text|messages?)
    |(?:system|developer|hidden)\s+(?:prompt|message|instructions?)
    |(?:new|updated|following|secret)\s+instructions?\s*(?::|for\s+(?:the\s+)?(?:ai|model|assistant|editor|reviewer))
    |you\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:ai|assistant|language\s+model|chatbot|helpful|summari[sz]er|reviewer|critic)
    |as\s+an?\s+(?:ai|artificial|large|language|chat)\b[\w\s-]{0,24}?\b(?:model|assistant|bot|system)
    |(?:ai|a\.i\.|language|chat)\s?(?:models?|assistants?|systems?|bots?|agents?|summari[sz]ers?)(?:\s+\w+){0,4}\s+
        (?:must|should|shall|are\s+(?:required|instructed|asked)\s+to|please)\b
    |(?:note|message|instruction|attention|dear|to)\s*(?:to|:|for)?\s*(?:all\s+|the\s+)?(?:ai|llm|language\s+model|chatgpt|claude)s?\b
    |(?:score|rate|grade|mark|give|assign|award)\s+(?:this|it|the|your)(?:\s+\w+){0,4}\s+(?:a\s+|an?\s+|as\s+|at\s+)?
        (?:100|full\s+marks?|10/10|perfect|the\s+(?:highest|maximum))
    |(?:print|reveal|repeat|output|show)\s+(?:your|the)\s+(?:system\s+|hidden\s+|full\s+)?(?:prompt|instructions?)
    |(?:do\s+not|don't|never)\s+(?:mention|disclose|reveal|cite)\s+(?:this|these|the)\s+(?:instruction|message|note|prompt)s?
    |prompt\s+injection|jailbreak|begin\s+(?:new\s+)?(?:prompt|instructions?)
    |summari[sz]ers?\s+(?:must|should|please)|when\s+summari[sz]ing
    |(?:i\s+(?:cannot|can't|am\s+unable\s+to)\s+(?:assist|help|comply|fulfil+))
    |(?:sure|certainly|of\s+course)[,!]\s+(?:here|i)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_MARKUP = re.compile(
    r"<\s*/?\s*(?:script|iframe|img|a|svg|system|user|assistant|instructions?|source|article)\b|\]\(\s*https?:|\{\{|\}\}"
    r"|<\|[a-z_]+\|>|\bjavascript:|^\s*(?:system|assistant|user|human)\s*:",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"https?://|www\.\w|\b[\w.+-]+@[\w-]+\.\w{2,}|\b(?:[a-z0-9-]+\.)+(?:com|net|org|io|ru|info|biz)/", re.I
)

# Regulation (EU) 596/2014 (MAR), art. 3(1)(34) and (35), art. 20: anything that suggests a trade, or an opinion on
# the present or future price of an instrument, is an investment recommendation; the house makes none.
_ADVICE = re.compile(
    r"""\b(?:
    (?:strong\s+)?(?:buy|sell|hold|outperform|underperform|overweight|underweight)\s+(?:rating|recommendation|signal|call)
    |(?:rated?|rates|rating|upgraded?|downgraded?)\s+(?:it\s+|them\s+|the\s+(?:stock|shares)\s+)?(?:from\s+\S+\s+)?(?:to\s+|as\s+|at\s+)?
        ["“‘']?(?:buy|sell|hold|neutral|outperform|underperform|overweight|underweight)\b
    |(?:price|share[\s-]price|12-month|twelve-month)\s+target|target\s+price
    |(?:investors?|readers?|traders?|you|savers?|shareholders?)\s+(?:should|ought\s+to|must|may\s+want\s+to|might\s+want\s+to|
        would\s+do\s+well\s+to)\s+(?:now\s+|not\s+|also\s+)?(?:buy|sell|hold|short|avoid|own|add|accumulate|trim|take|lock|load|exit|consider)
    |(?:time|reason|good\s+moment|opportunity)\s+to\s+(?:buy|sell|short|accumulate|take\s+profits?|load\s+up)
    |(?:buy|sell)\s+(?:the\s+(?:dip|rip|stock|shares|bonds)|now|today|before|into)\b
    |(?:undervalued|overvalued|oversold|overbought|bargain|must-(?:own|buy)|no-brainer)
    |(?:stocks?|shares|funds?|coins?)\s+to\s+(?:buy|sell|own|watch\s+and\s+buy)
    |guaranteed?\s+(?:returns?|profits?|gains?)|can(?:no|')t\s+lose|risk-free\s+(?:profit|return)
    |(?:we|i)\s+(?:recommend|advise|suggest)\s+(?:buying|selling|holding|that\s+(?:investors|you))
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"""\b(?:subscri(?:be|bers?|ption)\s+(?:to|now|for|today|here)|sign\s?(?:up|in)\b|log\s?in\b|newsletter|cookies?\b
    |privacy\s+policy|terms\s+of\s+(?:use|service)|all\s+rights\s+reserved|click\s+here|read\s+(?:more|also|next)\b
    |related\s+(?:articles?|stories|links?)|advertisement|sponsored|share\s+this|follow\s+us|photo(?:graph)?\s*(?:by|:)
    |image\s*(?:credit|:)|getty\s+images|file\s+photo|reporting\s+by|edit(?:ed|ing)\s+by|writing\s+by|e-?mail\s+us
    |copyright|download\s+(?:the|our)\s+app|first\s+(?:published|appeared)|for\s+(?:media|press)\s+(?:enquiries|inquiries|contacts?)
    |contact\s+us|watch\s+live|story\s+continues|continue\s+reading|your\s+(?:browser|account|inbox)|enable\s+javascript
    |this\s+(?:article|story|page|post)\s+(?:was|is|has|originally)|correction\s*:|editor(?:'|’)s\s+note)\b|©""",
    re.VERBOSE | re.IGNORECASE,
)


def speaks_to_a_machine(text: str) -> str:
    """The words that instruct a model, or a model's talk about itself, or left-over markup; empty when none."""
    match = _TO_A_MACHINE.search(text) or _MARKUP.search(text)
    return match.group().strip() if match else ""


def carries_a_link(text: str) -> str:
    """An address in running text; empty when none. Links are made by us, from articles' own addresses."""
    match = _LINK.search(text)
    return match.group() if match else ""


def advises(text: str) -> str:
    """The words that suggest a trade or a price; empty when none."""
    match = _ADVICE.search(text)
    return match.group() if match else ""


def is_furniture(text: str) -> bool:
    """Whether a sentence belongs to the page around an article rather than to the article."""
    return bool(_FURNITURE.search(text))
