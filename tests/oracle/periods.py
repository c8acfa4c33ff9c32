"""Periods, dates and instants: semantics.md, "Time"; the calendar as format.md declares it."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

DAY = 86_400
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
CLOCK = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})?"
)
MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Period:
    """A period code and its days, first and last both included. Equal by code."""

    code: str
    first: date
    last: date

    def inside(self, other: "Period") -> bool:
        """Reads: "A fact counts for a rule's period when the fact's own period lies inside it"."""
        return other.first <= self.first and self.last <= other.last

    def overlaps(self, other: "Period") -> bool:
        """True when at least one day is common."""
        return self.first <= other.last and other.first <= self.last

    @property
    def days(self) -> int:
        """The days in the period."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class Calendar:
    """The plan's cycle of parts, for example two semesters; no parts when the plan has no calendar."""

    kind: str
    parts: tuple[tuple[MonthDay, MonthDay], ...]

    def part(self, year: int, number: int) -> Period | None:
        """Part `number` of the (school) year that begins in `year`; each begins on the next such date."""
        if not 1 <= number <= len(self.parts):
            return None
        first = date(year, *self.parts[0][0])
        for begin, _ in self.parts[1:number]:
            first = _next(begin, first + timedelta(days=1))
        return Period(f"{year:04d}-{year + 1:04d}-{number}", first, _next(self.parts[number - 1][1], first))


def _next(month_day: MonthDay, earliest: date) -> date:
    """The first day on or after `earliest` that bears this month and day."""
    day = earliest
    while (day.month, day.day) != month_day:
        day += timedelta(days=1)
    return day


def read_date(text: str) -> date | None:
    """A date, exactly YYYY-MM-DD."""
    match = DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _months(code: str, year: int, first: int, last: int) -> Period:
    return Period(code, date(year, first, 1), _month_end(year, last))


def _dated(code: str, calendar: Calendar) -> Period | None:
    if re.fullmatch(r"[0-9]{4}", code):
        return _months(code, int(code), 1, 12)
    if match := re.fullmatch(r"([0-9]{4})-Q([1-4])", code):
        return _months(code, int(match[1]), 3 * int(match[2]) - 2, 3 * int(match[2]))
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", code):
        return _months(code, int(match[1]), int(match[2]), int(match[2]))
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{4})", code):
        begin, end = int(match[1]), int(match[2])
        return Period(code, date(begin, 1, 1), date(end, 12, 31)) if begin < end else None
    if match := re.fullmatch(r"([0-9]{4})-([0-9]{4})-([1-9][0-9]?)", code):
        begin, end = int(match[1]), int(match[2])
        return calendar.part(begin, int(match[3])) if end == begin + 1 else None
    day = read_date(code)
    return None if day is None else Period(code, day, day)


def read_period(code: str, calendar: Calendar) -> Period | None:
    """The period of a code: "exactly these forms"."""
    try:
        return _dated(code, calendar)
    except (ValueError, OverflowError):
        return None


def periods_of(kind: str, since: date, until: date, calendar: Calendar) -> list[Period]:
    """Every period of the kind "whose first day lies in from..until" (format.md), in order of time."""
    found: list[Period | None] = []
    for year in range(since.year - 1, until.year + 1):
        if kind == "year":
            found.append(read_period(f"{year}", calendar))
        elif kind == "quarter":
            found += [read_period(f"{year}-Q{n}", calendar) for n in range(1, 5)]
        elif kind == "month":
            found += [read_period(f"{year}-{n:02d}", calendar) for n in range(1, 13)]
        elif kind == calendar.kind:
            found += [calendar.part(year, n + 1) for n in range(len(calendar.parts))]
    inside = [period for period in found if period is not None and since <= period.first <= until]
    return sorted(inside, key=lambda period: period.first)


def day_begins(day: date, zone: ZoneInfo) -> Fraction:
    """The instant at which a day begins in the plan's time zone."""
    return _instant(day, 0, _offset(datetime(day.year, day.month, day.day), zone))


def _offset(moment: datetime, zone: ZoneInfo) -> int:
    offset = zone.utcoffset(moment)
    assert offset is not None
    return int(offset.total_seconds())


def _instant(day: date, seconds: Fraction | int, offset: int) -> Fraction:
    return Fraction(day.toordinal() * DAY) + seconds - offset


def read_instant(text: str, zone: ZoneInfo) -> Fraction | None:
    """`reported_at`: a date is 00:00; without an offset the plan's time zone holds; exact to any fraction."""
    day = read_date(text)
    if day is not None:
        return day_begins(day, zone)
    match = CLOCK.fullmatch(text)
    day = read_date(match[1]) if match else None
    if match is None or day is None:
        return None
    hour, minute, second = int(match[2]), int(match[3]), int(match[4] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    if match[6] is None:
        offset = _offset(datetime(day.year, day.month, day.day, hour, minute, second), zone)
    elif match[6] == "Z":
        offset = 0
    else:
        ahead, past = int(match[6][1:3]), int(match[6][4:])
        if ahead > 23 or past > 59:
            return None
        offset = (ahead * 3600 + past * 60) * (-1 if match[6][0] == "-" else 1)
    return _instant(day, hour * 3600 + minute * 60 + second + Fraction("0" + (match[5] or ".0")), offset)
