"""Instants: when something was reported, comparable across time zones.

Follows "Time" of the contract: ``YYYY-MM-DD`` (00:00) or ``YYYY-MM-DDThh:mm[:ss[.f]][Z|±hh:mm]``, in the plan's zone
where no offset is given.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from checker.model.number import Number, shown, simplest
from checker.model.period import parse_date

Instant = Number
"""Seconds since the first day of the year 1, UTC, exact: an int or a fraction; None elsewhere means the earliest."""

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9])(\.[0-9]{1,4000})?)?(Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?"
)
_DAY = 86400


def parse_instant(text: str, zone: ZoneInfo) -> Instant | None:
    """Give the instant that `text` states, or None where it has not one of the contract's forms."""
    match = _TIME.fullmatch(text)
    if not match or (day := parse_date(match[1])) is None:
        return None
    hour, minute, second = (int(part or 0) for part in match.group(2, 3, 4))
    seconds = day.toordinal() * _DAY + hour * 3600 + minute * 60 + second
    offset = _stated_offset(match[6]) if match[6] else _zone_offset(zone, day, hour, minute)
    part = simplest(Fraction("0" + match[5])) if match[5] else 0
    return seconds - offset + part


def start_of(day: date, zone: ZoneInfo) -> Instant:
    """Give the instant at which `day` begins in `zone`."""
    return day.toordinal() * _DAY - _zone_offset(zone, day, 0, 0)


def after(day: date, zone: ZoneInfo) -> Instant:
    """Give the first instant that is no longer part of `day` in `zone`."""
    return start_of(day, zone) + _DAY if day == date.max else start_of(date.fromordinal(day.toordinal() + 1), zone)


def _stated_offset(text: str) -> int:
    if text == "Z":
        return 0
    size = int(text[1:3]) * 3600 + int(text[4:6]) * 60
    return -size if text[0] == "-" else size


@lru_cache(maxsize=65536)
def _zone_offset(zone: ZoneInfo, day: date, hour: int, minute: int) -> int:
    offset = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def shown_instant(instant: Instant, zone: ZoneInfo) -> str:
    """Give `instant` as people write it in `zone`: ``2024-09-01`` at midnight, else ``2024-09-01T08:30``.

    Seconds and parts of one (to the sixth place) are shown only where there are some.
    """
    whole = int(instant // 1)
    local = whole + _zone_offset(zone, date.fromordinal(max(whole // _DAY, 1)), 12, 0)
    day, second = date.fromordinal(max(local // _DAY, 1)), local % _DAY
    if not second and whole == instant:
        return day.isoformat()
    text = f"{day.isoformat()}T{second // 3600:02}:{second % 3600 // 60:02}"
    part = "" if whole == instant else shown(instant - whole).removeprefix("0")
    return f"{text}:{second % 60:02}{part}" if second % 60 or part else text
