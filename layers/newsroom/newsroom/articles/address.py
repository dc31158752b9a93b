"""Addresses of pages: one spelling for one page, and the site that a page belongs to."""

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

DEFAULT_PORTS = {"http": 80, "https": 443}

TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid|twclid|igshid|igsh|ttclid|li_fat_id|mc_cid|mc_eid|mkt_tok"
    r"|_hsenc|_hsmi|hsctatracking|vero_id|oly_\w+_id|wickedid|s_cid|cmpid|ncid|ocid|icid|cmp|xtor|at_medium|at_campaign"
    r"|ref_src|ref_url|traffic_source|ftag|guccounter|guce_referr\w*|__twitter_impression|smid|smtyp|partner"
    r"|feedtype|feedname|rss|src)",
    re.IGNORECASE,
)
"""Query parameters that say how a reader came, not what the page is. Kept short: a wrongly dropped parameter
merges two pages, a wrongly kept one only stores a page twice (its text is then found to be a copy)."""

TRACKING_VALUES = {"rss": {"", "1", "true", "yes"}, "src": {"rss", "rss-feed", "feed"}, "partner": {"rss", "feed"}}
"""For names that some sites use for the page itself: only these values are tracking."""

INDEX_PAGES = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
AMP_PATH = re.compile(r"(?<=[^/])/amp/?$|(?<=[^/])\.amp(?=\.html?$|$)", re.IGNORECASE)
MOBILE_HOSTS = ("www.", "amp.", "mobile.", "m.")
UNRESERVED = "-._~"
PATH_SAFE = UNRESERVED + "/!$&'()*+,;=:@"
QUERY_SAFE = UNRESERVED + "!$'()*+,;:@/?"


def canonical_url(url: str) -> str:
    """One spelling for all addresses of one page, for ids and comparison; not necessarily an address that answers.

    Scheme always `https`, host in lower case and ASCII without `www.`, `m.` or `amp.` in front of a registrable
    domain, no default port, user, fragment or tracking parameter, remaining parameters sorted, percent-encoding
    normalised (RFC 3986 §6.2.2), index pages and closing slashes dropped. What is no http(s) address comes back
    stripped and otherwise as it was: judging it is the guard's task.
    """
    given = url.strip()
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        return given
    if parts.scheme.lower() not in DEFAULT_PORTS or not parts.hostname:
        return given
    host = _bare_host(_ascii_host(parts.hostname))
    if port and port not in DEFAULT_PORTS.values():
        host = f"{host}:{port}"
    path = AMP_PATH.sub("", INDEX_PAGES.sub("/", _encoded(_without_dots(parts.path), PATH_SAFE))).rstrip("/")
    query = "&".join(sorted(_kept(parts.query)))
    return f"https://{host}{path}" + (f"?{query}" if query else "")


def site_of(url: str) -> str:
    """The registrable domain (`news.example.co.uk` → `example.co.uk`), the host where there is none, else empty.

    From the public suffix list that travels in its package; nothing is downloaded.
    """
    try:
        host = urlsplit(url.strip()).hostname or ""
    except ValueError:
        return ""
    host = _ascii_host(host)
    return _registrable(host) or host


def _kept(query: str) -> list[str]:
    kept = []
    for pair in query.split("&"):
        name, equals, value = pair.partition("=")
        plain = unquote(name).lower()
        if not pair or (TRACKING.fullmatch(plain) and _is_tracking(plain, value)) or (plain == "amp" and value in "1"):
            continue
        kept.append(_encoded(name, QUERY_SAFE) + equals + _encoded(value, QUERY_SAFE))
    return kept


def _is_tracking(name: str, value: str) -> bool:
    return name not in TRACKING_VALUES or value.lower() in TRACKING_VALUES[name]


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return host


def _bare_host(host: str) -> str:
    """Without a prefix that only says which rendering it is, as long as a registrable domain remains."""
    for prefix in MOBILE_HOSTS:
        if host.startswith(prefix) and _registrable(host) not in ("", host):
            return host.removeprefix(prefix)
    return host


def _registrable(host: str) -> str:
    """Empty for addresses in digits and for what is itself a public suffix."""
    if ":" in host or host.replace(".", "").isdecimal():
        return ""
    return _suffixes().privatesuffix(host) or ""


def _without_dots(path: str) -> str:
    """RFC 3986 §5.2.4: `.` and `..` resolved, never above the root; doubled slashes made one."""
    kept: list[str] = []
    for part in path.split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in ("", "."):
            kept.append(part)
    return "/" + "/".join(kept) + ("/" if path.endswith(("/", "/.", "/..")) and kept else "")


def _encoded(text: str, safe: str) -> str:
    """Percent-encoding in one form: upper-case digits, unreserved characters plain, reserved ones as they came."""

    def one(match: re.Match[str]) -> str:
        character = chr(int(match.group(1), 16))
        return (
            character
            if character.isascii() and (character.isalnum() or character in UNRESERVED)
            else match.group().upper()
        )

    return quote(re.sub(r"%([0-9A-Fa-f]{2})", one, text), safe=safe + "%", errors="replace")


@cache
def _suffixes() -> "PublicSuffixList":
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList()
