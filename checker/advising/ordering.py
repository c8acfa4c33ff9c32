"""Which rectification orders follow from findings: for each who answers, what is not met or cannot be decided.

Follows "Units" of the contract (answerable). A commitment to strive for (力争) binds nobody, so nothing is ordered.
"""

from __future__ import annotations

from collections.abc import Iterable

from checker.engines.witnessing import Witnessing
from checker.model.finding import Finding
from checker.model.order import ORDERED, Order
from checker.model.rulebook import Force, Rulebook
from checker.model.unit import Registry, Unit


class Ordering:
    """Turns the findings of one plan and registry into orders."""

    def __init__(self, rulebook: Rulebook, registry: Registry, witnessing: Witnessing) -> None:
        self._departments = rulebook.plan.departments
        self._registry, self._witnessing = registry, witnessing

    def orders(self, findings: Iterable[Finding]) -> list[Order]:
        """Give one order for each addressee, by id: what it answers for."""
        answered: dict[str, list[Finding]] = {}
        for finding in filter(_is_ordered, findings):
            for addressee in dict.fromkeys(self._addressee(code, finding.unit) for code in finding.answerable):
                answered.setdefault(addressee, []).append(finding)
        return [self._order(addressee, answered[addressee]) for addressee in sorted(answered)]

    def order_to(self, unit: str, findings: Iterable[Finding]) -> Order | None:
        """Give the order to the unit of that id: what it answers for, or what is asked of it; None for nothing."""
        ordered = [
            finding
            for finding in filter(_is_ordered, findings)
            if finding.unit.id == unit or unit in [self._addressee(code, finding.unit) for code in finding.answerable]
        ]
        return self._order(unit, ordered) if ordered else None

    def _order(self, addressee: str, findings: list[Finding]) -> Order:
        return Order(addressee, tuple(map(self._witnessing.evidence, findings)))

    def _addressee(self, code: str, asked: Unit) -> str:
        """Give the id of the unit that `code` names near the one that is `asked`, or the code where there is none."""
        if code in self._registry:
            return code
        near = (
            department.id
            for above in self._registry.above(asked)
            for department in self._registry.below(above, self._departments.unit_type)
            if department.code == code
        )
        return next(near, code)


def _is_ordered(finding: Finding) -> bool:
    return finding.verdict in ORDERED and finding.rule.force is Force.MUST
