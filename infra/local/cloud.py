"""The local cloud: one MiniStack process on loopback, its state under a folder, and the ways to talk to it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from infra.local import deployment
from infra.local.inherited import inherited

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK = "127.0.0.1"
REGION = "us-east-1"
# MiniStack takes any key; this pair is its root user, whom AUTH never refuses.
CREDENTIALS = ("test", "test")
START_SECONDS = 60.0
# Saving the state of a busy cloud takes about two seconds; the rest is for a slow disk.
STOP_SECONDS = 20.0
POLL_SECONDS = 0.05


class LocalCloudError(Exception):
    """The local cloud did not start or did not do what was asked; the message says where its log is."""


@dataclass(frozen=True)
class Reply:
    """One HTTP answer of the local cloud."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


class LocalCloud:
    """MiniStack with its repairs while the context lasts; what it holds survives in `home` until the next time.

    `home` gets `state/`, `s3/`, `tmp/`, `build/` and `logs/`. `port=0` takes a free one. `smtp` ("host:port") is where
    SES delivers. With `auth` every call is checked against IAM policies. `wait_scale` multiplies the seconds of a state
    machine's waits and retries. `repaired=False` is MiniStack as it is, for the repairs' own tests.
    """

    def __init__(
        self,
        home: Path,
        *,
        port: int = 0,
        smtp: str | None = None,
        auth: bool = False,
        wait_scale: float | None = None,
        repaired: bool = True,
    ):
        self.home = home.resolve()
        self.port = port or free_port()
        self._smtp = smtp
        self._auth = auth
        self._wait_scale = wait_scale
        self._repaired = repaired
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: dict[str, Any] = {}

    @property
    def endpoint(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "logs" / "cloud.log"

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process else None

    def environment(self) -> dict[str, str]:
        """The variables with which any AWS tool talks to this cloud and to no other."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": CREDENTIALS[0],
            "AWS_SECRET_ACCESS_KEY": CREDENTIALS[1],
            "AWS_DEFAULT_REGION": REGION,
            "AWS_REGION": REGION,
            # The owner's own profiles must not take part.
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def __enter__(self) -> Self:
        if free_port(self.port) != self.port:
            raise LocalCloudError(f"the local cloud cannot start: port {self.port} is taken")
        for folder in ("state", "s3", "tmp", "logs"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        # Unpacked packages of earlier servers: MiniStack unpacks anew and never comes back for these.
        shutil.rmtree(self.home / "tmp")
        (self.home / "tmp").mkdir()
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local.cloud_server", *([] if self._repaired else ["--plain"])],
                cwd=ROOT,
                env=self._server_environment(),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                # Ctrl-C in the terminal is for the owner, who stops the server in its own time.
                start_new_session=True,
            )
        try:
            self._wait_for_health()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """End the server so that it saves its state; after `STOP_SECONDS` without mercy. Leaves no child behind."""
        process, self._process = self._process, None
        for client in self._clients.values():
            client.close()
        self._clients.clear()
        if process is None:
            return
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdin:
            process.stdin.close()
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def client(self, service: str) -> Any:
        """A boto3 client of one service of this cloud, made once."""
        if service not in self._clients:
            from boto3.session import Session
            from botocore.config import Config

            session: Any = Session(*CREDENTIALS, region_name=REGION)
            config = Config(retries={"total_max_attempts": 2}, s3={"addressing_style": "path"}, read_timeout=120)
            self._clients[service] = session.client(service, endpoint_url=self.endpoint, config=config)
        return self._clients[service]

    def deploy(
        self,
        template: Path = ROOT / "template.yaml",
        parameters: Mapping[str, str] | None = None,
        stack: str = "newsroom",
    ) -> deployment.Deployment:
        """Build and deploy a SAM template unless exactly this is deployed already.

        Raises LocalCloudError with the last lines of the log when sam fails.
        """
        try:
            return deployment.deploy(self, template, dict(parameters or {}), stack)
        except deployment.SamFailedError as failed:
            raise LocalCloudError(str(failed)) from failed

    def outputs(self, stack: str = "newsroom") -> dict[str, str]:
        """The outputs of a deployed stack; none when there is no such stack."""
        cloudformation = self.client("cloudformation")
        try:
            described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
        except cloudformation.exceptions.ClientError:
            return {}
        return {output["OutputKey"]: output["OutputValue"] for output in described.get("Outputs", [])}

    def site_url(self, domain: str) -> str:
        """The address at which this cloud serves the distribution of a CloudFront domain; ends with a slash."""
        return f"http://{domain.split('.')[0]}.cloudfront.localhost:{self.port}/"

    def fetch(
        self,
        url: str,
        *,
        method: str = "GET",
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Reply:
        """One request to an address of this cloud, redirects not followed.

        Names under `localhost` do not resolve through every C library, so the connection goes to loopback and the
        name travels as the Host header.
        """
        parts = urlsplit(url)
        sent = {"Host": parts.netloc, **(headers or {})}
        if form is not None:
            method = "POST"
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection = HTTPConnection(LOOPBACK, parts.port or self.port, timeout=60)
        try:
            connection.request(method, target, urlencode(form) if form is not None else None, sent)
            answer = connection.getresponse()
            return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def _server_environment(self) -> dict[str, str]:
        environment = {
            **inherited(),
            "TMPDIR": str(self.home / "tmp"),
            "GATEWAY_PORT": str(self.port),
            "BIND_HOST": LOOPBACK,
            # Its MQTT listener has a fixed port, so a second cloud would fail on it.
            "IOT_MTLS_ENABLED": "0",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self.home / "state"),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(self.home / "s3"),
            "AUTH": "true" if self._auth else "false",
        }
        if self._smtp:
            environment["SMTP_HOST"] = self._smtp
        if self._wait_scale is not None:
            environment["SFN_WAIT_SCALE"] = str(self._wait_scale)
        return environment

    def _wait_for_health(self) -> None:
        assert self._process is not None
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise LocalCloudError(f"the local cloud ended at once:\n{last_lines(self.log)}\n(log: {self.log})")
            with suppress(OSError):
                if self.fetch(f"{self.endpoint}/_ministack/health").status == 200:
                    return
            time.sleep(POLL_SECONDS)
        raise LocalCloudError(f"the local cloud did not answer within {START_SECONDS:.0f} s (log: {self.log})")


def free_port(preferred: int = 0) -> int:
    """The preferred port if nothing listens there, else a free one."""
    for port in (preferred, 0):
        with socket.socket() as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with suppress(OSError):
                listener.bind((LOOPBACK, port))
                return int(listener.getsockname()[1])
    raise LocalCloudError("no port is free on loopback")


def last_lines(log: Path, count: int = 30) -> str:
    """The end of a log file, for a message about what failed."""
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-count:])
