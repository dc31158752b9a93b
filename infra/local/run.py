"""`make run`: the whole newsroom on this machine, from an empty folder to published stories and delivered mail.

Everything it does to the newsroom goes through the doors an operator or a reader has: sam, the AWS API, the site.
"""

import argparse
import fcntl
import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.local import executions
from infra.local.cloud import ROOT, LocalCloud, LocalCloudError, free_port
from infra.local.display import Display, Step
from infra.local.executions import ExecutionFailedError, Tally
from infra.local.mailbox import Mailbox
from infra.local.mailbox_web import MailboxPage
from infra.local.news_day import WIRES, news_day
from infra.local.sample_readers import ADDRESSES, SubscriptionFailedError, subscribe_sample_readers
from infra.local.wire.recorded import RecordedPagesMissing
from infra.local.wire.server import Wire

PORT = 4700
MAILBOX_OFFSET, SMTP_OFFSET, WIRE_OFFSET = 10, 25, 30
CATALOGUE_KEY = "catalogue/publishers.toml"
MAIL_DOMAIN = "newsroom.example"
# On two processors: each worker of a function holds about 100 MB and starts for about a second.
CONCURRENCY = 4
EDITION_SECONDS = 900.0
BRIEFING_SECONDS = 300.0
WATCH_SECONDS = 2.0


class AlreadyRunningError(Exception):
    """Another process holds this folder's local cloud."""


FAILURES = (
    AlreadyRunningError,
    ExecutionFailedError,
    LocalCloudError,
    OSError,
    RecordedPagesMissing,
    SubscriptionFailedError,
)


@dataclass(frozen=True)
class Options:
    """What was asked for, by flag or by environment variable."""

    once: bool
    wire: str
    port: int
    auth: bool
    home: Path
    pages: Path


def main(arguments: Sequence[str] | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """0 when all was done (or, serving, when told to stop), 1 when something failed, 130 when interrupted before."""
    options = _options(arguments, environment)
    # `kill` ends a run the way Ctrl-C does: everything is stopped in order and the state is saved.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    display = Display(options.home / "logs" / "run.log")
    served = False
    try:
        with _alone(options.home), ExitStack() as stack:
            newsroom = Newsroom(options, display, stack)
            newsroom.first_news()
            if options.once:
                return 0
            served = True
            newsroom.serve()
    except KeyboardInterrupt:
        display.line("stopped" if served else "interrupted")
        return 0 if served else 130
    except FAILURES as failed:
        display.line(f"\nmake run failed: {failed}\nlogs: {options.home / 'logs'}")
        return 1
    return 0


class Newsroom:
    """The running pieces: cloud, wire, mailbox. What it opens, `stack` closes."""

    def __init__(self, options: Options, display: Display, stack: ExitStack):
        self._options = options
        self._display = display
        self._began = time.monotonic()
        home = options.home
        with display.step("local cloud") as step:
            mailbox_port, smtp_port, wire_port = (
                free_port(options.port + offset) for offset in (MAILBOX_OFFSET, SMTP_OFFSET, WIRE_OFFSET)
            )
            self.mailbox = stack.enter_context(Mailbox(home / "mail", port=smtp_port, now=_now))
            self.page = stack.enter_context(MailboxPage(self.mailbox, port=mailbox_port))
            self.cloud = stack.enter_context(
                LocalCloud(home, port=free_port(options.port), smtp=self.mailbox.smtp_address, auth=options.auth)
            )
            moved = "" if self.cloud.port == options.port else f", port {options.port} being taken"
            step.say(self.cloud.endpoint + moved + (", permissions enforced" if options.auth else ""))
        with display.step("wire") as step:
            day = news_day(options.wire, home, options.pages, _now, wire_port)
            self.wire: Wire | None = stack.enter_context(day.opened())
            stale = ", old news by now: `make clean` starts a new day" if day.old else ""
            if self.wire:
                step.say(f"{options.wire}, {len(self.wire.outlets)} publishers at {self.wire.address}{stale}")
            else:
                step.say("the real internet, by the catalogue of the package")
        self.outputs = self._deploy()
        self.site = self.cloud.site_url(self.outputs["SiteDomain"])

    def first_news(self) -> None:
        """One edition, the sample readers, one briefing; then the addresses and `run.json`."""
        if self.wire:
            with self._display.step("catalogue") as step:
                body = self.wire.catalogue_toml().encode()
                bucket = self.outputs["ArchiveBucketName"]
                self.cloud.client("s3").put_object(Bucket=bucket, Key=CATALOGUE_KEY, Body=body)
                step.say(f"{len(self.wire.outlets)} publishers")
        edition = self._execute("edition", self.outputs["EditionStateMachineArn"], EDITION_SECONDS)
        with self._display.step("readers") as step:
            new = subscribe_sample_readers(self.cloud, self.mailbox, self.site, step.say)
            step.say(f"{len(ADDRESSES)} confirmed subscribers, {new} of them new")
        briefing = self._execute("briefing", self.outputs["BriefingStateMachineArn"], BRIEFING_SECONDS)
        self._write_report(edition, briefing)
        self._say_addresses()

    def serve(self) -> None:
        """Say what the schedules do until interrupted."""
        self._display.line("Serving; an edition every 15 minutes, Ctrl-C stops.")
        states = self.cloud.client("stepfunctions")
        machines = {"edition": "EditionStateMachineArn", "briefing": "BriefingStateMachineArn"}
        told = {arn for output in machines.values() for arn in _ended(states, self.outputs[output])}
        while True:
            time.sleep(WATCH_SECONDS)
            for name, output in machines.items():
                for arn in _ended(states, self.outputs[output]) - told:
                    told.add(arn)
                    self._display.line(
                        f"{_now():%H:%M} UTC  {name}: {_result(states.describe_execution(executionArn=arn))}"
                    )

    def _deploy(self) -> dict[str, str]:
        parameters = {
            "Stage": "local",
            "Concurrency": str(CONCURRENCY),
            "MailDomain": MAIL_DOMAIN,
            "LocalWire": self.wire.address if self.wire else "",
            "CatalogueKey": CATALOGUE_KEY if self.wire else "",
        }
        with self._display.step("deploy") as step:
            known = self.cloud.outputs().get("SiteDomain")
            step.say("sam build, sam deploy")
            done = self.cloud.deploy(parameters=parameters | self._site_address(known))
            if known != done.outputs["SiteDomain"]:
                # The distribution's domain is only known once it exists.
                step.say("sam deploy, with the site's address")
                again = self.cloud.deploy(parameters=parameters | self._site_address(done.outputs["SiteDomain"]))
                step.say(f"build {done.build_seconds:.1f} s, deploy {done.deploy_seconds + again.deploy_seconds:.1f} s")
            elif done.skipped:
                step.say("unchanged")
            else:
                step.say(f"build {done.build_seconds:.1f} s, deploy {done.deploy_seconds:.1f} s")
            return done.outputs

    def _site_address(self, domain: str | None) -> dict[str, str]:
        return {"SiteAddress": self.cloud.site_url(domain).rstrip("/")} if domain else {}

    def _execute(self, name: str, machine: str, seconds: float) -> dict[str, Any]:
        """Start one, or join the one that a schedule has just started, and show it."""
        states = self.cloud.client("stepfunctions")
        with self._display.step(name) as step:
            execution = executions.running(states, machine) or executions.start(states, machine)
            output = executions.follow(states, execution, lambda seen: _show(step, seen), seconds=seconds)
            step.say(_sentence(output))
            return output

    def _write_report(self, edition: Mapping[str, Any], briefing: Mapping[str, Any]) -> None:
        report = {
            "site": self.site,
            "mailbox": self.page.url,
            "seconds": round(time.monotonic() - self._began, 1),
            "publishers": edition.get("publishers", 0),
            "articles": edition.get("articles_total", edition.get("articles", 0)),
            "stories_published": edition.get("stories_published", 0),
            "stories_held": edition.get("stories_held", 0),
            "messages_sent": briefing.get("sent", 0),
        }
        written = self._options.home / "run.json"
        beside = written.with_suffix(".new")
        beside.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
        beside.replace(written)

    def _say_addresses(self) -> None:
        settings = " ".join(
            f"{name}={value}" for name, value in self.cloud.environment().items() if name != "AWS_REGION"
        )
        self._display.line(
            f"\n  Site      {self.site}\n  Mailbox   {self.page.url}\n  Cloud     {self.cloud.endpoint}"
            f"\n  Logs      {self._options.home / 'logs'}\n  Seconds   {time.monotonic() - self._began:.1f}\n"
        )
        if self._options.once:
            return
        self._display.line(
            f"  By hand   export {settings}"
            "\n            aws stepfunctions start-execution --state-machine-arn "
            f"{self.outputs['EditionStateMachineArn']}\n            aws logs tail /newsroom/edition --follow\n"
        )


def _show(step: Step, seen: Tally) -> None:
    detail = seen.sentence or seen.state
    if seen.share and seen.share[1]:
        step.bar(*seen.share, detail)
    else:
        step.say(detail)


def _sentence(output: Mapping[str, Any]) -> str:
    """An execution's output in words."""
    if output.get("claimed") is False:
        return "not claimed: another one has this slot"
    return ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in output.items() if isinstance(value, int))


def _result(described: Mapping[str, Any]) -> str:
    if described["status"] != "SUCCEEDED":
        return f"{described['status'].lower()} ({described.get('error', 'no reason given')})"
    return _sentence(json.loads(described["output"]))


def _ended(states: Any, machine: str) -> set[str]:
    listed = states.list_executions(stateMachineArn=machine, maxResults=20)["executions"]
    return {one["executionArn"] for one in listed if one["status"] != "RUNNING"}


def _now() -> datetime:
    return datetime.now(UTC)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the folder: two clouds on one state would each save over the other's."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            lock.seek(0)
            owner = lock.read().strip()
            raise AlreadyRunningError(f"process {owner} runs the local cloud of {home} already") from held
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _options(arguments: Sequence[str] | None, environment: Mapping[str, str]) -> Options:
    parser = argparse.ArgumentParser(
        prog="python -m infra.local.run",
        description="The newsroom on this machine: a local AWS, a wire to read, a mailbox to be read.",
        epilog="Each flag may also be given as a variable: ONCE=1 WIRE=recorded PORT=4800 AUTH=1 make run",
    )
    told = environment.get
    parser.add_argument(
        "--once", action="store_true", default=_yes(told("ONCE")), help="one edition, one briefing, then stop all"
    )
    parser.add_argument(
        "--wire", choices=WIRES, default=told("WIRE") or "sample", help="what the newsroom reads (sample)"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=told("PORT") or PORT,
        help=f"the cloud's port ({PORT}); the others are counted from it",
    )
    parser.add_argument(
        "--auth", action="store_true", default=_yes(told("AUTH")), help="enforce the functions' permissions"
    )
    parser.add_argument("--home", type=Path, default=ROOT / ".local", help="where everything is kept (.local)")
    parser.add_argument(
        "--pages", type=Path, default=ROOT.parent / "shared" / "data" / "pages", help="the pages of the recorded wire"
    )
    given = parser.parse_args(arguments)
    if given.wire not in WIRES:
        parser.error(f"WIRE must be one of {', '.join(WIRES)}, not {given.wire!r}")
    return Options(given.once, given.wire, given.port, given.auth, given.home.resolve(), given.pages)


def _yes(value: str | None) -> bool:
    return (value or "").lower() in ("1", "true", "yes", "on")


if __name__ == "__main__":
    sys.exit(main())
