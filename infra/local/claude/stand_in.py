"""A scripted stand-in for Claude: the Messages API on loopback, which the real SDK talks to, and Bedrock's form of it.

For tests, and for `make run CLAUDE=scripted`, whose pages and mail call what it makes a demonstration. It counts
tokens, streams, and keeps batches, which are done when they are first asked about again; in Bedrock's form it does
neither the first nor the last, as Bedrock does not.

    python -m infra.local.claude.stand_in --port 4800 --behaviour good
"""

import argparse
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from infra.local.claude import bedrock
from infra.local.claude.behaviours import BEHAVIOURS, Asked, Behaviour, Told, good, tokens

LOOPBACK = "127.0.0.1"
JSON = {"content-type": "application/json"}
Script = Callable[[int, Asked], Behaviour]


class StandIn:
    """Serves while the context lasts. `script` says how the n-th question (from 1) is answered; else all are well.

    `questions` are the requests for a message, in order of arrival; `address` is `127.0.0.1:PORT`.
    """

    def __init__(self, script: Script = lambda number, asked: good, port: int = 0) -> None:
        self.script = script
        self.questions: list[Asked] = []
        self.batches: dict[str, list[dict[str, Any]]] = {}
        self.asked_after: set[str] = set()
        self.address = f"{LOOPBACK}:{port}"
        self._port = port
        self._lock = threading.Lock()
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        self._server = _Server((LOOPBACK, self._port), _Handler)
        self._server.stand_in = self
        self.address = f"{LOOPBACK}:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def answer(self, method: str, path: str, body: dict[str, Any], authorization: str = "") -> Told:
        """What one request gets."""
        path = path.split("?")[0].rstrip("/")
        if invoked := bedrock.invoked(path, body):
            return bedrock.refusal(body, authorization) or bedrock.as_bedrock(self._message(Asked(invoked)))
        if (method, path) == ("POST", "/v1/messages"):
            return self._message(Asked(body))
        if (method, path) == ("POST", "/v1/messages/count_tokens"):
            return _json({"input_tokens": tokens(body)})
        if (method, path) == ("POST", "/v1/messages/batches"):
            name = f"msgbatch_{len(self.batches) + 1}"
            self.batches[name] = list(body["requests"])
            return _json(self._batch(name))
        name = path.removeprefix("/v1/messages/batches/").removesuffix("/results")
        if method != "GET" or name not in self.batches:
            return Told(b'{"type":"error","error":{"type":"not_found_error","message":"scripted"}}', 404, JSON)
        if path.endswith("/results"):
            return Told(
                b"".join(map(self._result, self.batches[name])), headers={"content-type": "application/x-jsonl"}
            )
        told = _json(self._batch(name))
        self.asked_after.add(name)
        return told

    def _message(self, asked: Asked) -> Told:
        with self._lock:
            self.questions.append(asked)
            number = len(self.questions)
        return self.script(number, asked)(asked)

    def _result(self, request: dict[str, Any]) -> bytes:
        told = self._message(Asked(request["params"]))
        said = json.loads(told.body)
        result = {"type": "succeeded", "message": said} if told.status == 200 else {"type": "errored", "error": said}
        return json.dumps({"custom_id": request["custom_id"], "result": result}).encode() + b"\n"

    def _batch(self, name: str) -> dict[str, Any]:
        """In progress when it is asked about for the first time, ended from then on."""
        ended = name in self.asked_after
        return {
            "id": name,
            "type": "message_batch",
            "processing_status": "ended" if ended else "in_progress",
            "request_counts": {"processing": 0, "succeeded": 1, "errored": 0, "canceled": 0, "expired": 0},
            "created_at": "2026-11-23T12:00:00Z",
            "expires_at": "2026-11-24T12:00:00Z",
            "ended_at": "2026-11-23T12:10:00Z" if ended else None,
            "results_url": f"http://{self.address}/v1/messages/batches/{name}/results" if ended else None,
        }


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    stand_in: StandIn


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self._reply("POST", json.loads(self.rfile.read(int(self.headers["content-length"]))))

    def do_GET(self) -> None:
        self._reply("GET", {})

    def _reply(self, method: str, body: dict[str, Any]) -> None:
        told = self.server.stand_in.answer(method, self.path, body, self.headers.get("authorization", ""))
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(told.body) + told.cut))
        self.end_headers()
        self.wfile.write(told.body)
        self.close_connection = self.close_connection or told.cut

    def log_message(self, format: str, *arguments: object) -> None:
        """Quiet."""


def _json(document: dict[str, Any]) -> Told:
    return Told(json.dumps(document).encode(), headers=JSON)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=4800)
    parser.add_argument("--behaviour", choices=tuple(BEHAVIOURS), default="good")
    chosen = parser.parse_args()
    behaviour = BEHAVIOURS[chosen.behaviour]
    with StandIn(lambda number, asked: behaviour, chosen.port) as stand_in:
        print(f"http://{stand_in.address}/", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
