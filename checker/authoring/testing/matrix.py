"""The matrix of a specification: commitment, rule, the scenarios that judge by it, and the departments that lead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.authoring.testing.running import Result, Telling, Told
from checker.model.language import Text
from checker.model.rulebook import Rule, Rulebook


class Row(NamedTuple):
    """One rule with the names of its lead departments and the scenarios that expect something of its findings."""

    rule: Rule
    leads: tuple[Text, ...]
    scenarios: tuple[Told, ...]

    @property
    def failed(self) -> int:
        """How many of the scenarios do not hold."""
        return sum(told.result is Result.FAILED for told in self.scenarios)


def matrix(rulebook: Rulebook, telling: Telling) -> Iterator[Row]:
    """Go through the rules in the plan's order; a rule without a scenario has an empty row, for all to see."""
    departments = rulebook.plan.departments
    names = {**departments.codes, **{code: group.name for code, group in departments.groups.items()}}
    judged = [(told.rules(), told) for told in telling.scenarios]
    for rule in rulebook.rules.values():
        own = tuple(told for rules, told in judged if rule.id in rules)
        yield Row(rule, tuple(names[code] for code in rule.lead), own)
