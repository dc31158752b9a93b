"""The newsroom as it is deployed: template, roles, state machines, schedules and all, on the local cloud.

One pass, with permissions enforced (`AUTH`), so that what a role lacks is missing here as on AWS.
"""

import email
import email.policy
import gzip
import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from newsroom.__main__ import main

from infra.local import executions
from infra.local.display import Display
from infra.local.run import Newsroom, _options

pytestmark = [pytest.mark.cloud, pytest.mark.enable_socket]
YESTERDAY = (datetime.now(ZoneInfo("America/New_York")) - timedelta(days=1)).date().isoformat()
UNSUBSCRIBE = re.compile(r"https?://[^>\s]+/api/unsubscribe\?[^>\s]+")


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """`make run ONCE=1 AUTH=true` in a folder of its own, kept open."""
    home = tmp_path_factory.mktemp("newsroom")
    options = _options(["--once", "--auth", "--home", str(home), "--port", "4900"], {})
    with ExitStack() as stack:
        running = Newsroom(options, Display(home / "logs" / "run.log"), stack)
        running.first_news()
        yield running


def report(newsroom: Newsroom) -> dict[str, Any]:
    written: dict[str, Any] = json.loads((newsroom.cloud.home / "run.json").read_text())
    return written


def page(newsroom: Newsroom, path: str) -> Any:
    return newsroom.cloud.fetch(newsroom.site + path.lstrip("/"))


def published(newsroom: Newsroom) -> dict[str, tuple[str, str]]:
    """key → (entity tag, time of writing) of everything in the site bucket."""
    pages = newsroom.cloud.client("s3").get_paginator("list_objects_v2")
    found = pages.paginate(Bucket=newsroom.outputs["SiteBucketName"])
    return {o["Key"]: (o["ETag"], str(o["LastModified"])) for p in found for o in p.get("Contents", ())}


def rows(newsroom: Newsroom, table: str = "ArchiveTableName") -> list[dict[str, Any]]:
    pages = newsroom.cloud.client("dynamodb").get_paginator("scan").paginate(TableName=newsroom.outputs[table])
    return [item for one in pages for item in one["Items"]]


def test_a_run_publishes_holds_and_mails(newsroom: Newsroom) -> None:
    figures = report(newsroom)

    assert figures["publishers"] >= 24
    assert figures["articles"] >= 80
    assert figures["stories_published"] >= 15
    assert figures["stories_held"] >= 3
    assert figures["messages_sent"] == 3


def test_every_address_in_the_sitemap_is_served_with_the_security_headers(newsroom: Newsroom) -> None:
    maps = re.findall(r"<loc>([^<]+)</loc>", page(newsroom, "/sitemap.xml").text)
    places = [place for one in maps for place in re.findall(r"<loc>([^<]+)</loc>", newsroom.cloud.fetch(one).text)]

    assert len(places) >= 20
    for place in places:
        answer = newsroom.cloud.fetch(place)
        assert answer.status == 200, place
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert policy.count("unsafe-inline") == 1  # of styles, which the page itself narrows to its own
        assert '<meta http-equiv="Content-Security-Policy" content="style-src &#39;sha256-' in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_folder_without_its_slash_is_redirected_and_what_is_missing_is_not_found(newsroom: Newsroom) -> None:
    moved = page(newsroom, "/corrections")
    missing = page(newsroom, "/no/such/page/")

    assert (moved.status, moved.headers["location"]) == (301, "/corrections/")
    assert missing.status == 404
    assert "<html" in missing.text


def test_the_bucket_and_the_readers_function_let_nobody_in_beside_the_cdn(newsroom: Newsroom) -> None:
    bucket = newsroom.cloud.fetch(f"{newsroom.cloud.endpoint}/{newsroom.outputs['SiteBucketName']}/index.html")
    functions = newsroom.cloud.client("lambda")
    name = next(
        f["FunctionName"] for f in functions.list_functions()["Functions"] if "AnswerReader" in f["FunctionName"]
    )
    url = functions.get_function_url_config(FunctionName=name)["FunctionUrl"]
    host = url.split("/")[2]
    beside = newsroom.cloud.fetch(f"{newsroom.cloud.endpoint}/api/subscribe", headers={"Host": host})

    assert bucket.status == 403
    assert beside.status == 403


def test_a_published_fact_leads_to_the_stretch_of_its_source(newsroom: Newsroom) -> None:
    from newsroom.writing.draft import digest

    s3 = newsroom.cloud.client("s3")
    archive, site = newsroom.outputs["ArchiveBucketName"], newsroom.outputs["SiteBucketName"]
    spans = 0
    for key in published(newsroom):
        if re.fullmatch(r"story/[^/]+/story\.json", key):
            text = _body(s3.get_object(Bucket=site, Key=key)).decode()
            for article_id, start, end, sha256 in _spans(json.loads(text)):
                article = json.loads(s3.get_object(Bucket=archive, Key=f"articles/{article_id}.json")["Body"].read())
                assert digest(f"{article['title']}\n\n{article['text']}"[start:end]) == sha256
                spans += 1
    assert spans > 100


def test_what_is_published_replays_to_the_same_bytes(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an operator does it: from the stack's own buckets and table, story by story."""
    for name, value in newsroom.cloud.environment().items():
        monkeypatch.setenv(name, value)
    stories = [
        key.removesuffix("index.html") for key in published(newsroom) if re.fullmatch(r"story/[^/]+/index\.html", key)
    ]

    assert main(["replay", "--stack", "newsroom", *(newsroom.site + path for path in stories)]) == 0

    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(told) == len(stories) >= 15
    assert all(one["same"] and any(path.endswith("story.json") for path in one["compared"]) for one in told)


def test_a_rebuild_of_the_stack_makes_the_same_site(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command that operators type, before later tests claim slots that are still to come."""
    for name, value in newsroom.cloud.environment().items():
        monkeypatch.setenv(name, value)
    before = {key: tag for key, (tag, _) in published(newsroom).items()}

    assert main(["rebuild", "newsroom"]) == 0

    assert json.loads(capsys.readouterr().out)["done"] is True
    assert {key: tag for key, (tag, _) in published(newsroom).items()} == before


def test_a_second_edition_with_the_items_shuffled_changes_no_byte_and_adds_no_row(newsroom: Newsroom) -> None:
    assert newsroom.wire
    before, count = published(newsroom), len(rows(newsroom))
    frozen = newsroom.wire.now()
    newsroom.wire.now = lambda: frozen
    newsroom.wire.shuffle_seed = 5
    states, machine = newsroom.cloud.client("stepfunctions"), newsroom.outputs["EditionStateMachineArn"]

    later = {"slot": (frozen + timedelta(minutes=30)).isoformat()}
    output = executions.follow(states, executions.start(states, machine, later), lambda seen: None, seconds=300)

    assert output.get("objects_written") == 0, output
    assert published(newsroom) == before
    assert len(rows(newsroom)) == count


def test_with_few_allowed_inline_the_same_publishers_are_collected_in_batches(newsroom: Newsroom) -> None:
    """Whoever has a small catalogue never meets the Distributed Map; here everybody does, with permissions enforced."""
    functions, states = newsroom.cloud.client("lambda"), newsroom.cloud.client("stepfunctions")
    machine = newsroom.outputs["EditionStateMachineArn"]
    (name,) = [f["FunctionName"] for p in functions.get_paginator("list_functions").paginate() for f in p["Functions"]
               if f["Handler"] == "select_publishers.handler"]  # fmt: skip
    variables = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]
    functions.update_function_configuration(
        FunctionName=name, Environment={"Variables": {**variables, "INLINE_PUBLISHERS": "5", "WORKERS": "2"}}
    )
    before, count = published(newsroom), len(rows(newsroom))
    assert newsroom.wire
    later = {"slot": (newsroom.wire.now() + timedelta(minutes=60)).isoformat()}
    try:
        run = executions.start(states, machine, later)
        output = executions.follow(states, run, lambda seen: None, seconds=300)
    finally:
        functions.update_function_configuration(FunctionName=name, Environment={"Variables": variables})

    entered = {event.get("stateEnteredEventDetails", {}).get("name") for event in executions.history(states, run)}
    assert "CollectBatches" in entered
    assert "CollectPublishers" not in entered
    assert output["publishers"] == report(newsroom)["publishers"], output
    assert (output["failed_publishers"], output["articles"], output["objects_written"]) == (0, 0, 0), output
    assert published(newsroom) == before
    assert len(rows(newsroom)) == count


def test_no_payload_passes_64_kib_and_no_item_100_kb(newsroom: Newsroom) -> None:
    states = newsroom.cloud.client("stepfunctions")
    largest = 0
    for output in ("EditionStateMachineArn", "BriefingStateMachineArn"):
        for run in states.list_executions(stateMachineArn=newsroom.outputs[output])["executions"]:
            for event in executions.history(states, run["executionArn"]):
                details = (value for value in event.values() if isinstance(value, dict))
                sizes = [len(d[k].encode()) for d in details for k in ("input", "output") if isinstance(d.get(k), str)]
                largest = max([largest, *sizes])
    items = [
        len(json.dumps(item, default=str))
        for t in ("ArchiveTableName", "ReadersTableName")
        for item in rows(newsroom, t)
    ]

    assert 1000 < largest <= 64 * 1024
    assert 500 < max(items) <= 100_000


def test_the_briefing_arrives_in_both_forms_with_its_way_out(newsroom: Newsroom) -> None:
    letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in _mail(newsroom)]
    briefings = [letter for letter in letters if letter["List-Unsubscribe"]]

    assert len(briefings) == 3
    for letter in briefings:
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert letter.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
        assert len(letter.get_all("Message-ID", [])) == 1


def test_what_ses_delivered_is_recorded(newsroom: Newsroom) -> None:
    """By its event, through EventBridge: the send of each reader ends as delivered."""
    deadline = time.monotonic() + 60
    while True:
        sends = [
            item["state"]["S"] for item in rows(newsroom, "ReadersTableName") if item["sk"]["S"].startswith("SEND#")
        ]
        if sends == ["delivered"] * 3:
            return
        assert time.monotonic() < deadline, sends
        time.sleep(1)


def test_one_click_unsubscribes_and_opening_the_link_does_not(newsroom: Newsroom) -> None:
    letters = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in _mail(newsroom)]
    letter = next(letter for letter in letters if letter["List-Unsubscribe"])
    link = UNSUBSCRIBE.search(letter["List-Unsubscribe"].replace("\n", ""))
    assert link

    def confirmed() -> int:
        return sum(item.get("state", {}).get("S") == "confirmed" for item in rows(newsroom, "ReadersTableName"))

    before = confirmed()
    assert newsroom.cloud.fetch(link[0]).status == 200
    assert confirmed() == before == 3
    assert newsroom.cloud.fetch(link[0], form={"List-Unsubscribe": "One-Click"}).status in (200, 202)
    assert confirmed() == 2


def test_a_paused_list_is_sent_nothing_and_lifted_it_is_gone_on_with_by_date(newsroom: Newsroom) -> None:
    """As README tells operators, on a morning that was left out: no later issue is there."""
    s3, bucket = newsroom.cloud.client("s3"), newsroom.outputs["ArchiveBucketName"]
    for issue in s3.list_objects_v2(Bucket=bucket, Prefix="issues/")["Contents"]:
        s3.delete_object(Bucket=bucket, Key=issue["Key"])
    states, machine = newsroom.cloud.client("stepfunctions"), newsroom.outputs["BriefingStateMachineArn"]
    table, readers = newsroom.cloud.client("dynamodb"), newsroom.outputs["ReadersTableName"]
    key = {"pk": {"S": "PAUSE"}, "sk": {"S": "PAUSE"}}
    began, wanted = (
        len(_mail(newsroom)),
        sum(item.get("state", {}).get("S") == "confirmed" for item in rows(newsroom, "ReadersTableName")),
    )
    table.put_item(TableName=readers, Item={**key, "reason": {"S": "by hand"}, "at": {"S": "2026-11-24T10:30:00Z"}})

    def briefing() -> dict[str, Any]:
        run = executions.start(states, machine, {"date": YESTERDAY})
        return executions.follow(states, run, lambda seen: None, seconds=300)

    with pytest.raises(executions.ExecutionFailedError, match="BriefingIncomplete"):
        briefing()
    assert len(_mail(newsroom)) == began

    table.update_item(
        TableName=readers, Key=key, UpdateExpression="SET lifted_at = :now",
        ExpressionAttributeValues={":now": {"S": "2026-11-24T12:00:00Z"}},
    )  # fmt: skip
    for _ in range(2):
        output = briefing()
        assert (output["sent"], output["unknown"], output["complete"]) == (wanted, 0, True)
    assert len(_mail(newsroom)) == began + wanted


def test_an_issue_whose_execution_is_gone_is_taken_over_at_once_and_operators_see_where_it_is(
    newsroom: Newsroom,
) -> None:
    """The claim is put back as a dead execution leaves it; its date has been sent in the test before."""
    states, machine = newsroom.cloud.client("stepfunctions"), newsroom.outputs["BriefingStateMachineArn"]
    table, archive = newsroom.cloud.client("dynamodb"), newsroom.outputs["ArchiveTableName"]
    before = len(_mail(newsroom))
    gone = machine.replace(":stateMachine:", ":execution:") + ":was-stopped"
    table.update_item(
        TableName=archive, Key={"pk": {"S": f"ISSUE#{YESTERDAY}"}, "sk": {"S": "ISSUE"}},
        UpdateExpression="SET finished = :no, holder = :gone",
        ExpressionAttributeValues={":no": {"BOOL": False}, ":gone": {"S": gone}},
    )  # fmt: skip
    shown = _invoke(newsroom, "show_briefing", {"date": YESTERDAY})
    assert (shown["stage"], shown["held_by"], shown["may_not_send"]) == ("sending", gone, "")
    assert shown["outcome"]["unknown_ids"] == []
    assert "mailto:" in shown["html"]

    run = executions.start(states, machine, {"date": YESTERDAY})
    output = executions.follow(states, run, lambda seen: None, seconds=300)

    assert output["complete"] is True
    assert _invoke(newsroom, "show_briefing", {"date": YESTERDAY})["stage"] == "closed"
    assert len(_mail(newsroom)) == before


def test_a_reader_s_report_becomes_a_correction_that_everybody_sees(newsroom: Newsroom) -> None:
    """Reported through the CDN, decided as README tells operators, published by the next edition."""
    version = _a_version_with_two_sentences(newsroom)
    form = {"story": version["story_id"], "version": "1", "sentence": "", "kind": "factual", "text": "That is wrong."}
    form |= {"links": "https://evidence.example/a", "email": "reporter@inbox.example"}
    answer = newsroom.cloud.fetch(newsroom.site + "api/report", form=form)
    found = re.search(r"RPT-[A-Z2-7]{16}", answer.text)
    assert found, answer.text
    gone = version["draft"]["body"][-1][-1]["text"]
    decision = {"report_id": found[0], "outcome": "correction", "reason": "You are right.", "edits": [{"was": gone}]}
    before = len(_mail(newsroom))
    first, again = (_invoke(newsroom, "decide_report", decision) for _ in range(2))
    assert (first["state"], first["reply"]) == ("confirmed", "sent")
    assert (again["repeated"], again["reply"]) == (True, "none")
    assert len(_mail(newsroom)) == before + 1

    states, machine = newsroom.cloud.client("stepfunctions"), newsroom.outputs["EditionStateMachineArn"]
    assert newsroom.wire
    later = {"slot": (newsroom.wire.now() + timedelta(minutes=90)).isoformat()}
    executions.follow(states, executions.start(states, machine, later), lambda seen: None, seconds=300)

    assert page(newsroom, f"/story/{version['slug']}/v/2/").status == 200
    assert "CorrectionComment" in page(newsroom, f"/story/{version['slug']}/").text
    assert f"/story/{version['slug']}/" in page(newsroom, "/corrections/").text
    state = newsroom.cloud.fetch(f"{newsroom.site}api/report?id={found[0]}").text
    assert "Fixed" in state
    assert "That is wrong." not in state
    assert _invoke(newsroom, "reckon_feedback", {})["waiting"] == 0
    assert page(newsroom, "/feedback/").status == 200


def test_a_story_about_a_charge_waits_for_an_editor_and_is_published_when_one_has_read_it(newsroom: Newsroom) -> None:
    """Under the roles of the template: shown, cleared twice over, published by the next edition."""
    assert "waits for an editor" in page(newsroom, "/held/").text
    (waiting,) = _invoke(newsroom, "clear_story", {})["waiting"]
    assert all(one["evidence"] for one in waiting["sentences"])
    read = {"draft_id": waiting["draft_id"], "draft_sha256": waiting["draft_sha256"], "role": "duty-editor"}
    first, again = (_invoke(newsroom, "clear_story", read) for _ in range(2))
    assert (first["repeated"], again["repeated"], again["waiting"]) == (False, True, [])
    assert first["cleared"] == again["cleared"]

    states, machine = newsroom.cloud.client("stepfunctions"), newsroom.outputs["EditionStateMachineArn"]
    assert newsroom.wire
    later = {"slot": (newsroom.wire.now() + timedelta(minutes=120)).isoformat()}
    executions.follow(states, executions.start(states, machine, later), lambda seen: None, seconds=300)

    (head,) = [json.loads(row["document"]["S"]) for row in rows(newsroom)
               if row["sk"]["S"] == "HEAD" and waiting["story_id"] in row["pk"]["S"]]  # fmt: skip
    assert head["headline"] == waiting["headline"]
    assert "read by an editor (duty editor)" in page(newsroom, f"/story/{head['slug']}/").text
    assert json.loads(page(newsroom, f"/story/{head['slug']}/review.json").text)["cleared"] == first["cleared"]


def _a_version_with_two_sentences(newsroom: Newsroom) -> dict[str, Any]:
    s3, archive = newsroom.cloud.client("s3"), newsroom.outputs["ArchiveBucketName"]
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=archive, Prefix="versions/")
    for key in [entry["Key"] for one in pages for entry in one.get("Contents", ())]:
        version: dict[str, Any] = json.loads(s3.get_object(Bucket=archive, Key=key)["Body"].read())
        sentences = [claim["text"] for paragraph in version["draft"]["body"] for claim in paragraph]
        if len(sentences) > 1 and sentences[-1] != version["draft"]["headline"]["text"]:
            return version
    raise AssertionError("no story has two sentences")


def _invoke(newsroom: Newsroom, name: str, payload: dict[str, Any]) -> dict[str, Any]:
    functions = newsroom.cloud.client("lambda")
    (found,) = [f["FunctionName"] for p in functions.get_paginator("list_functions").paginate() for f in p["Functions"]
                if f["Handler"] == f"{name}.handler"]  # fmt: skip
    answer = functions.invoke(FunctionName=found, Payload=json.dumps(payload).encode())
    told: dict[str, Any] = json.loads(answer["Payload"].read())
    assert "FunctionError" not in answer, told
    return told


def test_both_schedules_are_there_and_the_briefing_keeps_new_yorks_time() -> None:
    from tests.templates import resources

    machines = resources("AWS::Serverless::StateMachine")
    edition = machines["EditionStateMachine"]["Properties"]["Events"]["EveryQuarter"]["Properties"]
    briefing = machines["BriefingStateMachine"]["Properties"]["Events"]["SixInNewYork"]["Properties"]

    assert edition["ScheduleExpression"] == "rate(15 minutes)"
    assert briefing["ScheduleExpression"] == "cron(0 6 * * ? *)"
    assert briefing["ScheduleExpressionTimezone"] == "America/New_York"


def _mail(newsroom: Newsroom) -> list[Path]:
    return sorted((newsroom.cloud.home / "mail").glob("*.eml"))


def _body(answer: Any) -> bytes:
    body: bytes = answer["Body"].read()
    return gzip.decompress(body) if answer.get("ContentEncoding") == "gzip" else body


def _spans(document: Any) -> Iterator[tuple[str, int, int, str]]:
    if isinstance(document, dict):
        if {"article_id", "start", "end", "sha256"} <= set(document):
            yield document["article_id"], document["start"], document["end"], document["sha256"]
        for value in document.values():
            yield from _spans(value)
    elif isinstance(document, list):
        for value in document:
            yield from _spans(value)
