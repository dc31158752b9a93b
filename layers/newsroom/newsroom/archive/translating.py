"""AWS's errors become ours here, once, at the edge of the archive."""

from collections.abc import Iterator
from contextlib import contextmanager

from newsroom.errors import ArchiveConflict, ArchiveThrottled, NewsroomError, NotFound

NOT_FOUND = {"404", "NoSuchKey", "NotFound", "ResourceNotFoundException"}
CONFLICT = {
    "409",
    "412",
    "ConditionalCheckFailedException",
    "ConditionalRequestConflict",
    "PreconditionFailed",
    "TransactionCanceledException",
    "TransactionConflictException",
}
BUSY = {
    "500",
    "503",
    "InternalError",
    "InternalServerError",
    "ItemCollectionSizeLimitExceededException",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "RequestTimeout",
    "ServiceUnavailable",
    "SlowDown",
    "ThrottlingException",
}
"""Error codes of S3 and DynamoDB; the services' API references list them."""


def ours(code: str, about: str) -> NewsroomError | None:
    """Our error for an AWS error code; None for one that means a fault of this program, which stays as it is."""
    if code in NOT_FOUND:
        return NotFound("no such thing in the archive", about=about)
    if code in CONFLICT:
        return ArchiveConflict("somebody else wrote first", about=about)
    if code in BUSY:
        return ArchiveThrottled(code, about=about)
    return None


@contextmanager
def translated(about: str) -> Iterator[None]:
    """Around every call of boto3 or pynamodb. `about` is the key or id that the call is about.

    Raises ArchiveConflict, ArchiveThrottled or NotFound from the vendor's error; a connection that broke counts
    as throttled, for the same call may succeed later.
    """
    from botocore.exceptions import BotoCoreError, ClientError
    from pynamodb.exceptions import DoesNotExist, PynamoDBException

    try:
        yield
    except DoesNotExist as exc:
        raise NotFound("no such thing in the archive", about=about) from exc
    except PynamoDBException as exc:
        raise ours(exc.cause_response_code or "", about) or exc from exc
    except ClientError as exc:
        raise ours(exc.response["Error"]["Code"], about) or exc from exc
    except BotoCoreError as exc:
        raise ArchiveThrottled(type(exc).__name__, about=about) from exc
