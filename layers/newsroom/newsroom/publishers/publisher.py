"""One publisher as the catalogue describes it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from newsroom.boundary import Boundary

PublisherId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+", max_length=2000)]
Tier = Literal[1, 2, 3]

TIERS: dict[int, str] = {
    1: "wire services and official bodies",
    2: "major financial publishers",
    3: "specialist outlets",
}


class Publisher(Boundary):
    """Who publishes what, where; how trusted and why; owned by whom; reserving what."""

    id: PublisherId
    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    home: HttpUrl
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
    """ISO 3166-1 alpha-2."""
    language: str = "en"
    """BCP 47, of its feeds."""
    tier: Tier
    reason: Annotated[str, StringConstraints(min_length=1)]
    """Why this tier, in a line."""
    family: str = ""
    """Common ownership; empty means its own."""
    feeds: Annotated[tuple[HttpUrl, ...], Field(min_length=1)]
    agency: bool = False
    """Others carry its copy."""
    press_releases: bool = False
    """It distributes what companies say of themselves."""
    reserved: str = ""
    """How it reserves its text from AI use, empty when it does not."""
    licence: str = ""
    """Under which its text may be reused, where it says so."""
    note: str = ""
    """What a person who keeps the catalogue should know, such as why a feed is on another site than the home page."""

    @property
    def owner(self) -> str:
        """The family that counts once, however many of its titles report."""
        return self.family or self.id
