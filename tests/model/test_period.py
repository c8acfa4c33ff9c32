from __future__ import annotations

from datetime import date

import pytest

from checker.model.language import Text
from checker.model.period import Calendar, Cycle, CyclePart, MonthDay

SEMESTERS = Calendar(
    cycle=Cycle(
        kind="semester",
        name=Text("学期", "semester"),
        parts=(
            CyclePart(MonthDay(9, 1), MonthDay(1, 31)),
            CyclePart(MonthDay(2, 1), MonthDay(8, 31)),
        ),
    )
)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2021-2025", date(2021, 1, 1), date(2025, 12, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
        ("2024-2025-1", date(2024, 9, 1), date(2025, 1, 31)),
        ("2024-2025-2", date(2025, 2, 1), date(2025, 8, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
        ("9998-9999-2", date(9999, 2, 1), date(9999, 8, 31)),
    ],
)
def test_a_code_names_its_days(code: str, first: date, last: date) -> None:
    assert SEMESTERS.read(code) == (code, first, last)


@pytest.mark.parametrize(
    "code",
    ["", "24", "0000", "2025-2021", "2021-2021", "2024-Q5", "2024-q3", "2024-13", "2024-00", "2023-02-29", "2024-2-1",
     "2024-2025-3", "2024-2026-1", "2025-2024-1", "9999-10000-1", "２０２４", "2024 ", "2024-2025-0", "2024/09"],
)  # fmt: skip
def test_nothing_else_is_a_code(code: str) -> None:
    assert SEMESTERS.read(code) is None


def test_without_a_cycle_there_are_no_semesters() -> None:
    assert Calendar().read("2024-2025-1") is None


def test_the_semesters_asked_begin_between_two_days_both_included() -> None:
    asked = SEMESTERS.periods("semester", date(2022, 9, 1), date(2025, 9, 1))
    assert [period.code for period in asked] == [
        "2022-2023-1", "2022-2023-2", "2023-2024-1", "2023-2024-2", "2024-2025-1", "2024-2025-2", "2025-2026-1",
    ]  # fmt: skip
    assert SEMESTERS.periods("semester", date(2022, 9, 2), date(2023, 1, 31)) == ()


@pytest.mark.parametrize(
    ("kind", "code", "before"),
    [("year", "2022", "2021"), ("quarter", "2024-Q1", "2023-Q4"), ("month", "2024-01", "2023-12"),
     ("semester", "2024-2025-1", "2023-2024-2")],
)  # fmt: skip
def test_each_period_has_one_before_it(kind: str, code: str, before: str) -> None:
    period = SEMESTERS.read(code)
    assert period is not None
    earlier = SEMESTERS.before(kind, period)
    assert earlier.code == before


def test_before_the_first_day_there_is_nothing() -> None:
    first = SEMESTERS.read("0001")
    assert first is not None
    with pytest.raises(LookupError):
        SEMESTERS.before("year", first)
    second = SEMESTERS.read("0001-Q2")
    assert second is not None
    assert SEMESTERS.before("quarter", second).code == "0001-Q1"
    with pytest.raises(LookupError):
        Calendar().before("semester", second)


def test_the_last_of_february_may_end_a_part() -> None:
    winter = Cycle(kind="term", name=Text("", ""), parts=(CyclePart(MonthDay(12, 1), MonthDay(2, 29)),))
    assert Calendar(cycle=winter).read("2023-2024-1") == ("2023-2024-1", date(2023, 12, 1), date(2024, 2, 29))
    assert Calendar(cycle=winter).read("2022-2023-1") == ("2022-2023-1", date(2022, 12, 1), date(2023, 2, 28))


def test_a_period_lies_in_another_when_no_day_sticks_out() -> None:
    year, summer, winter = (SEMESTERS.read(code) for code in ("2025", "2024-2025-2", "2024-2025-1"))
    assert year
    assert summer
    assert winter
    assert summer.lies_in(year)
    assert not winter.lies_in(year)
    assert winter.overlaps(year)
    assert not winter.overlaps(summer)
    assert summer.days == 212
