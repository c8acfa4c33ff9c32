"""A county's (or a nation's) data as tables: facts, what was set aside and what is waived.

Instants and waivers in their order, so that the smallest number is the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from checker.engines.columnar.amounts import WITHDRAWN, millionths
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.knowing import KEYED
from checker.engines.columnar.questions import NONE, Questions
from checker.engines.columnar.session import Row, Stage, Table, numbers
from checker.engines.waiving import Waivers
from checker.model.fact import Fact, Spoiled, Waiver
from checker.model.instant import Instant
from checker.model.period import Period

FACT = "unit indicator period reported amount"


class Facts(Protocol):
    """Facts in a session's table ``fact``, numbered: `periods` by number, `moments` (instants) by rank less one."""

    periods: dict[Period, int]
    moments: Sequence[Instant]

    def tables(self) -> Iterator[Table]:
        """Go through the tables that have still to be loaded."""

    def stages(self) -> Iterator[Stage]:
        """Go through the stages up to ``keyed`` that have still to be computed."""


class HeldFacts:
    """The facts that intake hands over as values, each sound and once."""

    def __init__(self, facts: Sequence[Fact], frame: Frame) -> None:
        self._facts, self._indicators, self._population = facts, frame.questions.indicators, frame.population
        self.moments: Sequence[Instant] = sorted({fact.reported for fact in facts if fact.reported is not None})
        self.periods: dict[Period, int] = {}

    def tables(self) -> Iterator[Table]:
        """Go through the tables; nothing of what intake has settled is doubtful any more."""
        ranks = {moment: rank for rank, moment in enumerate(self.moments, start=1)}
        yield from self._population.tables()
        yield _table("fact", FACT, [self._row(fact, ranks) for fact in self._facts])
        yield _table("mended", FACT, [])
        yield _table("suspect", "unit indicator", [])

    def stages(self) -> Iterator[Stage]:
        """Give the one stage that everything else begins with."""
        yield KEYED

    def _row(self, fact: Fact, ranks: dict[Instant, int]) -> Row:
        return (
            self._population.numbers[fact.unit],
            self._indicators[fact.indicator],
            self.periods.setdefault(fact.period, len(self.periods)),
            0 if fact.reported is None else ranks[fact.reported],
            WITHDRAWN if fact.value is None else millionths(fact.value),
        )


class Beside(NamedTuple):
    """What bears on findings besides facts: waivers, and the keys of what was set aside."""

    waivers: Sequence[Waiver] = ()
    spoiled: frozenset[Spoiled] = frozenset()


class Holdings:
    """What stands beside the facts: keys that were spoiled, the periods they bear, and waivers."""

    def __init__(self, frame: Frame, beside: Beside) -> None:
        self._rulebook, self._questions, self._population = frame.rulebook, frame.questions, frame.population
        self.spoiled = beside.spoiled
        self.waivers = sorted(beside.waivers, key=lambda waiver: waiver.id)

    def strays(self) -> bool:
        """Whether a record was set aside that bears a unit which may not report its indicator."""
        units, reports = self._population.by_id, self._rulebook.reports
        return any(not reports(units[key.unit], key.indicator) for key in self.spoiled)

    def tables(self, periods: dict[Period, int], waivers: Waivers) -> Iterator[Table]:
        """Go through the tables; `periods` is added to, `waivers` says what each waiver covers."""
        spoiled = [
            (
                self._population.numbers[key.unit],
                self._questions.indicators[key.indicator],
                NONE if key.period is None else periods.setdefault(key.period, len(periods)),
            )
            for key in self.spoiled
        ]
        yield _table("spoiled", "unit indicator period", sorted(spoiled))
        yield from _period_tables(periods, self._questions)
        yield _table("waived", "rule span unit waiver", list(self._waived(waivers)))

    def _waived(self, waivers: Waivers) -> Iterator[Row]:
        numbers = {waiver.id: number for number, waiver in enumerate(self.waivers)}
        rules = {rule.id: number for number, rule in enumerate(self._questions.rules)}
        units, named = self._population.by_id, dict[int, set[str]]()
        for waiver in self.waivers:
            if waiver.rule in rules and waiver.unit in units:
                named.setdefault(rules[waiver.rule], set()).add(waiver.unit)
        for asked in self._questions.asked:
            rule = self._questions.rules[asked.rule]
            for unit in sorted(named.get(asked.rule, ())):
                covering: Iterable[Waiver] = waivers.covering(rule, units[unit], asked.period)
                number = self._population.numbers[unit]
                yield from ((asked.rule, asked.span, number, numbers[waiver.id]) for waiver in covering)


def _period_tables(periods: dict[Period, int], questions: Questions) -> Iterator[Table]:
    """Go through the tables of the periods that facts bear: when each begins, and in which spans it lies.

    `latest` orders the periods that lie in a span: the one that ends last, among equals the one that begins last, then
    the one with the largest code.
    """
    order = sorted(periods, key=lambda period: (period.last, period.first, period.code))
    latest = {period: place for place, period in enumerate(order)}
    lying = [
        (number, questions.spans[span], latest[period])
        for period, number in periods.items()
        for span in questions.spans
        if period.lies_in(span)
    ]
    yield _table("period", "period first", [(number, period.first.toordinal()) for period, number in periods.items()])
    yield _table("lying", "period span latest", lying)


def _table(name: str, columns: str, rows: Sequence[Row]) -> Table:
    return Table(name, numbers(columns), rows)
