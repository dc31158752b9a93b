"""The composition root: the one place that reads the environment and builds clients.

Every part is built when it is first asked for, so a function pays only for what its state needs. Tests seat
a desk of fakes: `seat(Desk({...}, archive=FakeArchive()))`.
"""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from newsroom.settings import (
    ArchiveSettings,
    CatalogueSettings,
    MailSettings,
    MarketSettings,
    ModelSettings,
    ReadersSettings,
    Settings,
    SiteSettings,
    WireSettings,
)

if TYPE_CHECKING:
    from newsroom.archive.archive import Archive
    from newsroom.archive.documents import Documents
    from newsroom.archive.published_files import PublishedFiles
    from newsroom.archive.readers_archive import ReadersArchive
    from newsroom.archive.responses import ResponseRows
    from newsroom.briefing.executions import Executions
    from newsroom.briefing.mail import Mail
    from newsroom.briefing.pace import Pace
    from newsroom.briefing.sending import Postman
    from newsroom.markets.prices import Prices
    from newsroom.publishers.catalogue import Catalogue
    from newsroom.readers.answering import Reception
    from newsroom.readers.even_time import EvenTime
    from newsroom.readers.replying import Replying
    from newsroom.readers.sealing import Seal
    from newsroom.readers.tokens import Tokens
    from newsroom.review.critic import Critic
    from newsroom.wire.fetch import Fetcher
    from newsroom.writing.writer import Writer

S = TypeVar("S", bound=Settings)


class Desk:
    """Where a function finds what it works with. Keyword parts take the place of the real ones."""

    def __init__(self, environment: Mapping[str, str], **parts: Any) -> None:
        self._environment = environment
        self.__dict__.update(parts)

    def settings(self, group: type[S]) -> S:
        """One group of settings; BadInput when the environment does not hold it."""
        return group.read(self._environment)

    def now(self) -> datetime:
        return datetime.now(UTC)

    @cached_property
    def archive(self) -> "Archive":
        from newsroom.archive.archive import Archive

        settings = self.settings(ArchiveSettings)
        return Archive(settings.archive_table, self._bucket(settings.archive_bucket))

    @cached_property
    def responses(self) -> "ResponseRows":
        """The part of the archive that the readers' function needs, without what the rest of it imports; the whole
        one where it is there already."""
        if "archive" in self.__dict__:
            return self.archive
        from newsroom.archive.responses import ResponseArchive

        return ResponseArchive(self.settings(ArchiveSettings).archive_table)

    @cached_property
    def readers(self) -> "ReadersArchive":
        from newsroom.archive.readers_archive import ReadersArchive

        return ReadersArchive(self.settings(ReadersSettings).readers_table)

    @cached_property
    def published_files(self) -> "PublishedFiles":
        from newsroom.archive.published_files import PublishedFiles

        settings = self.settings(SiteSettings)
        return PublishedFiles(self._client("s3"), settings.site_bucket)

    @cached_property
    def catalogue(self) -> "Catalogue":
        from newsroom.publishers.catalogue import Catalogue

        key = self.settings(CatalogueSettings).catalogue_key
        return Catalogue.read(self.archive.document(key).decode()) if key else Catalogue.packaged()

    @cached_property
    def fetcher(self) -> "Fetcher":
        from newsroom.wire.fetch import Fetcher

        return Fetcher(self.settings(WireSettings))

    @cached_property
    def prices(self) -> "Prices":
        """Of a provider by setting, or of a document in the archive; none without either."""
        from newsroom.markets.prices import NO_PRICES, Prices, QuotesAt

        settings = self.settings(MarketSettings)
        if settings.quotes_url:
            return Prices(QuotesAt(settings.quotes_url, lambda url: self.fetcher.get(url).body))
        if settings.quotes_key:
            return Prices(QuotesAt(settings.quotes_key, lambda key: self.archive.document(key)))
        return NO_PRICES

    @cached_property
    def writer(self) -> "Writer":
        """The configured writer; it falls back to the excerpt writer by itself where the model cannot be had."""
        from newsroom.writing.writer import hire_writer

        return hire_writer(self.settings(ModelSettings), self.archive, self.secret)

    @cached_property
    def critic(self) -> "Critic | None":
        """The second model; None when there is none, and the page says so."""
        from newsroom.review.critic import hire_critic

        return hire_critic(self.settings(ModelSettings), self.archive, self.secret)

    @cached_property
    def mail(self) -> "Mail":
        from botocore.config import Config

        from newsroom.briefing.mail import ONCE, Mail

        return Mail(self._client("sesv2", Config(**ONCE)), self.settings(MailSettings))

    @cached_property
    def executions(self) -> "Executions":
        from newsroom.briefing.executions import Executions

        return Executions(self._client("stepfunctions"))

    def running(self, execution: str) -> bool:
        """As `Executions.running`; on most mornings nobody asks, and no client is built."""
        return self.executions.running(execution)

    def postman(self, seconds_left: Callable[[], float], per_second: float) -> "Postman":
        """Who delivers an issue at `per_second`; `seconds_left` is what the function has before it is stopped."""
        from newsroom.briefing.sending import Postman
        from newsroom.site.rendering import House

        return Postman(
            readers=self.readers,
            mail=self.mail,
            pace=self.pace(per_second),
            seal=self.seal,
            tokens=self.tokens,
            house=House.of(self.settings(SiteSettings)),
            settings=self.settings(MailSettings),
            now=self.now,
            seconds_left=seconds_left,
        )

    def reception(self, address: str) -> "Reception":
        """Who answers readers; `address` is the base URL that was asked, for where the settings give none."""
        from newsroom.readers.answering import Reception
        from newsroom.readers.disposable import Hosts
        from newsroom.readers.subscribing import Subscribing
        from newsroom.site.rendering import House

        site, limits = self.settings(SiteSettings), self.settings(ReadersSettings)
        house = House.of(site.model_copy(update={"site_address": site.site_address or address}))
        subscribing = Subscribing(
            readers=self.readers,
            mail=lambda: self.mail,
            seal=self.seal,
            tokens=self.tokens,
            house=house,
            limits=limits,
            mail_settings=self.settings(MailSettings),
            hosts=Hosts.of(limits.disposable_domains),
            even_time=self.even_time,
        )
        return Reception(self.responses, self.readers, self.seal, subscribing, limits, house)

    @cached_property
    def replying(self) -> "Replying":
        from newsroom.readers.replying import Replying
        from newsroom.site.rendering import House

        return Replying(
            archive=self.archive,
            readers=self.readers,
            mail=lambda: self.mail,
            seal=self.seal,
            house=House.of(self.settings(SiteSettings)),
            mail_settings=self.settings(MailSettings),
        )

    def pace(self, per_second: float) -> "Pace":
        from newsroom.briefing.pace import Pace

        return Pace(per_second)

    @cached_property
    def even_time(self) -> "EvenTime":
        from newsroom.readers.even_time import EvenTime

        return EvenTime()

    @cached_property
    def seal(self) -> "Seal":
        from newsroom.readers.sealing import Seal

        return Seal(self.readers_secret)

    @cached_property
    def tokens(self) -> "Tokens":
        from newsroom.readers.tokens import Tokens

        return Tokens(self.readers_secret)

    @cached_property
    def readers_secret(self) -> str:
        return self.secret(self.settings(ReadersSettings).readers_secret)

    @cached_property
    def origin_secret(self) -> str:
        """What the CDN shows the readers' function; empty where nothing is asked for."""
        arn = self.settings(ReadersSettings).origin_secret
        return self.secret(arn) if arn else ""

    def secret(self, arn: str) -> str:
        """The text of a secret; the properties above read theirs once per function instance."""
        answer = self._client("secretsmanager").get_secret_value(SecretId=arn)
        return str(answer["SecretString"])

    def invalidate(self, paths: list[str]) -> None:
        """Tell the CDN that these paths are old; nothing to do where there is no distribution."""
        distribution = self.settings(SiteSettings).distribution_id
        if distribution and paths:
            self._client("cloudfront").create_invalidation(
                DistributionId=distribution,
                InvalidationBatch={
                    "Paths": {"Quantity": len(paths), "Items": paths},
                    "CallerReference": f"{self.now():%Y%m%dT%H%M%S%f}",
                },
            )

    def _bucket(self, name: str) -> "Documents":
        from newsroom.archive.documents import Documents

        return Documents(self._client("s3"), name)

    @staticmethod
    def _client(service: str, config: Any = None) -> Any:
        import boto3

        return boto3.client(service, config=config)  # type: ignore[call-overload]


_seated: Desk | None = None


def desk() -> Desk:
    """The desk of this process."""
    global _seated
    if _seated is None:
        _seated = Desk(os.environ)
    return _seated


def seat(one: Desk | None) -> None:
    """Put a desk of fakes in place, or (None) have the real one built at the next call. For tests."""
    global _seated
    _seated = one
