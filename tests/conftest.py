"""What every test may ask for."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from newsroom.desk import seat

os.environ.setdefault("POWERTOOLS_TRACE_DISABLED", "1")
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "newsroom")
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "newsroom-test")

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


@pytest.fixture(scope="session")
def local_cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A local cloud of the tests' own, on a free port of loopback, gone with them."""
    from infra.local.cloud import LocalCloud

    before = dict(os.environ)
    with LocalCloud(tmp_path_factory.mktemp("cloud"), wait_scale=0) as cloud:
        os.environ.update(cloud.environment())
        yield cloud
        os.environ.clear()
        os.environ.update(before)


@pytest.fixture
def empty_storage(local_cloud: Any) -> tuple[str, str]:
    """(table, bucket) as template.yaml describes the archive's, with nothing in them."""
    from tests.templates import template

    name = f"archive-{uuid.uuid4().hex[:12]}"
    described = template()["Resources"]["ArchiveTable"]["Properties"]
    kept = ("BillingMode", "KeySchema", "AttributeDefinitions", "GlobalSecondaryIndexes")
    local_cloud.client("dynamodb").create_table(TableName=name, **{key: described[key] for key in kept})
    local_cloud.client("s3").create_bucket(Bucket=name)
    return name, name
