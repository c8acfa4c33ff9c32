"""Which findings somebody asked for: filters, and what single files suffice for.

Follows "Units" (contributing) and "Input data" (single files) of the contract.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from checker.model.fact import Data
from checker.model.finding import Finding, Reason
from checker.model.period import Period
from checker.model.rulebook import Nature, Rule, Rulebook, Share, indicators_of
from checker.model.spoils import Spoils
from checker.model.target import decided_by
from checker.model.unit import Registry, Unit


class Filters(NamedTuple):
    """What to keep: findings of or contributed to by any of `units`, of any of `rules`, for any of `responsible`.

    Empty: everything.
    """

    units: frozenset[str] = frozenset()
    rules: frozenset[str] = frozenset()
    responsible: frozenset[str] = frozenset()

    def resolved(self, registry: Registry) -> Filters:
        """Give the same filters with units by id where they were named by a name that only one unit bears."""
        named = registry.by_name(self.units - registry.ids)
        ids = {named[name][0] if len(named.get(name, ())) == 1 else name for name in self.units}
        return self._replace(units=frozenset(ids))


class Selecting:
    """Answers who contributes to a finding, and what follows from that."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date) -> None:
        self._rulebook, self._registry, self._as_of = rulebook, data.registry, as_of
        self._facts, self._spoils = data.facts, Spoils(data.spoiled)
        # Asked of every finding, and alike for all of one rule.
        self._codes = {rule.id: indicators_of(rule.measure) for rule in rulebook.rules.values()}
        self._flows = {
            rule: [code for code in codes if rulebook.indicators[code].nature is Nature.FLOW]
            for rule, codes in self._codes.items()
        }

    # Both only when asked for, because they are of use to single files alone.
    @cached_property
    def _reported(self) -> dict[tuple[str, str], list[Period]]:
        """The periods of which each unit reported each indicator."""
        reported: dict[tuple[str, str], list[Period]] = {}
        for fact in self._facts:
            reported.setdefault((fact.unit, fact.indicator), []).append(fact.period)
        return reported

    @cached_property
    def _speaking(self) -> dict[tuple[str, str], set[str]]:
        """The units strictly below each unit that speak of an indicator."""
        said: dict[str, list[str]] = {}
        for unit, indicator in [*self._reported, *self._spoils.figures]:
            said.setdefault(unit, []).append(indicator)
        speaking: dict[tuple[str, str], set[str]] = {}
        for unit, indicators in said.items():
            for above in islice(self._registry.above(self._registry[unit]), 1, None):
                for indicator in indicators:
                    speaking.setdefault((above.id, indicator), set()).add(unit)
        return speaking

    def keeps(self, filters: Filters, finding: Finding) -> bool:
        """Whether `finding` passes `filters`."""
        if filters.rules and finding.rule.id not in filters.rules:
            return False
        if filters.responsible and filters.responsible.isdisjoint(finding.responsible):
            return False
        if not filters.units or finding.unit.id in filters.units:
            return True
        units = (unit for unit in map(self._registry.get, filters.units) if unit is not None)
        return any(self.contributes(unit, finding) for unit in units)

    def contributes(self, unit: Unit, finding: Finding) -> bool:
        """Whether `unit` is an expected reporter of the finding's measure, or counted by its share."""
        return self.takes_part(unit, finding.rule, finding.unit, finding.period)

    def takes_part(self, unit: Unit, rule: Rule, asked: Unit, period: Period) -> bool:
        """Whether `unit` contributes to what `rule` asks of the unit `asked` in `period`."""
        if asked not in self._registry.above(unit):
            return False
        measure = rule.measure
        if isinstance(measure, Share):
            in_scope = unit.exists_on(min(period.last, self._as_of))
            return in_scope and unit.type == measure.of and unit != asked
        looked_at = self._rulebook.looked_at(rule, period)
        return any(self._expected(unit, code, one) for one in looked_at for code in indicators_of(measure))

    def touched(self, finding: Finding) -> bool:
        """Whether single files speak of `finding`: its unit, or one that contributes, reports one of its indicators."""
        unit, reported, spoiled = finding.unit.id, self._reported, self._spoils.figures
        figures = [(unit, code) for code in self._codes[finding.rule.id]]
        for figure in figures:
            if figure in reported or figure in spoiled:
                return True
        speaking = {unit for figure in figures for unit in self._speaking.get(figure, ())}
        return any(self.contributes(self._registry[unit], finding) for unit in speaking)

    def suffices(self, finding: Finding) -> bool:
        """Whether nothing outside the single files could be needed to decide `finding`.

        It could where somebody is silent, and where a flow was reported for a part of the period only, unless what
        is there decides alone.
        """
        if finding.reason is Reason.MISSING_FACTS:
            return False
        figure, lower = finding.figure, finding.lower
        if lower is not None and decided_by(figure.form, figure.low, figure.high, lower) is not None:
            return True
        return all(
            self._covers(unit, code, period)
            for code in self._flows[finding.rule.id]
            for period in self._rulebook.looked_at(finding.rule, finding.period)
            for unit in [finding.unit, *self._registry.below(finding.unit)]
        )

    def _expected(self, unit: Unit, indicator: str, period: Period) -> bool:
        if self._spoils.touch(unit.id, indicator, period):
            return True
        return self._rulebook.reports(unit, indicator) and unit.exists_on(min(period.last, self._as_of))

    def _covers(self, unit: Unit, indicator: str, period: Period) -> bool:
        reported = sorted(
            (one.first, one.last) for one in self._reported.get((unit.id, indicator), ()) if one.lies_in(period)
        )
        covered = period.first.toordinal() - 1
        for first, last in reported:
            if first.toordinal() > covered + 1:
                return False
            covered = max(covered, last.toordinal())
        return not reported or covered >= min(period.last, self._as_of).toordinal()
