"""Walls, stubs, errors and shells are known for what they are, in the languages that publishers build them in."""

import pytest
from newsroom.wire.page_thin import SHORT, thinness, weight

SENTENCE = "Brent crude fell 3 per cent on Monday after producers agreed to raise output, the ministry said. "
ARTICLE = SENTENCE * 30


def reason(text: str, *, title: str = "Oil falls", paid: bool = False, shown: str = "", noscript: str = "") -> str:
    return thinness(text, title=title, paid=paid, shown=lambda: f"{title} {text} {shown}", without_script=noscript)


@pytest.mark.parametrize(
    "asking",
    [
        "Subscribe to continue reading.",
        "Already a subscriber? Log in.",
        "This article is reserved for subscribers.",
        "Exclusive to our members",
        "You have reached your limit of free articles.",
        "Jetzt weiterlesen mit einem Abonnement",
        "Cet article est réservé aux abonnés",
        "Suscríbete para seguir leyendo",
        "Conteúdo exclusivo para assinantes",
        "Articolo riservato agli abbonati",
        "Доступно по подписке",
        "この記事は有料会員限定です",
        "구독자 전용 기사입니다",
        "هذا المحتوى للمشتركين فقط",
    ],
)
def test_a_stub_that_asks_for_money_is_a_paywall(asking: str) -> None:
    assert reason(SENTENCE * 5, shown=asking) == "paywall"
    assert reason(ARTICLE, shown=asking) == ""


def test_the_publishers_own_word_makes_a_paywall_of_a_whole_article() -> None:
    assert reason(ARTICLE, paid=True) == "paywall"


@pytest.mark.parametrize(
    ("title", "shown", "noscript"),
    [
        ("Just a moment...", "", "Enable JavaScript and cookies to continue"),
        ("Attention Required! | Cloudflare", "Sorry, you have been blocked", ""),
        ("port.example", "Verifying you are human. This may take a few seconds.", ""),
        ("Pardon Our Interruption", "As you were browsing something made us think you were a bot.", ""),
        ("Access Denied", "You don't have permission to access this server. Reference #18.2f", ""),
        ("", "Our systems have detected unusual traffic from your computer network", ""),
    ],
)
def test_a_robot_check_is_a_challenge(title: str, shown: str, noscript: str) -> None:
    assert reason("", title=title, shown=shown, noscript=noscript) == "challenge"


@pytest.mark.parametrize(
    "text",
    [
        "We and our 812 partners store cookies on your device. With your consent we may process personal data.",
        "Mit Ihrer Einwilligung verwenden wir Cookies. Mehr in unserer Datenschutzerklärung.",
        "Avec votre consentement, nos partenaires et nous utilisons des cookies.",
        "当社はCookieを使用します。プライバシーに同意してください。cookies",
    ],
)
def test_a_consent_wall_is_no_article(text: str) -> None:
    assert reason(text) == "consent"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404", "Sorry."),
        ("Page not found | Port", "Try our home page."),
        ("Port", "This article is no longer available."),
        ("Port", "We could not find that page."),
        ("Port", "Fehler 404: Seite nicht gefunden"),
        ("Page introuvable", ""),
        ("Página no encontrada", ""),
        ("Pagina non trovata", ""),
        ("Страница не найдена", ""),
        ("ページが見つかりません", ""),
        ("抱歉，页面不存在", ""),
    ],
)
def test_an_error_served_as_a_page_is_not_found(title: str, text: str) -> None:
    assert reason(text, title=title) == "not found"


@pytest.mark.parametrize(
    "noscript",
    [
        "You need to enable JavaScript to run this app.",
        "JavaScript is disabled in your browser.",
        "Bitte JavaScript aktivieren",
        "Veuillez activer le JavaScript : activez JavaScript",
        "Por favor habilite JavaScript",
        "JavaScriptを有効にしてください",
        "请启用JavaScript",
    ],
)
def test_a_page_that_only_scripts_fill_is_told_from_a_short_one(noscript: str) -> None:
    assert reason("", noscript=noscript) == "script"
    assert reason("Oil fell.", noscript="") == "short"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE * 3,
        "The bank said that 404 million euros had been set aside. " * 6,
        "The ministry could not find a buyer for the refinery, it said. Talks go on. " * 5,
        "The regulator fined the exchange for tracking its users. It may appeal within a month. " * 5,
        "株価は3%下落した。原油相場の下落が響いた。財務省は声明で増産の合意に触れ、市場の反応を注視すると述べた。" * 2,
    ],
)
def test_a_short_report_is_a_report(text: str) -> None:
    assert weight(text) >= SHORT
    assert reason(text) == ""
