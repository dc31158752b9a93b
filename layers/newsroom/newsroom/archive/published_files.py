"""The bucket behind the CDN: what readers get, byte for byte."""

from typing import TYPE_CHECKING

from newsroom.archive.translating import translated
from newsroom.errors import NotFound
from newsroom.site import addresses
from newsroom.site.site_file import PAGE, SiteFile

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

DIGEST = "digest"
"""User metadata of an object: what `SiteFile.digest` says of it. An ETag would depend on the bucket's encryption."""


class PublishedFiles:
    """Files by their path on the site: `/story/x/` and `story/x/index.html` are the same file.

    Raises ArchiveThrottled, ArchiveConflict and NotFound, never a vendor's error.
    """

    def __init__(self, client: "S3Client", bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def put(self, path: str, body: bytes, content_type: str = PAGE) -> None:
        """Write one file, whole: readers see the old one or the new one."""
        file = SiteFile(path, body, content_type)
        with translated(file.key):
            self._client.put_object(
                Bucket=self._bucket,
                Key=file.key,
                Body=body,
                ContentType=content_type,
                CacheControl=file.cache_control,
                Metadata={DIGEST: file.digest},
            )

    def get(self, path: str) -> bytes:
        """NotFound when there is no such file."""
        key = addresses.key(path)
        with translated(key):
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()

    def digest(self, path: str) -> str:
        """`SiteFile.digest` of what is there; empty when there is nothing."""
        key = addresses.key(path)
        try:
            with translated(key):
                return self._client.head_object(Bucket=self._bucket, Key=key)["Metadata"].get(DIGEST, "")
        except NotFound:
            return ""
