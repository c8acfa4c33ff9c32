"""units.csv and the trees of units: semantics.md, "Units" and "Input data"."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from .periods import read_date
from .rulebook import Indicator, Rulebook
from .tables import Problems, Row, Shape, is_id, read_table

KNOWN = ("id", "name", "type", "parent", "opened", "closed")
SHAPE = Shape({name: name for name in KNOWN}, ("id", "name", "type"), open_ended=True)


@dataclass(frozen=True)
class Unit:
    """One unit; `attributes` are the further columns."""

    id: str
    name: str
    type: str
    parent: str
    opened: date | None
    closed: date | None
    attributes: dict[str, str]

    def exists(self, day: date) -> bool:
        """In scope: "opened empty or not after it, closed (the first day that it no longer exists) empty or after"."""
        return (self.opened is None or self.opened <= day) and (self.closed is None or self.closed > day)

    @property
    def bare(self) -> str:
        """The part of the id after the last colon."""
        return self.id.rpartition(":")[2]


@dataclass
class Registry:
    """All units, by id."""

    book: Rulebook
    units: dict[str, Unit]
    below: dict[str, list[Unit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.below = {unit: [] for unit in self.units}
        for unit in self.units.values():
            for above in self.above(unit.id):
                self.below[above.id].append(unit)

    def above(self, unit: str) -> list[Unit]:
        """The ancestors, nearest first; "parent holds whether or not the units on the way are in scope"."""
        found: list[Unit] = []
        parent = self.units[unit].parent
        while parent in self.units and all(parent != other.id for other in found) and parent != unit:
            found.append(self.units[parent])
            parent = self.units[parent].parent
        return found

    def at_and_below(self, unit: str) -> list[Unit]:
        """Reads: "The unit and every unit below it"."""
        return [self.units[unit], *self.below[unit]]

    def reports(self, unit: Unit, indicator: Indicator) -> bool:
        """True for a declared reporter: of a type, or the department of that code (or `…:code`)."""
        if indicator.department is None:
            return unit.type in indicator.types
        return unit.type == self.book.department_type and indicator.department in (unit.id, unit.bare)

    def find(self, text: str) -> Unit | None:
        """Reads: "Ids are looked up first, then names; a name that several units bear" finds none."""
        if text in self.units:
            return self.units[text]
        named = [unit for unit in self.units.values() if unit.name == text]
        return named[0] if text and len(named) == 1 else None


def _unit(row: Row, book: Rulebook, problems: Problems) -> Unit:
    """`bad_unit`: "unknown type, bad dates, closed not after opened", a malformed id."""
    opened, closed = read_date(row["opened"]), read_date(row["closed"])
    faults = {
        "id": not is_id(row["id"]),
        "type": book.rank(row["type"]) is None,
        "opened": row["opened"] != "" and opened is None,
        "closed": row["closed"] != "" and (closed is None or (opened is not None and closed <= opened)),
    }
    for column, wrong in faults.items():
        if wrong:
            problems.error(row, "bad_unit", column)
    attributes = {name: text for name, text in row.cells.items() if name not in KNOWN}
    return Unit(row["id"], row["name"], row["type"], row["parent"], opened, closed, attributes)


def _bad_parent(unit: Unit, registry: Registry) -> bool:
    """Reads: "A parent that is absent, makes a circle or is of a type that cannot be above"."""
    if unit.parent == "":
        return False
    if unit.parent not in registry.units:
        return True
    chain, step = [unit.id], unit.parent
    while step in registry.units and step not in chain:
        chain.append(step)
        step = registry.units[step].parent
    above, own = registry.book.rank(registry.units[unit.parent].type), registry.book.rank(unit.type)
    return step == unit.id or (above is not None and own is not None and above >= own)


def _same_code(unit: Unit, earlier: list[Unit], registry: Registry) -> bool:
    """Reads: "A code that two departments below one county bear is a duplicate_unit"."""
    book = registry.book
    if unit.type != book.department_type:
        return False
    counties = {above.id for above in registry.above(unit.id) if above.type == book.county_type}
    codes = {unit.id, unit.bare} & set(book.codes)
    return any(
        other.type == unit.type
        and codes & {other.id, other.bare}
        and counties & {above.id for above in registry.above(other.id)}
        for other in earlier
    )


def read_units(folder: Path, book: Rulebook, problems: Problems) -> Registry | None:
    """The registry, or None with problems: "without a registry nothing can be judged"."""
    if not (folder / "units.csv").exists():
        problems.place("error", "missing_file", 0, "units.csv", None, None)
        return None
    rows = read_table(folder, "units.csv", 0, SHAPE, problems)
    units: dict[str, Unit] = {}
    first: list[tuple[Row, Unit]] = []
    for row in rows:
        unit = _unit(row, book, problems)
        if unit.id in units:
            problems.error(row, "duplicate_unit", "id")
        else:
            units[unit.id] = unit
            first.append((row, unit))
    registry = Registry(book, units)
    for number, (row, unit) in enumerate(first):
        if _bad_parent(unit, registry):
            problems.error(row, "bad_parent", "parent")
        if _same_code(unit, [other for _, other in first[:number]], registry):
            problems.error(row, "duplicate_unit", "id")
    return None if problems.errors else registry
