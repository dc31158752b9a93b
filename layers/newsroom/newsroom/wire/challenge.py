"""Challenges: pages that ask a browser to prove itself. They are recognised and left alone, never answered."""

import re
from collections.abc import Mapping

STATUSES = (202, 401, 403, 405, 429, 503)
"""That challenges are served with; a page that merely mentions one comes with 200."""
LOOKED_AT = 65_536
"""Bytes of a body: a challenge names itself in its head."""

IN_HEADERS = (
    ("cf-mitigated", "challenge"),
    ("x-amzn-waf-action", "challenge"),
    ("x-amzn-waf-action", "captcha"),
    ("x-datadome", "protected"),
    ("x-sucuri-block", ""),
)
"""Name and value by which vendors mark their own answers."""

IN_BODY = re.compile(
    rb"/cdn-cgi/challenge-platform/|<title>Just a moment\.\.\.</title>|Attention Required! \| Cloudflare"
    rb"|_Incapsula_Resource|captcha-delivery\.com|px-captcha|awswaf\.com/[\w/-]+/challenge|/_sec/cp_challenge/"
    rb"|sucuri_cloudproxy_js|g-recaptcha|hcaptcha\.com/1/api\.js",
    re.IGNORECASE,
)


def is_challenge(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer asks for a browser instead of answering. `headers` by lower-case name."""
    if status not in STATUSES:
        return False
    marked = any(name in headers and value in headers[name].lower() for name, value in IN_HEADERS)
    return marked or IN_BODY.search(body[:LOOKED_AT]) is not None
