"""The catalogue: who is polled. Data in TOML, checked when it is read."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from newsroom.boundary import Boundary
from newsroom.errors import AddressRefused, BadInput, NotFound
from newsroom.publishers.publisher import Publisher
from newsroom.wire.feed_document import language_code
from newsroom.wire.guard import judge_url

# ISO 3166-1 alpha-2. An international body is of the country where it is seated.
ISO_3166 = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA "
    "CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA "
    "GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
    "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS "
    "MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS "
    "RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW "
    "TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(ISO_3166.split())

MIN_REASON = 12
"""Characters: "good site" explains nothing."""


class CatalogueFile(Boundary):
    """The TOML document: `[families]` of id = name, and one `[[publisher]]` per publisher."""

    families: dict[str, str] = {}
    publisher: tuple[Publisher, ...] = Field(min_length=1)


class Catalogue:
    """Publishers by id, in the file's order."""

    def __init__(self, publishers: Sequence[Publisher], families: dict[str, str] | None = None) -> None:
        self.publishers = tuple(publishers)
        self.families = dict(families or {})
        """Common owners by id: `{"news-corp": "News Corp"}`."""

    @classmethod
    def packaged(cls) -> "Catalogue":
        """The one that comes with the package."""
        return cls.read(files("newsroom.publishers").joinpath("catalogue.toml").read_text(encoding="utf-8"))

    @classmethod
    def read(cls, text: str) -> "Catalogue":
        """From TOML; BadInput names the first publisher that is wrong, or everything that `faults` finds."""
        try:
            document = CatalogueFile.model_validate(tomllib.loads(text))
        except tomllib.TOMLDecodeError as exc:
            raise BadInput(f"is not TOML ({exc})", about="catalogue") from exc
        except ValidationError as exc:
            fault = exc.errors()[0]
            where = ".".join(map(str, fault["loc"]))
            raise BadInput(f"{where}: {fault['msg']}", about="catalogue") from exc
        catalogue = cls(document.publisher, document.families)
        if found := list(catalogue.faults()):
            raise BadInput("; ".join(found), about="catalogue")
        return catalogue

    def publisher(self, publisher_id: str) -> Publisher:
        """NotFound for an id that is not in the catalogue."""
        try:
            return self._by_id[publisher_id]
        except KeyError as exc:
            raise NotFound("no such publisher in the catalogue", about=publisher_id) from exc

    def owner_of(self, publisher_id: str) -> str:
        """The family that counts once, however many of its titles report; an unknown publisher is its own."""
        publisher = self._by_id.get(publisher_id)
        return publisher.owner if publisher else publisher_id

    @cached_property
    def _by_id(self) -> dict[str, Publisher]:
        return {publisher.id: publisher for publisher in self.publishers}

    def faults(self) -> Iterator[str]:
        """What is wrong though every entry by itself is well formed; nothing when the catalogue is sound.

        Ids and feeds given twice (scheme, `www.` and a slash at the end do not make another feed), countries that do
        not exist, families without a name or with one member, addresses that would never be fetched, languages that
        are no tags, reasons that give none. A family is checked only where the file names families at all.
        """
        ids: set[str] = set()
        feeds: dict[str, str] = {}
        members: dict[str, int] = {}
        for publisher in self.publishers:
            if publisher.id in ids:
                yield f"{publisher.id}: id given twice"
            ids.add(publisher.id)
            if publisher.country not in COUNTRIES:
                yield f"{publisher.id}: no country {publisher.country}"
            if language_code(publisher.language).lower() != publisher.language.lower():
                yield f"{publisher.id}: language {publisher.language!r} is not a tag like en or pt-BR"
            if len(publisher.reason) < MIN_REASON:
                yield f"{publisher.id}: the reason for its tier says nothing"
            if publisher.family:
                members[publisher.family] = members.get(publisher.family, 0) + 1
                if self.families and publisher.family not in self.families:
                    yield f"{publisher.id}: no family {publisher.family}"
            for address in (publisher.home, *publisher.feeds):
                if refusal := _refusal(address):
                    yield f"{publisher.id}: {refusal}"
            for feed in publisher.feeds:
                owner = feeds.setdefault(_same_feed(feed), publisher.id)
                if owner != publisher.id:
                    yield f"{publisher.id}: {owner} has the feed {feed}"
            if len({_same_feed(feed) for feed in publisher.feeds}) < len(publisher.feeds):
                yield f"{publisher.id}: a feed given twice"
        for family in self.families:
            if members.get(family, 0) < 2:
                yield f"{family}: a family with fewer than two publishers"


def _same_feed(feed: str) -> str:
    parts = urlsplit(feed)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _refusal(address: str) -> str:
    try:
        judge_url(address)
    except AddressRefused as exc:
        return str(exc)
    return ""
