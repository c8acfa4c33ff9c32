"""Measures and their bounds, computed from what is known: totals, ratios, shares and changes.

Follows "Measures and their bounds" of the contract: bounds are equal when every expected reporter has reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from checker.engines.knowledge import Knowledge
from checker.model.finding import NAMED_UNITS, Reason, Silence
from checker.model.number import Number, simplest
from checker.model.period import Period
from checker.model.rulebook import Change, Condition, Nature, Ratio, Rule, Rulebook, Share, Total, indicators_of
from checker.model.unit import Registry, Unit


class Measured(NamedTuple):
    """What a measure gives: bounds (both None: none; `upper` None: open) and why they are not equal.

    `numerator` and `denominator` belong to the lower bound of a ratio or share. `reason` says why nothing could be
    decided from these bounds, `silent` who has still to report.
    """

    lower: Number | None
    upper: Number | None
    reason: Reason | None
    silent: tuple[Silence, ...] = ()
    numerator: Number | None = None
    denominator: Number | None = None


class Contribution(NamedTuple):
    """What one reporter gives to a total: its value (None: nothing counts), and whether it is silent or expected.

    A silent one may have a value all the same: what else it reported beside a record that was set aside.
    """

    unit: Unit
    value: Number | None
    silent: bool
    expected: bool


class Tested(NamedTuple):
    """What a share makes of one unit: `satisfies` None is undecided for want of the indicators in `unsure`."""

    unit: Unit
    satisfies: bool | None
    unsure: tuple[str, ...]


class _Sum(NamedTuple):
    """A total's lower bound (None: no fact counts), its value where that is exactly known, and who is silent."""

    lower: Number | None
    known: Number | None
    reason: Reason | None
    silent: tuple[Silence, ...]


class Measuring:
    """Measures any unit and period of one plan from what is known at one as-of date."""

    def __init__(self, rulebook: Rulebook, registry: Registry, knowledge: Knowledge, as_of: date) -> None:
        self._rulebook, self._registry, self._knowledge, self._as_of = rulebook, registry, knowledge, as_of
        self._reporters: dict[tuple[str, str], list[Unit]] = {}

    def measure(self, rule: Rule, unit: Unit, period: Period) -> Measured:
        """Give the bounds of the rule's measure for `unit` in `period`."""
        measure = rule.measure
        if isinstance(measure, Total):
            return _of_total(self._sum(measure.indicator, unit, period))
        if isinstance(measure, Ratio):
            sums = [self._sum(code, unit, period) for code in (measure.numerator, measure.denominator)]
            return _of_ratio(*sums)
        if isinstance(measure, Change):
            return self._change(measure, rule, unit, period)
        return self._share(measure, unit, period)

    def reporters(self, indicator: str, unit: Unit) -> list[Unit]:
        """Give the declared reporters of `indicator` at and below `unit`, by id, whatever the day."""
        below = self._registry.below(unit)
        if not below:  # most units; remembering them would take more room than their facts
            return [unit] if self._has_to_do(unit, indicator) else []
        key = (indicator, unit.id)
        if key not in self._reporters:
            found = (one for one in self._likely(indicator, (unit, *below)) if self._has_to_do(one, indicator))
            self._reporters[key] = sorted(found, key=lambda one: one.id)
        return self._reporters[key]

    def _likely(self, indicator: str, units: Iterable[Unit]) -> Iterable[Unit]:
        """Give `units` without most of those that have nothing to do with `indicator`: a county's are many."""
        if not self._knowledge.is_sound:
            return units
        reporter, plan = self._rulebook.indicators[indicator].reporter, self._rulebook.plan
        types = reporter.unit_types if reporter.department is None else (plan.departments.unit_type,)
        return (unit for unit in units if unit.type in types)

    def _has_to_do(self, unit: Unit, indicator: str) -> bool:
        # A record that was set aside can bear a unit that may not report at all; it still has to be mended.
        return self._rulebook.reports(unit, indicator) or self._knowledge.has_spoiled(unit.id, indicator)

    def check_date(self, period: Period) -> date:
        """Give the earlier of the period's last day and the as-of date."""
        return min(period.last, self._as_of)

    def contributions(self, indicator: str, unit: Unit, period: Period) -> Iterator[Contribution]:
        """Go through what each reporter at and below `unit` gives to the total of `indicator` in `period`."""
        day = self.check_date(period)
        flow = self._rulebook.indicators[indicator].nature is Nature.FLOW
        for reporter in self.reporters(indicator, unit):
            own = self._knowledge.own(reporter.id, indicator, period)
            declared = self._rulebook.reports(reporter, indicator)
            expected = declared and reporter.exists_on(day)
            value = own.value if declared and (flow or expected) else None
            yield Contribution(reporter, value, own.spoiled or (expected and value is None), expected)

    def tested(self, measure: Share, unit: Unit, period: Period) -> Iterator[Tested]:
        """Go through the units that a share of `unit` counts in `period`, each with what its own facts say."""
        day = self.check_date(period)
        for one in self._registry.below(unit, measure.of):
            if one.exists_on(day):
                tests = [(condition.indicator, self._test(condition, one, period)) for condition in measure.conditions]
                fails = any(result is False for _, result in tests)
                unsure = () if fails else tuple(dict.fromkeys(code for code, result in tests if result is None))
                yield Tested(one, False if fails else None if unsure else True, unsure)

    def _sum(self, indicator: str, unit: Unit, period: Period) -> _Sum:
        lower: Number | None = None
        silent: list[str] = []
        anyone = False
        for one in self.contributions(indicator, unit, period):
            anyone = anyone or one.expected
            if one.value is not None:
                lower = one.value if lower is None else lower + one.value
            if one.silent:
                silent.append(one.unit.id)
        known = None if silent else lower
        reason = None if known is not None else Reason.MISSING_FACTS if anyone else Reason.NO_UNITS
        return _Sum(lower, known, reason, _silence(indicator, period, silent))

    def _change(self, measure: Change, rule: Rule, unit: Unit, period: Period) -> Measured:
        before, period = self._rulebook.looked_at(rule, period)
        last, this = self._sum(measure.indicator, unit, before), self._sum(measure.indicator, unit, period)
        if this.known is None or last.known is None:
            return Measured(None, None, _first_reason(this, last), last.silent + this.silent)
        change = this.known - last.known
        return Measured(change, change, None)

    def _share(self, measure: Share, unit: Unit, period: Period) -> Measured:
        counted = list(self.tested(measure, unit, period))
        if not counted:
            return Measured(None, None, Reason.NO_UNITS)
        satisfied = sum(one.satisfies is True for one in counted)
        undecided = [one for one in counted if one.satisfies is None]
        lower, upper = (simplest(Fraction(n, len(counted))) for n in (satisfied, satisfied + len(undecided)))
        missing = {code: [one.unit.id for one in undecided if code in one.unsure] for code in indicators_of(measure)}
        silent = tuple(silence for code, units in missing.items() for silence in _silence(code, period, units))
        reason = Reason.MISSING_FACTS if undecided else None
        return Measured(lower, upper, reason, silent, satisfied, len(counted))

    def _test(self, condition: Condition, unit: Unit, period: Period) -> bool | None:
        own = self._knowledge.own(unit.id, condition.indicator, period)
        if own.value is None:
            return None
        upper = None if own.spoiled else own.value
        if condition.figure.holds(own.value, upper):
            return True
        return False if condition.figure.fails(own.value, upper) else None


def _of_total(total: _Sum) -> Measured:
    return Measured(total.lower, total.known, total.reason, total.silent)


def _of_ratio(above: _Sum, below: _Sum) -> Measured:
    if above.known is None or below.known is None:
        return Measured(None, None, _first_reason(above, below), above.silent + below.silent)
    if below.known == 0:
        return Measured(None, None, Reason.ZERO_DENOMINATOR)
    ratio = simplest(Fraction(above.known, below.known))
    return Measured(ratio, ratio, None, (), above.known, below.known)


def _first_reason(*sums: _Sum) -> Reason:
    return Reason.NO_UNITS if Reason.NO_UNITS in [one.reason for one in sums] else Reason.MISSING_FACTS


def _silence(indicator: str, period: Period, units: list[str]) -> tuple[Silence, ...]:
    if not units:
        return ()
    return (Silence(indicator, period.code, tuple(units[:NAMED_UNITS]), len(units)),)
