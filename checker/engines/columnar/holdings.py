"""A county's (or a nation's) data as tables: units, facts, what was set aside and what is waived.

Units are numbered by id, instants and waivers in their order, so that the smallest number is the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from checker.engines.columnar.amounts import WITHDRAWN, millionths
from checker.engines.columnar.kinds import Kinds
from checker.engines.columnar.knowing import KEYED
from checker.engines.columnar.questions import NONE, Questions
from checker.engines.columnar.session import Row, Stage, Table, numbers
from checker.engines.waiving import Waivers
from checker.model.fact import Data, Fact, Waiver
from checker.model.instant import Instant
from checker.model.period import Period
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry, Unit

FIRST, LAST = 0, 4_000_000
"""Days before and after all days that a registry can name."""
FACT = "unit indicator period reported amount"


class Population:
    """The units of a registry, numbered by id, with their kinds; and who reports and is asked among those."""

    def __init__(self, rulebook: Rulebook, registry: Registry, questions: Questions) -> None:
        self._rulebook, self._questions = rulebook, questions
        self._kinds = Kinds(rulebook)
        self.units = list(registry)
        self.numbers = {unit.id: number for number, unit in enumerate(self.units)}
        self._rows = [self._row(number, unit) for number, unit in enumerate(self.units)]

    def unit_table(self) -> Table:
        """Give the table of the units themselves."""
        return Table("unit", numbers("unit kind parent opened closed"), self._rows)

    def place_of(self, unit: Unit) -> tuple[int, int]:
        """Give the number and the kind of `unit`."""
        number = self.numbers[unit.id]
        return number, int(self._rows[number][1] or 0)

    def tables(self, strays: bool) -> Iterator[Table]:
        """Go through the tables of who reports, is asked and is counted.

        `strays`: records were set aside that bear units which may not report.
        """
        kinds = list(enumerate(self._kinds.examples))
        codes = self._questions.indicators.items()
        reporters = [(n, kind) for code, n in codes for kind, unit in kinds if self._rulebook.reports(unit, code)]
        rules = enumerate(self._questions.rules)
        asked = [(n, kind) for n, rule in rules for kind, unit in kinds if rule.of_each.includes(unit)]
        yield _table("reporter", "indicator kind", list(reporters))
        yield _table("asked", "rule kind", list(asked))
        yield _table("lone", "indicator kind", [] if strays else list(self._lone(set(reporters))))
        yield _table("counted", "rule kind", list(self._counted()))

    @property
    def types(self) -> list[str]:
        """The unit types of the kinds, by their numbers."""
        return [unit.type for unit in self._kinds.examples]

    def depth(self) -> int:
        """Give how many units stand at most above one."""
        return max((len(path) - 1 for path in map(self._upwards, self._lowest())), default=0)

    def tops(self, unit_type: str) -> tuple[list[int], list[int]]:
        """Give for each unit the one at or above it of `unit_type`, else its root; and its root."""
        area, root = [NONE] * len(self.units), [NONE] * len(self.units)
        for lowest in self._lowest():
            path = self._upwards(lowest)
            for place, number in enumerate(path):
                if root[number] == NONE:
                    root[number] = path[-1]
                    typed = (one for one in path[place:] if self.units[one].type == unit_type)
                    area[number] = next(typed, path[-1])
        return area, root

    def _lowest(self) -> Iterator[int]:
        """Go through the units with nothing below."""
        above = {row[2] for row in self._rows}
        return (number for number in range(len(self._rows)) if number not in above)

    def _upwards(self, number: int) -> list[int]:
        path = [number]
        while (parent := int(self._rows[path[-1]][2] or 0)) != NONE:
            path.append(parent)
        return path

    def _row(self, number: int, unit: Unit) -> Row:
        return (
            number,
            self._kinds.kind_of(unit),
            NONE if unit.parent is None else self.numbers.get(unit.parent, NONE),
            unit.opened.toordinal() if unit.opened else FIRST,
            unit.closed.toordinal() if unit.closed else LAST,
        )

    def _lone(self, reporters: set[tuple[int, int]]) -> Iterator[Row]:
        """Go through the kinds that report an indicator themselves and have nobody below who does."""
        levels = [self._rulebook.plan.level(unit.type) for unit in self._kinds.examples]
        for indicator, kind in reporters:
            level = levels[kind]
            others = [levels[other] for code, other in reporters if code == indicator]
            if level is not None and all(other is not None and other <= level for other in others):
                yield indicator, kind

    def _counted(self) -> Iterator[Row]:
        """Go through the kinds of units that each share counts."""
        for number, rule in enumerate(self._questions.rules):
            of = getattr(rule.measure, "of", None)
            yield from ((number, kind) for kind, unit in enumerate(self._kinds.examples) if unit.type == of)


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

    def __init__(self, facts: Sequence[Fact], questions: Questions, population: Population) -> None:
        self._facts, self._indicators, self._population = facts, questions.indicators, population
        self.moments = sorted({fact.reported for fact in facts if fact.reported is not None})
        self.periods: dict[Period, int] = {}

    def tables(self) -> Iterator[Table]:
        """Go through the tables; nothing of what intake has settled is doubtful any more."""
        ranks = {moment: rank for rank, moment in enumerate(self.moments, start=1)}
        yield self._population.unit_table()
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


class Holdings:
    """What stands beside the facts: keys that were spoiled, the periods they bear, and waivers."""

    def __init__(self, rulebook: Rulebook, data: Data, questions: Questions, population: Population) -> None:
        self._rulebook, self._data, self._questions = rulebook, data, questions
        self._units = population.numbers
        self.waivers = sorted(data.waivers, key=lambda waiver: waiver.id)

    def strays(self) -> bool:
        """Whether a record was set aside that bears a unit which may not report its indicator."""
        registry, reports = self._data.registry, self._rulebook.reports
        return any(not reports(registry[key.unit], key.indicator) for key in self._data.spoiled)

    def tables(self, periods: dict[Period, int], waivers: Waivers) -> Iterator[Table]:
        """Go through the tables; `periods` is added to, `waivers` says what each waiver covers."""
        spoiled = [
            (
                self._units[key.unit],
                self._questions.indicators[key.indicator],
                NONE if key.period is None else periods.setdefault(key.period, len(periods)),
            )
            for key in self._data.spoiled
        ]
        yield _table("spoiled", "unit indicator period", sorted(spoiled))
        yield from _period_tables(periods, self._questions)
        yield _table("waived", "rule span unit waiver", list(self._waived(waivers)))

    def _waived(self, waivers: Waivers) -> Iterator[Row]:
        numbers = {waiver.id: number for number, waiver in enumerate(self.waivers)}
        rules = {rule.id: number for number, rule in enumerate(self._questions.rules)}
        named: dict[int, set[str]] = {}
        for waiver in self.waivers:
            if waiver.rule in rules and waiver.unit in self._units:
                named.setdefault(rules[waiver.rule], set()).add(waiver.unit)
        for asked in self._questions.asked:
            rule = self._questions.rules[asked.rule]
            for unit in sorted(named.get(asked.rule, ())):
                covering: Iterable[Waiver] = waivers.covering(rule, self._data.registry[unit], asked.period)
                yield from ((asked.rule, asked.span, self._units[unit], numbers[waiver.id]) for waiver in covering)


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
