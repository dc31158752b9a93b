"""Pages that tell no story: walls, stubs, errors, empty shells. Recognised, never worked around."""

import re
from collections.abc import Callable

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SENTENCE = 40
SHORT = 250
"""Weight of a text under which a page tells no story."""
STUB = 1_800
"""Weight up to which a page that asks for a subscription is taken for its opening only."""

ASKS_TO_SUBSCRIBE = re.compile(
    r"subscribe (?:now )?to (?:continue|read|unlock)|to (?:continue|keep) reading|already a subscriber"
    r"|subscribers? only|(?:exclusive|only|reserved) (?:to|for) (?:our )?(?:subscribers|members)"
    r"|(?:register|sign in|log in) to (?:continue|read)|start your (?:free )?trial|become a member to"
    r"|(?:you have|you've) (?:reached|used) (?:your|all)[\w\s]{0,30}(?:limit|free articles)"
    r"|this (?:article|content|story) is (?:for|available to|reserved for) (?:our )?(?:subscribers|members)"
    r"|weiterlesen mit|jetzt weiterlesen|nur für abonnenten|mit einem abonnement|r[ée]serv[ée]e?s? aux abonn[ée]s"
    r"|abonnez-vous pour|suscr[ií]b(?:a|e)(?:te|se) para|solo para suscriptores"
    r"|(?:assine|assinatura) para|para assinantes"
    r"|riservato agli abbonati|abbonati per (?:leggere|continuare)|только для подписчиков|доступно по подписке"
    r"|購読者限定|有料会員|会員限定|订阅后|付费阅读|구독자 전용|للمشتركين فقط",
    re.IGNORECASE,
)
ASKS_FOR_CONSENT = re.compile(
    r"cookies?|consent|einwilligung|datenschutz|consentement|consentimiento|consenso|privacy|tracking|partners?|同意",
    re.IGNORECASE,
)
NOT_FOUND = re.compile(
    r"(?:error|http|fehler|erreur)[\s:-]*404|404[\s:|–—-]*(?:error|page|not|nicht)"
    r"|(?:page|article|story) (?:was )?not found"
    r"|(?:page|article|story|content) (?:is |you \w+ \w+ (?:for )?is )?no longer available"
    r"|(?:can|could)(?:not|n['’]t| not) find (?:the|that) page"
    r"|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|p[áa]gina no (?:encontrada|existe)"
    r"|p[áa]gina não encontrada|pagina non trovata|страница не найдена|页面不存在|找不到页面|ページが見つかりません"
    r"|페이지를 찾을 수 없|الصفحة غير موجودة",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"checking (?:if the site connection is secure|your browser before)|verif(?:y|ying) (?:that )?you are (?:a )?human"
    r"|please verify you are (?:a )?human|enable javascript and cookies to continue|complete the security check"
    r"|attention required! \| cloudflare|ddos protection by|pardon our interruption|you (?:have been|are being) blocked"
    r"|unusual traffic from your|you don't have permission to access|access (?:to this page has been )?denied"
    r"|are you a robot|request unsuccessful\. incapsula|just a moment\.\.\.",
    re.IGNORECASE,
)
WANTS_SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without) java ?script"
    r"|java ?script (?:is|must be|has been|seems to be|to be)(?: \w+)?"
    r" (?:disabled|enabled|required|turned)|javascript (?:aktivieren|deaktiviert)|activez? (?:le )?javascript"
    r"|(?:habilite|active|activar) (?:el |o )?javascript|abilita(?:re)? javascript|включите javascript"
    r"|javascript ?を有効|启用 ?javascript|javascript를 (?:활성화|사용)",
    re.IGNORECASE,
)


def weight(text: str) -> int:
    """Characters of the paragraphs that are long enough to be sentences; one of Chinese, Japanese or Korean counts
    for three. Menus and labels weigh nothing."""
    weights = (len(one) + 2 * len(CJK.findall(one[:STUB])) for one in text[: 4 * STUB].split("\n\n"))
    return sum(one for one in weights if one >= SENTENCE)


def thinness(text: str, *, title: str, paid: bool, shown: Callable[[], str], without_script: str) -> str:
    """Why this text cannot carry a story alone; empty when it can.

    `paid` is the page's own word; `shown` gives all that a reader sees, extracted or not; `without_script` is what
    the page says to whom runs no scripts. Only short texts are suspected: long ones may well speak of cookies.
    """
    heavy = weight(text)
    if paid:
        return "paywall"
    if heavy >= STUB:
        return ""
    seen = shown()
    if ASKS_TO_SUBSCRIBE.search(seen):
        return "paywall"
    if heavy >= 3 * SHORT:
        return ""
    if CHALLENGE.search(title) or (heavy < 2 * SHORT and CHALLENGE.search(f"{seen}\n{without_script}")):
        return "challenge"
    if len({found.lower() for found in ASKS_FOR_CONSENT.findall(text)}) > 1:
        return "consent"
    if heavy < 2 * SHORT and (re.search(r"\b404\b", title) or NOT_FOUND.search(f"{title}\n{text or seen}")):
        return "not found"
    if heavy < SHORT:
        return "script" if WANTS_SCRIPT.search(f"{seen}\n{without_script}") else "short"
    return ""
