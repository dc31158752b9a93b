"""Step Functions, asked about one execution."""

from typing import Any

UNDER_WAY = {"RUNNING", "PENDING_REDRIVE"}


class Executions:
    """Says which executions are still there."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def running(self, arn: str) -> bool:
        """Whether an execution is under way. One that was forgotten is not; where there is no answer, it is taken to
        be: a claim goes stale by itself, and two that send at a time pass the account's rate."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return self._client.describe_execution(executionArn=arn)["status"] in UNDER_WAY
        except ClientError as exc:
            return bool(exc.response["Error"]["Code"] != "ExecutionDoesNotExist")
        except BotoCoreError:
            return True
