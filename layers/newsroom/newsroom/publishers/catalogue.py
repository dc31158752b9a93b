"""The catalogue: who is polled. Data in TOML, checked when it is read."""

import json
import tomllib
from collections.abc import Sequence
from functools import cached_property
from importlib.resources import files

from pydantic import Field, ValidationError

from newsroom.boundary import Boundary, first_fault
from newsroom.errors import BadInput, NotFound
from newsroom.publishers.publisher import Publisher
from newsroom.publishers.soundness import unsound


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
        """The one that comes with the package.

        It is not judged again, the gate has done so; on AWS it is read from the JSON that the layer's build makes of
        it: 613 publishers take 8 ms that way, 46 as TOML.
        """
        lean = files("newsroom.publishers").joinpath("catalogue.json")
        document = json.loads(lean.read_bytes()) if lean.is_file() else tomllib.loads(packaged_text())
        file = CatalogueFile.model_validate(document)
        return cls(file.publisher, file.families)

    @classmethod
    def read(cls, text: str) -> "Catalogue":
        """From TOML; BadInput names the first field that is wrong, or everything for which it is unsound."""
        try:
            document = CatalogueFile.model_validate(tomllib.loads(text))
        except tomllib.TOMLDecodeError as exc:
            raise BadInput(f"is not TOML ({exc})", about="catalogue") from exc
        except ValidationError as exc:
            raise BadInput(first_fault(exc), about="catalogue") from exc
        if found := list(unsound(document.publisher, document.families)):
            raise BadInput("; ".join(map(str, found)), about="catalogue")
        return cls(document.publisher, document.families)

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


def packaged_text() -> str:
    """The catalogue's file that comes with the package."""
    return files("newsroom.publishers").joinpath("catalogue.toml").read_text(encoding="utf-8")
