"""A cold start of the readers' function beside a bare handler: `python -m tests.benchmarks.readers [--json FILE]`.

Processor seconds of fresh processes, ours and the peer's in turn, medians of several rounds, as ratios. The peer is a
handler that imports nothing. Ours twice: the function imported, as Lambda does before a request; and until its first
page is answered, the table's classes and the template engine among it, without a call to AWS.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
PEER = "def handler(event, context):\n    return {'statusCode': 200, 'body': ''}\nhandler({}, None)"
FOUND = f"import sys; sys.path[:0] = ['{ROOT}/functions/readers', '{ROOT}']; import answer_reader"
CASES = {
    "import": FOUND,
    "first page": FOUND
    + """
from types import SimpleNamespace as S
from newsroom.desk import Desk, seat
import os
seat(Desk(os.environ, readers_secret='x' * 64, origin_secret=''))
event = {'rawPath': '/api/nothing', 'requestContext': {'http': {'method': 'GET'}}, 'headers': {}}
context = S(function_name='f', memory_limit_in_mb=512, invoked_function_arn='arn', aws_request_id='1')
assert answer_reader.handler(event, context)['statusCode'] == 404
""",
}
ENVIRONMENT = {
    "ARCHIVE_TABLE": "Archive",
    "ARCHIVE_BUCKET": "archive",
    "READERS_TABLE": "Readers",
    "READERS_SECRET": "arn:readers",
    "SITE_ADDRESS": "https://news.example",
    "MAIL_DOMAIN": "news.example",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "POWERTOOLS_TRACE_DISABLED": "1",
    "POWERTOOLS_SERVICE_NAME": "newsroom",
    "POWERTOOLS_LOG_LEVEL": "CRITICAL",
    "AWS_ACCESS_KEY_ID": "x",
    "AWS_SECRET_ACCESS_KEY": "x",
}


def seconds(program: str) -> float:
    """Of the processor, user and system, for one fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], check=True, env={**os.environ, **ENVIRONMENT}, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(rounds: int = ROUNDS) -> dict[str, float]:
    """Case → how many times a bare handler's processor time, the median of the rounds."""
    ratios: dict[str, list[float]] = {name: [] for name in CASES}
    for program in CASES.values():
        seconds(program)  # compiled files are there from the second time on, as in a layer
    for _ in range(rounds):
        bare = statistics.median(seconds(PEER) for _ in range(3))
        for name, program in CASES.items():
            ratios[name].append(seconds(program) / bare)
    found = {name: round(statistics.median(every), 1) for name, every in ratios.items()}
    return found | {"bare, ms": round(1000 * statistics.median(seconds(PEER) for _ in range(5)), 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    found = measured(given.rounds)
    print(json.dumps(found, indent=2))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    main()
