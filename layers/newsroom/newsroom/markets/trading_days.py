"""When New York trades: the holidays of the New York Stock Exchange, by its own rules."""

from datetime import date, timedelta

MONDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = 0, 3, 4, 5, 6


def holiday(day: date) -> str:
    """Name of the exchange holiday observed on a day, or empty. NYSE Rule 7.2, as in force since Juneteenth was added
    in 2022. Closures that the exchange decides on at short notice (mourning, storms) are not in any rule."""
    return dict(_observed(day.year)).get(day, "")


def market_note(day: date) -> str:
    """One true sentence on whether New York trades on a day."""
    if name := holiday(day):
        return f"New York’s stock exchanges are closed today for {name}."
    if day.weekday() >= SATURDAY:
        return "It is the weekend: New York’s stock exchanges are closed today."
    return "New York’s stock exchanges open at 9:30 a.m. today."


def _observed(year: int) -> list[tuple[date, str]]:
    fixed = [
        (date(year, 6, 19), "Juneteenth"),
        (date(year, 7, 4), "Independence Day"),
        (date(year, 12, 25), "Christmas Day"),
    ]
    moved = [
        (_nth(year, 1, MONDAY, 3), "Martin Luther King Jr. Day"),
        (_nth(year, 2, MONDAY, 3), "Presidents’ Day"),
        (easter(year) - timedelta(days=2), "Good Friday"),
        (_last_monday_of_may(year), "Memorial Day"),
        (_nth(year, 9, MONDAY, 1), "Labor Day"),
        (_nth(year, 11, THURSDAY, 4), "Thanksgiving Day"),
    ]
    days = [(_on_a_weekday(day), name) for day, name in fixed] + moved
    new_year = date(year, 1, 1)
    # On a Saturday it is not made up for: the Friday before ends the accounting year.
    if new_year.weekday() != SATURDAY:
        days.append((_on_a_weekday(new_year), "New Year’s Day"))
    return days


def _on_a_weekday(day: date) -> date:
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def easter(year: int) -> date:
    """Easter Sunday, Gregorian: the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)
