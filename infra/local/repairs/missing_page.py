"""A page that is missing from a bucket behind CloudFront is answered 404 where the distribution may list the bucket.

MiniStack answers 403 for every missing key. AWS answers 403 to those who may not list the bucket, because they may not
learn what is in it, and 404 to those who may; our bucket policy lets the distribution list it for that reason, and the
distribution's 404 page depends on it: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
"""

from typing import Any

from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy
from ministack.core.responses import get_account_id, get_region
from ministack.services import s3

_serve = s3.serve_cloudfront_origin_fetch


def repair() -> None:
    """From now on this MiniStack's CloudFront tells missing from forbidden."""
    s3.serve_cloudfront_origin_fetch = _fetch


def _fetch(
    bucket_name: str, key: str, method: str, headers: dict[str, str], source_arn: str = "", oai_id: str = ""
) -> tuple[int, Any, bytes]:
    bucket = s3._ensure_bucket(bucket_name)
    if bucket is not None and key not in bucket["objects"] and _may_list(bucket_name, source_arn):
        path = f"/{bucket_name}/{key}"
        return s3._error("NoSuchKey", "The specified key does not exist.", 404, path)  # type: ignore[no-any-return]
    return _serve(bucket_name, key, method, headers, source_arn, oai_id)  # type: ignore[no-any-return]


def _may_list(bucket_name: str, source_arn: str) -> bool:
    """Whether the bucket's policy lets the distribution list it."""
    owner = s3._bucket_owner_account(bucket_name) or get_account_id()
    policy = s3._bucket_policies.get_scoped(owner, None, bucket_name)
    if not policy or not source_arn:
        return False
    context = EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action="s3:ListBucket",
        resource_arn=f"arn:aws:s3:::{bucket_name}",
        region=get_region(),
        service_context={"aws:sourcearn": source_arn},
    )
    return bool(evaluate_resource_policy(policy, context, service="cloudfront.amazonaws.com").decision == "Allow")
