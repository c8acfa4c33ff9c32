"""What is known of each unit at an as-of date: the values that stand, and the keys that were spoiled.

Follows "Time" (superseding, withdrawing, knowing) and "Findings as data" (``--keep-going``) of the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from checker.model.fact import Data, Fact
from checker.model.instant import after
from checker.model.number import Number
from checker.model.period import Period
from checker.model.rulebook import Nature, Rulebook
from checker.model.spoils import Spoils


class Own(NamedTuple):
    """One unit's own figure in a period: its value, None where nothing counts, and whether part of it was spoiled.

    A spoiled flow's value is a lower bound; a spoiled level has none.
    """

    value: Number | None
    spoiled: bool


class Knowledge:
    """The facts of some data as they were known at the end of `as_of`."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date) -> None:
        self._as_of, self._end = as_of, after(as_of, rulebook.plan.zone)
        self._natures = {code: indicator.nature for code, indicator in rulebook.indicators.items()}
        self._spoils = Spoils(data.spoiled)
        self._spoiled_keys = {(key.unit, key.indicator, key.period.code) for key in data.spoiled if key.period}
        self._standing: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self._latest(data):
            if fact.value is not None:
                self._standing[fact.unit, fact.indicator].append(fact)

    def knows(self, fact: Fact) -> bool:
        """Whether `fact` is known at the end of the as-of date."""
        return fact.period.first <= self._as_of if fact.reported is None else fact.reported < self._end

    def is_spoiled_key(self, unit: str, indicator: str, period: Period) -> bool:
        """Whether a record of exactly this unit, indicator and period was set aside, so that none of them counts."""
        return (unit, indicator, period.code) in self._spoiled_keys

    def own(self, unit: str, indicator: str, period: Period) -> Own:
        """Give what `unit` itself reported of `indicator` in `period`."""
        spoiled = self.is_spoiled(unit, indicator, period)
        facts = self.facts(unit, indicator, period)
        if not facts:
            return Own(None, spoiled)
        if self._natures[indicator] is Nature.FLOW:
            return Own(sum(_values(facts)), spoiled)
        return Own(None if spoiled else latest(facts).value, spoiled)

    def facts(self, unit: str, indicator: str, period: Period) -> list[Fact]:
        """Give the facts of `unit` that stand and whose period lies in `period`."""
        return [fact for fact in self._standing.get((unit, indicator), ()) if fact.period.lies_in(period)]

    def standing(self, unit: str, indicator: str) -> Sequence[Fact]:
        """Give the facts of `unit` that stand, whatever their period."""
        return self._standing.get((unit, indicator), ())

    def all_standing(self) -> Iterator[Fact]:
        """Go through every fact that stands."""
        return (fact for facts in self._standing.values() for fact in facts)

    @property
    def is_sound(self) -> bool:
        """Whether no fact at all was set aside."""
        return not self._spoils.figures

    def has_spoiled(self, unit: str, indicator: str) -> bool:
        """Whether any fact of `unit` about `indicator` was set aside."""
        return (unit, indicator) in self._spoils.figures

    def is_spoiled(self, unit: str, indicator: str, period: Period) -> bool:
        """Whether a fact was set aside whose period lies in `period` or cannot be read."""
        return self._spoils.touch(unit, indicator, period)

    def _latest(self, data: Data) -> list[Fact]:
        latest: dict[tuple[str, str, str], Fact] = {}
        for fact in data.facts:
            if self.knows(fact):
                key = (fact.unit, fact.indicator, fact.period.code)
                if key not in self._spoiled_keys and ((held := latest.get(key)) is None or _later(fact, held)):
                    latest[key] = fact
        return list(latest.values())


def latest(facts: list[Fact]) -> Fact:
    """Give the fact of a level that counts: its period ends last, among equals begins last.

    Two codes for the very same days are told apart by the code, so that the order of reading decides nothing.
    """
    if len(facts) == 1:
        return facts[0]
    return max(facts, key=lambda fact: (fact.period.last, fact.period.first, fact.period.code))


def _later(fact: Fact, held: Fact) -> bool:
    return fact.reported is not None and (held.reported is None or fact.reported > held.reported)


def _values(facts: list[Fact]) -> list[Number]:
    return [fact.value for fact in facts if fact.value is not None]
