"""Greets one reader and remembers the name."""

import os
import sys

from boto3 import client


class NamelessReaderError(Exception):
    """There is nobody to greet."""


def handler(event: dict, context: object) -> dict:
    if not event.get("name"):
        raise NamelessReaderError("a reader without a name")
    client("dynamodb").put_item(TableName=os.environ["TABLE"], Item={"name": {"S": event["name"]}})
    return {
        "greeting": f"{os.environ['GREETING']}, {event['name']}",
        "environment": sorted(os.environ),
        "path": sys.path,
        "pid": os.getpid(),
    }
