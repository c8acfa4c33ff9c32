"""A span of exact numbers: what a figure allows, moved, stretched and cut to the values that can be reported.

Follows "Numbers" and "Shortfall" of the contract: rounding goes inwards only, so that no amount reads too small.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from checker.model.number import SHOWN_PLACES, Number, simplest
from checker.model.target import Figure, Form

_FINEST = 10**SHOWN_PLACES


class Span(NamedTuple):
    """The numbers from `low` to `high` (None: without end); an end that is `open` is not one of them."""

    low: Number | None
    high: Number | None
    low_open: bool = False
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is no number in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, int | Fraction):
            return False
        above = self.low is None or value > self.low or (value == self.low and not self.low_open)
        return above and (self.high is None or value < self.high or (value == self.high and not self.high_open))

    def moved(self, by: Number) -> Span:
        """Give it with `by` added to all of it."""
        low, high = (None if end is None else simplest(Fraction(end + by)) for end in (self.low, self.high))
        return self._replace(low=low, high=high)

    def stretched(self, factor: Number) -> Span:
        """Give it with all of it times `factor`, which is more than 0."""
        low, high = (None if end is None else simplest(Fraction(end) * factor) for end in (self.low, self.high))
        return self._replace(low=low, high=high)

    def mirrored(self) -> Span:
        """Give it with all of it times −1."""
        low, high = (None if end is None else -end for end in (self.low, self.high))
        return Span(high, low, self.high_open, self.low_open)

    def from_zero(self) -> Span:
        """Give the part of it that is not negative, as every reported value is."""
        return self if self.low is not None and self.low >= 0 else self._replace(low=0, low_open=False)

    def up_to(self, most: Number) -> Span:
        """Give the part of it that is not more than `most`."""
        return self if self.high is not None and self.high <= most else self._replace(high=most, high_open=False)

    def reportable(self, whole: bool) -> Span:
        """Give it cut to values that can be reported: whole numbers, or those with at most six places.

        Ends go inwards. With places an end that is open stays so: anything beyond it will do.
        """
        grain = 1 if whole else _FINEST
        low, low_open = _inwards(self.low, self.low_open, grain)
        turned, high_open = _inwards(None if self.high is None else -self.high, self.high_open, grain)
        return Span(low, None if turned is None else -turned, low_open, high_open)


def span_of(figure: Figure) -> Span:
    """Give the numbers that satisfy `figure`."""
    return {
        Form.AT_LEAST: Span(figure.low, None),
        Form.MORE_THAN: Span(figure.low, None, low_open=True),
        Form.AT_MOST: Span(None, figure.high),
        Form.LESS_THAN: Span(None, figure.high, high_open=True),
        Form.BETWEEN: Span(figure.low, figure.high),
        Form.EQUALS: Span(figure.low, figure.high),
    }[figure.form]


def _inwards(low: Number | None, is_open: bool, grain: int) -> tuple[Number | None, bool]:
    """Give a lower end moved up to the next multiple of 1/`grain`, and whether it is still open."""
    if low is None:
        return None, is_open
    grains = Fraction(low) * grain
    if grains.denominator != 1:
        return simplest(Fraction(-(-grains.numerator // grains.denominator), grain)), False
    return (low + 1, False) if is_open and grain == 1 else (low, is_open)
