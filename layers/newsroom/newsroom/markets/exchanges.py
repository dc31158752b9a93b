"""Whether an exchange trades at a moment: its hours, weekends and, where rules tell them, its holidays."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import StringConstraints

from newsroom.boundary import Boundary
from newsroom.markets import trading_days
from newsroom.markets.trading_days import SATURDAY, easter

State = Literal["open", "closed", "pause", "holiday", "weekend"]
Hour = Annotated[str, StringConstraints(pattern=r"^\d\d:\d\d$")]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NEW_YORK = ("XNYS", "XNAS")
"""Their rules are more than a table holds, and stand in `trading_days`."""


class Exchange(Boundary):
    """One row of `exchanges.toml`."""

    mic: str
    name: str
    zone: str
    session: tuple[Hour, Hour]
    pause: tuple[Hour, Hour] | None = None
    holidays: dict[str, str] | None = None
    """Name → rule; None where no rule tells them."""

    @property
    def knows_holidays(self) -> bool:
        return self.holidays is not None or self.mic in NEW_YORK


@dataclass(frozen=True)
class Trading:
    """What is known of one moment. `sure`: False where a holiday could be missed."""

    state: State
    holiday: str
    sure: bool


@cache
def exchanges() -> dict[str, Exchange]:
    """The packaged table, by MIC."""
    table = tomllib.loads(files("newsroom.markets").joinpath("exchanges.toml").read_text(encoding="utf-8"))
    return {mic: Exchange.model_validate({"mic": mic, **row}) for mic, row in table["exchanges"].items()}


def trading(exchange: Exchange, at: datetime) -> Trading:
    """Half days and closures at short notice (mourning, storms) are in no rule: on them it may say open."""
    local = at.astimezone(ZoneInfo(exchange.zone))
    if local.weekday() >= SATURDAY:
        return Trading("weekend", "", sure=True)
    if name := holiday(exchange, local.date()):
        return Trading("holiday", name, sure=True)
    opens, closes = map(time.fromisoformat, exchange.session)
    if not opens <= local.time() < closes:
        return Trading("closed", "", sure=True)
    if exchange.pause and time.fromisoformat(exchange.pause[0]) <= local.time() < time.fromisoformat(exchange.pause[1]):
        return Trading("pause", "", sure=exchange.knows_holidays)
    return Trading("open", "", sure=exchange.knows_holidays)


def holiday(exchange: Exchange, day: date) -> str:
    """Its name; empty on other days, and where no rule tells."""
    if exchange.mic in NEW_YORK:
        return trading_days.holiday(day)
    return _holidays(exchange.mic, day.year).get(day, "")


def last_close(exchange: Exchange, at: datetime) -> datetime:
    """The end of the last session that was over, as far as is known."""
    zone = ZoneInfo(exchange.zone)
    closes = time.fromisoformat(exchange.session[1])
    day = at.astimezone(zone).date()
    while True:
        end = datetime.combine(day, closes, zone)
        if end <= at and day.weekday() < SATURDAY and not holiday(exchange, day):
            return end
        day -= timedelta(days=1)


@lru_cache(maxsize=512)
def _holidays(mic: str, year: int) -> Mapping[date, str]:
    found: dict[date, str] = {}
    rules = exchanges()[mic].holidays or {}
    fixed = {name: _day(rule.rstrip(">"), year) for name, rule in rules.items()}
    for name, day in fixed.items():
        found.setdefault(day, name)
    for name, rule in rules.items():
        day = fixed[name]
        while rule.endswith(">") and (day.weekday() >= SATURDAY or found.get(day, name) != name):
            day += timedelta(days=1)
        found.setdefault(day, name)
    return found


def _day(rule: str, year: int) -> date:
    """A rule of `exchanges.toml` in a year."""
    if match := re.fullmatch(r"easter([+-]\d+)", rule):
        return easter(year) + timedelta(days=int(match[1]))
    if match := re.fullmatch(r"(\d+)/(\w{3})/(<?-?\d+)", rule):
        return _weekday(year, int(match[1]), WEEKDAYS.index(match[2]), match[3])
    return date.fromisoformat(f"{year}-{rule}")


def _weekday(year: int, month: int, weekday: int, which: str) -> date:
    if which.startswith("<"):
        last = date(year, month, int(which[1:])) - timedelta(days=1)
    elif which == "-1":
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    else:
        last = date(year, month, 7 * int(which))
    return last - timedelta(days=(last.weekday() - weekday) % 7)
