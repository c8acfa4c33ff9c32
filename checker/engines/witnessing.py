"""Gathers the evidence behind a finding from the same measuring that decided it.

Follows "Time", "Units" and "Measures and their bounds" of the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest

from checker.engines.knowledge import Knowledge, latest
from checker.engines.measuring import Contribution, Measuring
from checker.model.evidence import Evidence, Fate, Part, Role, Witness
from checker.model.fact import Data, Fact
from checker.model.finding import Finding
from checker.model.number import Number
from checker.model.period import Period
from checker.model.problem import Place
from checker.model.rulebook import Nature, Rulebook, Share, indicators_of

_TESTED = {True: Role.SATISFIES, False: Role.FAILS, None: Role.UNDECIDED}


class Witnessing:
    """Gives the evidence of any finding of one plan on some data at one as-of date."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date) -> None:
        self._rulebook, self._as_of = rulebook, as_of
        self._knowledge = Knowledge(rulebook, data, as_of)
        self._measuring = Measuring(rulebook, data.registry, self._knowledge, as_of)
        self._registry = data.registry
        self._aside = data.set_aside
        self._waivers = {waiver.id: waiver for waiver in data.waivers}
        self._reported: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in data.facts:
            self._reported[fact.unit, fact.indicator].append(fact)

    def evidence(self, finding: Finding) -> Evidence:
        """Give what `finding` rests on: every part with every fact, those that do not count included."""
        target = finding.rule.target_on(finding.period.last)
        return Evidence(
            finding=finding,
            parts=tuple(self._parts(finding)),
            check_date=self._measuring.check_date(finding.period),
            due_on=finding.period.last + timedelta(days=self._rulebook.plan.grace_days),
            target_since=(target.start if target else None) or self._rulebook.plan.window.first,
            waiver=self._waivers.get(finding.waiver or ""),
        )

    def _parts(self, finding: Finding) -> Iterator[Part]:
        measure = finding.rule.measure
        if isinstance(measure, Share):
            for tested in self._measuring.tested(measure, finding.unit, finding.period):
                for code in indicators_of(measure):
                    own = self._knowledge.own(tested.unit.id, code, finding.period)
                    yield self._part(tested.unit.id, code, finding.period, _TESTED[tested.satisfies], own.value)
            yield from self._uncounted(measure, finding)
            return
        for period in self._rulebook.looked_at(finding.rule, finding.period):
            for code in indicators_of(measure):
                for one in self._measuring.contributions(code, finding.unit, period):
                    yield self._part(one.unit.id, code, period, self._role(one, code, period), one.value)

    def _uncounted(self, measure: Share, finding: Finding) -> Iterator[Part]:
        """Go through the units that a share does not count because they are out of scope on the check date."""
        day = self._measuring.check_date(finding.period)
        for unit in self._registry.below(finding.unit, measure.of):
            if not unit.exists_on(day):
                for code in indicators_of(measure):
                    yield self._part(unit.id, code, finding.period, Role.ABSENT, None)

    def _role(self, one: Contribution, indicator: str, period: Period) -> Role:
        if one.silent:
            return Role.SPOILED if self._knowledge.is_spoiled(one.unit.id, indicator, period) else Role.SILENT
        return Role.ABSENT if one.value is None else Role.COUNTS

    def _part(self, unit: str, indicator: str, period: Period, role: Role, value: Number | None) -> Part:
        reported = [fact for fact in self._reported.get((unit, indicator), ()) if fact.period.lies_in(period)]
        histories: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(reported, key=lambda fact: (fact.period.first, fact.period.last, fact.period.code)):
            histories[fact.period.code].append(fact)
        counting = self._counting(unit, indicator, period, value)
        witnesses = [witness for history in histories.values() for witness in self._fates(history, counting)]
        return Part(unit, indicator, period, role, value, tuple(witnesses), self._set_aside(unit, indicator, period))

    def _set_aside(self, unit: str, indicator: str, period: Period) -> tuple[Place, ...]:
        keys = (key for key in self._aside if (key.unit, key.indicator) == (unit, indicator))
        return tuple(
            place for key in keys if key.period is None or key.period.lies_in(period) for place in self._aside[key]
        )

    def _counting(self, unit: str, indicator: str, period: Period, value: Number | None) -> Fate | str:
        """Give the one period code that counts of a level, or what becomes of every standing value alike."""
        if value is None:
            return Fate.SPOILED if self._knowledge.is_spoiled(unit, indicator, period) else Fate.OUT_OF_SCOPE
        if self._rulebook.indicators[indicator].nature is Nature.FLOW:
            return Fate.COUNTED
        return latest(self._knowledge.facts(unit, indicator, period)).period.code

    def _fates(self, history: list[Fact], counting: Fate | str) -> Iterator[Witness]:
        """Go through the records of one key, oldest first; each is ended by the known one after it."""
        known = sorted(
            (f for f in history if self._knowledge.knows(f)), key=lambda f: (f.reported is not None, f.reported or 0)
        )
        first = history[0]
        spoiled = self._knowledge.is_spoiled_key(first.unit, first.indicator, first.period)
        for fact, after in zip_longest(known, known[1:]):
            yield Witness(fact, Fate.SPOILED if spoiled else _fate(fact, after, counting))
        yield from (Witness(fact, Fate.NOT_YET_KNOWN) for fact in history if not self._knowledge.knows(fact))


def _fate(fact: Fact, after: Fact | None, counting: Fate | str) -> Fate:
    if fact.value is None:
        return Fate.WITHDRAWAL
    if after is not None:
        return Fate.WITHDRAWN if after.value is None else Fate.SUPERSEDED
    if isinstance(counting, Fate):
        return counting
    return Fate.COUNTED if fact.period.code == counting else Fate.OUTDATED
