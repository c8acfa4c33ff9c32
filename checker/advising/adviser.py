"""The least change of the data that would make a finding met.

Follows "Measures and their bounds", "Verdicts" and "Shortfall" of the contract: to the total, to the numerator of a
ratio, to this period's figure of a change, to the units of a share; figures that are missing come first.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from checker.advising.counting import fewest_units
from checker.advising.holding import Holding, Unreachable
from checker.advising.reckoning import Reckoning
from checker.advising.tempo import tempo_of
from checker.model.advice import Advice, Need, Obstacle
from checker.model.fact import Data
from checker.model.finding import Finding, Verdict
from checker.model.number import simplest
from checker.model.rulebook import Change, Ratio, Rulebook, Share, Total
from checker.model.span import Span, span_of


class _Way(NamedTuple):
    """What has to be done, and whether what is reported has also to reach the target."""

    needs: list[Need]
    relation: bool = False
    units: tuple[str, ...] | None = None


class _Nobody(Exception):  # noqa: N818 (an answer, and no fault of ours)
    """There is no unit in scope to report or to count."""


class Adviser:
    """Advises on the findings of one plan on some data at one as-of date."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date) -> None:
        self._rulebook, self._as_of = rulebook, as_of
        self._reckoning = Reckoning(rulebook, data, as_of)

    def advice(self, finding: Finding) -> Advice | None:
        """Give what would make `finding` met; None where it is, or would be if it were due today."""
        if finding.lower is not None and finding.figure.holds(finding.lower, finding.upper):
            return None
        over = finding.period.last < self._as_of
        try:
            needs, relation, units = self._way(finding)
        except _Nobody:
            return Advice(finding, (), Obstacle.NO_UNITS, over=over)
        except Unreachable:
            return Advice(finding, (), Obstacle.UNREACHABLE, over=over)
        advice = Advice(finding, tuple(needs), None, units, relation, None, over)
        pending = finding.verdict is Verdict.PENDING
        return advice._replace(tempo=tempo_of(advice, self._reckoning, self._as_of)) if pending else advice

    def _way(self, finding: Finding) -> _Way:
        measure = finding.rule.measure
        if isinstance(measure, Total):
            total = self._somebody(finding, measure.indicator, -1)
            return _Way(total.needs(span_of(finding.figure)))
        if isinstance(measure, Ratio):
            return self._of_ratio(finding, measure)
        if isinstance(measure, Change):
            return self._of_change(finding, measure)
        return self._of_share(finding, measure)

    def _somebody(self, finding: Finding, indicator: str, place: int) -> Holding:
        """Give what is held of `indicator` in the period at `place` of those that are looked at."""
        period = self._rulebook.looked_at(finding.rule, finding.period)[place]
        held = self._reckoning.total(indicator, finding.unit, period)
        if held.nobody:
            raise _Nobody
        return held

    def _of_ratio(self, finding: Finding, measure: Ratio) -> _Way:
        allowed = span_of(finding.figure)
        above, below = (self._somebody(finding, code, 0) for code in (measure.numerator, measure.denominator))
        if measure.numerator == measure.denominator:
            if 1 not in allowed:
                raise Unreachable
            return _Way(below.needs(Span(0, None, low_open=True), exactly=True))
        if below.known:
            return _Way(above.needs(allowed.stretched(below.known), exactly=True))
        if below.known == 0:
            some = Span(0, None, low_open=True)
            return _Way([*below.needs(some), *above.completing()], relation=True)
        if not above.known:
            return _Way([*above.completing(), *below.completing()], relation=True)
        return _other(below, _denominators(allowed, above.known))

    def _of_change(self, finding: Finding, measure: Change) -> _Way:
        allowed = span_of(finding.figure)
        last, this = (self._somebody(finding, measure.indicator, place) for place in (0, -1))
        if last.known is not None:
            return _Way(this.needs(allowed.moved(last.known), exactly=True))
        if this.known is None:
            return _Way([*last.completing(), *this.completing()], relation=True)
        return _other(last, allowed.mirrored().moved(this.known))

    def _of_share(self, finding: Finding, measure: Share) -> _Way:
        candidates = self._reckoning.counted(measure, finding.unit, finding.period)
        if not candidates:
            raise _Nobody
        chosen = fewest_units(candidates, span_of(finding.figure))
        return _Way([need for units in chosen for need in units.needs], False, tuple(one.unit for one in chosen))


def _denominators(allowed: Span, above: int | Fraction) -> Span:
    """Give which denominators, more than 0, put `above`, which is more than 0, into `allowed`."""
    low = None if allowed.high is None else simplest(Fraction(above) / allowed.high) if allowed.high else None
    if allowed.high == 0:
        return Span(0, 0, low_open=True)
    high = simplest(Fraction(above) / allowed.low) if allowed.low else None
    if low is None:
        return Span(0, high, True, allowed.low_open)
    return Span(low, high, allowed.high_open, allowed.low_open)


def _other(held: Holding, wanted: Span) -> _Way:
    """Give that whoever is silent about `held`, beside a figure that is known, reports what is `wanted` as far as can.

    Where no amount alone does, the known figure will have to change too once the other is there.
    """
    amount = wanted.moved(-(held.value or 0)).reportable(held.whole).from_zero()
    if amount.is_empty or not held.silent:
        return _Way(list(held.completing()), relation=True)
    return _Way(list(held.completing(amount)))
