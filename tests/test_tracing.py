"""X-Ray costs nothing until an invocation is sampled, and then tells of the handler what powertools tells."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = """
import os, sys
from types import SimpleNamespace
from newsroom.tracing import Tracer

tracer = Tracer()

@tracer.capture_lambda_handler(capture_response=False)
def handler(event, context):
    if event == "fails":
        raise ValueError("no")
    return event

for sampled, event in {invocations!r}:
    trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8"
    os.environ["_X_AMZN_TRACE_ID"] = f"{{trace}};Sampled={{sampled}}"
    try:
        assert handler(event, SimpleNamespace(function_name="f")) == event
    except ValueError:
        pass
print("aws_xray_sdk" in sys.modules)
"""


@pytest.fixture
def daemon() -> Iterator[socket.socket]:
    """Where Lambda's X-Ray daemon would listen."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(2)
        yield listener


def invoke(daemon: socket.socket, *invocations: tuple[int, str]) -> bool:
    """Invocations of one instance as Lambda makes them; whether X-Ray's SDK was loaded."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("POWERTOOLS")},
        "AWS_XRAY_DAEMON_ADDRESS": f"127.0.0.1:{daemon.getsockname()[1]}",
        "LAMBDA_TASK_ROOT": str(ROOT),
        "AWS_DEFAULT_REGION": "eu-west-1",
    }
    program = PROGRAM.format(invocations=invocations)
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


def told(daemon: socket.socket) -> dict[str, Any]:
    """The next subsegment."""
    return json.loads(daemon.recv(65536).partition(b"\n")[2])


@pytest.mark.enable_socket
def test_an_invocation_that_is_not_sampled_loads_nothing(daemon: socket.socket) -> None:
    assert invoke(daemon, (0, "a"), (0, "b")) is False


@pytest.mark.enable_socket
def test_a_sampled_invocation_is_told_of_under_its_trace(daemon: socket.socket) -> None:
    assert invoke(daemon, (1, "a")) is True
    segment = told(daemon)
    assert (segment["name"], segment["trace_id"]) == ("## handler", "1-5759e988-bd862e3fe1be46a994272793")
    assert segment["parent_id"] == "53995c3f42cd8ad8"
    assert segment["annotations"]["ColdStart"] is True
    assert not segment.get("metadata"), "answers stay out of traces"


@pytest.mark.enable_socket
def test_a_failure_is_told_of_and_a_second_invocation_is_no_cold_start(daemon: socket.socket) -> None:
    invoke(daemon, (0, "a"), (1, "fails"))
    segment = told(daemon)
    assert segment["annotations"]["ColdStart"] is False
    assert segment["fault"] is True
