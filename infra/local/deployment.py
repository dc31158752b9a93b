"""`sam build` and `sam deploy` of a template to the local cloud, skipped when exactly that is deployed already."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local.inherited import inherited

if TYPE_CHECKING:
    from infra.local.cloud import LocalCloud

# What decides a deployment lies beside the template in these folders; the local cloud itself is no part of it.
SOURCES = ("functions", "layers", "infra")
LEFT_OUT = ("infra/local",)
SHOWN_LINES = 40


class SamFailedError(Exception):
    """sam ended with an error; the message ends with the last lines of its log and where it is."""


@dataclass(frozen=True)
class Deployment:
    """What `deploy` did: the stack's outputs, whether sam had to run, and the seconds of its two halves."""

    outputs: dict[str, str]
    skipped: bool
    build_seconds: float = 0.0
    deploy_seconds: float = 0.0


def deploy(cloud: "LocalCloud", template: Path, parameters: dict[str, str], stack: str) -> Deployment:
    """Bring the stack to this template, these sources and these parameters.

    Raises SamFailedError.
    """
    template = template.resolve()
    fingerprint = content_hash(template, parameters)
    # The note of what is deployed lies in the cloud itself: it is saved, and lost, together with the stack.
    note = f"/local-cloud/{stack}/deployed"
    status = _status(cloud, stack)
    if status in ("CREATE_COMPLETE", "UPDATE_COMPLETE") and _noted(cloud, note) == fingerprint:
        return Deployment(cloud.outputs(stack), skipped=True)
    if status in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED"):
        # CloudFormation can only delete what failed to be created.
        cloud.client("cloudformation").delete_stack(StackName=stack)

    built = cloud.home / "build" / stack
    began = time.monotonic()
    _build(cloud, template, built)
    between = time.monotonic()
    _sam(
        cloud,
        *("deploy", "--template-file", str(built / "template.yaml"), "--stack-name", stack),
        *("--resolve-s3", "--no-confirm-changeset", "--no-fail-on-empty-changeset"),
        *("--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"),
        *(["--parameter-overrides", *_overrides(parameters)] if parameters else []),
    )
    ended = time.monotonic()
    cloud.client("ssm").put_parameter(Name=note, Value=fingerprint, Type="String", Overwrite=True)
    return Deployment(cloud.outputs(stack), False, between - began, ended - between)


def _build(cloud: "LocalCloud", template: Path, built: Path) -> None:
    """`sam build`, unless what lies in the folder was built from these very sources: parameters take no part in it."""
    sources = content_hash(template, {})
    marker = built.with_suffix(".built-from")
    if marker.exists() and marker.read_text("utf-8") == sources:
        return
    marker.unlink(missing_ok=True)
    _sam(
        cloud, "build", "--template-file", str(template), "--build-dir", str(built), "--base-dir", str(template.parent)
    )
    marker.write_text(sources, "utf-8")


def content_hash(template: Path, parameters: Mapping[str, str]) -> str:
    """A digest of everything that decides a deployment: the template, its sources, the parameters, the Python."""
    digest = hashlib.sha256(sys.version.encode())
    for name in sorted(parameters):
        digest.update(f"{name}={parameters[name]}\0".encode())
    for path in (template, *_sources(template.parent)):
        digest.update(f"{path.relative_to(template.parent)}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for source in SOURCES:
        for folder, inside, files in os.walk(root / source):
            here = Path(folder)
            inside[:] = sorted(
                name
                for name in inside
                if name != "__pycache__" and (here / name).relative_to(root).as_posix() not in LEFT_OUT
            )
            yield from (here / name for name in sorted(files) if not name.endswith(".pyc"))


def _overrides(parameters: Mapping[str, str]) -> list[str]:
    # Quoted, because sam reads an unquoted empty value as no value, and would keep the one deployed before.
    return [f'{name}="{value}"' for name, value in parameters.items()]


def _status(cloud: "LocalCloud", stack: str) -> str | None:
    cloudformation = cloud.client("cloudformation")
    try:
        return str(cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"])
    except cloudformation.exceptions.ClientError:
        return None


def _noted(cloud: "LocalCloud", note: str) -> str | None:
    ssm = cloud.client("ssm")
    try:
        return str(ssm.get_parameter(Name=note)["Parameter"]["Value"])
    except ssm.exceptions.ParameterNotFound:
        return None


def _sam(cloud: "LocalCloud", *arguments: str) -> None:
    log = cloud.home / "logs" / "sam.log"
    environment = {
        **inherited(),
        **cloud.environment(),
        "LOCAL_CLOUD": "1",
        "SAM_CLI_TELEMETRY": "0",
        # sam asks every 5 s whether the stack is done, and here it is done at once.
        "SAM_CLI_POLL_DELAY": "0.3",
    }
    with log.open("ab") as written:
        begin = written.tell()
        written.write(f"\n$ sam {' '.join(arguments)}\n".encode())
        written.flush()
        process = subprocess.Popen(
            [str(Path(sys.executable).with_name("sam")), *arguments],
            cwd=cloud.home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            # Its own group, so that what it started ends with it when the owner is told to stop.
            start_new_session=True,
        )
        try:
            process.wait()
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    if process.returncode:
        said = log.read_bytes()[begin:].decode("utf-8", "replace").splitlines()
        raise SamFailedError(f"sam {arguments[0]} failed:\n" + "\n".join(said[-SHOWN_LINES:]) + f"\n(log: {log})")
