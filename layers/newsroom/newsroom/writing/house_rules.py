"""What the house never prints: words to a machine, advice to trade, the furniture of a web page.

Both the excerpt writer, which does not quote such sentences, and the review, which looks for them in every
draft, go by these patterns. They are about words alone; what a sentence claims is for the other checks.
"""

import re
import unicodedata

# Instructions to a model, and what a model says when it talks about itself. RELIABILITY.md, row 25.
_TO_A_MACHINE = re.compile(
    r"""\b(?:
    (?:ignore|disregard|forget|override|bypass)\s+(?:(?:all|any|every|your|the|these|those|previous|prior|above|earlier|
        preceding|other|of)\s+){1,4}(?:instructions?|prompts?|rules?|directions?|guidelines?|context|text|messages?)
    |(?:system|developer|hidden)\s+(?:prompt|message|instructions?)
    |(?:new|updated|following|secret)\s+instructions?\s*(?::|for\s+(?:the\s+)?(?:ai|model|assistant|editor|reviewer))
    |you\s+are\s+(?:now\s+)?(?:an?|the)\s+(?:ai|assistant|language\s+model|chatbot|helpful|summari[sz]er|reviewer|critic)
    |as\s+an?\s+(?:ai|artificial|large|language|chat)\b[\w\s-]{0,24}?\b(?:model|assistant|bot|system)
    |(?:(?:ai|a\.i\.|language|chat|automated)\s?(?:models?|assistants?|systems?|bots?|agents?|summari[sz]ers?|editors?|reviewers?)
        |chatbots?|bots|assistants|reviewers\s+that\s+are\s+machines)(?:\s+\w+){0,4}?\s+
        (?:must|should|shall|are\s+(?:required|instructed|asked)\s+to|please)\s+(?:\w+\s+){0,6}?
        (?:stor(?:y|ies)|articles?|summar(?:y|ies)|drafts?|pages?|texts?|headlines?|sentences?|sources?|readers?|score|mention|cite
        |include|ignore|treat|describe|omit|report|skip|leave\s+out|suppress|add|write|state|attribute|list|origins?|tell|name)\b
    |(?:ai|automated)\s+(?:editor|reviewer|critic|writer|summari[sz]er)s?\b(?=\s*[:,]|\s+(?:must|should|please))
    |for\s+the\s+(?:ai|automated)\s+(?:editor|reviewer|critic|model|system)
    |as\s+(?:the|a)\s+(?:\w+\s+)?(?:reviewer|editor|summari[sz]er|critic),?\s+you\b
    |(?:override|bypass|suspend)\s+the\s+(?:rubric|review|checks?|caps?)
    |instructions?\s+(?:to|for)\s+the\s+(?:summari[sz]er|reviewer|assistant|model|ai|editor)
    |you\s+are\s+(?:summari[sz]ing|reviewing|judging)\s+this
    |(?:forget|ignore|disregard)\s+(?:everything\s+(?:above|before)|the\s+(?:following|above)\b)
    |readers\s+must\s+be\s+told\s+to
    |your\s+(?:answer|response|repl(?:y|ies)|output|message|summary)\b
    |(?:claude|chatgpt|gpt|gemini|copilot|assistant),\s+(?:please|you|write|ignore|add)
    |vorherigen\s+anweisungen|instructions\s+pr[ée]c[ée]dentes|instrucciones\s+anteriores|instru[çc][õo]es\s+anteriores
    |istruzioni\s+precedenti
    |(?:note|message|instruction|attention|dear|to)\s*(?:to|:|for)?\s*(?:all\s+|the\s+)?(?:ai|llm|language\s+model|chatgpt|claude)s?\b
    |(?:score|rate|grade|mark|give|assign|award)\s+(?:this|it|the|your)(?:\s+\w+){0,4}\s+(?:a\s+|an?\s+|as\s+|at\s+)?
        (?:100|full\s+marks?|10/10|perfect|the\s+(?:highest|maximum))
    |(?:print|reveal|repeat|output|show)\s+(?:your|the)\s+(?:system\s+|hidden\s+|full\s+)?(?:prompt|instructions?)
    |(?:do\s+not|don't|never)\s+(?:mention|disclose|reveal|cite)\s+(?:this|these|the)\s+(?:instruction|message|note|prompt)s?
    |prompt\s+injection|jailbreak|begin\s+(?:new\s+)?(?:prompt|instructions?)
    |summari[sz]ers?\s+(?:must|should|please)|when\s+summari[sz]ing
    |(?:i\s+(?:cannot|can't|am\s+unable\s+to)\s+(?:assist|help(?!\s+but)|comply|fulfil+))
    |(?:sure|certainly|of\s+course)[,!]\s+(?:here|i)\b|as\s+an\s+ai,\s+i
    )|指示をすべて無視|忽略(?:之前|以上|所有)|,\s+assistant\s*[.!]?$|\bAI:\s""",
    re.VERBOSE | re.IGNORECASE,
)
# An order opens with its verb; the sentences of a story open with what they are about.
_ORDER = re.compile(
    r"""^(?:please\s+)?(?:add|augment|anagram|break\s+down|combine|compose|convert|decode|describe|develop|draft|embed|enhance
    |explain|group|include|insert|integrate|introduce|jumble|misspell|modify|provide|rearrange|remove|render|repeat|replace
    |scramble|substitute|summari[sz]e|translate|use|write|output|print|tell|say|call|put|send)\s+
    (?:an?|the|this|these|your|every|each|all|any|me|us|that|letters?|vowels?|words?|numbers?|random|how|commonly|spaces
    |anagrams?)\b|^(?:please\s+)?(?:add|include|insert|write)\s[“"']""",
    re.VERBOSE | re.IGNORECASE,
)
_CODED = re.compile(r"(?<![\w/])(?=[\w+/]*\d)(?=[\w+/]*[a-z])(?=[\w+/]*[A-Z])[A-Za-z0-9+/]{32,}={0,2}")
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһԛԝАВЕКМНОРСТХІЈЅ", "aeopcyxijsdhqwABEKMHOPCTXIJS")
"""Cyrillic letters that look like Latin ones."""
_MARKUP = re.compile(
    r"<\s*/?\s*(?:script|iframe|img|a|svg|system|user|assistant|instructions?|source|article)\b|\]\(\s*https?:|\{\{|\}\}"
    r"|<\|[a-z_]+\|>|<!--|\[/?INST\]|\#{2,}\s*(?:instruction|response|system)|\bjavascript:|^\s*(?:system|assistant|user|human)\s*:",
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
    """The words that instruct a model, or a model's talk about itself, or left-over markup; empty when none.

    Disguises are taken off first: full-width and look-alike letters, invisible characters, odd spaces.
    """
    plain = _undisguised(text)
    match = _TO_A_MACHINE.search(plain) or _MARKUP.search(plain) or _ORDER.search(plain) or _CODED.search(plain)
    return match.group().strip() if match else ""


def _undisguised(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    if re.search(r"[A-Za-z]", text):
        text = text.translate(_LOOKALIKES)
    return re.sub(r"\s+", " ", text)


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
