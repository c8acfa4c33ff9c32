"""A county's (or a nation's) data as tables: facts, what was set aside and what is waived.

Instants and waivers in their order, so that the smallest number is the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from checker.engines.columnar.amounts import WITHDRAWN, millionths
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.knowing import KEYED, STRIDE
from checker.engines.columnar.questions import NONE, Questions
from checker.engines.columnar.session import Row, Stage, Table, amounts, numbers
from checker.engines.waiving import Waivers
from checker.model.fact import Fact, Spoiled, Waiver
from checker.model.instant import Instant
from checker.model.period import Period
from checker.model.rulebook import Nature

FACT = (*numbers("unit"), *amounts("item"), *numbers("reported"), *amounts("amount"))
"""The columns of facts."""


class Facts(Protocol):
    """Facts in a session's tables ``fact`` and ``item``, numbered: `periods` by number, `moments` by rank less one.

    `items` are the pairs of an indicator and a period, as numbers, that occur.
    """

    periods: dict[Period, int]
    moments: Sequence[Instant]
    items: Iterable[tuple[int, int]]

    def tables(self) -> Iterator[Table]:
        """Go through the tables that have still to be loaded."""

    def stages(self) -> Iterator[Stage]:
        """Go through the stages up to ``keyed`` that have still to be computed."""


class HeldFacts:
    """The facts that intake hands over as values, each sound and once."""

    def __init__(self, facts: Sequence[Fact], frame: Frame) -> None:
        self._facts, self._indicators, self._population = facts, frame.questions.indicators, frame.population
        self.moments: Sequence[Instant] = sorted({fact.reported for fact in facts if fact.reported is not None})
        self.periods = {period: n for n, period in enumerate(dict.fromkeys(fact.period for fact in facts))}
        pairs = dict.fromkeys((fact.indicator, fact.period) for fact in facts)
        self.items: Iterable[tuple[int, int]] = [(self._indicators[code], self.periods[p]) for code, p in pairs]

    def tables(self) -> Iterator[Table]:
        """Go through the tables; nothing of what intake has settled is doubtful any more."""
        ranks = {moment: rank for rank, moment in enumerate(self.moments, start=1)}
        yield from self._population.tables()
        yield item_table(self.items, self.periods)
        yield Table("fact", FACT, [self._row(fact, ranks) for fact in self._facts])
        yield Table("mended", FACT, [])
        yield Table("suspect", numbers("unit indicator"), [])

    def stages(self) -> Iterator[Stage]:
        """Give the one stage that everything else begins with."""
        yield KEYED

    def _row(self, fact: Fact, ranks: dict[Instant, int]) -> Row:
        return (
            self._population.numbers[fact.unit],
            item_of(self._indicators[fact.indicator], self.periods[fact.period]),
            0 if fact.reported is None else ranks[fact.reported],
            WITHDRAWN if fact.value is None else millionths(fact.value),
        )


def item_of(indicator: int, period: int) -> int:
    """Give an indicator and a period as one number."""
    return indicator * STRIDE + period


def item_table(items: Iterable[tuple[int, int]], periods: dict[Period, int]) -> Table:
    """Give the table of the items that occur, with their days."""
    days = [(period.first.toordinal(), period.last.toordinal()) for period in periods]
    rows = [(item_of(indicator, period), indicator, period, *days[period]) for indicator, period in items]
    return Table("item", (*amounts("item"), *numbers("indicator period first last")), rows)


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

    def tables(self, facts: Facts, waivers: Waivers) -> Iterator[Table]:
        """Go through the tables; `waivers` says what each waiver covers."""
        periods, numbered = dict(facts.periods), self._questions.indicators
        spoiled = [
            (
                self._population.numbers[key.unit],
                numbered[key.indicator],
                NONE
                if key.period is None
                else item_of(numbered[key.indicator], periods.setdefault(key.period, len(periods))),
            )
            for key in self.spoiled
        ]
        told = {(numbered[key.indicator], periods[key.period]) for key in self.spoiled if key.period is not None}
        yield Table("spoiled", (*numbers("unit indicator"), *amounts("item")), sorted(spoiled))
        yield _lying(told.union(facts.items), periods, self._questions)
        yield Table("waived", numbers("question unit waiver"), list(self._waived(waivers)))

    def _waived(self, waivers: Waivers) -> Iterator[Row]:
        numbered = {waiver.id: number for number, waiver in enumerate(self.waivers)}
        rules = {rule.id: number for number, rule in enumerate(self._questions.rules)}
        units, named = self._population.by_id, dict[int, set[str]]()
        for waiver in self.waivers:
            if waiver.rule in rules and waiver.unit in units:
                named.setdefault(rules[waiver.rule], set()).add(waiver.unit)
        for question, asked in enumerate(self._questions.asked):
            rule = self._questions.rules[asked.rule]
            for unit in sorted(named.get(asked.rule, ())):
                covering: Iterable[Waiver] = waivers.covering(rule, units[unit], asked.period)
                number = self._population.numbers[unit]
                yield from ((question, number, numbered[waiver.id]) for waiver in covering)


def _lying(items: Iterable[tuple[int, int]], periods: dict[Period, int], questions: Questions) -> Table:
    """Give the table of the slots in which each item lies.

    `latest` orders the periods: the one that ends last, among equals the one that begins last, then the one with the
    largest code.
    """
    order = sorted(periods, key=lambda period: (period.last, period.first, period.code))
    latest = {period: place for place, period in enumerate(order)}
    natures, spans, told = questions.natures, list(questions.spans), list(periods)
    slots: dict[int, list[tuple[int, Period]]] = {}
    for (indicator, span), slot in questions.slots.items():
        slots.setdefault(indicator, []).append((slot, spans[span]))
    rows = [
        (item_of(indicator, period), slot, int(natures[indicator] is Nature.FLOW), latest[told[period]])
        for indicator, period in sorted(items)
        for slot, span in slots.get(indicator, ())
        if told[period].lies_in(span)
    ]
    return Table("lying", (*amounts("item"), *numbers("slot flow latest")), rows)
