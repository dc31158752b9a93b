"""Hosts whose addresses are thrown away after minutes: refused where the operator wants it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from newsroom.readers.address import Address


@dataclass(frozen=True)
class Hosts:
    """`refused`: domains whose addresses, and those of their subdomains, are not taken; empty unless it is set."""

    refused: frozenset[str] = frozenset()

    @classmethod
    def of(cls, setting: str) -> "Hosts":
        """`none`; `listed`, the packaged list; or domains, separated by commas, beside `listed` or alone."""
        named = {one.strip().lower() for one in setting.split(",")} - {"", "none"}
        return cls(frozenset(named - {"listed"} | (listed() if "listed" in named else frozenset())))

    def refuses(self, address: Address) -> bool:
        labels = address.deliverable.rpartition("@")[2].split(".")
        return any(".".join(labels[at:]) in self.refused for at in range(len(labels) - 1))


@cache
def listed() -> frozenset[str]:
    """The packaged list, one domain a line."""
    text = Path(__file__).with_name("disposable.txt").read_text(encoding="ascii")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
