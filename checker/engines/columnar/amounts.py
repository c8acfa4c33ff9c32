"""Exact numbers as the database holds them: whole millionths, for no value has more than six decimals."""

from __future__ import annotations

from fractions import Fraction

from checker.engines.judging import EngineError
from checker.model.number import Number, simplest

MILLION = 1_000_000
WITHDRAWN = -1
"""Stands for the value of a withdrawal: no value is negative."""


def millionths(value: Number) -> int:
    """Give `value` in millionths. Raises EngineError where it has more than six decimals."""
    scaled = simplest(Fraction(value) * MILLION)
    if not isinstance(scaled, int):
        raise EngineError(f"{value} has more than six decimals")
    return scaled


def quotient(above: int, below: int) -> Number:
    """Give the exact value of a fraction."""
    return simplest(Fraction(above, below))
