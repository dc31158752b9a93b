"""JSON and text documents in a bucket: bodies live here, items only point to them."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

from newsroom.errors import ArchiveConflict, ArchiveThrottled, NotFound


class Documents:
    """One bucket. Keys are ours; bodies are bytes. Every S3 failure leaves here as one of our errors."""

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def get(self, key: str) -> bytes:
        """The body; NotFound when there is none."""
        return self.get_with_tag(key)[0]

    def get_with_tag(self, key: str) -> tuple[bytes, str]:
        """The body and its entity tag, for a conditional `put` later."""
        with self._translated(key):
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
            return answer["Body"].read(), answer["ETag"]

    def put(self, key: str, body: bytes, content_type: str = "application/json") -> None:
        with self._translated(key):
            self._client.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType=content_type)

    def put_if(self, key: str, body: bytes, tag: str | None) -> None:
        """Only over the body that had `tag`, or (None) only where nothing is; else ArchiveConflict."""
        condition: Any = {"IfMatch": tag} if tag else {"IfNoneMatch": "*"}
        with self._translated(key):
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=body, ContentType="application/octet-stream", **condition
            )

    def keys(self, prefix: str) -> list[str]:
        with self._translated(prefix):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=prefix)
            return [entry["Key"] for page in pages for entry in page.get("Contents", ())]

    @staticmethod
    def _translated(key: str) -> "_Translated":
        return _Translated(key)


class _Translated:
    """Turns botocore's errors into ours at this one edge."""

    def __init__(self, about: str) -> None:
        self._about = about

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        from botocore.exceptions import BotoCoreError, ClientError

        if isinstance(error, ClientError):
            code = error.response["Error"]["Code"]
            if code in ("NoSuchKey", "404", "NotFound"):
                raise NotFound("no such document", about=self._about) from error
            if code in ("PreconditionFailed", "ConditionalRequestConflict", "412", "409"):
                raise ArchiveConflict("somebody else wrote it first", about=self._about) from error
            if code in ("SlowDown", "InternalError", "ServiceUnavailable", "RequestTimeout", "503", "500"):
                raise ArchiveThrottled(code, about=self._about) from error
        elif isinstance(error, BotoCoreError):
            raise ArchiveThrottled(type(error).__name__, about=self._about) from error


def as_json(document: Any) -> bytes:
    """One form for every JSON document of ours: sorted, compact, UTF-8: equal values are equal bytes."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
