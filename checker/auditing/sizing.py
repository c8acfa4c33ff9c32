"""How many findings to draw, so that whatever turns out the interval is as narrow as wanted."""

from __future__ import annotations

from fractions import Fraction

from checker.auditing.estimating import Tails

LARGEST = 500
"""The largest sample: nobody looks through more by hand."""


def sample_size(population: int, confidence: Fraction, margin: Fraction) -> int | None:
    """Give the smallest sample whose interval is never wider than twice `margin`, or None where `LARGEST` is too few.

    `confidence` and `margin` are shares between 0 and 1. A sample of everything always is: its interval is one number.
    """
    if not (population > 0 and 0 < confidence < 1 and 0 < margin < 1):
        raise ValueError(f"no sample of {population} at {confidence} within {margin}")
    width = int(2 * margin * population)
    fitting = (size for size in range(1, min(population, LARGEST) + 1) if _fits(population, size, confidence, width))
    return next(fitting, None)


def _fits(population: int, size: int, confidence: Fraction, width: int) -> bool:
    """Whether no interval from a sample of `size` spans more than `width` findings.

    Intervals are widest where about half of the sample differs: what is too wide shows soon from there outwards.
    """
    tails, step = Tails(population, size, confidence), population // size
    guess = population // 2 + step
    for differing in range(size - size // 2, size + 1):
        high = tails.most(differing, guess)
        guess = high + step
        # The interval begins at population - most(size - differing).
        too_many = population + width - high + 1
        if too_many <= population - differing and tails.is_likely(too_many, size - differing):
            return False
    return True
