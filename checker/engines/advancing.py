"""What a finding needs besides its verdict: whether its period is due, its pace and its shortfall.

Follows "Verdicts" 1 and 3 and "Shortfall" of the contract.
"""

from __future__ import annotations

from datetime import date

from checker.engines.judging import Case
from checker.engines.measuring import Measured
from checker.model.finding import Pace, Verdict
from checker.model.number import Number, simplest
from checker.model.period import Period
from checker.model.rulebook import Measure, Nature, Rulebook, Total
from checker.model.target import CEILINGS, FLOORS, Figure, Form

_STRICT = frozenset({Form.MORE_THAN, Form.LESS_THAN})


def is_due(period: Period, as_of: date, grace_days: int) -> bool:
    """Whether `as_of` is the period's last day plus the reporting grace, or later."""
    return (as_of - period.last).days >= grace_days


def is_flow_total(measure: Measure, rulebook: Rulebook) -> bool:
    """Whether `measure` is a total of a flow, which may decide early and has a pace over time."""
    return isinstance(measure, Total) and rulebook.indicators[measure.indicator].nature is Nature.FLOW


def pace_of(case: Case, standing: Verdict, period: Period, as_of: date) -> Pace:
    """Give how a pending finding stands; `standing` is what it would be if it were due at `as_of`."""
    if not case.early or case.form not in FLOORS | CEILINGS:
        return {Verdict.MET: Pace.REACHED, Verdict.UNKNOWN: Pace.UNKNOWN}.get(standing, Pace.BEHIND)
    if case.lower is None:
        return Pace.UNKNOWN
    so_far = case.lower * period.days
    by_now = case.low * ((as_of - period.first).days + 1)
    behind = so_far < by_now if case.form in FLOORS else so_far > by_now
    return Pace.BEHIND if behind else Pace.ON_TRACK


def shortfall_of(measure: Measure, figure: Figure, measured: Measured, rulebook: Rulebook) -> Number | None:
    """Give the least that has to be added (or come off), everything else as it is; None where nothing has to.

    In the unit of the total, of a ratio's numerator or of a change's later figure; in units for a share. A whole
    number where that is an integer.
    """
    if measured.lower is None or figure.holds(measured.lower, measured.lower):
        return None
    distance = _distance(figure, measured.lower)
    if measured.denominator is not None:
        distance = simplest(distance * measured.denominator)
    if not rulebook.counts_whole(measure):
        return distance
    if figure.form in _STRICT:
        return distance.numerator // distance.denominator + 1
    return -(-distance.numerator // distance.denominator)


def _distance(figure: Figure, value: Number) -> Number:
    return figure.low - value if value < figure.low or figure.form in FLOORS else value - figure.high
