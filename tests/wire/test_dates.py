from datetime import UTC, datetime, timedelta, timezone

import pytest
from newsroom.wire.dates import read_date


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 23 Nov 2026 19:15:00 GMT", "2026-11-23T19:15:00"),
        ("Mon, 23 Nov 2026 19:15:00 +0100", "2026-11-23T18:15:00"),
        ("Mon, 23 Nov 2026 19:15:00 EST", "2026-11-24T00:15:00"),
        ("23 Nov 2026 19:15", "2026-11-23T19:15:00"),
        ("Mon, 23 Nov 26 19:15:00 Z", "2026-11-23T19:15:00"),
        ("Mon, 23 November 2026 24:00:00 GMT", "2026-11-24T00:00:00"),
        ("Seg, 23 Set 2026 19:15:00 -0300", "2026-09-23T22:15:00"),
        ("2026-11-23T19:15:00Z", "2026-11-23T19:15:00"),
        ("2026-11-23T19:15:00.123456+05:30", "2026-11-23T13:45:00"),
        ("2026-11-23 19:15:00 +0000", "2026-11-23T19:15:00"),
        ("2026-11-23T19:15", "2026-11-23T19:15:00"),
        ("2026-11-23", "2026-11-23T00:00:00"),
        ("2026/1/3 09:05:00", "2026-01-03T09:05:00"),
        ("20261123", "2026-11-23T00:00:00"),
        ("November 23, 2026 7:15 pm EST", "2026-11-24T00:15:00"),
        ("Nov. 23rd, 2026 at 12:05 a.m.", "2026-11-23T00:05:00"),
        ("Mon Nov 23 19:15:00 2026", "2026-11-23T19:15:00"),
    ],
)
def test_a_date_is_read_as_it_is_meant(written: str, meant: str) -> None:
    assert read_date(written) == datetime.fromisoformat(meant).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    ["", "yesterday", "0001-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "Mon, 32 Nov 2026", "2026-13-01",
     "99999-01-01", "1/2/2026", "9" * 10_000, "Mon, " * 5000],
)  # fmt: skip
def test_what_is_no_date_of_a_web_page_is_none(written: str) -> None:
    assert read_date(written) is None


def test_where_no_zone_is_written_the_given_one_is_meant() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert read_date("2026-11-23 09:00", zone=tokyo) == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
