"""What machines are told about a page in schema.org's words; every value is one that readers see."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from newsroom.boundary import moment
from newsroom.editions.correction import Correction
from newsroom.site import addresses
from newsroom.site.card import card_path, cards_of
from newsroom.site.disclosure import SOURCE_TYPES
from newsroom.site.places import Places
from newsroom.site.rendering import House, linked_data
from newsroom.site.wording import out_link
from newsroom.stories.version import Version
from newsroom.writing.draft import Writer

CONTEXT = "https://schema.org"


def article_data(version: Version, house: House, places: Places, corrections: Sequence[Correction]) -> Markup:
    """A NewsArticle and its breadcrumb. The author is the desk: an organisation, never an invented person."""
    head = version.head
    desk, country = places.desk(head.desk), places.country(head.country)
    path = addresses.story(version.slug)
    article: dict[str, Any] = {
        "@type": "NewsArticle",
        "@id": house.address + path,
        "mainEntityOfPage": house.address + path,
        "headline": head.headline,
        "description": head.standfirst or head.headline,
        "datePublished": moment(version.first_published_at),
        "dateModified": moment(version.published_at),
        "image": [house.address + card_path(head, card) for card in cards_of(head, house, places)],
        "version": str(version.number),
        "inLanguage": version.draft.language,
        "articleSection": desk.name,
        "isAccessibleForFree": True,
        "author": [{"@type": "Organization", "name": desk.name, "url": house.address + desk.path}],
        "publisher": organisation(house),
        "digitalSourceType": source_type(version.draft.writer),
        "isBasedOn": [link for source in version.sources if (link := out_link(source.url))],
    }
    if corrections:
        article["correction"] = [
            {"@type": "CorrectionComment", "text": f"{one.was} → {one.now_reads}", "datePublished": moment(one.made_at)}
            for one in corrections
        ]
    trail = [("Home", addresses.HOME), (country.name, country.path), (head.headline, path)]
    return linked_data({"@context": CONTEXT, "@graph": [article, _breadcrumb(house, trail)]})


def source_type(writer: Writer) -> str:
    """As https://schema.org/IPTCDigitalSourceEnumeration names it."""
    code = SOURCE_TYPES[writer]
    return f"{CONTEXT}/{code[0].upper()}{code[1:]}DigitalSource"


def organisation(house: House) -> dict[str, Any]:
    """The publisher, with the pages in which it explains itself."""
    return {
        "@type": "NewsMediaOrganization",
        "name": house.name,
        "url": house.address + addresses.HOME,
        "publishingPrinciples": house.address + addresses.STANDARDS,
        "correctionsPolicy": house.address + addresses.CORRECTIONS,
        "actionableFeedbackPolicy": house.address + addresses.STANDARDS,
        "ownershipFundingInfo": house.address + addresses.ABOUT,
        "noBylinesPolicy": house.address + addresses.STANDARDS,
    }


def house_data(house: House) -> Markup:
    return linked_data({"@context": CONTEXT, **organisation(house)})


def _breadcrumb(house: House, trail: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": house.address + path}
            for place, (name, path) in enumerate(trail, 1)
        ],
    }
