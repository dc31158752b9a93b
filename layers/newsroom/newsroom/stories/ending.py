"""Whether a matter is over, in its own words: afloat again, reopened, approved, completed, called off.

Read off headlines, where a report says in few words how things stand. What is yet to come, is doubted or denied
("to reopen", "may end", "not approved") ends nothing. Precision comes first: a story that is over and called
"developing" misleads less than one that goes on and is called "settled".
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

RECENT = timedelta(hours=6)
"""Before the newest report: what ended earlier and is reported on since has gone on."""

_MATTER = (
    r"(?:strike|walkout|stand-?off|blockade|siege|outage|blackout|shutdown|lockdown|dispute|stoppage|boycott|curfew"
    r"|search|evacuation|fire|blaze|leak|spill)"
)
_WORKING = (
    r"(?:production|operations?|trading|services?|flights|withdrawals|exports|shipments|deliveries|output|work|loading"
    r"|navigation|traffic|power|supply)"
)
_DEAL = (
    r"(?:[\w$€£.,’']+[\s-]){0,5}?(?:acquisition|purchase|takeover|merger|buyout|sale|deal|restructuring|disposal|spin-?off"
    r"|integration|refinancing)"
)
ENDINGS = re.compile(
    rf"""\b(?:afloat\s+again|re-?floated|re-?opens|re-?opened|back\s+(?:in\s+service|online|at\s+work)|{_WORKING}\s+(?:fully\s+)?restored
    |(?:resumes|resumed|restarts|restarted)\s+(?:\w+\s){{0,2}}?{_WORKING}|{_WORKING}\s+(?:resumes?|restarts?|resumed|restarted)
    |{_MATTER}\s+(?:ends|ended|is\s+over|(?:is\s+|was\s+)?called\s+off|averted|extinguished|contained|under\s+control|plugged)
    |(?:ends|ended|calls\s+off|called\s+off)\s+(?:\w+[\s-]){{0,3}}?{_MATTER}
    |(?:lifts|lifted)\s+(?:\w+[\s-]){{0,3}}?(?:ban|embargo|sanctions|curbs|curfew|restrictions|freeze|suspension)
    |(?:ban|embargo|sanctions|curfew|restrictions)\s+lifted
    |approves|(?:is|are|was|were)\s+approved|approved\s+by|clears\s+{_DEAL}|wins\s+(?:\w+\s){{0,2}}?(?:approval|clearance)|gets\s+(?:final\s+)?(?:approval|go-ahead)
    |signed\s+into\s+law|ratifies|ratified
    |(?:completes|completed|closes)\s+{_DEAL}|(?:reach|reaches|reached|agrees?|agreed)\s+(?:a\s+)?final\s+(?:\w+\s){{0,2}}?
        (?:deal|agreement|settlement|terms|accord)
    |settles\s+(?:\w+[\s-]){{0,4}}?(?:lawsuit|suit|case|charges|claims|probe|dispute)
    |(?:bid|offer|takeover|merger|deal)\s+(?:collapses|collapsed|lapses|lapsed|called\s+off|abandoned|withdrawn)
    |(?:withdraws|withdrew|abandons|abandoned|drops|dropped)\s+(?:\w+[\s-]){{0,3}}?(?:bid|offer|takeover|appeal|lawsuit))\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:to|will|would|may|might|could|can|should|must|if|until|unless|before|once|when|not|never|no|nearly|almost"
    r"|seeks?|expects?|plans?|hopes?|eyes|wants?|urges?|calls?\s+for|yet|partly|partially|set\s+to|due\s+to|whether|why|how|since"
    r"|already|previously|n[’']t|hopes|likely|says\s+it\s+can)\s+(?:be\s+|have\s+|been\s+|is\s+|was\s+)?(?:\w+\s){0,2}$",
    re.IGNORECASE,
)


def ending(headline: str) -> str:
    """The words of a headline that say that the matter is over; empty when none does."""
    for found in ENDINGS.finditer(headline):
        clause = re.split(r"[;:,–—]\s|\s[-–—]\s", headline[: found.start()])[-1]
        if not _NOT_YET.search(clause) and not headline.rstrip().endswith("?"):
            return found.group().strip()
    return ""


def ending_of_story(reports: Sequence[tuple[datetime, str]]) -> str:
    """The latest words to that effect among reports, each (date, headline), of the last hours of its reporting."""
    newest = max((at for at, _ in reports), default=None)
    for at, headline in sorted(reports, reverse=True):
        if newest and newest - at <= RECENT and (words := ending(headline)):
            return words
    return ""
