"""Who reaches what: own units, what a unit answers for and contributes to, areas. Anything else is not there (404).

Follows "Who may see and do what" of the service's design and "Units" of the contract.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from checker.engines.selecting import Selecting
from checker.model.fact import Data
from checker.model.finding import identity_of
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry, Unit
from checker.service.looking import Look
from checker.service.weighing import answering_units
from checker.store.accounts import Account, Role
from checker.store.findings import Wanted

_EVERYWHERE = frozenset({Role.POLICY, Role.ADMINISTRATOR})


class Relation(StrEnum):
    """How an account stands to a finding that it reaches."""

    OWN = "own"
    ANSWERS = "answers"
    CONTRIBUTES = "contributes"
    LOOKS_AFTER = "looks_after"


class Reach:
    """What one account reaches under a rulebook and a registry on a day."""

    def __init__(self, account: Account, rulebook: Rulebook, registry: Registry, as_of: date) -> None:
        self._account, self._rulebook, self._registry, self._as_of = account, rulebook, registry, as_of
        self._own = registry.get(account.unit) if account.unit else None
        self._contributed: tuple[str, ...] | None = None

    def units(self) -> list[str] | None:
        """Give the units whose submissions and findings are reached whole; None: all."""
        if self._account.role in _EVERYWHERE:
            return None
        if self._account.role is Role.AUDITOR:
            area = self._registry.get(self._account.area or "")
            if area is None:
                return []
            found = [area.id, *(unit.id for unit in self._registry.below(area))]
            return None if len(found) == len(self._registry) else found
        return [self._own.id] if self._own else []

    def known_units(self) -> list[str] | None:
        """Give the units that may be known to exist: those reached, those above, and those reported for; None: all."""
        reached = self.units()
        if reached is None or self._account.role is Role.AUDITOR or self._own is None:
            return reached
        above = [unit.id for unit in self._registry.above(self._own)]
        return [*above, *(unit.id for unit in self.reported_for() if unit.id not in above)]

    def reported_for(self) -> list[Unit]:
        """Give the units that a submitter hands in for: its own, and those below a township (代报)."""
        if self._account.role is not Role.SUBMITTER or self._own is None:
            return []
        groups = self._rulebook.plan.departments.groups.values()
        stands_in = self._own.type in {group.every for group in groups}
        return [self._own, *(self._registry.below(self._own) if stands_in else ())]

    def handing_in(self) -> frozenset[str] | None:
        """Give the units whose submissions are reached: by a submitter those it hands in for; None: all."""
        if self._account.role is Role.SUBMITTER:
            return frozenset(one.id for one in self.reported_for())
        reached = self.units()
        return None if reached is None else frozenset(reached)

    def reaches_unit(self, unit: str) -> bool:
        """Whether submissions of `unit` are reached."""
        reached = self.handing_in()
        return reached is None or unit in reached

    def wanted(self) -> Wanted:
        """Give which stored findings are reached."""
        units = self.units()
        if units is None or self._account.role is Role.AUDITOR:
            return Wanted(units=units)
        return Wanted(units=units, also=self.contributed(), answering=self._account.unit)

    def contributed(self) -> tuple[str, ...]:
        """Give the ids of the findings of other units that the account's own contributes to."""
        if self._contributed is None:
            self._contributed = tuple(self._contributing()) if self._own else ()
        return self._contributed

    def relation(self, finding: str, unit: str, answerable: Sequence[str]) -> Relation:
        """Give how the account stands to a finding, of `unit`, that it reaches; `answerable` as the finding has it."""
        if self._account.role is not Role.SUBMITTER or self._own is None:
            return Relation.LOOKS_AFTER
        if unit == self._own.id:
            return Relation.OWN
        answers = self.answers_for(unit, answerable)
        return Relation.CONTRIBUTES if finding in self.contributed() and not answers else Relation.ANSWERS

    def answers_for(self, unit: str, answerable: Sequence[str]) -> bool:
        """Whether a submitter's unit answers for a finding of `unit`, named by its id or as a department by its code.

        A code means the department of the same area: one below a unit that stands above both.
        """
        asked = self._registry.get(unit)
        if self._account.role is not Role.SUBMITTER or self._own is None or asked is None:
            return False
        return self._own.id in answering_units(answerable, asked, self._registry, self._rulebook)

    def has_part_in(self, finding: str, unit: str, answerable: Sequence[str]) -> bool:
        """Whether the account's own unit is asked, answers or contributes: then it cannot judge the finding."""
        own, asked = self._account.unit, self._registry.get(unit)
        if own is None:
            return False
        answering = answering_units(answerable, asked, self._registry, self._rulebook) if asked else set()
        return own == unit or own in answering or finding in self.contributed()

    def _contributing(self) -> list[str]:
        selecting = Selecting(self._rulebook, Data(self._registry), self._as_of)
        own, plan = self._own, self._rulebook.plan
        if own is None:
            return []
        return [
            identity_of(plan.id, rule.id, above.id, period.code)
            for rule in self._rulebook.active()
            for above in self._registry.above(own)
            if above != own and rule.of_each.includes(above)
            for period in plan.periods(rule.every)
            if period.first <= self._as_of and selecting.takes_part(own, rule, above, period)
        ]


def reach_of(account: Account, look: Look) -> Reach:
    """Give what `account` reaches at a look."""
    return Reach(account, look.rulebook, look.registry, look.as_of)
