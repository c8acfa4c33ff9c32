"""Measures and their bounds, from what is known at one date: semantics.md, "Measures and their bounds"."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from .clashes import Facts, before
from .facts import Fact, Key
from .periods import Period, day_begins
from .registry import Registry, Unit
from .rulebook import Indicator, Rule, Rulebook, Target

MISSING, NOBODY, ZERO = "missing_facts", "no_units", "zero_denominator"


@dataclass(frozen=True)
class Bounds:
    """Lower and upper bound, both included; no `upper` means open, that is infinite."""

    lower: Fraction
    upper: Fraction | None

    @property
    def exact(self) -> bool:
        """True when both are one number."""
        return self.lower == self.upper


@dataclass(frozen=True)
class Measured:
    """Bounds or None, why a verdict may be unknown, and what the shortfall is counted in.

    `amount` is what can be added to (a total, a numerator, this year's figure less last year's, a number of units),
    `scale` what a target's figure is multiplied by to be an amount, `whole` whether only whole amounts exist.
    """

    bounds: Bounds | None
    reason: str
    amount: Fraction
    scale: Fraction
    whole: bool


@dataclass(frozen=True)
class Total:
    """A total's bounds (None: no fact counts at all), and whether anybody in scope is to report."""

    bounds: Bounds | None
    anybody: bool

    @property
    def exact(self) -> bool:
        """True for a total that is exactly known."""
        return self.bounds is not None and self.bounds.exact


@dataclass(frozen=True)
class Own:
    """What one unit itself reported in a period: an amount or None, and whether a spoiled fact hides more."""

    amount: Fraction | None
    spoiled: bool


def satisfies(target: Target, value: Fraction) -> bool:
    """Reads: "at_least includes the figure, more_than excludes it, likewise at_most and less_than"."""
    figure = target.figures[0]
    return {
        "at_least": value >= figure,
        "more_than": value > figure,
        "at_most": value <= figure,
        "less_than": value < figure,
        "equals": value == figure,
        "between": figure <= value <= target.figures[-1],
    }[target.form]


def decides(target: Target, bounds: Bounds) -> bool | None:
    """True when every value from lower to upper satisfies, False when none does, else None."""
    lower, upper, figure, last = bounds.lower, bounds.upper, target.figures[0], target.figures[-1]
    if satisfies(target, lower):
        if bounds.exact or (target.form in ("at_least", "more_than")):
            return True
        return True if upper is not None and satisfies(target, upper) else None
    if target.form in ("at_most", "less_than"):
        return False
    if upper is None:
        return False if target.form in ("equals", "between") and lower > last else None
    if target.form in ("at_least", "more_than"):
        return None if satisfies(target, upper) else False
    return False if upper < figure or lower > last else None


@dataclass
class World:
    """Everything that is known at the end of `as_of`, Asia/Shanghai."""

    book: Rulebook
    registry: Registry
    facts: Facts
    as_of: date
    standing: dict[tuple[str, str], list[tuple[Period, Fraction]]] = field(init=False)

    def __post_init__(self) -> None:
        latest: dict[Key, Fact] = {}
        for fact in self.facts.good:
            if not self._known(fact) or fact.key in self.facts.spoiled:
                continue
            if fact.key not in latest or fact.earliest() > latest[fact.key].earliest():
                latest[fact.key] = fact
        self.standing = defaultdict(list)
        for key, fact in latest.items():
            if not fact.withdrawn and fact.period is not None and fact.value is not None:
                self.standing[key[:2]].append((fact.period, fact.value))

    def _known(self, fact: Fact) -> bool:
        """Reads: "From its reported_at, or, where that is empty, from the first day of its period"."""
        if fact.reported is None:
            return fact.period is not None and fact.period.first <= self.as_of
        return fact.reported < day_begins(self.as_of + timedelta(days=1), self.book.zone)

    def check_date(self, period: Period) -> date:
        """Reads: "The earlier of its period's last day and as_of"."""
        return min(period.last, self.as_of)

    def own(self, unit: str, indicator: Indicator, period: Period) -> Own:
        """Reads: "The sum of a flow's facts in the period, or the latest of a level's"; spoiled: only a flow counts."""
        hidden = self.facts.silent.get((unit, indicator.code), [])
        spoiled = any(lost is None or lost.inside(period) for lost in hidden)
        told = [(own, value) for own, value in self.standing.get((unit, indicator.code), []) if own.inside(period)]
        if not told or (spoiled and indicator.nature == "level"):
            return Own(None, spoiled)
        if indicator.nature == "flow":
            return Own(sum((value for _, value in told), Fraction(0)), spoiled)
        return Own(max(told, key=lambda fact: (fact[0].last, fact[0].first))[1], spoiled)

    def total(self, unit: str, indicator: Indicator, period: Period) -> Total:
        """A total over the unit and all below it, with its own period's check date."""
        day = self.check_date(period)
        lower, counted, silent, anybody = Fraction(0), False, False, False
        for reporter in self.registry.at_and_below(unit):
            declared = self.registry.reports(reporter, indicator)
            expected = declared and reporter.exists(day)
            own = self.own(reporter.id, indicator, period)
            if own.amount is not None and declared and (expected or indicator.nature == "flow"):
                lower, counted = lower + own.amount, True
            silent = silent or own.spoiled or (expected and own.amount is None)
            anybody = anybody or expected
        return Total(Bounds(lower, None if silent else lower) if counted else None, anybody)

    def measure(self, rule: Rule, unit: str, period: Period) -> Measured:
        """The rule's measure for one unit and period."""
        if rule.measure == "share":
            return self._share(rule, unit, period)
        indicators = [self.book.indicators[code] for code in rule.indicators]
        whole = indicators[0].kind in ("integer", "boolean")
        if rule.measure == "ratio":
            return self._ratio(indicators, unit, period, whole)
        total = self.total(unit, indicators[0], period)
        if rule.measure == "change":
            return self._change(total, self.total(unit, indicators[0], before(period)), whole)
        reason = _reason(total)
        amount = total.bounds.lower if total.bounds else Fraction(0)
        return Measured(total.bounds, reason, amount, Fraction(1), whole)

    def _ratio(self, indicators: list[Indicator], unit: str, period: Period, whole: bool) -> Measured:
        """Reads: "A total that is not exactly known, or a denominator of 0: no bounds"."""
        above, below = (self.total(unit, indicator, period) for indicator in indicators)
        if above.bounds is None or below.bounds is None or not (above.exact and below.exact):
            return Measured(None, _reason(above, below), Fraction(0), Fraction(1), whole)
        if below.bounds.lower == 0:
            return Measured(None, ZERO, Fraction(0), Fraction(1), whole)
        value = above.bounds.lower / below.bounds.lower
        return Measured(Bounds(value, value), MISSING, above.bounds.lower, below.bounds.lower, whole)

    def _change(self, this: Total, last: Total, whole: bool) -> Measured:
        """Reads: "This year's less last year's"."""
        if this.bounds is None or last.bounds is None or not (this.exact and last.exact):
            return Measured(None, _reason(this, last), Fraction(0), Fraction(1), whole)
        value = this.bounds.lower - last.bounds.lower
        return Measured(Bounds(value, value), MISSING, value, Fraction(1), whole)

    def _share(self, rule: Rule, unit: str, period: Period) -> Measured:
        """Reads: "Lower counts the undecided as failing, upper as satisfying; no unit in scope: no bounds"."""
        day = self.check_date(period)
        counted = [one for one in self.registry.below[unit] if one.type == rule.share_of and one.exists(day)]
        if not counted:
            return Measured(None, NOBODY, Fraction(0), Fraction(1), True)
        results = [self._meets_all(rule, one, period) for one in counted]
        sure, open_, size = results.count(True), results.count(None), len(results)
        bounds = Bounds(Fraction(sure, size), Fraction(sure + open_, size))
        return Measured(bounds, MISSING, Fraction(sure), Fraction(size), True)

    def _meets_all(self, rule: Rule, unit: Unit, period: Period) -> bool | None:
        """Reads: "Any condition fails: the unit fails; otherwise any missing: undecided"."""
        results: list[bool | None] = []
        for code, condition in zip(rule.indicators, rule.conditions, strict=True):
            own = self.own(unit.id, self.book.indicators[code], period)
            if own.amount is None:
                results.append(None)
            else:
                results.append(decides(condition, Bounds(own.amount, None if own.spoiled else own.amount)))
        if False in results:
            return False
        return None if None in results else True


def _reason(*totals: Total) -> str:
    """`no_units`: "for any total that is not exactly known, nobody in scope to report"; else `missing_facts`."""
    return NOBODY if any(not total.exact and not total.anybody for total in totals) else MISSING
