"""The fake bucket keeps the contract; vendor errors leave the real one as ours."""

from typing import Any

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError
from newsroom.archive.published_files import PublishedFiles
from newsroom.errors import ArchiveThrottled

from tests.archive.published_files_contract import Files, PublishedFilesContract
from tests.fakes.published_files import FakePublishedFiles


class TestFakePublishedFiles(PublishedFilesContract):
    @pytest.fixture
    def files(self) -> Files:
        return FakePublishedFiles()


class TestPublishedFiles(PublishedFilesContract):
    """The real adapter over a client that behaves as S3 documents it."""

    @pytest.fixture
    def files(self) -> Files:
        return PublishedFiles(S3InMemory(), "site")  # type: ignore[arg-type]


class S3InMemory:
    def __init__(self) -> None:
        self.objects: dict[str, dict[str, Any]] = {}

    def put_object(self, *, Bucket: str, Key: str, Body: bytes, **served: Any) -> None:  # noqa: N803
        assert not Key.startswith("/")
        self.objects[Key] = {"Body": Body, **served}

    def get_object(self, *, Bucket: str, Key: str) -> Any:  # noqa: N803
        import io

        if Key not in self.objects:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": ""}}, "GetObject")
        return {**self.objects[Key], "Body": io.BytesIO(self.objects[Key]["Body"])}

    def head_object(self, *, Bucket: str, Key: str) -> Any:  # noqa: N803
        if Key not in self.objects:
            raise ClientError({"Error": {"Code": "404", "Message": "Not Found"}}, "HeadObject")
        return self.objects[Key]


@pytest.mark.parametrize(
    "fault",
    [
        ClientError({"Error": {"Code": "SlowDown", "Message": ""}}, "PutObject"),
        EndpointConnectionError(endpoint_url="https://s3.example"),
    ],
)
def test_a_bucket_that_cannot_answer_now_is_asked_again_later(fault: Exception) -> None:
    class Busy:
        def put_object(self, **_: Any) -> None:
            raise fault

    with pytest.raises(ArchiveThrottled):
        PublishedFiles(Busy(), "site").put("/", b"")  # type: ignore[arg-type]
