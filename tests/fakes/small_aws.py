"""As much of S3 and DynamoDB as collecting asks for, in dictionaries, behind HTTP in a process of its own.

So that a benchmark can run the real archive (its signing, its serialising, its transactions) and count the real
archive's processor time without that of a whole local cloud. It checks no signature and knows no other call.
"""

import hashlib
import json
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar
from urllib.parse import unquote, urlsplit


class Storage(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.largest_row = 0
        self.tally = 0
        self.writes: Counter[str] = Counter()
        """Partition key → rows written under it."""
        self.lock = Lock()
        super().__init__(("127.0.0.1", 0), _Handler)

    def figures(self) -> dict[str, int]:
        kinds = [key.partition("/")[0] for key in self.objects]
        return {
            "articles": kinds.count("articles"),
            "publishers": kinds.count("publishers"),
            "rows": len(self.rows),
            "counted": self.tally,
            "largest_row": self.largest_row,
            "busiest_key": max(self.writes.values(), default=0),
        }

    def dynamodb(self, operation: str, given: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            if operation == "PutItem":
                self._put(given["Item"])
                return 200, {}
            if operation == "TransactWriteItems":
                put, *others = given["TransactItems"]
                key = _key(put["Put"]["Item"])
                if key in self.rows:
                    return 400, _cancelled(len(given["TransactItems"]))
                self._put(put["Put"]["Item"])
                self.tally += len(others)
                self.writes.update(other["Update"]["Key"]["pk"]["S"] for other in others)
                return 200, {}
        return 400, {"__type": "ValidationException", "message": operation}

    def _put(self, row: dict[str, Any]) -> None:
        self.rows[_key(row)] = row
        self.writes[row["pk"]["S"]] += 1
        self.largest_row = max(self.largest_row, len(json.dumps(row)))


def _key(row: dict[str, Any]) -> tuple[str, str]:
    return row["pk"]["S"], row["sk"]["S"]


def _cancelled(items: int) -> dict[str, Any]:
    reasons = [{"Code": "ConditionalCheckFailed"}, *[{"Code": "None"}] * (items - 1)]
    return {
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "message": "Transaction cancelled",
        "CancellationReasons": reasons,
    }


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm: ClassVar[bool] = True
    server: Storage

    def do_POST(self) -> None:
        operation = self.headers.get("X-Amz-Target", "").partition(".")[2]
        status, answer = self.server.dynamodb(operation, json.loads(self._body()))
        self._answer(status, json.dumps(answer).encode(), "application/x-amz-json-1.0")

    def do_PUT(self) -> None:
        key, body = self._key(), self._body()
        with self.server.lock:
            if self.headers.get("If-None-Match") == "*" and key in self.server.objects:
                self._error(412, "PreconditionFailed")
                return
            self.server.objects[key] = body
        self._answer(200, b"", tag=hashlib.md5(body, usedforsecurity=False).hexdigest())

    def do_GET(self) -> None:
        if self.path == "/figures":
            self._answer(200, json.dumps(self.server.figures()).encode(), "application/json")
            return
        body = self.server.objects.get(self._key())
        if body is None:
            self._error(404, "NoSuchKey")
        else:
            self._answer(200, body, tag=hashlib.md5(body, usedforsecurity=False).hexdigest())

    def _key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/archive/")

    def _body(self) -> bytes:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "aws-chunked" not in self.headers.get("Content-Encoding", ""):
            return body
        size, _, rest = body.partition(b"\r\n")
        return rest[: int(size.partition(b";")[0], 16)]

    def _error(self, status: int, code: str) -> None:
        self._answer(status, f"<Error><Code>{code}</Code></Error>".encode(), "application/xml")

    def _answer(self, status: int, body: bytes, kind: str = "application/octet-stream", tag: str = "") -> None:
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if tag:
            self.send_header("ETag", f'"{tag}"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_given: object) -> None:
        return


if __name__ == "__main__":
    storage = Storage()
    Path(sys.argv[1]).write_text(f"127.0.0.1:{storage.server_address[1]}")
    storage.serve_forever()
