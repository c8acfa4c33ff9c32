"""Spans of exact numbers: what is in them, moved, stretched and cut to what can be reported."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.span import Span, span_of
from tests.engines.building import figure

NUMBERS = st.fractions(min_value=-20, max_value=20, max_denominator=7)
SPANS = st.builds(Span, st.none() | NUMBERS, st.none() | NUMBERS, st.booleans(), st.booleans())


@given(SPANS, NUMBERS, NUMBERS)
def test_what_is_in_it_is_in_it_after_a_move_a_stretch_or_a_mirror(span: Span, value: Fraction, by: Fraction) -> None:
    inside = value in span
    assert (value + by in span.moved(by)) == inside
    assert (-value in span.mirrored()) == inside
    assert (value * 3 in span.stretched(3)) == inside


@given(SPANS, st.integers(-20, 20))
def test_cut_to_whole_numbers_it_keeps_them_all_and_ends_on_them(span: Span, value: int) -> None:
    cut = span.reportable(whole=True)
    assert (value in cut) == (value in span)
    if cut.low is not None and cut.high is not None:
        assert cut.is_empty == (not any(number in span for number in range(-25, 26)))
    assert not (cut.low_open or cut.high_open) or cut.low is None or cut.high is None


@given(SPANS, NUMBERS)
def test_parts_of_it_hold_what_both_hold(span: Span, value: Fraction) -> None:
    assert (value in span.from_zero()) == (value in span and value >= 0)
    assert (value in span.up_to(5)) == (value in span and value <= 5)


@pytest.mark.parametrize(
    ("target", "inside", "outside"),
    [
        ("at_least 3", [3, 4], [2]),
        ("more_than 3", [4], [3]),
        ("at_most 3", [0, 3], [4]),
        ("less_than 3", [2], [3]),
        ("between 3 and 5", [3, 4, 5], [2, 6]),
        ("equals 3", [3], [2, 4]),
    ],
)
def test_a_span_holds_what_its_target_allows(target: str, inside: list[int], outside: list[int]) -> None:
    span = span_of(figure(target))
    assert all(value in span for value in inside)
    assert not any(value in span for value in outside)


def test_with_places_an_open_end_stays_open_and_a_third_is_rounded_inwards() -> None:
    assert Span(Fraction(1, 2), None, low_open=True).reportable(whole=False).low_open
    assert Span(Fraction(1, 3), Fraction(2, 3)).reportable(whole=False) == Span(
        Fraction(333334, 10**6), Fraction(666666, 10**6)
    )


def test_words_are_not_in_a_span() -> None:
    assert "3" not in Span(None, None)
