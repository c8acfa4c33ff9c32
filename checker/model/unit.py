"""Units and the registry of them: who there is, on which day, under whom.

Follows "Units" of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Unit:
    """A county, township, school, department or whatever else a plan's unit types name.

    `closed` is the first day that it no longer exists. `attributes` are the further columns of the registry.
    """

    id: str
    name: str
    type: str
    parent: str | None = None
    opened: date | None = None
    closed: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The part of the id after the last ``:``, by which a plan names a department."""
        return self.id.rpartition(":")[2]

    def exists_on(self, day: date) -> bool:
        """Whether the unit is in scope on `day`."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or day < self.closed)


class Registry:
    """All units with their trees; several roots are allowed. Expects ids to be unique and parents to be sound."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._units = {unit.id: unit for unit in sorted(units, key=lambda unit: unit.id)}
        self._children: dict[str, list[Unit]] = {}
        self._below: dict[tuple[str, str | None], tuple[Unit, ...]] = {}
        self._by_type: dict[str, list[Unit]] = {}
        for unit in self:
            self._by_type.setdefault(unit.type, []).append(unit)
            if unit.parent is not None:
                self._children.setdefault(unit.parent, []).append(unit)

    def __iter__(self) -> Iterator[Unit]:
        """Go through the units by id, by code point."""
        return iter(self._units.values())

    def __len__(self) -> int:
        return len(self._units)

    def __contains__(self, unit_id: str) -> bool:
        return unit_id in self._units

    def __getitem__(self, unit_id: str) -> Unit:
        return self._units[unit_id]

    @property
    def ids(self) -> frozenset[str]:
        """All ids."""
        return frozenset(self._units)

    def by_name(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Give for each of `names` that some units bear the ids of those units."""
        found: dict[str, list[str]] = {name: [] for name in names}
        for unit in self:
            if unit.name in found:
                found[unit.name].append(unit.id)
        return {name: ids for name, ids in found.items() if ids}

    def get(self, unit_id: str) -> Unit | None:
        """Give the unit of that id, or None."""
        return self._units.get(unit_id)

    def of_type(self, unit_type: str) -> Sequence[Unit]:
        """Give all units of one type, by id."""
        return self._by_type.get(unit_type, ())

    def above(self, unit: Unit) -> Iterator[Unit]:
        """Go up from `unit` itself to its root."""
        here: Unit | None = unit
        while here is not None:
            yield here
            here = self._units.get(here.parent) if here.parent is not None else None

    def below(self, unit: Unit, unit_type: str | None = None) -> tuple[Unit, ...]:
        """Give the units strictly below `unit`, of one type or of all, by id."""
        if unit.id not in self._children:
            return ()
        key = (unit.id, unit_type)
        if key not in self._below:
            self._below[key] = tuple(sorted(self._walk(unit, unit_type), key=lambda found: found.id))
        return self._below[key]

    def _walk(self, unit: Unit, unit_type: str | None) -> Iterator[Unit]:
        waiting = list(self._children.get(unit.id, ()))
        while waiting:
            found = waiting.pop()
            waiting.extend(self._children.get(found.id, ()))
            if unit_type is None or found.type == unit_type:
                yield found
