"""Who answers for a finding and who contributes to it.

Follows "Units" of the contract: lead departments, groups such as 各乡镇, answerable units, contributions.
"""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.rulebook import Measure, Rule, Rulebook, indicators_of
from checker.model.unit import Registry, Unit


class Answering:
    """Resolves codes of departments and groups to what stands in one registry."""

    def __init__(self, rulebook: Rulebook, registry: Registry) -> None:
        self._rulebook, self._registry = rulebook, registry
        self._groups = frozenset(rulebook.plan.departments.groups)
        self._responsible: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}

    def responsible(self, rule: Rule, unit: Unit) -> tuple[str, ...]:
        """Give the codes of the rule's lead departments, a group replaced by the units that it stands for."""
        # Only a group stands for others from unit to unit.
        key = (rule.lead, "" if self._groups.isdisjoint(rule.lead) else unit.id)
        if key not in self._responsible:
            codes = (code for lead in rule.lead for code in self._codes(lead, unit))
            self._responsible[key] = tuple(dict.fromkeys(codes))
        return self._responsible[key]

    def answerable(self, rule: Rule, unit: Unit) -> tuple[str, ...]:
        """Give who has to act: the unit's own id where it reports, else the answerable department, else the leads."""
        if reports_itself(rule.measure, unit, self._rulebook):
            return (unit.id,)
        return (rule.answerable,) if rule.answerable else self.responsible(rule, unit)

    def _codes(self, lead: str, unit: Unit) -> Iterable[str]:
        group = self._rulebook.plan.departments.groups.get(lead)
        return (lead,) if group is None else self._members(group.every, unit)

    def _members(self, unit_type: str, unit: Unit) -> Iterable[str]:
        upwards = list(self._registry.above(unit))
        if itself := next((one for one in upwards if one.type == unit_type), None):
            return (itself.id,)
        found = (self._registry.below(one, unit_type) for one in upwards)
        return [one.id for one in next((units for units in found if units), ())]


def reports_itself(measure: Measure, unit: Unit, rulebook: Rulebook) -> bool:
    """Whether `unit` is itself a declared reporter of what `measure` adds up."""
    if measure.kind == "share":
        return False
    return any(rulebook.reports(unit, code) for code in indicators_of(measure))
