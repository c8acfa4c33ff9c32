"""The facts that decided a finding, as a digest: by it one cause of a change can be told from another.

Follows "A finding is identified by …" of the contract: the digest stands beside the identity and is no part of it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

from checker.engines.knowledge import Knowledge
from checker.model.fact import Data, Fact
from checker.model.finding import Finding
from checker.model.rulebook import Rulebook, indicators_of


class Deciding:
    """Gives the digest of what decided any finding of one plan on some data at one as-of date."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date) -> None:
        self._rulebook, self._registry = rulebook, data.registry
        self._standing: dict[str, dict[str, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        for fact in Knowledge(rulebook, data, as_of).all_standing():
            self._standing[fact.indicator][fact.unit].append(fact)
        self._within: dict[str, frozenset[str]] = {}

    def digest(self, finding: Finding) -> str:
        """Give 64 hexadecimal digits of the values that stood for `finding`, whoever reported them when."""
        units = self._units(finding)
        periods = self._rulebook.looked_at(finding.rule, finding.period)
        told = sorted(
            f"{fact.unit}|{fact.indicator}|{fact.period.code}|{fact.value}"
            for code in indicators_of(finding.rule.measure)
            for fact in self._of(code, units)
            if any(fact.period.lies_in(period) for period in periods)
        )
        return hashlib.sha256("\n".join(told).encode()).hexdigest()

    def _of(self, code: str, units: frozenset[str]) -> Iterator[Fact]:
        held = self._standing[code]
        fewer: Collection[str]
        others: Collection[str]
        fewer, others = (units, held) if len(units) < len(held) else (held, units)
        return (fact for unit in fewer if unit in others for fact in held[unit])

    def _units(self, finding: Finding) -> frozenset[str]:
        name = finding.unit.id
        if name not in self._within:
            below = (unit.id for unit in self._registry.below(finding.unit))
            self._within[name] = frozenset((name, *below))
        return self._within[name]
