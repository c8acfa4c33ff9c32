"""Whether figures that decided a finding were accepted (验收): a submitter cannot clear itself with one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from checker.model.fact import Data, Fact
from checker.model.period import Period
from checker.model.rulebook import Rule, Rulebook, indicators_of
from checker.model.unit import Registry, Unit

_Key = tuple[str, str, str]


class Acceptance:
    """Tells of any finding of one plan whether all figures that it rests on were accepted.

    `data`: what counts; `unaccepted`: those of its facts, or withdrawals, that nobody has accepted yet.
    """

    def __init__(self, rulebook: Rulebook, data: Data, unaccepted: Iterable[Fact]) -> None:
        self._rulebook, self._registry = rulebook, data.registry
        self._waiting: dict[str, list[tuple[str, Period]]] = defaultdict(list)
        newest = _newest(unaccepted)
        standing = _newest(fact for fact in data.facts if _key(fact) in newest)
        for key, fact in newest.items():
            if fact == standing.get(key, fact):
                self._waiting[fact.indicator].append((fact.unit, fact.period))

    def holds(self, rule: Rule, unit: Unit, period: Period) -> bool:
        """Whether the finding of `rule`, `unit` and `period` rests on accepted figures alone."""
        waiting = [one for code in indicators_of(rule.measure) for one in self._waiting.get(code, ())]
        if not waiting:
            return True
        units = _below(self._registry, unit)
        periods = list(self._rulebook.looked_at(rule, period))
        return not any(name in units and any(told.lies_in(one) for one in periods) for name, told in waiting)


def _newest(facts: Iterable[Fact]) -> dict[_Key, Fact]:
    newest: dict[_Key, Fact] = {}
    for fact in facts:
        held = newest.get(_key(fact))
        if held is None or (fact.reported or 0) >= (held.reported or 0):
            newest[_key(fact)] = fact
    return newest


def _key(fact: Fact) -> _Key:
    return fact.unit, fact.indicator, fact.period.code


def _below(registry: Registry, unit: Unit) -> frozenset[str]:
    return frozenset((unit.id, *(one.id for one in registry.below(unit))))
