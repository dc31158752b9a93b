"""Whom we talk to: URLs judged by their parts, peers judged by the address that is about to be dialled.

A host's name proves nothing (it may resolve to anything, and to something else a second later), so the fetcher
resolves once, asks `judge_address` about each answer and dials the very address that passed. Python's own
`ipaddress.is_global` is not used: it calls multicast, 6to4 relays and most IPv6 embeddings of private IPv4
addresses global.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from newsroom.errors import AddressRefused

MAX_URL = 2000
"""Characters. Longer addresses exist only to hurt somebody's parser."""

PORTS = {"http": 80, "https": 443}

# IANA IPv4 Special-Purpose Address Registry, with multicast (RFC 5771) and the former class E.
REFUSED_IPV4 = {
    IPv4Network(block): purpose
    for block, purpose in {
        "0.0.0.0/8": "this network",
        "10.0.0.0/8": "private",
        "100.64.0.0/10": "shared by carriers",
        "127.0.0.0/8": "loopback",
        "169.254.0.0/16": "link-local, where clouds keep their metadata",
        "172.16.0.0/12": "private",
        "192.0.0.0/24": "protocol assignments",
        "192.0.2.0/24": "documentation",
        "192.31.196.0/24": "AS112",
        "192.52.193.0/24": "AMT",
        "192.88.99.0/24": "6to4 relays",
        "192.168.0.0/16": "private",
        "192.175.48.0/24": "AS112",
        "198.18.0.0/15": "benchmarking",
        "198.51.100.0/24": "documentation",
        "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast",
        "240.0.0.0/4": "reserved",
    }.items()
}

# IANA IPv6 Special-Purpose Address Registry, multicast (RFC 4291), and the embeddings of IPv4 that no public
# host of today is reached by (compatible, translated, 6to4, Teredo, local NAT64).
REFUSED_IPV6 = {
    IPv6Network(block): purpose
    for block, purpose in {
        "::/96": "IPv4-compatible, loopback and unspecified",
        "::ffff:0:0:0/96": "IPv4-translated",
        "64:ff9b:1::/48": "local NAT64",
        "100::/64": "discard",
        "100:0:0:1::/64": "dummy prefix",
        "2001::/23": "protocol assignments, Teredo among them",
        "2001:db8::/32": "documentation",
        "2002::/16": "6to4",
        "2620:4f:8000::/48": "AS112",
        "3fff::/20": "documentation",
        "5f00::/16": "segment routing",
        "fc00::/7": "private",
        "fe80::/10": "link-local",
        "fec0::/10": "site-local",
        "ff00::/8": "multicast",
    }.items()
}

# Embeddings behind which a public host can stand: judged by the IPv4 address inside.
MAPPED = IPv6Network("::ffff:0:0/96")
NAT64 = IPv6Network("64:ff9b::/96")
ISATAP = (0x00005EFE, 0x02005EFE)
"""The upper half of an ISATAP interface identifier (RFC 5214 §6.1), under any prefix."""

# Anything an address may not contain in any part: controls, spaces, backslashes, and what Unicode hides or turns.
UNSAFE = re.compile(r"[\x00-\x20\x7f-\xa0\\\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]")
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)")


@dataclass(frozen=True)
class Target:
    """A URL that may be asked for, in its one normal spelling."""

    scheme: str
    host: str
    """Lower-case ASCII; an IPv6 literal without its brackets."""
    path: str
    """Path and query, percent-encoded; never empty, without a fragment."""

    @property
    def port(self) -> int:
        return PORTS[self.scheme]

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{self.path}"


def judge_address(address: str) -> str:
    """The address in its normal spelling; AddressRefused when it is not one of the public internet.

    `address` is what a resolver or a socket says: dotted IPv4 or IPv6.
    """
    try:
        peer = ip_address(address)
    except ValueError as exc:
        raise AddressRefused(f"{address!r} is not an IP address") from exc
    if purpose := _refused(peer):
        raise AddressRefused(f"{address} is not a public address ({purpose})")
    return str(peer)


def _refused(peer: IPv4Address | IPv6Address) -> str:
    """What the address is reserved for; empty when it is public."""
    if isinstance(peer, IPv4Address):
        return next((purpose for block, purpose in REFUSED_IPV4.items() if peer in block), "")
    if peer.scope_id is not None:
        return "has a zone"
    if purpose := next((purpose for block, purpose in REFUSED_IPV6.items() if peer in block), ""):
        return purpose
    inside = IPv4Address(int(peer) & 0xFFFFFFFF)
    if peer in MAPPED or peer in NAT64 or (int(peer) >> 32) & 0xFFFFFFFF in ISATAP:
        return _refused(inside) and f"carries {inside}, {_refused(inside)}"
    return ""


def judge_addresses(addresses: Sequence[str]) -> list[str]:
    """Those of a resolver's answers that may be dialled; AddressRefused, with the last reason, when none may."""
    passed: list[str] = []
    refusal: AddressRefused | None = None
    for address in addresses:
        try:
            passed.append(judge_address(address))
        except AddressRefused as exc:
            refusal = exc
    if not passed:
        raise refusal or AddressRefused("the name has no address")
    return passed


def judge_url(url: str) -> Target:
    """The URL as it will be asked for; AddressRefused for anything but a plain public web address.

    http and https, ports 80 and 443, no user name, no control characters, no backslash, no odd spelling of an
    IP address. A literal address is judged here, a name when it is resolved.
    """
    if len(url) > MAX_URL:
        raise AddressRefused(f"longer than {MAX_URL} characters", about=url[:80])
    if found := UNSAFE.search(url):
        raise AddressRefused(f"holds the character U+{ord(found[0]):04X}", about=ascii(url))
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError as exc:
        raise AddressRefused(f"is not a URL ({exc})", about=url) from exc
    if parts.scheme not in PORTS:
        raise AddressRefused(f"scheme {parts.scheme or 'missing'}, not http or https", about=url)
    if "@" in parts.netloc:
        raise AddressRefused("carries a user name", about=url)
    if port is not None and port != PORTS[parts.scheme]:
        raise AddressRefused(f"port {port}, not {PORTS[parts.scheme]}", about=url)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (
        "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?[]|{}^`") if parts.query else ""
    )
    try:
        return Target(parts.scheme, _judge_host(host, bracketed="[" in parts.netloc), path)
    except AddressRefused as exc:
        raise AddressRefused(str(exc), about=url) from exc


def _judge_host(host: str, *, bracketed: bool) -> str:
    if bracketed:
        return judge_address(host)
    host = _ascii(host).removesuffix(".")
    labels = host.split(".")
    if not host or len(host) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(f"{host!r} is not a host name")
    # The URL standard's own test: what ends in a number is an IPv4 address, in however odd a spelling.
    if NUMBER.fullmatch(labels[-1]):
        try:
            return judge_address(str(IPv4Address(host)))
        except ValueError as exc:
            raise AddressRefused(f"{host} is an odd spelling of an IP address") from exc
    if len(labels) == 1:
        raise AddressRefused(f"{host} is a name of a local network")
    return host


def _ascii(host: str) -> str:
    """The host in lower-case ASCII, as resolvers understand it (IDNA 2008 after the UTS 46 mapping)."""
    if host.isascii():
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as exc:
        raise AddressRefused(f"{host!a} is not a host name") from exc
