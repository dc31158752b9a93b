"""The local cloud starts, deploys a SAM template, remembers, and leaves nothing running."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from infra.local.cloud import LocalCloud, LocalCloudError, free_port
from infra.local.deployment import Deployment, content_hash
from infra.local.executions import cut_off, give_up_claims, running, start

pytestmark = [pytest.mark.enable_socket, pytest.mark.cloud]

TOY = Path(__file__).with_name("toy") / "template.yaml"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Toy:
    """The toy template deployed."""

    cloud: LocalCloud
    first: Deployment

    def invoke(self, event: dict[str, str]) -> dict[str, object]:
        name = self.first.outputs["FunctionName"]
        answer = self.cloud.client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        return dict(json.loads(answer["Payload"].read()))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toy]:
    with LocalCloud(tmp_path_factory.mktemp("toy"), wait_scale=0) as cloud:
        yield Toy(cloud, cloud.deploy(TOY, stack="toy"))


def eventually(holds: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def runs(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_function_runs_with_its_own_environment_and_code_first(toy: Toy) -> None:
    answer = toy.invoke({"name": "Reader"})

    assert answer["greeting"] == "Hello, Reader"
    names, path = answer["environment"], answer["path"]
    assert isinstance(names, list)
    assert isinstance(path, list)
    assert {"GREETING", "TABLE", "AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "LAMBDA_TASK_ROOT"} <= set(names)
    assert not {"GATEWAY_PORT", "PERSIST_STATE", "STATE_DIR", "SMTP_HOST", "AUTH", "VIRTUAL_ENV"} & set(names)
    assert "provided-code" in path[0]
    rows = toy.cloud.client("dynamodb").scan(TableName=toy.first.outputs["TableName"])["Items"]
    assert {"name": {"S": "Reader"}} in rows


def test_a_typed_error_of_a_function_is_caught_by_its_name_in_a_state_machine(toy: Toy) -> None:
    states = toy.cloud.client("stepfunctions")
    started = states.start_execution(stateMachineArn=toy.first.outputs["StateMachineArn"], input="{}")["executionArn"]

    assert eventually(lambda: states.describe_execution(executionArn=started)["status"] != "RUNNING")
    ended = states.describe_execution(executionArn=started)
    assert (ended["status"], json.loads(ended["output"])) == ("SUCCEEDED", {"greeting": "nobody"})


def test_the_site_is_served_through_the_distribution_and_its_function(toy: Toy) -> None:
    toy.cloud.client("s3").put_object(
        Bucket=toy.first.outputs["SiteBucketName"], Key="markets/index.html", Body=b"<p>Rates held</p>"
    )

    reply = toy.cloud.fetch(toy.cloud.site_url(toy.first.outputs["SiteDomain"]) + "markets/")

    assert (reply.status, reply.text) == (200, "<p>Rates held</p>")


def test_only_what_changed_is_deployed_again(toy: Toy) -> None:
    same = toy.cloud.deploy(TOY, stack="toy")
    changed = toy.cloud.deploy(TOY, {"Greeting": "Morning"}, stack="toy")

    assert same == Deployment(toy.first.outputs, skipped=True)
    assert not changed.skipped
    # Parameters take no part in a build, and no `sam build` ends this quickly.
    assert changed.build_seconds < 0.3 < toy.first.build_seconds
    assert toy.invoke({"name": "Reader"})["greeting"] == "Morning, Reader"
    assert toy.cloud.deploy(TOY, {"Greeting": "Morning"}, stack="toy").skipped

    toy.cloud.deploy(TOY, {"Greeting": ""}, stack="toy")
    assert toy.invoke({"name": "Reader"})["greeting"] == ", Reader"


def test_a_failed_build_says_what_sam_said_and_where_the_log_is(toy: Toy, tmp_path: Path) -> None:
    broken = tmp_path / "template.yaml"
    broken.write_text("Resources: {Site: {Type: 'AWS::Serverless::Function'", "utf-8")

    with pytest.raises(LocalCloudError, match=r"(?s)sam build failed:.*template.*log: .*sam\.log"):
        toy.cloud.deploy(broken, stack="broken")


def test_what_was_deployed_survives_a_clean_stop(tmp_path: Path) -> None:
    with LocalCloud(tmp_path) as cloud:
        cloud.client("ssm").put_parameter(Name="/desk/anchor", Value="kept", Type="String")
        cloud.client("s3").create_bucket(Bucket="archive")
        cloud.client("s3").put_object(Bucket="archive", Key="story", Body=b"text", Metadata={"version": "3"})

    with LocalCloud(tmp_path) as again:
        assert again.client("ssm").get_parameter(Name="/desk/anchor")["Parameter"]["Value"] == "kept"
        story = again.client("s3").get_object(Bucket="archive", Key="story")
        assert (story["Body"].read(), story["Metadata"]) == (b"text", {"version": "3"})


def test_stopping_leaves_no_process(tmp_path: Path) -> None:
    with LocalCloud(tmp_path) as cloud:
        group = cloud.pid
        assert group is not None
        assert runs(group)
    assert not runs(group)


def test_a_server_does_not_outlive_an_owner_that_was_killed(tmp_path: Path) -> None:
    owner = (
        "import os, pathlib, sys\n"
        "from infra.local.cloud import LocalCloud\n"
        "cloud = LocalCloud(pathlib.Path(sys.argv[1])).__enter__()\n"
        "print(cloud.pid, flush=True)\n"
        "os._exit(9)\n"
    )
    died = subprocess.run(
        [sys.executable, "-c", owner, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, check=False, timeout=60
    )
    assert died.returncode == 9
    assert eventually(lambda: not runs(int(died.stdout)))


def test_claims_of_a_dead_execution_become_stale_and_no_others(toy: Toy) -> None:
    dynamodb = toy.cloud.client("dynamodb")
    keys = [("pk", "HASH"), ("sk", "RANGE")]
    dynamodb.create_table(
        TableName="claims",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name, _ in keys],
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
    )
    for name, holder, finished in (("dead", "arn:1", False), ("done", "arn:1", True), ("alive", "arn:2", False)):
        item = {"pk": name, "sk": name, "holder": holder, "claimed_at": "2026-03-02T12:00:00Z"}
        row = {key: {"S": value} for key, value in item.items()}
        dynamodb.put_item(TableName="claims", Item={**row, "finished": {"BOOL": finished}})

    give_up_claims(dynamodb, "claims", "arn:1")

    claimed = {row["pk"]["S"]: row["claimed_at"]["S"] for row in dynamodb.scan(TableName="claims")["Items"]}
    assert claimed.pop("dead").startswith("1970")
    assert set(claimed.values()) == {"2026-03-02T12:00:00Z"}


def test_an_execution_that_a_stop_cut_off_is_known_as_such(tmp_path: Path) -> None:
    wait = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}}
    with LocalCloud(tmp_path) as cloud:
        states = cloud.client("stepfunctions")
        machine = states.create_state_machine(
            name="edition", roleArn="arn:aws:iam::000000000000:role/desk", definition=json.dumps(wait)
        )["stateMachineArn"]
        execution = start(states, machine, {})
        assert running(states, machine) == execution
        assert cut_off(states, machine) == []

    with LocalCloud(tmp_path) as cloud:
        states = cloud.client("stepfunctions")
        assert running(states, machine) is None
        assert cut_off(states, machine) == [execution]


def test_a_taken_port_is_replaced_by_a_free_one(tmp_path: Path) -> None:
    with LocalCloud(tmp_path) as cloud:
        chosen = free_port(cloud.port)
    assert chosen != cloud.port
    assert free_port(chosen) == chosen


def test_a_server_that_cannot_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalCloud(tmp_path / "first") as first:
        second = LocalCloud(tmp_path / "second", port=first.port)
        with pytest.raises(LocalCloudError, match=f"port {first.port} is taken"):
            second.__enter__()

    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(LocalCloudError, match=r"ended at once:(?s:.*)log: .*cloud\.log"):
        LocalCloud(tmp_path / "third").__enter__()


def test_the_content_hash_sees_sources_and_parameters_and_no_bytecode(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    template.write_text("Resources: {}", "utf-8")
    source = tmp_path / "functions" / "review" / "review_story.py"
    source.parent.mkdir(parents=True)
    source.write_text("one", "utf-8")
    before = content_hash(template, {"Stage": "local"})

    (source.parent / "__pycache__").mkdir()
    (source.parent / "__pycache__" / "review_story.cpython-311.pyc").write_bytes(b"bytecode")
    (tmp_path / "infra" / "local").mkdir(parents=True)
    (tmp_path / "infra" / "local" / "run.py").write_text("not deployed", "utf-8")
    assert content_hash(template, {"Stage": "local"}) == before

    assert content_hash(template, {"Stage": "staging"}) != before
    source.write_text("two", "utf-8")
    assert content_hash(template, {"Stage": "local"}) != before
