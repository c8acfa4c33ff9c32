from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.number import Number, ValueKind, parse_value, shown, shown_percent, shown_up

INTEGER, DECIMAL, PERCENT, BOOLEAN = ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.PERCENT, ValueKind.BOOLEAN


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("12", INTEGER, 12),
        ("1,234,567", INTEGER, 1234567),
        ("1.2万", INTEGER, 12000),
        ("0.5亿", INTEGER, 50_000_000),
        ("1.0", INTEGER, 1),
        ("１２", INTEGER, 12),
        ("１，２３４．０", INTEGER, 1234),
        ("  7 ", INTEGER, 7),
        ("　7　", INTEGER, 7),
        ("000000000000000007", INTEGER, 7),
        ("999999999999", INTEGER, 999_999_999_999),
        ("0" * 5000 + "2." + "0" * 5000, INTEGER, 2),
        ("0.0000000001万", DECIMAL, Fraction(1, 10**6)),
        ("1.5000000000", DECIMAL, Fraction(3, 2)),
        ("0.000001", DECIMAL, Fraction(1, 10**6)),
        ("85%", PERCENT, Fraction(17, 20)),
        ("８５．５％", PERCENT, Fraction(171, 200)),
        ("0.0001%", PERCENT, Fraction(1, 10**6)),
        ("120%", PERCENT, Fraction(6, 5)),
        ("是", BOOLEAN, 1),
        ("TRUE", BOOLEAN, 1),
        ("Yes", BOOLEAN, 1),
        ("１", BOOLEAN, 1),
        ("否", BOOLEAN, 0),
        ("no", BOOLEAN, 0),
    ],
)
def test_a_value_is_read_as_people_write_it(text: str, kind: ValueKind, value: Number) -> None:
    assert parse_value(text, kind) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", INTEGER),
        ("-1", INTEGER),
        ("+1", INTEGER),
        ("1e3", INTEGER),
        ("1E3", DECIMAL),
        ("NaN", DECIMAL),
        ("1.5", INTEGER),
        ("0.00012万", INTEGER),
        (".5", DECIMAL),
        ("5.", DECIMAL),
        ("12,34", INTEGER),
        ("1234,567", INTEGER),
        ("1,2345", INTEGER),
        ("1 2", INTEGER),
        ("1.2 万", INTEGER),
        ("1万亿", INTEGER),
        ("85", PERCENT),
        ("0.85", PERCENT),
        ("85%", INTEGER),
        ("85%", DECIMAL),
        ("85.12345%", PERCENT),
        ("0.0000001", DECIMAL),
        ("1000000000000", INTEGER),
        ("10000亿", INTEGER),
        ("٣", INTEGER),
        ("0x10", INTEGER),
        ("1_000", INTEGER),
        ("2", BOOLEAN),
        ("1.0", BOOLEAN),
        ("对", BOOLEAN),
        ("9" * 5000, INTEGER),
    ],
)
def test_nothing_else_is_a_value(text: str, kind: ValueKind) -> None:
    assert parse_value(text, kind) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (12000, "12000"),
        (Fraction(17, 20), "0.85"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(5, 2 * 10**6), "0.000002"),
        (Fraction(15, 2 * 10**6), "0.000008"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(-1, 10**9), "0"),
        (-3, "-3"),
    ],
)
def test_a_value_is_shown_rounded_half_even_at_the_sixth_place(value: Number, text: str) -> None:
    assert shown(value) == text


def test_a_shortfall_is_rounded_up_so_that_it_never_reads_too_small() -> None:
    assert (shown_up(Fraction(1, 3)), shown_up(Fraction(1, 10**9)), shown_up(Fraction(1, 2))) == (
        "0.333334",
        "0.000001",
        "0.5",
    )


def test_a_share_is_read_as_a_percentage() -> None:
    assert (shown_percent(Fraction(17, 20)), shown_percent(1), shown_percent(Fraction(1, 3))) == (
        "85%",
        "100%",
        "33.333333%",
    )


@given(st.integers(0, 10**12 - 1), st.integers(0, 6))
def test_every_number_within_bounds_comes_back_exactly(digits: int, places: int) -> None:
    whole, part = divmod(digits, 10**places)
    text = f"{whole}.{part:0{places}d}" if places else str(whole)
    assert parse_value(text, DECIMAL) == Fraction(digits, 10**places)
