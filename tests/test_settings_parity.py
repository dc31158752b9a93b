"""What the template sets and what the code reads are the same."""

import ast
import inspect
from pathlib import Path

import pytest
from newsroom import settings

from tests.templates import resources, template

ROOT = Path(__file__).resolve().parents[1]
GROUPS = [
    group
    for _, group in inspect.getmembers(settings, inspect.isclass)
    if issubclass(group, settings.Settings) and group is not settings.Settings
]
READ = {name.upper() for group in GROUPS for name in group.model_fields}
EVERYWHERE = set(template()["Globals"]["Function"]["Environment"]["Variables"])
FUNCTIONS = resources("AWS::Serverless::Function")
GIVEN = {name: set(body["Properties"]["Environment"]["Variables"]) | EVERYWHERE for name, body in FUNCTIONS.items()}
LIMITS = {
    "REPORTS_PER_NETWORK_AND_HOUR",
    "SUBSCRIPTIONS_PER_HOUR",
    "SUBSCRIPTIONS_PER_NETWORK_AND_HOUR",
    "VOTES_PER_NETWORK_AND_DAY",
    "VOTES_PER_NETWORK_AND_STORY",
}
"""Defences that stay at their default unless an operator sets them on the function itself."""


def test_the_template_sets_nothing_that_nobody_reads() -> None:
    given = set().union(*GIVEN.values())

    assert {name for name in given if not name.startswith(("POWERTOOLS_", "PYDANTIC_"))} <= READ


def test_everything_that_is_read_is_set_somewhere() -> None:
    assert READ - set().union(*GIVEN.values()) == LIMITS


GROUPS_OF_PARTS = {
    "archive": {"ArchiveSettings"},
    "catalogue": {"CatalogueSettings", "ArchiveSettings"},
    "fetcher": {"WireSettings"},
    "prices": {"MarketSettings", "WireSettings", "ArchiveSettings"},
    "published_files": {"SiteSettings"},
    "writer": {"ModelSettings"},
    "critic": {"ModelSettings"},
    "mail": {"MailSettings"},
    "readers": {"ReadersSettings"},
    "readers_secret": {"ReadersSettings"},
    "invalidate": {"SiteSettings"},
    "postman": {"MailSettings", "ReadersSettings", "SiteSettings"},
    "replying": {"ArchiveSettings", "MailSettings", "ReadersSettings", "SiteSettings"},
    "reception": {"ArchiveSettings", "MailSettings", "ReadersSettings", "SiteSettings"},
}


def groups_used(path: Path) -> set[str]:
    """The groups that a handler needs, by the parts of the desk that it names."""
    used: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Attribute):
            used |= GROUPS_OF_PARTS.get(node.attr, set())
        if isinstance(node, ast.Name) and node.id.endswith("Settings"):
            used.add(node.id)
    return used


@pytest.mark.parametrize("logical_id", FUNCTIONS)
def test_a_function_is_given_what_it_needs(logical_id: str) -> None:
    properties = FUNCTIONS[logical_id]["Properties"]
    used = groups_used(ROOT / properties["CodeUri"] / properties["Handler"].replace(".handler", ".py"))
    assert used, "a function that uses nothing of the desk?"

    for group in GROUPS:
        if group.__name__ in used:
            needed = {name.upper() for name, field in group.model_fields.items() if field.is_required()}
            assert needed <= GIVEN[logical_id], group.__name__


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_says_which_variable_is_missing(group: type[settings.Settings]) -> None:
    required = [name for name, field in group.model_fields.items() if field.is_required()]
    if not required:
        assert group.read({})
        return
    with pytest.raises(Exception, match=required[0].upper()):
        group.read({})
