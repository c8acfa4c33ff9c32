from __future__ import annotations

from datetime import date
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from checker.model.instant import after, parse_instant, start_of

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2024-09-01", "2024-09-01T00:00"),
        ("2024-09-01", "2024-08-31T16:00Z"),
        ("2024-09-01T08:30", "2024-09-01T08:30:00"),
        ("2024-09-01T08:30:00.000", "2024-09-01T00:30:00Z"),
        ("2024-09-01T08:30+08:00", "2024-09-01T00:30+00:00"),
        ("2024-09-01T08:30-05:30", "2024-09-01T14:00Z"),
    ],
)
def test_instants_are_compared_not_their_writing(one: str, other: str) -> None:
    assert parse_instant(one, SHANGHAI) == parse_instant(other, SHANGHAI)


@pytest.mark.parametrize(
    "text",
    ["", "2024-9-1", "2024-09-01 08:30", "2024-09-01T8:30", "2024-09-01T24:00", "2024-09-01T08:60", "2024-02-30",
     "2024-09-01T08:30:60", "2024-09-01T08:30:00.", "2024-09-01T08:30+8", "2024-09-01T08:30+24:00", "2024-09-01Z",
     "2024-09-01T08", "2024-09-01T08:30z", "２０２４-09-01", "2024-09-01T08:30 Z"],
)  # fmt: skip
def test_nothing_else_is_an_instant(text: str) -> None:
    assert parse_instant(text, SHANGHAI) is None


def test_the_smallest_part_of_a_second_counts() -> None:
    earlier, later = (parse_instant(f"2024-09-01T08:30:00.{part}", SHANGHAI) for part in ("0000000001", "0000000002"))
    assert earlier is not None
    assert later is not None
    assert later - earlier == Fraction(1, 10**10)


def test_a_day_ends_where_the_next_begins() -> None:
    assert (
        after(date(2024, 2, 28), SHANGHAI)
        == start_of(date(2024, 2, 29), SHANGHAI)
        == parse_instant("2024-02-29", SHANGHAI)
    )
    assert after(date(2024, 2, 28), SHANGHAI) - start_of(date(2024, 2, 28), SHANGHAI) == 86400


def test_the_last_and_first_day_of_all_are_days_too() -> None:
    assert after(date.max, SHANGHAI) > start_of(date.max, SHANGHAI)
    assert parse_instant("0001-01-01T00:00+14:00", SHANGHAI) is not None
    assert parse_instant("9999-12-31T23:59-12:00", SHANGHAI) is not None
