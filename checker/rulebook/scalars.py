"""Single texts of a rulebook that have a form: ids, days, counts, time zones.

Each function gives the value or raises a PydanticCustomError, whose type `checker.rulebook.faults` words.
"""

from __future__ import annotations

import re
from datetime import date
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from checker.model.identity import is_id
from checker.model.period import Calendar, MonthDay, parse_date

EARLIEST, LATEST = 1900, 2200
"""The years that a plan may speak of."""

_MONTH_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_WINDOW = re.compile(r"[0-9]{4}(-[0-9]{4})?")
_DAYS = re.compile(r"[0-9]{1,3}")
_COUNT = re.compile(r"[1-9][0-9]{0,2}")


def identifier(text: str) -> str:
    """Give an id."""
    if not is_id(text):
        raise PydanticCustomError("id", "not an id")
    return text


def code(text: str) -> str:
    """Give a department's code: an id without ``:``, which separates a county from its departments."""
    if not is_id(text) or ":" in text:
        raise PydanticCustomError("code", "not a code")
    return text


def day(text: object) -> date:
    """Give a day written ``YYYY-MM-DD``."""
    read = parse_date(text) if isinstance(text, str) else None
    if read is None:
        raise PydanticCustomError("day", "not a day")
    return read


def asked_day(read: date) -> date:
    """Give a day within the years that a plan may speak of."""
    if not EARLIEST <= read.year <= LATEST:
        raise PydanticCustomError("year", "not a plausible year")
    return read


def month_day(text: str) -> str:
    """Give a day of any year written ``MM-DD``."""
    match = _MONTH_DAY.fullmatch(text)
    if not match or parse_date(f"2000-{text}") is None:
        raise PydanticCustomError("month_day", "not a month and day")
    return text


def month_day_value(text: str) -> MonthDay:
    """Give the value of a text that `month_day` let through."""
    return MonthDay(int(text[:2]), int(text[3:]))


def window(text: str) -> str:
    """Give a year or a span of years."""
    read = Calendar().read(text) if _WINDOW.fullmatch(text) else None
    if read is None:
        raise PydanticCustomError("window", "not a year or span of years")
    asked_day(read.first)
    asked_day(read.last)
    return text


def time_zone(text: str) -> str:
    """Give the name of a time zone that this computer knows."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        raise PydanticCustomError("time_zone", "not a time zone") from None
    return text


def days(text: str) -> str:
    """Give a number of days, at most 999."""
    if not _DAYS.fullmatch(text):
        raise PydanticCustomError("days", "not a number of days")
    return text


def count(text: str) -> str:
    """Give a count, 1 to 999."""
    if not _COUNT.fullmatch(text):
        raise PydanticCustomError("count", "not a count")
    return text


def everything(text: str) -> str:
    """Give the word for all unit types."""
    if text != "all":
        raise PydanticCustomError("everything", "not all")
    return text
