"""Whom to remind of what: every figure that is missing where a finding cannot be decided without it.

Follows "Verdicts" 1 and 2 of the contract (`missing_facts`); a finding that is not due yet counts as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from checker.engines.witnessing import Witnessing
from checker.model.evidence import Evidence, Part, Role
from checker.model.finding import Finding, Reason
from checker.model.reminder import Reminder
from checker.model.rulebook import Plan
from checker.model.unit import Registry, Unit

_MISSING = frozenset({Role.SILENT, Role.SPOILED})


class _Missing(NamedTuple):
    """One part that is missing, with the evidence of the finding that it is missing from."""

    part: Part
    evidence: Evidence


def reminders(
    findings: Iterable[Finding], witnessing: Witnessing, plan: Plan, registry: Registry, as_of: date
) -> list[Reminder]:
    """Give one reminder for each figure that is missing from any of `findings`: by area, then due date and unit."""
    missing: dict[tuple[str, str, str], list[_Missing]] = {}
    for finding in findings:
        if finding.reason is Reason.MISSING_FACTS:
            evidence = witnessing.evidence(finding)
            for part in filter(_is_missing, evidence.parts):
                key = (part.unit, part.indicator, part.period.code)
                missing.setdefault(key, []).append(_Missing(part, evidence))
    found = (_reminder(alike, plan, registry, as_of) for alike in missing.values())
    return sorted(found, key=lambda one: (plan.level(one.area.type) or 0, one.area.id, one.due, one.unit.id))


def _is_missing(part: Part) -> bool:
    """Whether `part` has to be reported or mended; in a share only what could still decide its unit."""
    if part.role is Role.UNDECIDED:
        return part.value is None or bool(part.set_aside)
    return part.role in _MISSING


def _reminder(alike: list[_Missing], plan: Plan, registry: Registry, as_of: date) -> Reminder:
    part, unit = alike[0].part, registry[alike[0].part.unit]
    due = min(one.evidence.due_on for one in alike)
    return Reminder(
        area=_area(unit, plan, registry),
        unit=unit,
        indicator=part.indicator,
        period=part.period,
        faulty=part.set_aside,
        due=due,
        overdue=due <= as_of,
        decides=tuple(one.evidence.finding for one in alike),
    )


def _area(unit: Unit, plan: Plan, registry: Registry) -> Unit:
    above = list(registry.above(unit))
    area = next((one for one, parent in pairwise(above) if parent.type == plan.departments.below), above[-1])
    alone = plan.level(area.type) == len(plan.unit_types) - 1 and area.type != plan.departments.unit_type
    return registry[area.parent] if alone and area.parent else area
