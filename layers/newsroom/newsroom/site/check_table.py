"""The checks that every page has passed, told in the words with which the code describes them."""

import sys

NAMES = {"advice_language": "No advice", "labels": "True labels", "length_language": "Length and language"}
"""Names that say more than the check's own."""


def check_table() -> dict[str, str]:
    """Name → the first sentence of the check's own description, in the order in which they run."""
    from newsroom.review.checks import CHECKS

    found = {}
    for name, check in CHECKS:
        described = " ".join((sys.modules[check.__module__].__doc__ or "").split())
        found[NAMES.get(name, name.replace("_", " ").capitalize())] = described.split(". ")[0].rstrip(".") + "."
    return found
