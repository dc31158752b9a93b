"""Each repair of MiniStack does what AWS does, and is still needed: plain MiniStack still differs.

When a `plain MiniStack still …` test fails, MiniStack has learnt it, and the repair it names can go.
"""

import io
import json
import os
import time
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from infra.local import repairs
from infra.local.cloud import LocalCloud
from infra.local.mailbox import Mailbox

pytestmark = [pytest.mark.enable_socket, pytest.mark.cloud]

CODE = """
import os, time, word

class StaleStoryError(Exception):
    pass

def handler(event, context):
    if event.get("fail"):
        raise StaleStoryError("too old")
    time.sleep(event.get("pause", 0))
    left = context.get_remaining_time_in_millis()
    return {"word": word.WORD, "pid": os.getpid(), "names": sorted(os.environ), "left": left}
"""
ROLE = "arn:aws:iam::000000000000:role/desk"


class Side:
    """One running MiniStack, plain or repaired, with a function and a mailbox."""

    def __init__(self, cloud: LocalCloud, mailbox: Mailbox):
        self.cloud = cloud
        self.mailbox = mailbox
        functions = cloud.client("lambda")
        layer = functions.publish_layer_version(
            LayerName="words", Content={"ZipFile": zipped({"python/word.py": "WORD = 'of the layer'"})}
        )
        functions.create_function(
            FunctionName="desk",
            Runtime="python3.13",
            Role=ROLE,
            Handler="story.handler",
            Timeout=20,
            Code={"ZipFile": zipped({"story.py": CODE, "word.py": "WORD = 'of the code'"})},
            Layers=[layer["LayerVersionArn"]],
            Environment={"Variables": {"STAGE": "local"}},
        )
        cloud.client("sesv2").create_email_identity(EmailIdentity="newsroom.example")

    def invoke(self, **event: Any) -> Any:
        answer = self.cloud.client("lambda").invoke(FunctionName="desk", Payload=json.dumps(event))
        return json.loads(answer["Payload"].read())

    def send(self, content: dict[str, Any], to: str = "reader@inbox.example", **more: Any) -> str:
        return str(
            self.cloud.client("sesv2").send_email(
                FromEmailAddress="The Desk <desk@newsroom.example>",
                Destination={"ToAddresses": [to]},
                Content=content,
                **more,
            )["MessageId"]
        )

    def arrived(self, count: int) -> bytes:
        """The newest message once there are `count`."""
        deadline = time.monotonic() + 20
        while len(self.mailbox.letters()) < count and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(self.mailbox.letters()) == count
        return self.mailbox.raw(count)


def zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return packed.getvalue()


def a_side(home: Path, *, repaired: bool) -> Iterator[Side]:
    with Mailbox(home / "mail") as mailbox, LocalCloud(home, smtp=mailbox.smtp_address, repaired=repaired) as cloud:
        yield Side(cloud, mailbox)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    yield from a_side(tmp_path_factory.mktemp("plain"), repaired=False)


@pytest.fixture(scope="module")
def repaired(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Side]:
    yield from a_side(tmp_path_factory.mktemp("repaired"), repaired=True)


@cache
def briefing() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "desk@newsroom.example", "reader@inbox.example", "Rates – held"
    message["List-Unsubscribe"] = "<https://newsroom.example/api/unsubscribe?token=t>"
    message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message["Message-ID"] = "<issue-2026-03-02@newsroom.example>"
    message.set_content("Plain – words\n")
    message.add_alternative("<p>Rich words</p>\n", subtype="html")
    return message.as_bytes().replace(b"\n", b"\r\n")


def test_another_version_of_ministack_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repairs, "version", lambda _package: "1.6.0")
    with pytest.raises(repairs.OtherMiniStackError, match=r"for ministack 1\.5\.33, installed is 1\.6\.0"):
        repairs.apply()


def test_an_error_carries_its_class_name_and_the_process_lives_on(repaired: Side) -> None:
    before = repaired.invoke()
    failed = repaired.invoke(fail=True)
    after = repaired.invoke()

    assert (failed["errorType"], failed["errorMessage"]) == ("StaleStoryError", "too old")
    assert after["pid"] == before["pid"]


def test_code_comes_before_layers_and_the_servers_environment_stays_with_the_server(repaired: Side) -> None:
    answer = repaired.invoke()

    assert answer["word"] == "of the code"
    assert 0 < answer["left"] <= 20_000
    assert "STAGE" in answer["names"]
    assert not {"GATEWAY_PORT", "STATE_DIR", "SMTP_HOST"} & set(answer["names"])


def test_a_warm_silent_invocation_is_quick(repaired: Side) -> None:
    repaired.invoke()
    began = time.monotonic()
    for _ in range(10):
        repaired.invoke()
    # About 30 ms each here; it was 100 ms before the runtime's two writes were joined. Room for a busy machine.
    assert (time.monotonic() - began) / 10 < 0.09


def test_a_stopped_cloud_leaves_no_worker(tmp_path: Path) -> None:
    with Mailbox(tmp_path / "mail") as mailbox, LocalCloud(tmp_path) as cloud:
        worker, group = Side(cloud, mailbox).invoke()["pid"], cloud.pid
        assert group is not None
        assert os.getpgid(worker) == group
    with pytest.raises(ProcessLookupError):
        os.killpg(group, 0)


def test_plain_ministack_still_needs_the_python_runtime_repair(plain: Side) -> None:
    failed = plain.invoke(fail=True)
    answer = plain.invoke()

    assert failed["errorType"] == "Runtime.HandlerError"
    assert answer["word"] == "of the layer"
    assert "STATE_DIR" in answer["names"]


def test_a_raw_message_arrives_byte_for_byte(repaired: Side) -> None:
    count = len(repaired.mailbox.letters())
    repaired.send({"Raw": {"Data": briefing()}})

    assert repaired.arrived(count + 1) == briefing()
    assert repaired.mailbox.letters()[-1].sender == "desk@newsroom.example"


def test_the_headers_of_a_simple_message_arrive(repaired: Side) -> None:
    count = len(repaired.mailbox.letters())
    simple = {
        "Subject": {"Data": "Confirm"},
        "Body": {"Text": {"Data": "Press"}},
        "Headers": [{"Name": "X-Desk", "Value": "markets"}],
    }
    repaired.send({"Simple": simple}, ReplyToAddresses=["letters@newsroom.example"])

    repaired.arrived(count + 1)
    message = repaired.mailbox.message(count + 1)
    assert (message["X-Desk"], message["Reply-To"]) == ("markets", "letters@newsroom.example")
    assert message["Subject"] == "Confirm"


def test_an_unknown_configuration_set_is_refused(repaired: Side) -> None:
    with pytest.raises(repaired.cloud.client("sesv2").exceptions.NotFoundException, match="no-such-set"):
        repaired.send({"Raw": {"Data": briefing()}}, ConfigurationSetName="no-such-set")


@pytest.mark.parametrize(
    ("recipient", "detail_types"),
    [
        ("reader@inbox.example", ["Email Delivered", "Email Sent"]),
        ("bounce@simulator.amazonses.com", ["Email Bounced", "Email Sent"]),
        ("complaint@simulator.amazonses.com", ["Email Complaint Received", "Email Delivered", "Email Sent"]),
    ],
)
def test_sending_events_reach_the_event_bus(repaired: Side, recipient: str, detail_types: list[str]) -> None:
    queue = listening_queue(repaired)
    message_id = repaired.send(
        {"Raw": {"Data": briefing()}},
        recipient,
        ConfigurationSetName="briefing",
        EmailTags=[{"Name": "issue", "Value": "2026-03-02"}],
    )

    events = [json.loads(body) for body in received(repaired, queue, len(detail_types))]
    assert sorted(event["detail-type"] for event in events) == detail_types
    for event in events:
        assert event["source"] == "aws.ses"
        assert event["detail"]["mail"]["messageId"] == message_id
        assert event["detail"]["mail"]["destination"] == [recipient]
        assert event["detail"]["mail"]["tags"]["issue"] == ["2026-03-02"]


def test_plain_ministack_still_needs_the_sent_mail_repair(plain: Side) -> None:
    queue = listening_queue(plain)
    plain.send({"Raw": {"Data": briefing()}}, "bounce@simulator.amazonses.com", ConfigurationSetName="briefing")
    plain.send({"Raw": {"Data": briefing()}}, ConfigurationSetName="no-such-set")

    assert b"List-Unsubscribe" not in plain.arrived(2)
    assert received(plain, queue, 1, seconds=1) == []


def finished(side: Side, machine: str, given: dict[str, Any]) -> dict[str, Any]:
    """An execution once it is over."""
    states = side.cloud.client("stepfunctions")
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps(given))["executionArn"]
    deadline = time.monotonic() + 20
    while (described := states.describe_execution(executionArn=execution))["status"] == "RUNNING":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return dict(described)


def workers_of_a_map(side: Side) -> int:
    """How many processes served a map of six items whose input asks for two at once."""
    invoke = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Parameters": {"FunctionName": "desk", "Payload": {"pause": 0.3}},
        "ResultSelector": {"pid.$": "$.Payload.pid"},
        "End": True,
    }
    each = {"ProcessorConfig": {"Mode": "INLINE"}, "StartAt": "Collect", "States": {"Collect": invoke}}
    mapped = {
        "Type": "Map",
        "ItemsPath": "$.publishers",
        "MaxConcurrencyPath": "$.concurrency",
        "ItemProcessor": each,
        "End": True,
    }
    machine = side.cloud.client("stepfunctions").create_state_machine(
        name="mapped", roleArn=ROLE, definition=json.dumps({"StartAt": "Each", "States": {"Each": mapped}})
    )["stateMachineArn"]
    ended = finished(side, machine, {"publishers": [1, 2, 3, 4, 5, 6], "concurrency": 2})
    assert ended["status"] == "SUCCEEDED"
    return len({item["pid"] for item in json.loads(ended["output"])})


def test_a_map_runs_as_many_items_at_once_as_its_input_says(repaired: Side) -> None:
    assert workers_of_a_map(repaired) <= 2


def test_plain_ministack_still_needs_the_map_concurrency_repair(plain: Side) -> None:
    assert workers_of_a_map(plain) > 2


def stack_output(side: Side, resources: dict[str, Any], value: dict[str, Any]) -> str:
    """Create a stack of these resources and return one value of it."""
    formation = side.cloud.client("cloudformation")
    name = f"stack-{'-'.join(resources)}"
    template = {"Resources": resources, "Outputs": {"Value": {"Value": value}}}
    formation.create_stack(StackName=name, TemplateBody=json.dumps(template))
    deadline = time.monotonic() + 20
    while (stack := formation.describe_stacks(StackName=name)["Stacks"][0])["StackStatus"] != "CREATE_COMPLETE":
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return str(stack["Outputs"][0]["OutputValue"])


def missing_page(side: Side) -> int:
    """The status of a page that is not in the bucket of a distribution that may list it."""
    reads = {"Effect": "Allow", "Principal": {"Service": "cloudfront.amazonaws.com"}}
    site = {"Fn::GetAtt": ["Site", "Arn"]}
    statements = [
        {**reads, "Action": "s3:GetObject", "Resource": {"Fn::Join": ["", [site, "/*"]]}},
        {**reads, "Action": "s3:ListBucket", "Resource": site},
    ]
    access = {"Name": "site", "OriginAccessControlOriginType": "s3"}
    signing = {"SigningBehavior": "always", "SigningProtocol": "sigv4"}
    origin = {
        "Id": "site",
        "DomainName": {"Fn::GetAtt": ["Site", "RegionalDomainName"]},
        "OriginAccessControlId": {"Ref": "Access"},
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    }
    behaviour = {
        "TargetOriginId": "site",
        "ViewerProtocolPolicy": "allow-all",
        "CachePolicyId": "658327ea-f89d-4fab-a63d-7e88639e58f6",
    }
    resources = {
        "Site": {"Type": "AWS::S3::Bucket"},
        "Policy": {
            "Type": "AWS::S3::BucketPolicy",
            "Properties": {"Bucket": {"Ref": "Site"}, "PolicyDocument": {"Statement": statements}},
        },
        "Access": {
            "Type": "AWS::CloudFront::OriginAccessControl",
            "Properties": {"OriginAccessControlConfig": {**access, **signing}},
        },
        "Pages": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {
                "DistributionConfig": {"Enabled": True, "Origins": [origin], "DefaultCacheBehavior": behaviour}
            },
        },
    }
    domain = stack_output(side, resources, {"Fn::GetAtt": ["Pages", "DomainName"]})
    return side.cloud.fetch(side.cloud.site_url(domain) + "no-such-page.html").status


def test_a_missing_page_is_told_from_a_forbidden_one(repaired: Side) -> None:
    assert missing_page(repaired) == 404


def test_plain_ministack_still_needs_the_missing_page_repair(plain: Side) -> None:
    assert missing_page(plain) == 403


def started_machine(side: Side) -> str:
    """The final status of an execution of a machine whose definition CloudFormation read from a YAML file."""
    s3 = side.cloud.client("s3")
    s3.create_bucket(Bucket="definitions")
    definition = "StartAt: Held\nStates:\n  Held: {Type: Pass, Result: '${Word}', End: true}\n"
    s3.put_object(Bucket="definitions", Key="edition.asl.yaml", Body=definition.encode())
    machine = {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {
            "RoleArn": ROLE,
            "DefinitionS3Location": {"Bucket": "definitions", "Key": "edition.asl.yaml"},
            "DefinitionSubstitutions": {"Word": "held"},
        },
    }
    arn = stack_output(side, {"Edition": machine}, {"Ref": "Edition"})
    return str(finished(side, arn, {})["status"])


def test_a_state_machine_may_be_written_in_yaml(repaired: Side) -> None:
    assert started_machine(repaired) == "SUCCEEDED"


def test_plain_ministack_still_needs_the_yaml_definition_repair(plain: Side) -> None:
    assert started_machine(plain) == "FAILED"


def listening_queue(side: Side) -> str:
    """A queue that receives what SES publishes for the configuration set `briefing`."""
    sqs, events, ses = (side.cloud.client(service) for service in ("sqs", "events", "sesv2"))
    queue = str(sqs.create_queue(QueueName="sending-events")["QueueUrl"])
    sqs.purge_queue(QueueUrl=queue)
    if "briefing" not in ses.list_configuration_sets()["ConfigurationSets"]:
        ses.create_configuration_set(ConfigurationSetName="briefing")
        ses.create_configuration_set_event_destination(
            ConfigurationSetName="briefing",
            EventDestinationName="bus",
            EventDestination={
                "Enabled": True,
                "MatchingEventTypes": ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT"],
                "EventBridgeDestination": {"EventBusArn": "arn:aws:events:us-east-1:000000000000:event-bus/default"},
            },
        )
        events.put_rule(Name="mail", EventPattern=json.dumps({"source": ["aws.ses"]}))
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        events.put_targets(Rule="mail", Targets=[{"Id": "queue", "Arn": arn}])
    return queue


def received(side: Side, queue: str, count: int, seconds: float = 20) -> list[str]:
    """The bodies in the queue, once there are `count` or the time is over."""
    sqs = side.cloud.client("sqs")
    bodies: list[str] = []
    deadline = time.monotonic() + seconds
    while len(bodies) < count and time.monotonic() < deadline:
        answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, WaitTimeSeconds=0)
        for message in answer.get("Messages", []):
            bodies.append(message["Body"])
            sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        time.sleep(0.05)
    return bodies
