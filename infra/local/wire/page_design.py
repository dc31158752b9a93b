"""Article pages: one Jinja template per design, each dressing the same article as a different publisher would."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from infra.local.wire.outlets import Presentation, Publisher

WORDS = {
    "en": {
        "home": "Home", "latest": "Latest", "related": "Related stories", "cookies": "We use cookies to measure our audience and to show advertising. You can change your choice at any time.",
        "accept": "Accept all", "newsletter": "The morning letter: five stories before the bell, by e-mail.", "sign_up": "Sign up", "share": "Share", "rights": "All rights reserved.", "updated": "Updated", "subscribe": "Subscribe to continue reading.",
    },
    "de": {
        "home": "Startseite", "latest": "Neueste Meldungen", "related": "Mehr zum Thema", "cookies": "Wir verwenden Cookies zur Reichweitenmessung und für Werbung. Sie können Ihre Auswahl jederzeit ändern.",
        "accept": "Alle akzeptieren", "newsletter": "Der Morgenbrief: fünf Meldungen vor Börsenbeginn.", "sign_up": "Anmelden", "share": "Teilen", "rights": "Alle Rechte vorbehalten.", "updated": "Aktualisiert", "subscribe": "Weiterlesen mit einem Abonnement.",
    },
    "fr": {
        "home": "Accueil", "latest": "En continu", "related": "Sur le même sujet", "cookies": "Nous utilisons des cookies pour mesurer notre audience et afficher de la publicité. Vous pouvez modifier votre choix à tout moment.",
        "accept": "Tout accepter", "newsletter": "La lettre du matin : cinq informations avant l’ouverture.", "sign_up": "S’inscrire", "share": "Partager", "rights": "Tous droits réservés.", "updated": "Mis à jour", "subscribe": "La suite est réservée aux abonnés.",
    },
    "es": {
        "home": "Portada", "latest": "Última hora", "related": "Noticias relacionadas", "cookies": "Usamos cookies para medir la audiencia y mostrar publicidad. Puede cambiar su elección en cualquier momento.",
        "accept": "Aceptar todo", "newsletter": "La carta de la mañana: cinco noticias antes de la apertura.", "sign_up": "Suscribirse", "share": "Compartir", "rights": "Todos los derechos reservados.", "updated": "Actualizado", "subscribe": "Suscríbase para seguir leyendo.",
    },
    "pt": {
        "home": "Início", "latest": "Últimas", "related": "Leia também", "cookies": "Usamos cookies para medir a audiência e exibir publicidade. Você pode mudar sua escolha a qualquer momento.",
        "accept": "Aceitar todos", "newsletter": "A carta da manhã: cinco notícias antes da abertura.", "sign_up": "Assinar", "share": "Compartilhar", "rights": "Todos os direitos reservados.", "updated": "Atualizado", "subscribe": "Assine para continuar lendo.",
    },
    "ja": {
        "home": "トップ", "latest": "速報", "related": "関連記事", "cookies": "当サイトは利用状況の測定と広告表示のためにクッキーを使用しています。設定はいつでも変更できます。",
        "accept": "すべて許可", "newsletter": "朝のメール:取引開始前に読む五本。", "sign_up": "登録", "share": "共有", "rights": "無断転載を禁じます。", "updated": "更新", "subscribe": "続きは購読者限定です。",
    },
}  # fmt: skip


@dataclass(frozen=True)
class RelatedLink:
    title: str
    target: str


@dataclass(frozen=True)
class PageContext:
    """Everything a design may use; `published` None leaves the page without a date, `updated` None unedited."""

    publisher: Publisher
    presentation: Presentation
    title: str
    summary: str
    byline: str
    language: str
    kind: str
    tags: tuple[str, ...]
    address: str
    published: datetime | None
    updated: datetime | None
    body: Markup
    related: tuple[RelatedLink, ...]
    credit: str


@dataclass(frozen=True)
class Designs:
    """The templates of one directory; jinja2's TemplateNotFound for a design that is not there."""

    directory: Path

    @cached_property
    def environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self.directory),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["iso"] = lambda moment: moment.isoformat(timespec="seconds")
        return environment

    def page(self, context: PageContext) -> bytes:
        values = {field.name: getattr(context, field.name) for field in fields(context)}
        template = self.environment.get_template(f"{context.presentation.design}.html.j2")
        html = template.render(values | _dressing(context))
        return html.encode(context.presentation.charset, errors="xmlcharrefreplace")


def _dressing(context: PageContext) -> dict[str, object]:
    """What designs need beyond the article: words of the page's language, dates in the publisher's zone."""
    zone = ZoneInfo(context.presentation.zone)

    def local(moment: datetime | None) -> datetime | None:
        return moment.astimezone(zone) if moment else None

    written: Callable[[datetime], str] = lambda moment: f"{moment:%d %B %Y, %H:%M} {moment.tzname()}"  # noqa: E731
    published, updated = local(context.published), local(context.updated)
    return {
        "words": WORDS[context.language.split("-")[0]],
        "published": published,
        "updated": updated,
        "published_text": written(published) if published else "",
        "updated_text": written(updated) if updated else "",
        "noai": bool(context.publisher.reserved),
        "paywalled": context.kind == "paywall",
    }
