"""Every template gets exactly what it asks for."""

import dataclasses
import re
from collections.abc import Iterator

import pytest
from jinja2 import UndefinedError, meta, nodes
from newsroom.site import day_pages, feeds, list_pages, log_pages, registry_pages, standing_pages, story_page
from newsroom.site import status_page as status_pages
from newsroom.site.rendering import FOLDER, engine

MODULES = (day_pages, feeds, list_pages, log_pages, registry_pages, standing_pages, status_pages, story_page)
PAGES = {
    one.template: one
    for module in MODULES
    for one in vars(module).values()
    if isinstance(one, type) and dataclasses.is_dataclass(one) and hasattr(one, "template")
}
SHARED = {"frame.html.j2", "parts.html.j2", "preferences_form.html.j2", "teasers.html.j2"}


def asked_for(template: str) -> set[str]:
    loader = engine().loader
    assert loader
    found: set[str] = set()
    for name in _with_parents(template):
        source, _, _ = loader.get_source(engine(), name)
        tree = engine().parse(source)
        imported = {one for node in tree.find_all(nodes.FromImport) for one in node.names}
        found |= meta.find_undeclared_variables(tree) - imported
    return found - set(engine().globals)


def _with_parents(template: str) -> Iterator[str]:
    yield template
    loader = engine().loader
    assert loader
    source, _, _ = loader.get_source(engine(), template)
    for name in meta.find_referenced_templates(engine().parse(source)):
        if name == "frame.html.j2":
            yield name


@pytest.mark.parametrize("template", sorted(PAGES))
def test_a_page_has_exactly_the_fields_that_its_template_asks_for(template: str) -> None:
    assert asked_for(template) == {field.name for field in dataclasses.fields(PAGES[template])}


def test_every_template_belongs_to_a_page() -> None:
    assert {path.name for path in FOLDER.glob("*.j2")} == set(PAGES) | SHARED


def test_a_name_that_nobody_gives_is_refused() -> None:
    with pytest.raises(UndefinedError):
        engine().from_string("{{ nobody_gave_this }}").render()


def test_no_page_reads_a_clock() -> None:
    """What a page says changes with what is published, never with the time of rendering."""
    code = {path.name: path.read_text("utf-8") for path in FOLDER.parent.glob("*.py")}
    assert len(code) > 20
    reading = re.compile(r"datetime\.now|utcnow|date\.today|time\.time\(|perf_counter|monotonic")
    assert [name for name, text in code.items() if reading.search(text)] == []
