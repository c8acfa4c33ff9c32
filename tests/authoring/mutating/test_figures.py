"""Slips in figures: what they are, and the value that tells each from the true one."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.authoring.mutating.figures import compared_otherwise, moved, step_of, telling
from checker.model.target import Figure, Form


def figure(form: Form, *written: str) -> Figure:
    low, high = (Fraction(one.rstrip("%")) / (100 if "%" in one else 1) for one in (written[0], written[-1]))
    return Figure(form=form, low=low, high=high, written=written)


@pytest.mark.parametrize(
    ("written", "whole", "step"),
    [
        ("2", True, 1), ("1.2万", True, 1), ("12,000", False, 1), ("85%", False, Fraction(1, 100)),
        ("0.5", False, Fraction(1, 10)), ("1.5万", False, 1000), ("0.25%", False, Fraction(1, 10000)),
    ],
)  # fmt: skip
def test_a_step_is_one_of_what_is_counted_or_of_the_last_digit(written: str, whole: bool, step: Fraction) -> None:
    assert step_of(written, whole) == step


@pytest.mark.parametrize(
    ("true", "whole", "slips"),
    [
        (figure(Form.AT_LEAST, "2"), True, ["at_least 3", "at_least 1"]),
        (figure(Form.MORE_THAN, "0"), True, ["more_than 1"]),
        (figure(Form.AT_MOST, "85%"), False, ["at_most 86%", "at_most 84%"]),
        (figure(Form.EQUALS, "0.5"), False, ["equals 0.6", "equals 0.4"]),
        (figure(Form.BETWEEN, "3", "5"), True,
         ["between 4 and 5", "between 2 and 5", "between 3 and 6", "between 3 and 4"]),
        (figure(Form.BETWEEN, "3", "3"), True, ["between 2 and 3", "between 3 and 4"]),
    ],
)  # fmt: skip
def test_a_number_slips_one_step_up_or_down(true: Figure, whole: bool, slips: list[str]) -> None:
    assert [str(one) for one in moved(true, whole)] == slips


@pytest.mark.parametrize(
    ("true", "slips"),
    [
        (figure(Form.AT_LEAST, "2"), ["more_than 2", "at_most 2"]),
        (figure(Form.MORE_THAN, "2"), ["at_least 2", "less_than 2"]),
        (figure(Form.AT_MOST, "2"), ["less_than 2", "at_least 2"]),
        (figure(Form.LESS_THAN, "2"), ["at_most 2", "more_than 2"]),
        (figure(Form.EQUALS, "2"), ["at_least 2", "at_most 2"]),
        (figure(Form.BETWEEN, "3", "5"), ["at_least 3", "at_most 5"]),
    ],
)
def test_a_comparison_slips_to_strict_to_reversed_or_loses_an_end(true: Figure, slips: list[str]) -> None:
    assert [str(one) for one in compared_otherwise(true)] == slips


@given(st.sampled_from(Form), st.integers(0, 50), st.integers(0, 50), st.sampled_from(["", "%"]), st.booleans())
def test_every_slip_comes_with_a_value_that_tells_it(form: Form, one: int, other: int, sign: str, whole: bool) -> None:
    low, high = sorted((one, other))
    written = [f"{low}{sign}", f"{high}{sign}"] if form is Form.BETWEEN else [f"{low}{sign}"]
    true, whole = figure(form, *written), whole and not sign
    for slipped in (*moved(true, whole), *compared_otherwise(true)):
        value = telling(true, slipped, step_of(written[0], whole))
        # That nothing is negative makes "at least 0" hold of everything, so that some slips around 0 say the same.
        if value is None:
            assert low == 0
        else:
            assert true.holds(value, value) is not slipped.holds(value, value)
