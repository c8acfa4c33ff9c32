"""Periods: their codes, their days and the calendar that knows a plan's own kinds.

Follows "Time" of the contract. A period is its code; two codes are two periods even over the same days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from checker.model.language import Text

PLAN, YEAR, QUARTER, MONTH = "plan", "year", "quarter", "month"
BUILT_IN_KINDS = (PLAN, YEAR, QUARTER, MONTH)

_FORMS = {
    "year": re.compile(r"([0-9]{4})"),
    "span": re.compile(r"([0-9]{4})-([0-9]{4})"),
    "quarter": re.compile(r"([0-9]{4})-Q([1-4])"),
    "month": re.compile(r"([0-9]{4})-([0-9]{2})"),
    "day": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
    "cycle": re.compile(r"([0-9]{4})-([0-9]{4})-([1-9])"),
}


class Period(NamedTuple):
    """A stretch of days under one code; first and last day are both part of it."""

    code: str
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def lies_in(self, other: Period) -> bool:
        """Whether every day of it is a day of `other`."""
        return other.first <= self.first and self.last <= other.last

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


class MonthDay(NamedTuple):
    """A day of any year; 29 February is the last of February."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """Give the day in `year`."""
        if (self.month, self.day) == (2, 29):
            return _month_end(year, 2)
        return date(year, self.month, self.day)


class CyclePart(NamedTuple):
    """One part of a cycle, such as a semester of a school year: from its first to its last day."""

    first: MonthDay
    last: MonthDay


class Cycle(BaseModel):
    """A plan's own kind of period: parts that follow each other from one year into the next."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    name: Text
    parts: tuple[CyclePart, ...]


class Calendar(BaseModel):
    """Reads period codes and lists the periods of a kind."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cycle: Cycle | None = None

    def read(self, code: str) -> Period | None:
        """Give the period that `code` names, or None where it has none of the contract's forms."""
        return _read(self.cycle.parts if self.cycle else (), code)

    def periods(self, kind: str, earliest: date, latest: date) -> tuple[Period, ...]:
        """Give all periods of `kind` whose first day lies from `earliest` to `latest`, in order."""
        codes = (code for year in range(earliest.year - 1, latest.year + 1) for code in self._codes(kind, year))
        read = (self.read(code) for code in codes)
        return tuple(sorted((p for p in read if p and earliest <= p.first <= latest), key=lambda p: p.first))

    def before(self, kind: str, period: Period) -> Period:
        """Give the period of `kind` just before `period`.

        Raises LookupError where the calendar has none, as before the year 1; rulebooks reach no further than 1900.
        """
        if period.first == date.min:
            raise LookupError(f"nothing comes before {period.code}")
        earlier = self.periods(kind, date(max(period.first.year - 2, 1), 1, 1), period.first - timedelta(days=1))
        if not earlier:
            raise LookupError(f"no {kind} comes before {period.code}")
        return earlier[-1]

    def _codes(self, kind: str, year: int) -> Iterator[str]:
        if not 1 <= year <= 9999:
            return
        if kind == YEAR:
            yield f"{year:04d}"
        elif kind == QUARTER:
            yield from (f"{year:04d}-Q{quarter}" for quarter in range(1, 5))
        elif kind == MONTH:
            yield from (f"{year:04d}-{month:02d}" for month in range(1, 13))
        elif self.cycle and kind == self.cycle.kind:
            yield from (f"{year:04d}-{year + 1:04d}-{n + 1}" for n in range(len(self.cycle.parts)))


def parse_date(text: str) -> date | None:
    """Give the day written ``YYYY-MM-DD``, or None where it is not one."""
    match = _FORMS["day"].fullmatch(text)
    return _day(*map(int, match.groups())) if match else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)


def _on_or_after(day: MonthDay, start: date) -> date:
    this_year = day.of(start.year)
    return this_year if this_year >= start else day.of(start.year + 1)


@lru_cache(maxsize=65536)
def _read(parts: tuple[CyclePart, ...], code: str) -> Period | None:
    for form, pattern in _FORMS.items():
        if match := pattern.fullmatch(code):
            try:
                days = _days(form, [int(group) for group in match.groups()], parts)
            except ValueError:
                return None
            return Period(code, *days) if days else None
    return None


def _days(  # noqa: PLR0911 (one return for each form of a code)
    form: str, numbers: list[int], parts: tuple[CyclePart, ...]
) -> tuple[date, date] | None:
    year = numbers[0]
    if form == "year":
        return date(year, 1, 1), date(year, 12, 31)
    if form == "span":
        return (date(year, 1, 1), date(numbers[1], 12, 31)) if year < numbers[1] else None
    if form == "quarter":
        return date(year, 3 * numbers[1] - 2, 1), _month_end(year, 3 * numbers[1])
    if form == "month":
        return date(year, numbers[1], 1), _month_end(year, numbers[1])
    if form == "day":
        return date(*numbers), date(*numbers)
    if numbers[1] != year + 1 or numbers[2] > len(parts):
        return None
    return _part(parts, year, numbers[2])


def _part(parts: tuple[CyclePart, ...], year: int, number: int) -> tuple[date, date]:
    start = parts[0].first.of(year)
    for part in parts[1:number]:
        start = _on_or_after(part.first, start)
    return start, _on_or_after(parts[number - 1].last, start)
