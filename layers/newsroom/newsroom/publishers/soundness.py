"""What a catalogue must not have if it is to be used: rules over values, cheap enough for every cold start.

Whether it is also well kept is asked by `linting`, once, in the gate.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from newsroom.errors import AddressRefused
from newsroom.publishers.codes import COUNTRIES, is_language
from newsroom.publishers.publisher import Publisher
from newsroom.wire.guard import judge_url

MIN_REASON = 12
"""Characters: "good site" explains nothing."""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `about` is a publisher's or a family's id, empty for the file itself."""

    kind: str
    about: str
    message: str

    def __str__(self) -> str:
        return f"{self.about}: {self.message}" if self.about else self.message


def unsound(publishers: Sequence[Publisher], families: Mapping[str, str]) -> Iterator[Finding]:
    """Findings for which the catalogue is refused; families are compared only where the file names any."""
    yield from _given_twice(publishers)
    for publisher in publishers:
        yield from _by_itself(publisher)
    if families:
        yield from _families(publishers, families)


def same_address(url: str) -> str:
    """One spelling for addresses that lead to one document: scheme, `www.` and a slash at the end do not count."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _given_twice(publishers: Sequence[Publisher]) -> Iterator[Finding]:
    ids: set[str] = set()
    feeds: dict[str, str] = {}
    for publisher in publishers:
        if publisher.id in ids:
            yield Finding("duplicate-id", publisher.id, "id given twice")
        ids.add(publisher.id)
        own: set[str] = set()
        for feed in publisher.feeds:
            address = same_address(feed)
            if address in own:
                yield Finding("duplicate-feed", publisher.id, f"has a feed twice: {feed}")
            elif (holder := feeds.setdefault(address, publisher.id)) != publisher.id:
                yield Finding("duplicate-feed", publisher.id, f"{holder} has the feed {feed}")
            own.add(address)


def _by_itself(publisher: Publisher) -> Iterator[Finding]:
    if publisher.country not in COUNTRIES:
        yield Finding("unknown-country", publisher.id, f"no country {publisher.country}")
    if not is_language(publisher.language):
        yield Finding(
            "unknown-language", publisher.id, f"language {publisher.language!r} is not a tag like en or pt-BR"
        )
    if len(publisher.reason.strip()) < MIN_REASON:
        yield Finding("empty-reason", publisher.id, "the reason for its tier says nothing")
    for address in (publisher.home, *publisher.feeds):
        try:
            judge_url(address)
        except AddressRefused as exc:
            yield Finding("refused-address", publisher.id, str(exc))


def _families(publishers: Sequence[Publisher], families: Mapping[str, str]) -> Iterator[Finding]:
    """A member without its family counts twice; a publisher called like a foreign family counts as a member of it."""
    members = {publisher.family for publisher in publishers}
    for publisher in publishers:
        if publisher.family and publisher.family not in families:
            yield Finding("unknown-family", publisher.id, f"no family {publisher.family}")
        if not publisher.family and publisher.id in families:
            yield Finding("foreign-family", publisher.id, "is called like a family to which it does not belong")
    for family in families:
        if family not in members:
            yield Finding("unused-family", family, "a family without a publisher")
