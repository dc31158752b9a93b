"""The tree of errors, and the picture of it in its module."""

import inspect
import re

import pytest
from newsroom import errors

TREE = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, errors.NewsroomError)]


def test_the_picture_of_the_tree_shows_every_error_in_its_branch() -> None:
    drawn = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    split = drawn.index("Permanent")

    def branch(parent: type) -> list[str]:
        return sorted(kind.__name__ for kind in TREE if kind is not parent and issubclass(kind, parent))

    assert drawn[0] == "Transient"
    assert drawn[1:split] == branch(errors.Transient)
    assert drawn[split + 1 :] == branch(errors.Permanent)


@pytest.mark.parametrize("kind", TREE)
def test_an_error_names_what_it_is_about(kind: type[errors.NewsroomError]) -> None:
    assert str(kind("broke", about="a1b2")) == "a1b2: broke"
    assert str(kind("broke")) == "broke"
    assert kind.__doc__
