"""Does to the data what an advice says, so that the engine can be asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

from checker.engines.judging import Case
from checker.engines.knowledge import Knowledge, latest
from checker.engines.measuring import Measuring
from checker.engines.plain import PlainJudge
from checker.model.advice import Act, Advice, Need
from checker.model.fact import Data, Fact
from checker.model.finding import Finding, Verdict
from checker.model.instant import after
from checker.model.number import Number
from checker.model.period import Period
from checker.model.problem import Place
from checker.model.rulebook import Nature, Rulebook

HERE = Place("advice", 1)
Pick = Callable[[Need], Number]


class Applying:
    """Applies needs to the data of one county at one as-of date, each figure reported last of all."""

    def __init__(self, book: Rulebook, data: Data, as_of: date) -> None:
        self.book, self.as_of = book, as_of
        self._data, self._spoiled = data, set(data.spoiled)
        self._facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in data.facts:
            self._facts[fact.unit, fact.indicator].append(fact)
        self._end = after(as_of, book.plan.zone)

    @property
    def data(self) -> Data:
        """The data as they are now."""
        facts = tuple(fact for alike in self._facts.values() for fact in alike)
        return replace(self._data, facts=facts, spoiled=frozenset(self._spoiled))

    def apply(self, need: Need, amount: Number) -> None:
        """Have the need's units report, add or take away `amount` together: the first as much of it as it can."""
        told = need.units if need.every else need.units[:1]
        if need.act in (Act.REPORT, Act.MEND):
            self._mend(told, need)
        if need.act is Act.REPORT:
            for unit in told:
                self._report(unit, need, amount if unit == told[0] else 0)
        elif need.act is Act.ADD:
            fact = next(self._counting(need))
            self._put(fact.unit, fact.indicator, fact.period, (fact.value or 0) + amount)
        elif need.act is Act.TAKE_AWAY:
            for fact in list(self._counting(need)):
                off = min(amount, fact.value or 0)
                self._put(fact.unit, fact.indicator, fact.period, (fact.value or 0) - off)
                amount -= off
            assert amount == 0, need

    def _mend(self, units: tuple[str, ...], need: Need) -> None:
        """Take out what was set aside, and what it hid: nothing is there under its key until it is reported anew."""
        mended = {
            key
            for key in self._spoiled
            if key.unit in units and key.indicator == need.indicator
            if key.period is None or key.period.lies_in(need.period)
        }
        hidden = {(key.unit, key.period.code) for key in mended if key.period}
        self._spoiled -= mended
        for unit in units:
            own = self._facts[unit, need.indicator]
            self._facts[unit, need.indicator] = [one for one in own if (unit, one.period.code) not in hidden]

    def _report(self, unit: str, need: Need, amount: Number) -> None:
        held = self._held(unit, need)
        if self.book.indicators[need.indicator].nature is Nature.LEVEL and held:
            self._put(unit, need.indicator, latest(held).period, amount)
            return
        same = next((fact.value or 0 for fact in held if fact.period.code == need.period.code), 0)
        self._put(unit, need.indicator, need.period, same + amount)

    def _counting(self, need: Need) -> Iterator[Fact]:
        for unit in need.units:
            held = self._held(unit, need)
            level = self.book.indicators[need.indicator].nature is Nature.LEVEL
            yield from [latest(held)] if level and held else held

    def _held(self, unit: str, need: Need) -> list[Fact]:
        own = replace(self._data, facts=self._facts[unit, need.indicator], spoiled=frozenset(self._spoiled))
        return Knowledge(self.book, own, self.as_of).facts(unit, need.indicator, need.period)

    def _put(self, unit: str, indicator: str, period: Period, value: Number) -> None:
        same = (fact for fact in self._facts[unit, indicator] if fact.period.code == period.code)
        known = [fact.reported for fact in same if fact.reported is not None and fact.reported < self._end]
        newest = max([*known, self._end - 2])
        self._facts[unit, indicator].append(Fact(unit, indicator, period, value, Fraction(newest + self._end, 2), HERE))


def least(book: Rulebook) -> Pick:
    """Give what picks the least amount of a need; any amount will do where none is named."""

    def pick(need: Need) -> Number:
        if need.amount is None:
            return 1
        return (need.amount.low or 0) + (grain(book, need) if need.amount.low_open else 0)

    return pick


def most(book: Rulebook) -> Pick:
    """Give what picks the greatest amount of a need, the least where there is no greatest."""

    def pick(need: Need) -> Number:
        if need.amount is None or need.amount.high is None:
            return least(book)(need)
        return need.amount.high - (grain(book, need) if need.amount.high_open else 0)

    return pick


def grain(book: Rulebook, need: Need) -> Number:
    """Give the step in which values of the need's indicator go."""
    whole = book.indicators[need.indicator].value.value in ("integer", "boolean")
    return 1 if whole else Fraction(1, 10**6)


def applied(book: Rulebook, data: Data, as_of: date, advice: Advice, pick: Pick) -> Data:
    """Give the data after `advice` was followed."""
    applying = Applying(book, data, as_of)
    for need in advice.needs:
        applying.apply(need, pick(need))
    return applying.data


def smaller(book: Rulebook, data: Data, as_of: date, advice: Advice) -> Iterator[tuple[str, Data]]:
    """Go through the data after a little less, or a little too much, than `advice` was done."""
    for skipped, need in enumerate(advice.needs):
        others = [(other, least(book)(other)) for n, other in enumerate(advice.needs) if n != skipped]
        yield f"without {need}", _after(book, data, as_of, others)
        if need.act is Act.REPORT and need.every and len(need.units) > 1:
            fewer = need._replace(units=need.units[:-1], amount=None)
            yield f"without one of {need}", _after(book, data, as_of, [*others, (fewer, least(book)(need))])
        for amount in _just_outside(book, need):
            yield f"{amount} for {need}", _after(book, data, as_of, [*others, (need, amount)])


def _just_outside(book: Rulebook, need: Need) -> Iterator[Number]:
    if need.amount is None:
        return
    low, high, low_open, high_open = need.amount
    step = grain(book, need)
    if low is not None and (low_open or low > 0):
        yield low if low_open else low - step
    if high is not None and need.act is not Act.TAKE_AWAY:
        yield high if high_open else high + step


def _after(book: Rulebook, data: Data, as_of: date, needs: list[tuple[Need, Number]]) -> Data:
    applying = Applying(book, data, as_of)
    for need, amount in needs:
        applying.apply(need, amount)
    return applying.data


def standing(book: Rulebook, data: Data, as_of: date, finding: Finding) -> Verdict:
    """Give what the plain engine says of a finding on `data` as if it were due, and of no waiver."""
    measuring = Measuring(book, data.registry, Knowledge(book, data, as_of), as_of)
    lower, upper = measuring.measure(finding.rule, finding.unit, finding.period)[:2]
    figure = finding.figure
    case = Case(figure.form, figure.low, figure.high, lower, upper, due=True, early=False, waived=False)
    return next(PlainJudge().judge([case])).verdict
