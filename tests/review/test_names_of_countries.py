"""A country by its name and by its adjective, and units that look like names."""

import pytest
from newsroom.writing.names import all_names, unknown_parts


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("There Residents of the United States are barred.", "U.S. residents are barred."),
        ("Less than a cent per kWh was lost.", "Less than one cent per kilowatt-hour was lost."),
    ],
)
def test_the_same_country_and_a_unit_are_no_new_names(text: str, source: str) -> None:
    assert [unknown_parts(name, source) for name in all_names(text) if unknown_parts(name, source)] == []


def test_another_country_is_new() -> None:
    (name,) = all_names("There residents of Canada are barred.")
    assert unknown_parts(name, "U.S. residents are barred.") == ["canada"]
