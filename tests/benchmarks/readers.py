"""A cold start of the readers' function beside a bare handler: `python -m tests.benchmarks.readers [--json FILE]`.

Processor seconds of fresh processes with the layer's packages alone, ours and the peer's in turn, medians of several
rounds, as ratios. The peer is a handler that imports nothing. Ours four times: imported, as Lambda does before a
request; and until the first answer to a mistyped address, to the question for a report's state, and to a sign-up, all
of AWS's clients and the template engine among it. An empty AWS on loopback answers from this process, which is not
counted.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.benchmarks.layer import ENVIRONMENT, ROOT, linked

ROUNDS = 7
PEER = "def handler(event, context):\n    return {'statusCode': 200, 'body': ''}\nhandler({}, None)"
FOUND = f"sys.path.insert(0, '{ROOT}/functions/readers'); import answer_reader"
FIRST = """
from types import SimpleNamespace as S
from newsroom.desk import Desk, seat
import os
seat(Desk(os.environ, readers_secret='x' * 64, origin_secret=''))
event = {{'rawPath': {path!r}, 'rawQueryString': {query!r}, 'requestContext': {{'http': {{'method': {method!r}}}}},
         'headers': {{'content-type': 'application/x-www-form-urlencoded'}}, 'body': {body!r}}}
context = S(function_name='f', memory_limit_in_mb=512, invoked_function_arn='arn', aws_request_id='1')
answer = answer_reader.handler(event, context)
assert answer['statusCode'] == {status}, answer
"""
REQUESTS = {
    "a mistyped address": {"method": "GET", "path": "/api/nothing", "query": "", "body": "", "status": 404},
    "a report's state": {
        "method": "GET", "path": "/api/report", "query": "id=RPT-AAAAAAAAAAAAAAAA", "body": "", "status": 404,
    },
    "a sign-up": {
        "method": "POST", "path": "/api/subscribe", "query": "", "body": "email=reader%40inbox.example", "status": 200,
    },
}  # fmt: skip
CASES = {"import": FOUND, **{name: FOUND + FIRST.format(**asked) for name, asked in REQUESTS.items()}}
SETTINGS = {
    "ARCHIVE_TABLE": "Archive",
    "ARCHIVE_BUCKET": "archive",
    "READERS_TABLE": "Readers",
    "READERS_SECRET": "arn:readers",
    "SITE_ADDRESS": "https://news.example",
    "MAIL_DOMAIN": "news.example",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
}
NOTHING_THERE = b'{"Items":[],"Count":0,"ScannedCount":0,"Attributes":{},"MessageId":"m"}'


class EmptyAws(BaseHTTPRequestHandler):
    """Every service, with nothing in it, taking whatever it is given."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(NOTHING_THERE)))
        self.end_headers()
        self.wfile.write(NOTHING_THERE)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


def seconds(program: str, environment: Mapping[str, str]) -> float:
    """Of the processor, user and system, for one fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(rounds: int = ROUNDS) -> dict[str, float]:
    """Case → how many times a bare handler's processor time, the median of the rounds."""
    ratios: dict[str, list[float]] = {name: [] for name in CASES}
    bares = []
    with tempfile.TemporaryDirectory() as packages, ThreadingHTTPServer(("127.0.0.1", 0), EmptyAws) as aws:
        threading.Thread(target=aws.serve_forever, daemon=True).start()
        there = {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{aws.server_port}"}
        environment = {**os.environ, **ENVIRONMENT, **SETTINGS, **there}
        alone = linked(Path(packages))
        for program in CASES.values():
            seconds(alone + program, environment)  # compiled files are there from the second time on, as in a layer
        for _ in range(rounds):
            bares.append(statistics.median(seconds(PEER, environment) for _ in range(3)))
            for name, program in CASES.items():
                ratios[name].append(seconds(alone + program, environment) / bares[-1])
        aws.shutdown()
    found = {name: round(statistics.median(every), 1) for name, every in ratios.items()}
    return found | {"bare, ms": round(1000 * statistics.median(bares), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    found = measured(given.rounds)
    print(json.dumps(found, indent=2))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
