"""Figures as they are known, each with who counts in it and who is silent about it.

Reads them from the same measuring that decides findings ("Measures and their bounds" of the contract).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checker.advising.counting import Candidate
from checker.advising.holding import Holding
from checker.engines.knowledge import Knowledge
from checker.engines.measuring import Measuring
from checker.model.fact import Data
from checker.model.number import ValueKind
from checker.model.period import Period
from checker.model.rulebook import Nature, Rulebook, Share
from checker.model.unit import Unit

_WHOLE = frozenset({ValueKind.INTEGER, ValueKind.BOOLEAN})


class Reckoning:
    """Gives the figures of one plan from what some data says at one as-of date."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date) -> None:
        self.rulebook = rulebook
        self._knowledge = Knowledge(rulebook, data, as_of)
        self._measuring = Measuring(rulebook, data.registry, self._knowledge, as_of)

    def total(self, indicator: str, unit: Unit, period: Period) -> Holding:
        """Give the total of `indicator` at and below `unit` in `period`."""
        given = list(self._measuring.contributions(indicator, unit, period))
        values = [one.value for one in given if one.value is not None]
        flow = self.rulebook.indicators[indicator].nature is Nature.FLOW
        silent = [one.unit.id for one in given if one.silent]
        counts = {one.unit.id for one in given if one.expected or (flow and self.rulebook.reports(one.unit, indicator))}
        welcome = tuple(one for one in silent if one in counts)
        return Holding(
            indicator=indicator,
            period=period,
            value=sum(values) if values else None,
            counting=tuple(one.unit.id for one in given if one.value is not None),
            silent=welcome,
            faulty=tuple(one for one in welcome if self._knowledge.is_spoiled(one, indicator, period)),
            strangers=tuple(one for one in silent if one not in counts),
            whole=self.is_whole(indicator),
        )

    def counted(self, measure: Share, unit: Unit, period: Period) -> list[Candidate]:
        """Give the units that a share of `unit` counts in `period`, each with its figures and what they must be."""
        return [
            Candidate(
                unit=one.unit.id,
                satisfies=one.satisfies,
                tests=tuple(
                    (self._own(one.unit.id, condition.indicator, period), condition.figure)
                    for condition in measure.conditions
                ),
            )
            for one in self._measuring.tested(measure, unit, period)
        ]

    def is_whole(self, indicator: str) -> bool:
        """Whether `indicator` takes whole numbers only."""
        return self.rulebook.indicators[indicator].value in _WHOLE

    def reported_in(self, indicator: str, unit: Unit, period: Period | None) -> Iterator[Period]:
        """Go through the periods that reporters at and below `unit` report in: those in `period`, or all there are."""
        for reporter in self._measuring.reporters(indicator, unit):
            for fact in self._knowledge.standing(reporter.id, indicator):
                if period is None or fact.period.lies_in(period):
                    yield fact.period

    def _own(self, unit: str, indicator: str, period: Period) -> Holding:
        value, spoiled = self._knowledge.own(unit, indicator, period)
        silent = (unit,) if spoiled or value is None else ()
        faulty = (unit,) if spoiled else ()
        return Holding(indicator, period, value, (unit,), silent, faulty, (), self.is_whole(indicator))
