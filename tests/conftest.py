"""What every test may ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from newsroom.desk import seat

os.environ.setdefault("POWERTOOLS_TRACE_DISABLED", "1")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "newsroom")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the repository; the test that wants it is skipped, saying so, where it is absent."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data (../shared/data) is not on this machine")
    return folder


@pytest.fixture(autouse=True)
def _nobody_seated() -> Iterator[None]:
    """No test inherits another's desk."""
    seat(None)
    yield
    seat(None)
