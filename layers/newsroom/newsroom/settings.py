"""The environment, read once and checked: one group per concern, each function given only what it uses.

A field's name in capitals is the environment variable's; a test holds them against template.yaml.
"""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from newsroom.boundary import Boundary
from newsroom.errors import BadInput

SCRIPTED = "scripted-"
"""Begins the names of models that are stand-ins for demonstration; pages and mail say so by it."""


class Settings(Boundary):
    """A group of settings."""

    model_config = ConfigDict(defer_build=True)  # a function reads a few groups and should not pay for the others

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """From environment variables; BadInput names every variable that is missing or unusable."""
        given = {name: environment[name.upper()] for name in cls.model_fields if name.upper() in environment}
        try:
            return cls.model_validate(given)
        except ValidationError as exc:
            faults = "; ".join(f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in exc.errors())
            raise BadInput(faults, about=cls.__name__) from exc


class ArchiveSettings(Settings):
    archive_table: str
    archive_bucket: str


class ReadersSettings(Settings):
    readers_table: str
    readers_secret: str
    """ARN of the secret from which tokens are signed and addresses encrypted."""
    origin_secret: str = ""
    """ARN of what the distribution shows the readers' function; empty where nothing stands before it."""
    subscriptions_per_network_and_hour: int = 20
    """Sign-ups taken from one /24 (IPv4) or /48 (IPv6) in an hour."""
    subscriptions_per_hour: int = 2000
    """Sign-ups taken from everybody in an hour: a confirmation mail is mail that somebody may not want."""
    disposable_domains: str = "none"
    """Hosts whose addresses are not taken: `none`, `listed` (`readers/disposable.txt`), or domains, by commas."""
    votes_per_network_and_day: int = 30
    """What one network may say in all: the influence of ten thousand votes from it ends here."""
    votes_per_network_and_story: int = 3
    """In a day: several readers may share a network."""
    reports_per_network_and_hour: int = 20


class SiteSettings(Settings):
    site_address: str
    """Public base URL, without a slash at the end."""
    site_name: str = "Footnote"
    site_bucket: str = ""
    distribution_id: str = ""
    contact: str = "desk@newsroom.example"
    """Where readers and publishers write to."""
    operator: str = ""
    """Who publishes the site: name, legal form and owner in a line; empty: the about page says that none is named."""


class WireSettings(Settings):
    site_address: str
    """Named in the User-Agent, so that a publisher can find out who asks."""
    local_wire: str = ""
    """`127.0.0.1:PORT` of a wire on this machine that is dialled for every host; refused unless the stage is local."""
    stage: Literal["local", "staging", "production"] = "production"
    articles_per_publisher: int = Field(default=40, ge=1, le=500)
    """New articles taken from one publisher in one edition, newest first."""


class CatalogueSettings(Settings):
    catalogue_key: str = ""
    """Key of a catalogue in the archive bucket; empty means the one in the package."""


class MarketSettings(Settings):
    """Where prices come from; empty means that none are shown."""

    quotes_url: str = ""
    """Of a provider, asked through the guarded fetcher; `{ids}` becomes the ids of the instruments that are wanted."""
    quotes_key: str = ""
    """Key of a document of prices in the archive bucket, where there is no provider to ask."""


class EditionSettings(Settings):
    publishers_per_edition: int = Field(default=5000, ge=1)
    inline_publishers: int = Field(default=40, ge=0, le=500)
    """With more of them due, batches of publishers are collected from a manifest by a Distributed Map."""
    workers: int = Field(default=100, ge=1, le=1000)
    """Batches collected at a time."""
    stories_per_edition: int = Field(default=80, ge=1)
    concurrency: int = Field(default=20, ge=1, le=40)
    """Publishers collected, and stories written, at a time."""
    tolerated_failure_percentage: float = Field(default=20, ge=0, le=100)
    """Share of publishers that may fail in an edition before the operators are told."""


class ReviewSettings(Settings):
    people_accused: Literal["hold", "publish"] = "hold"
    """What becomes of a story that says of a named person what an editor has to read first
    (`review/people_accused.py`): it waits for one, or goes out like any other."""


class PublishingSettings(Settings):
    """What an edition may publish."""

    publishing_paused: bool = False
    """News is collected, grouped and written, and nothing of it is published but what the desk decides."""
    quality_guard_percent: float = Field(default=50, ge=0, le=100)
    """Of the stories that a model wrote in an edition: when more fail code's checks, its text is held back. Half: a
    writer that is unlucky loses a quarter of them, one that has gone wrong nearly all; 100 turns the guard off."""
    quality_guard_stories: int = Field(default=5, ge=1)
    """Fewer stories do not put the guard on."""
    publications_per_edition: int = Field(default=100, ge=1)
    """More than an edition writes (`StoriesPerEdition`), so that it is met only after a pause, whose news goes out in
    portions."""


class ModelSettings(Settings):
    model_provider: Literal["none", "anthropic", "bedrock"] = "none"
    writer_model: str = Field(default="claude-sonnet-5-5", validate_default=True)
    critic_model: str = Field(default="claude-opus-5-5", validate_default=True)
    model_secret: str = ""
    """ARN of the secret with the API key; unused with Bedrock, which signs with the function's role."""
    stage: Literal["local", "staging", "production"] = "production"
    model_address: str = ""
    """`127.0.0.1:PORT` of a scripted stand-in that speaks the Messages API; refused unless the stage is local."""
    daily_budget_dollars: float = Field(default=20.0, ge=0)
    batch_after_hours: float = Field(default=0.0, ge=0)
    """News whose latest report is older than this is written in a batch, at half the price; 0 means never."""

    @field_validator("writer_model", "critic_model")
    @classmethod
    def _as_its_provider_names_it(cls, model: str, info: ValidationInfo) -> str:
        """Bedrock knows a model by its own id or inference profile, and refuses every call that names it otherwise."""
        if info.data.get("model_provider") == "bedrock" and "anthropic." not in model:
            raise ValueError("Bedrock wants its own id of the model, such as global.anthropic.claude-…")
        return model

    @field_validator("model_address")
    @classmethod
    def _only_here_and_under_its_own_name(cls, address: str, info: ValidationInfo) -> str:
        """What a stand-in writes must be called so, and be written on this machine."""
        if not address:
            return address
        if info.data.get("stage") != "local":
            raise ValueError("a scripted model is for the stage local")
        if not address.startswith("127.0.0.1:"):
            raise ValueError("a scripted model is on this machine")
        if not all(str(info.data.get(name, "")).startswith(SCRIPTED) for name in ("writer_model", "critic_model")):
            raise ValueError(f"a scripted model's name begins with {SCRIPTED}")
        return address


class MailSettings(Settings):
    mail_domain: str
    """Domain that the briefing is sent from."""
    transactional_mail_domain: str = ""
    """Domain that mail on request is sent from, so that what becomes of the list cannot keep a confirmation from
    arriving; empty means the briefing's (FEATURES.md E15)."""
    list_configuration_set: str = ""
    transactional_configuration_set: str = ""
    leave_address: str = ""
    """Where mail programs write to unsubscribe; empty: a person reads such mail at the house's contact."""
    postal_address: str = "Newsroom, 1 Example Street, Example City"
    """Required in every list mail by CAN-SPAM §5(a)(5)."""
    mails_per_second: float = Field(default=14.0, gt=0)
    """SES's initial rate outside the sandbox; the account's own counts where it is lower."""
    senders: int = Field(default=2, ge=1, le=1000)
    """Batches sent at a time, each with its share of the rate. One worker waits about 0.14 s for SES and the table with
    each mail, so that a share of seven a second is what it can use."""
    sending_paused: bool = False
    sending_plan: str = "1:5000 3:10000 5:20000 7:40000 9:80000 11:160000 13:320000 15:640000 17:all"
    """Mails a day while a sender is new (`briefing/warming.py`); the lower of it, the rate above and the account's.
    It begins at the volume from which Gmail calls a sender bulk (FEATURES.md E2), so that no list of some thousands
    meets it, and doubles every other day; `none` where the domain has long been sending as much."""
    warm_up_since: str = ""
    """`YYYY-MM-DD` from which the plan's days count, when a domain or address is new; empty: the list's first issue."""
