"""The units of a registry as the database knows them: numbered by id, each of a kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from checker.engines.columnar.kinds import Kinds
from checker.engines.columnar.session import Row, Table, numbers, strings
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry, Unit

NOBODY = -1
FIRST, LAST = 0, 4_000_000
"""Days before and after all days that a registry can name."""


class Population(Protocol):
    """Units by number and by id, and their numbers."""

    @property
    def kinds(self) -> Kinds:
        """The kinds of the units."""

    @property
    def units(self) -> Sequence[Unit]:
        """The units by number."""

    @property
    def by_id(self) -> Mapping[str, Unit]:
        """The units by id."""

    @property
    def numbers(self) -> Mapping[str, int]:
        """The numbers by id."""

    def among(self, ids: Iterable[str]) -> Mapping[str, Unit]:
        """Give the units whose `ids` are told, and perhaps others."""

    @property
    def depth(self) -> int:
        """How many units stand at most above one."""

    def tables(self) -> Iterator[Table]:
        """Go through what has still to be loaded of table ``unit``."""

    def name_tables(self) -> Iterator[Table]:
        """Go through what has still to be loaded of table ``unit_name``."""


class HeldPopulation:
    """The units that stand in a registry as values."""

    def __init__(self, rulebook: Rulebook, registry: Registry) -> None:
        self._area_type = rulebook.plan.departments.below
        self.kinds = Kinds(rulebook)
        self.units: Sequence[Unit] = list(registry)
        self.by_id: Mapping[str, Unit] = {unit.id: unit for unit in self.units}
        self.numbers: Mapping[str, int] = {unit.id: number for number, unit in enumerate(self.units)}
        self._parents = [
            NOBODY if unit.parent is None else self.numbers.get(unit.parent, NOBODY) for unit in self.units
        ]
        self._kinds = [self.kinds.kind_of(unit) for unit in self.units]

    def among(self, ids: Iterable[str]) -> Mapping[str, Unit]:  # noqa: ARG002 (a Population)
        """Give all units: they are at hand."""
        return self.by_id

    def tables(self) -> Iterator[Table]:
        """Give the table of the units themselves."""
        rows: list[Row] = [
            (
                number,
                self._kinds[number],
                self._parents[number],
                unit.opened.toordinal() if unit.opened else FIRST,
                unit.closed.toordinal() if unit.closed else LAST,
            )
            for number, unit in enumerate(self.units)
        ]
        yield Table("unit", numbers("unit kind parent opened closed"), rows)

    def name_tables(self) -> Iterator[Table]:
        """Give the table that calls units by their ids, with their types, areas and roots."""
        area, root = self._tops()
        units = self.units
        rows = [(n, unit.id, unit.type, units[area[n]].id, units[root[n]].id) for n, unit in enumerate(units)]
        yield Table("unit_name", (*numbers("number"), *strings("name type area root")), rows)

    @cached_property
    def depth(self) -> int:
        """How many units stand at most above one."""
        return max((len(self._upwards(number)) - 1 for number in self._lowest()), default=0)

    def _tops(self) -> tuple[list[int], list[int]]:
        """Give for each unit the one at or above it of the areas' type, else its root; and its root."""
        area, root = [NOBODY] * len(self.units), [NOBODY] * len(self.units)
        for lowest in self._lowest():
            path = self._upwards(lowest)
            for place, number in enumerate(path):
                if root[number] == NOBODY:
                    root[number] = path[-1]
                    typed = (one for one in path[place:] if self.units[one].type == self._area_type)
                    area[number] = next(typed, path[-1])
        return area, root

    def _lowest(self) -> Iterator[int]:
        """Go through the units with nothing below."""
        above = set(self._parents)
        return (number for number in range(len(self.units)) if number not in above)

    def _upwards(self, number: int) -> list[int]:
        path = [number]
        while (parent := self._parents[path[-1]]) != NOBODY:
            path.append(parent)
        return path
