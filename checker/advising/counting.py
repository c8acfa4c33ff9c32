"""Which units of a share have to change so that it is met: the fewest, and of these the closest to what is asked.

Follows the measure `share` of the contract: lower counts the undecided as failing, upper as satisfying.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from checker.advising.holding import Holding, Unreachable
from checker.model.advice import Act, Need
from checker.model.number import Number
from checker.model.span import Span, span_of
from checker.model.target import Figure


class Candidate(NamedTuple):
    """One unit that a share counts: whether it satisfies (None: undecided), and its figures with what is asked."""

    unit: str
    satisfies: bool | None
    tests: tuple[tuple[Holding, Figure], ...]


class Changed(NamedTuple):
    """What one unit has to do so that it counts, or counts no longer."""

    unit: str
    needs: tuple[Need, ...]

    @property
    def distance(self) -> tuple[int, int, Number, str]:
        """How far it is from there: figures, those of them that are reported and wrong, how much of them, its id."""
        indicators = {need.indicator for need in self.needs}
        wrong = {need.indicator for need in self.needs if need.act is not Act.REPORT}
        return len(indicators), len(wrong), sum(map(_size, self.needs)), self.unit


def fewest_units(candidates: list[Candidate], allowed: Span) -> list[Changed]:
    """Give the fewest of `candidates` that have to change so that their share is surely in `allowed`, closest first.

    Raises Unreachable where no number of units is in `allowed`, or too few of them can change.
    """
    many = allowed.stretched(len(candidates)).reportable(whole=True).from_zero().up_to(len(candidates))
    if many.is_empty:
        raise Unreachable
    least, most = int(many.low or 0), int(many.high or 0)
    satisfying = [one for one in candidates if one.satisfies]
    undecided = [one for one in candidates if one.satisfies is None]
    failing = [one for one in candidates if one.satisfies is False]
    wanted = max(least - len(satisfying), 0)
    # Where too many would count, each that is undecided has to be decided anyway: those come before the failing.
    pools = [undecided + failing] if most == len(candidates) else [undecided, failing]
    joining = _closest((_joining(pool) for pool in pools), wanted)
    joined = {one.unit for one in joining}
    open_still = [one for one in undecided if one.unit not in joined]
    surplus = max(len(satisfying) + len(joining) + len(open_still) - most, 0)
    return joining + _closest((_leaving(pool) for pool in (open_still, satisfying)), surplus)


def _closest(pools: Iterable[Iterator[Changed]], wanted: int) -> list[Changed]:
    """Give the `wanted` first of `pools`, each from the closest on."""
    found = [one for pool in pools for one in sorted(pool, key=lambda one: one.distance)]
    if len(found) < wanted:
        raise Unreachable
    return found[:wanted]


def _joining(candidates: Iterable[Candidate]) -> Iterator[Changed]:
    for one in candidates:
        try:
            needs = [need for held, figure in one.tests for need in held.needs(span_of(figure))]
        except Unreachable:
            continue
        yield Changed(one.unit, tuple(needs))


def _leaving(candidates: Iterable[Candidate]) -> Iterator[Changed]:
    for one in candidates:
        ways = [Changed(one.unit, tuple(way)) for held, figure in one.tests for way in _failing(held, figure)]
        if ways:
            yield min(ways, key=lambda way: way.distance)


def _failing(held: Holding, figure: Figure) -> Iterator[list[Need]]:
    """Go through the ways in which a figure would surely fail: too low or too high."""
    inside = span_of(figure)
    for outside in (
        None if inside.low is None else Span(None, inside.low, high_open=not inside.low_open),
        None if inside.high is None else Span(inside.high, None, low_open=not inside.high_open),
    ):
        try:
            needs = held.needs(outside) if outside else []
        except Unreachable:
            continue
        if needs:
            yield needs


def _size(need: Need) -> Number:
    """Give the least that is asked for, in parts of itself where it is reported anew."""
    return need.amount.low if need.amount and need.amount.low else Fraction(0)
