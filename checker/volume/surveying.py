"""Intake on volume: Parquet straight into a database, with every problem named all the same.

What is sound without doubt never becomes a Python object. Everything else, and whatever is not Parquet, passes through
intake, which says what is wrong with it in the same words as ever. Follows "Input data" of the contract.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from checker.engines.columnar.amounts import MILLION, WITHDRAWN, millionths, quotient
from checker.engines.columnar.doubting import DOUBT, OF_DOUBTS, OF_SUSPECTS, PRESENT, SUSPECT
from checker.engines.columnar.framing import Frame
from checker.engines.columnar.holdings import FACT, item_of, item_table
from checker.engines.columnar.knowing import KEYED, STRIDE
from checker.engines.columnar.records import DOUBTFUL, SIFTED, UNITS, reading
from checker.engines.columnar.session import Row, Stage, Store, Table, amounts, numbers
from checker.intake.contradictions import Settled, settle
from checker.intake.facts import COLUMNS, Gathering
from checker.intake.header import Header
from checker.intake.plausibility import warnings
from checker.intake.sources import Source
from checker.model.fact import Fact, Spoiled
from checker.model.instant import Instant
from checker.model.number import ValueKind
from checker.model.period import Period
from checker.model.problem import Place, Problem
from checker.model.rulebook import Nature
from checker.model.usage import Uses
from checker.volume.glossary import Glossary

_NUMBERS = {name: number for number, name in enumerate(COLUMNS)}


class Parquet(NamedTuple):
    """A Parquet file with its header as read."""

    source: Source
    header: Header


class Surveyed(NamedTuple):
    """What is to be said of a store's facts: problems, and keys that were spoiled."""

    problems: list[Problem]
    spoiled: frozenset[Spoiled]


class Survey:
    """Goes through the records that a store has scanned of `files`, and the facts that `gathering` holds already.

    Afterwards the store's tables hold the facts that stand, numbered by `periods` and `moments`.
    """

    def __init__(self, frame: Frame, store: Store, gathering: Gathering, files: Sequence[Parquet]) -> None:
        self._frame, self._store, self._gathering = frame, store, gathering
        self._files = list(files)
        self._codes = list(frame.rulebook.indicators)
        self.periods: dict[Period, int] = {}
        self.moments: Sequence[Instant] = ()
        self.items: Iterable[tuple[int, int]] = ()

    def tables(self) -> Iterator[Table]:
        """Give nothing more to load: the store's tables are filled."""
        return iter(())

    def stages(self) -> Iterator[Stage]:
        """Give nothing more to compute."""
        return iter(())

    def run(self) -> Surveyed:
        """Fill the store's tables and give what there is to say."""
        population, roles = self._frame.population, self._frame.roles
        self._load([*population.tables(), *population.name_tables(), *roles.tables(strays=False)])
        glossary = Glossary(self._frame, self._gathering, self._store)
        self.periods, self.moments = glossary.periods, glossary.moments
        self._load(glossary.tables())
        self._store.keep(UNITS)
        values = glossary.values()
        self._load([values])
        self._store.keep(reading(others=bool(values.rows)))
        self._take_doubtful()
        self._store.keep(KEYED)
        settled = self._settle()
        spoiled = frozenset(self._gathering.spoiled.union(settled.spoiled))
        doubts = self._doubts(settled, spoiled)
        return Surveyed([*self._gathering.problems, *settled.problems, *doubts], spoiled)

    def _load(self, tables: Iterable[Table]) -> None:
        for table in tables:
            self._store.load(table)

    def _take_doubtful(self) -> None:
        """Let intake read what is not sound without doubt: it becomes facts, or problems and spoiled keys."""
        ((whole,),) = self._store.rows("select count(*) from raw")
        ((kept, sound),) = self._store.rows("select count(*), count(amount) from fact")
        if kept != sound:
            self._store.keep(SIFTED)
        if whole == sound:
            return
        for file, row, *cells in list(self._store.rows(DOUBTFUL)):
            source, header = self._files[int(str(file))]
            written = Header(tuple(header.text(name) for name in COLUMNS), _NUMBERS)
            texts = ["" if cell is None else str(cell) for cell in cells]
            if "".join(texts).strip():
                self._gathering.take_table(source, written, [(int(str(row)), texts)])

    def _settle(self) -> Settled:
        """Settle what may contradict itself; what stands of it comes back as ``mended``."""
        by_hand = self._gathering.facts
        keys = {(self._frame.population.numbers[fact.unit], item_of(*self._item(fact))) for fact in by_hand}
        present = [divmod(int(str(item)), STRIDE) for (item,) in self._store.rows(PRESENT)]
        self.items = dict.fromkeys([*present, *map(self._item, by_hand)])
        self._load(
            [
                item_table(self.items, self.periods),
                Table("crossing", amounts("item other"), list(self._crossing())),
                Table("by_hand", (*numbers("unit"), *amounts("item")), sorted(keys)),
            ]
        )
        self._store.keep(SUSPECT)
        settled = settle(_in_order([*self._facts(OF_SUSPECTS), *by_hand]), self._frame.rulebook)
        self._load([Table("mended", FACT, [self._row(fact) for fact in settled.facts])])
        return settled

    def _doubts(self, settled: Settled, spoiled: frozenset[Spoiled]) -> list[Problem]:
        """Give the warnings about all records of every unit and period of which any is doubtful."""
        rulebook, numbered = self._frame.rulebook, self._frame.questions.indicators
        keys = {(self._frame.population.numbers[one.unit], item_of(*self._item(one))) for one in settled.records}
        percents = {n for n, one in enumerate(rulebook.indicators.values()) if one.value is ValueKind.PERCENT}
        checks = [(numbered[check.indicator], numbered[check.at_most]) for check in rulebook.checks]
        compared = [
            (item_of(small, period), item_of(large, period))
            for small, large in checks
            for indicator, period in self.items
            if indicator == small
        ]
        self._load(
            [
                Table("by_hand", (*numbers("unit"), *amounts("item")), sorted(keys)),
                Table("unused", amounts("item"), [(item_of(*item),) for item in self._unused()]),
                Table("percent", amounts("item"), [(item_of(*item),) for item in self.items if item[0] in percents]),
                Table("comparison", amounts("item at_most"), compared),
            ]
        )
        self._store.keep(DOUBT)
        records = _in_order([*self._facts(OF_DOUBTS), *settled.records])
        return warnings(replace(settled, records=records), spoiled, rulebook, self._frame.population.by_id)

    def _crossing(self) -> Iterator[tuple[int, int]]:
        """Go through the pairs of different items that occur of one flow and share a day."""
        periods, natures = list(self.periods), self._frame.questions.natures
        flows: dict[int, list[int]] = {}
        for indicator, period in self.items:
            if natures[indicator] is Nature.FLOW:
                flows.setdefault(indicator, []).append(period)
        for indicator, told in flows.items():
            for one, other in combinations(sorted(told), 2):
                if periods[one].overlaps(periods[other]):
                    yield item_of(indicator, one), item_of(indicator, other)

    def _unused(self) -> list[tuple[int, int]]:
        """Give the items that no rule uses."""
        periods, uses = list(self.periods), Uses(self._frame.rulebook)
        return [item for item in self.items if not uses.include(self._codes[item[0]], periods[item[1]])]

    def _facts(self, query: str) -> Iterator[Fact]:
        """Go through the facts that `query` gives."""
        periods = list(self.periods)
        for cells in self._store.rows(query):
            unit, (file, row, indicator, period, reported, amount) = (
                str(cells[0]),
                (int(str(cell)) for cell in cells[1:]),
            )
            source = self._files[file].source
            value = None if amount == WITHDRAWN else quotient(amount, MILLION)
            moment = self.moments[reported - 1] if reported else None
            place = Place(source.name, row, None, None, source.order)
            yield Fact(str(unit), self._codes[indicator], periods[period], value, moment, place)

    def _item(self, fact: Fact) -> tuple[int, int]:
        return self._frame.questions.indicators[fact.indicator], self.periods[fact.period]

    def _row(self, fact: Fact) -> Row:
        reported = 0 if fact.reported is None else bisect_left(self.moments, fact.reported) + 1
        amount = WITHDRAWN if fact.value is None else millionths(fact.value)
        return self._frame.population.numbers[fact.unit], item_of(*self._item(fact)), reported, amount


def _in_order(facts: list[Fact]) -> list[Fact]:
    return sorted(facts, key=lambda fact: (fact.place.order, fact.place.row or 0))
