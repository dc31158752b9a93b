"""Documents in a bucket: bodies live here, items only point to them."""

from typing import TYPE_CHECKING, Any

from newsroom.archive.translating import translated
from newsroom.errors import NotFound

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class Documents:
    """One bucket. Keys are ours, bodies are bytes; every failure leaves here as one of our errors."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def get(self, key: str) -> bytes:
        """The body; NotFound when there is none."""
        return self.get_with_tag(key)[0]

    def find(self, key: str) -> bytes | None:
        """The body, or None."""
        try:
            return self.get(key)
        except NotFound:
            return None

    def get_with_tag(self, key: str) -> tuple[bytes, str]:
        """The body and its entity tag, for `put_if` later; NotFound when there is none."""
        with translated(key):
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            return answer["Body"].read(), answer["ETag"]

    def put(self, key: str, body: bytes, content_type: str = "application/json") -> None:
        with translated(key):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)

    def put_if(self, key: str, body: bytes, tag: str | None) -> None:
        """Only over the body that had `tag`, or (None) only where nothing is; else ArchiveConflict."""
        condition: Any = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
        with translated(key):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, **condition)

    def keys(self, prefix: str) -> list[str]:
        """All keys under a prefix, sorted by S3."""
        with translated(prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return [entry["Key"] for page in pages for entry in page.get("Contents", ())]
