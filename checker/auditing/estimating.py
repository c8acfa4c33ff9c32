"""What a sample says about the whole: how many of all findings may differ, exactly, with a stated confidence.

Both ends are exact for sampling without replacement: the hypergeometric counterpart of Clopper and Pearson (Biometrika
26, 1934, 404-413), as Buonaccorsi describes it (The American Statistician 41, 1987, 215-218). Each tail gets half of
what the confidence leaves, so that the interval holds the truth at least as often as it says.
"""

from __future__ import annotations

from fractions import Fraction
from math import comb
from typing import NamedTuple


class Interval(NamedTuple):
    """From how many to how many of all findings differ, both included."""

    low: int
    high: int


class Estimate(NamedTuple):
    """What a sample of `size` out of `population` says, in which `differing` findings differed."""

    population: int
    size: int
    differing: int
    confidence: Fraction
    interval: Interval

    @property
    def share(self) -> Fraction:
        """The share that differs in the sample, and is to be expected of all."""
        return Fraction(self.differing, self.size)

    @property
    def shares(self) -> tuple[Fraction, Fraction]:
        """The least and the greatest share of all that differs."""
        low, high = self.interval
        return Fraction(low, self.population), Fraction(high, self.population)


def estimate(population: int, size: int, differing: int, confidence: Fraction) -> Estimate:
    """Give what a sample says. Raises ValueError where no such sample can be drawn."""
    if not (0 <= differing <= size <= population and size and 0 < confidence < 1):
        raise ValueError(f"no sample: {differing} of {size} of {population} at {confidence}")
    tails = Tails(population, size, confidence)
    interval = Interval(population - tails.most(size - differing), tails.most(differing))
    return Estimate(population, size, differing, confidence, interval)


class Tails:
    """Lower tails of the hypergeometric distribution of one size of sample, compared exactly with what is left over."""

    def __init__(self, population: int, size: int, confidence: Fraction) -> None:
        self._population, self._size = population, size
        left = (1 - confidence) / 2
        self._scale, self._bound = left.denominator, left.numerator * comb(population, size)

    def is_likely(self, all_differing: int, differing: int) -> bool:
        """Whether, of so many in all, so few or fewer in the sample are likelier than half of what is left over.

        The counts of samples are added from the largest downwards until what is left of them can decide nothing.
        """
        rest = self._population - all_differing
        fewest = max(0, self._size - rest)
        if differing < fewest:
            return False
        term = comb(all_differing, differing) * comb(rest, self._size - differing)
        sum_, bound = 0, self._bound
        for here in range(differing, fewest - 1, -1):
            sum_ += term
            if sum_ * self._scale > bound:
                return True
            down, up = here * (rest - self._size + here), (all_differing - here + 1) * (self._size - here + 1)
            # Each further term is at most down/up of the one before it, and ever less.
            if down < up and (sum_ * (up - down) + term * down) * self._scale <= bound * (up - down):
                return False
            term = term * down // up
        return False

    def most(self, differing: int, guess: int | None = None) -> int:
        """Give how many may differ in all at most where `differing` do in the sample; a good guess is quicker."""
        end = self._population - self._size + differing
        low = high = differing if guess is None else min(max(guess, differing), end)
        step = 1
        if self.is_likely(low, differing):
            while high < end and self.is_likely(high := min(high + step, end), differing):
                low, step = high, step * 2
            high = high if high > low else low + 1
        else:
            while not self.is_likely(low := max(high - step, differing), differing):
                high, step = low, step * 2
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.is_likely(middle, differing) else (low, middle)
        return low
