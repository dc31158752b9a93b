"""The night after."""

import json

from tests.fakes.briefing_desk import BriefingDesk, run
from tests.fakes.newsroom_values import a_version


def test_yesterday_is_reckoned_and_told_on_the_site() -> None:
    desk = BriefingDesk()
    version = a_version()
    desk.archive.publish_version(version)
    desk.archive.add_vote("2026-11-23", version.story_id, True)
    for _ in range(2):
        assert run("reckon_feedback", {}) == {"day": "2026-11-23", "moves": 0, "waiting": 0}
    document = json.loads(desk.published_files.get("/feedback.json"))

    assert [ballot["useful"] for ballot in document["reckonings"][0]["ballots"]] == [1]
    page = desk.published_files.get("/feedback/").decode()
    assert "1 of 1" in page
    assert "Nothing so far." in page
