"""A registry on volume: units.csv into a store, and no unit a Python object unless it is asked for.

A registry with anything doubtful in it is not enrolled: intake reads it and says what is wrong. Follows "Units" and
"Input data" of the contract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from checker.engines.columnar import enrolling
from checker.engines.columnar.kinds import Kinds
from checker.engines.columnar.population import FIRST, LAST
from checker.engines.columnar.session import Store, Table, numbers, strings
from checker.intake.header import Header, read_header
from checker.intake.registry import SHAPE, unit_of
from checker.intake.sources import LeftOut, Source
from checker.intake.table import LONGEST_CELL
from checker.model.period import parse_date
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit

_UNUSUAL = re.compile(r'["\r]|[^\S \n]')
"""What only intake reads: quotes, and white space that SQL does not trim."""
_FEW = 500
"""How many units are asked for one by one before all of them are read."""
T = TypeVar("T")


def enrol(source: Source, rulebook: Rulebook, store: Store) -> Enrolled | None:
    """Give the units of `source` as they stand in `store`; None where intake has to look at them."""
    try:
        text = source.table_text().replace("\r\n", "\n")
        first, *lines = text.split("\n")
        header = read_header(source, first.split(","), SHAPE)
    except LeftOut:
        return None
    if _UNUSUAL.search(text) or max(map(len, lines), default=0) > LONGEST_CELL:
        return None
    store.load_lines("unit_line", lines)
    return _Enrolling(header, rulebook, store).run()


class _Enrolling:
    """Fills a store's tables of units from the lines in it."""

    def __init__(self, header: Header, rulebook: Rulebook, store: Store) -> None:
        self._header, self._rulebook, self._store = header, rulebook, store
        self._kinds = Kinds(rulebook)
        columns = {name: number for number, name in header.further()}
        self._attributes = [columns.get(name) for name in self._kinds.named]

    def run(self) -> Enrolled | None:
        store, many = self._store, len(self._attributes)
        store.keep(enrolling.written(self._header.numbers, self._attributes))
        for table in self._tables():
            store.load(table)
        if self._count(enrolling.doubts(len(self._header.written) - 1)) or self._count(enrolling.TWICE):
            return None
        store.keep(enrolling.numbered(many))
        store.keep(enrolling.topped(len(self._rulebook.plan.unit_types) - 1))
        if self._count(enrolling.CLASHES):
            return None
        store.keep(enrolling.NAMED)
        store.keep(enrolling.grouped(many))
        store.load(Table("group_kind", numbers("grouping_number kind"), list(self._group_kinds())))
        store.keep(enrolling.placed(many))
        return Enrolled(self._header, self._kinds, store, self._count(enrolling.DEPTH))

    def _count(self, query: str) -> int:
        ((counted,),) = list(self._store.rows(query))
        return int(str(counted))

    def _tables(self) -> Iterator[Table]:
        plan = self._rulebook.plan
        named = [name for group in plan.unit_types for name in group]
        levels = [(name, plan.level(name), int(name == plan.departments.below)) for name in named]
        yield Table("unit_type", (*strings("name"), *numbers("level is_area")), levels)
        texts = [str(text) for (text,) in list(self._store.rows(enrolling.WRITTEN_DAYS))]
        read = {text: parse_date(text) for text in texts if text}
        days = [("", FIRST, LAST), *((text, day.toordinal(), day.toordinal()) for text, day in read.items() if day)]
        yield Table("day_text", (*strings("text"), *numbers("opened closed")), days)
        kind, planned = plan.departments.unit_type, plan.departments.codes
        codes = [
            (kind, code, mark, mark if code in planned else -1)
            for mark, code in enumerate(sorted(self._kinds.codes.union(planned)))
        ]
        yield Table("code_text", (*strings("type text"), *numbers("mark planned")), codes)
        marks = [
            (place, text, mark)
            for place, texts in enumerate(self._kinds.named.values())
            for mark, text in enumerate(sorted(texts))
        ]
        yield Table("attribute_text", (*numbers("place"), *strings("text"), *numbers("mark")), marks)

    def _group_kinds(self) -> Iterator[tuple[int, int]]:
        for number, line in list(self._store.rows(enrolling.EXAMPLES)):
            yield int(str(number)), self._kinds.kind_of(_unit(self._header, str(line)))


def _unit(header: Header, line: str) -> Unit:
    cells = line.split(",")
    return unit_of(header, [*cells, *[""] * (len(header.written) - len(cells))])


class Enrolled:
    """The units that stand in a store: looked up there one by one, or read all at once where many are asked for."""

    def __init__(self, header: Header, kinds: Kinds, store: Store, depth: int) -> None:
        self._header, self._store = header, store
        self.kinds, self.depth = kinds, depth
        self._sought: dict[str, tuple[int, Unit]] = {}
        self._singly = 0
        self.by_id: Mapping[str, Unit] = _Column(self, 1)
        self.numbers: Mapping[str, int] = _Column(self, 0)

    def tables(self) -> Iterator[Table]:
        """Give nothing more to load: the store's tables are filled."""
        return iter(())

    def name_tables(self) -> Iterator[Table]:
        """Give nothing more to load."""
        return iter(())

    @cached_property
    def everyone(self) -> dict[str, tuple[int, Unit]]:
        """All units by id, with their numbers."""
        return {unit.id: (number, unit) for number, unit in self._read(enrolling.EVERYONE)}

    @cached_property
    def units(self) -> Sequence[Unit]:
        """The units by number."""
        return [unit for _, unit in sorted(self.everyone.values(), key=lambda found: found[0])]

    def among(self, ids: Iterable[str]) -> Mapping[str, Unit]:
        """Give the units whose `ids` are told, looked up all at once."""
        self._seek(dict.fromkeys(ids))
        return self.by_id

    def find(self, unit_id: str) -> tuple[int, Unit]:
        """Give a unit and its number. Raises KeyError where there is none of that id."""
        if unit_id not in self._sought:
            self._singly += 1
            if self._singly > _FEW:
                return self.everyone[unit_id]
            self._seek([unit_id])
        return self._sought[unit_id]

    def _seek(self, ids: Iterable[str]) -> None:
        self._store.load(Table("unit_sought", strings("id"), [(unit_id,) for unit_id in ids]))
        self._sought.update((found[1].id, found) for found in self._read(enrolling.SOUGHT))

    def _read(self, query: str) -> Iterator[tuple[int, Unit]]:
        for number, line in list(self._store.rows(query)):
            yield int(str(number)), _unit(self._header, str(line))


class _Column(Mapping[str, T]):
    """What is known of units, by id: their numbers (`place` 0) or themselves (1)."""

    def __init__(self, enrolled: Enrolled, place: int) -> None:
        self._enrolled, self._place = enrolled, place

    def __getitem__(self, unit_id: str) -> T:
        found: T = self._enrolled.find(unit_id)[self._place]  # type: ignore[assignment] # the type of that place
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._enrolled.everyone)

    def __len__(self) -> int:
        return len(self._enrolled.everyone)
