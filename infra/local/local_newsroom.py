"""The pieces of a newsroom on this machine, and its first edition and briefing.

Everything goes through the doors an operator or a reader has: sam, the AWS API, the site.
"""

import json
import re
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from infra.local import executions
from infra.local.claude.stand_in import StandIn
from infra.local.cloud import LocalCloud, free_port
from infra.local.display import Display, Step
from infra.local.executions import ExecutionFailedError, Tally
from infra.local.mailbox import Mailbox
from infra.local.mailbox_web import MailboxPage
from infra.local.news_day import news_day
from infra.local.sample_quotes import KEY as QUOTES_KEY
from infra.local.sample_quotes import sample_quotes
from infra.local.sample_readers import ADDRESSES, subscribe_sample_readers
from infra.local.wire.server import Wire

PORT = 4700
MAILBOX_OFFSET, SMTP_OFFSET, WIRE_OFFSET, MODEL_OFFSET = 10, 25, 30, 35
WRITERS = ("", "scripted")
CATALOGUE_KEY = "catalogue/publishers.toml"
MAIL_DOMAIN = "newsroom.example"
# On two processors: each worker of a function holds about 100 MB and starts for about a second.
CONCURRENCY = 4
WORKERS = 2
EDITION_SECONDS = 900.0
BRIEFING_SECONDS = 300.0
WATCH_SECONDS = 2.0
MACHINES = {"edition": "EditionStateMachineArn", "briefing": "BriefingStateMachineArn"}
STORY_PAGE = re.compile(r"story/[^/]+/index\.html")


@dataclass(frozen=True)
class Options:
    """What was asked for, by flag or by environment variable."""

    once: bool
    wire: str
    port: int
    auth: bool
    home: Path
    report: Path
    pages: Path
    claude: str = ""
    """`scripted`: the stand-in writes and judges."""


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
        self.model = self._stand_in(stack) if options.claude else None
        self.outputs = self._deploy()
        self.site = self.cloud.site_url(self.outputs["SiteDomain"])

    def _stand_in(self, stack: ExitStack) -> StandIn:
        with self._display.step("model") as step:
            model = stack.enter_context(StandIn(port=free_port(self._options.port + MODEL_OFFSET)))
            step.say(f"a scripted stand-in at {model.address}, for demonstration: every page and mail says so")
            return model

    def first_news(self) -> None:
        """One edition, the sample readers, one briefing; then the addresses and `run.json`."""
        if self.wire:
            with self._display.step("catalogue") as step:
                body = self.wire.catalogue_toml().encode()
                bucket = self.outputs["ArchiveBucketName"]
                self.cloud.client("s3").put_object(Bucket=bucket, Key=CATALOGUE_KEY, Body=body)
                if self._options.wire == "sample":
                    self.cloud.client("s3").put_object(Bucket=bucket, Key=QUOTES_KEY, Body=sample_quotes(_now()))
                step.say(f"{len(self.wire.outlets)} publishers")
        self._give_up_dead_claims()
        self._edition()
        with self._display.step("readers") as step:
            new = subscribe_sample_readers(self.cloud, self.mailbox, self.site, step.say)
            step.say(f"{len(ADDRESSES)} confirmed subscribers, {new} of them new")
        self._briefing()
        self._write_report()
        self._say_addresses()

    def serve(self) -> None:
        """Say what the schedules do until interrupted."""
        self._display.line("Serving; an edition every 15 minutes, Ctrl-C stops.")
        states = self._states
        told = {arn for machine in MACHINES.values() for arn in _ended(states, self.outputs[machine])}
        while True:
            time.sleep(WATCH_SECONDS)
            for name, machine in MACHINES.items():
                for arn in _ended(states, self.outputs[machine]) - told:
                    told.add(arn)
                    self._display.line(
                        f"{_now():%H:%M} UTC  {name}: {_result(states.describe_execution(executionArn=arn))}"
                    )

    @property
    def _states(self) -> Any:
        return self.cloud.client("stepfunctions")

    def _deploy(self) -> dict[str, str]:
        parameters = {
            "Stage": "local",
            "Concurrency": str(CONCURRENCY),
            "Workers": str(WORKERS),
            "MailDomain": MAIL_DOMAIN,
            "LocalWire": self.wire.address if self.wire else "",
            "CatalogueKey": CATALOGUE_KEY if self.wire else "",
            "QuotesKey": QUOTES_KEY if self._options.wire == "sample" else "",
            "ModelProvider": "anthropic" if self.model else "none",
            "ModelAddress": self.model.address if self.model else "",
            "WriterModel": "scripted-writer",
            "CriticModel": "scripted-critic",
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

    def _edition(self) -> None:
        """One edition by hand; where the schedule's is running, after it."""
        machine = self.outputs["EditionStateMachineArn"]
        deadline = time.monotonic() + EDITION_SECONDS
        with self._display.step("edition") as step:
            while time.monotonic() < deadline:
                output = self._execute(step, machine, {}, EDITION_SECONDS)
                step.say(_sentence(output))
                if output.get("claimed") is not False:
                    return
                time.sleep(WATCH_SECONDS)
            raise ExecutionFailedError("an earlier edition did not end; `make clean` starts anew")

    def _briefing(self) -> None:
        """Today's briefing, sent once whatever the number of runs."""
        machine = self.outputs["BriefingStateMachineArn"]
        with self._display.step("briefing") as step:
            output = self._execute(step, machine, {}, BRIEFING_SECONDS)
            if output.get("claimed") is not False:
                step.say(_sentence(output))
                if output.get("sent", 0) < output.get("recipients", 0):
                    raise ExecutionFailedError("not every reader was sent the briefing; its log group says why")
            elif executions.outputs(self._states, machine):
                step.say("today's went out before")
            else:
                raise ExecutionFailedError(
                    "today's briefing is claimed, and nobody finished it; `make clean` starts anew"
                )

    def _execute(self, step: Step, machine: str, given: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Start an execution, or join the one that a schedule has just started, and show it."""
        execution = executions.running(self._states, machine) or executions.start(self._states, machine, given)
        return executions.follow(self._states, execution, lambda seen: _show(step, seen), seconds=seconds)

    def _give_up_dead_claims(self) -> None:
        """An execution that an earlier stop cut off holds its claim as if it were alive."""
        for machine in MACHINES.values():
            for execution in executions.cut_off(self._states, self.outputs[machine]):
                executions.give_up_claims(self.cloud.client("dynamodb"), self.outputs["ArchiveTableName"], execution)

    def _write_report(self) -> None:
        """`run.json`: what the newsroom has done so far, in this run and those before it."""
        editions = executions.outputs(self._states, self.outputs["EditionStateMachineArn"])
        briefings = executions.outputs(self._states, self.outputs["BriefingStateMachineArn"])
        pages = self.cloud.client("s3").get_paginator("list_objects_v2")
        listed = pages.paginate(Bucket=self.outputs["SiteBucketName"], Prefix="story/")
        stories = [
            one["Key"] for page in listed for one in page.get("Contents", []) if STORY_PAGE.fullmatch(one["Key"])
        ]
        report = {
            "site": self.site,
            "mailbox": self.page.url,
            "seconds": round(time.monotonic() - self._began, 1),
            "publishers": max((edition.get("publishers", 0) for edition in editions), default=0),
            "articles": editions[0].get("articles_total", 0) if editions else 0,
            "stories_published": len(stories),
            "stories_held": editions[0].get("stories_held", 0) if editions else 0,
            "messages_sent": briefings[0].get("sent", 0) if briefings else 0,
        }
        beside = self._options.report.with_suffix(".new")
        beside.write_text(json.dumps(report, indent=2) + "\n", "utf-8")
        beside.replace(self._options.report)

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
        return "not claimed: another edition has this slot or is still running"
    return ", ".join(f"{value} {name.replace('_', ' ')}" for name, value in output.items() if type(value) is int)


def _result(described: Mapping[str, Any]) -> str:
    if described["status"] != "SUCCEEDED":
        return f"{described['status'].lower()} ({described.get('error', 'no reason given')})"
    return _sentence(json.loads(described["output"]))


def _ended(states: Any, machine: str) -> set[str]:
    listed = states.list_executions(stateMachineArn=machine, maxResults=20)["executions"]
    return {one["executionArn"] for one in listed if one["status"] != "RUNNING"}


def _now() -> datetime:
    return datetime.now(UTC)
