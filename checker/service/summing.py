"""Findings added up: by section, township, department or period, or by the units just below another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from checker.model.finding import Verdict
from checker.model.language import Text, printable, same
from checker.model.rulebook import Force
from checker.model.unit import Unit
from checker.service.looking import Look
from checker.store import findings as standing
from checker.store.database import Reading
from checker.store.findings import Standing, Wanted

Count = tuple[str, str, str, int]
_DUE = (Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.WAIVED)


class By(StrEnum):
    """What findings are added up by."""

    SECTION = "section"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class Tally:
    """Findings of one kind, such as those of a section, counted by verdict: those that must be met, and the others.

    Both rates are of what is due among those that must be met, None where nothing is.
    """

    key: str
    name: Text
    must: Mapping[Verdict, int]
    strive: Mapping[Verdict, int]

    @property
    def due(self) -> int:
        """How many are due."""
        return sum(self.must[verdict] for verdict in _DUE)

    @property
    def rate(self) -> Fraction | None:
        """The part that is met of what is due, as checked."""
        return _part(self.must[Verdict.MET], self.due)

    @property
    def rate_after_waivers(self) -> Fraction | None:
        """The part that is met of what is due and not waived."""
        return _part(self.must[Verdict.MET], self.due - self.must[Verdict.WAIVED])


def tallies(reading: Reading, look: Look, wanted: Wanted, by: By) -> list[Tally]:
    """Give what is wanted, added up: by section in the plan's order, otherwise by key."""
    order = {section.number: n for n, section in enumerate(look.rulebook.sections)}
    found = _grouped(_counted(reading, look, wanted, by), lambda key: _group(key, by, look))
    keys = sorted(found, key=lambda key: (order.get(key, 0), key))
    return [tally(key, _name(key, by, look), found[key]) for key in keys]


def tallies_below(reading: Reading, look: Look, wanted: Wanted, unit: Unit) -> list[Tally]:
    """Give what is wanted of the units just below `unit`, each with all that lie below it, by id."""
    children = {one.id: one for one in look.registry.below(unit) if one.parent == unit.id}

    def child(key: str) -> str | None:
        here = look.registry.get(key)
        return next((one.id for one in look.registry.above(here) if one.id in children), None) if here else None

    found = _grouped(_counted(reading, look, within(wanted, unit, look), By.TOWNSHIP), child)
    return [tally(key, same(printable(children[key].name)), found[key]) for key in sorted(found)]


def within(wanted: Wanted, unit: Unit, look: Look) -> Wanted:
    """Give what is wanted of `unit` and all that lie below it."""
    subtree = [unit.id, *(one.id for one in look.registry.below(unit))]
    return wanted if len(subtree) == len(look.registry) else wanted._replace(below=subtree)


def tally(key: str, name: Text, counts: Iterable[Count]) -> Tally:
    """Give some counts added up."""
    sums = {force: dict.fromkeys(Verdict, 0) for force in Force}
    for _, force, verdict, number in counts:
        sums[Force(force)][Verdict(verdict)] += number
    return Tally(key, name, sums[Force.MUST], sums[Force.STRIVE])


def total(some: Iterable[Tally]) -> Tally:
    """Give several tallies, which share no finding, as one."""
    counts = [
        ("", force.value, verdict.value, number)
        for one in some
        for force, verdicts in ((Force.MUST, one.must), (Force.STRIVE, one.strive))
        for verdict, number in verdicts.items()
    ]
    return tally("", same(""), counts)


def _grouped(counts: Iterable[Count], group: Callable[[str], str | None]) -> dict[str, list[Count]]:
    rows: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        if (key := group(count[0])) is not None:
            rows[key].append(count)
    return rows


def _counted(reading: Reading, look: Look, wanted: Wanted, by: By) -> list[Count]:
    if not look.stands:
        return [count for one in look.standing(wanted) for count in _keys(one, by)]
    if by is By.DEPARTMENT:
        return standing.counts_by_department(reading, wanted)
    return standing.counts(reading, wanted, "unit" if by is By.TOWNSHIP else by.value)


def _keys(one: Standing, by: By) -> list[Count]:
    keys = {By.SECTION: [one.section], By.TOWNSHIP: [one.unit], By.PERIOD: [one.period],
            By.DEPARTMENT: one.responsible.strip(";").split(";")}[by]  # fmt: skip
    return [(key, one.force, one.verdict, 1) for key in keys]


def _group(key: str, by: By, look: Look) -> str:
    """Give what a count belongs to: for townships the one that the unit lies in, or what is topmost."""
    unit = look.registry.get(key)
    if by is not By.TOWNSHIP or unit is None:
        return key
    stands = {group.every for group in look.rulebook.plan.departments.groups.values()}
    way = list(look.registry.above(unit))
    return next((one.id for one in way if one.type in stands), way[-1].id)


def _name(key: str, by: By, look: Look) -> Text:
    plan = look.rulebook.plan
    unit = look.registry.get(key)
    if by is By.SECTION:
        return next((section.title for section in look.rulebook.sections if section.number == key), same(key))
    if by is By.DEPARTMENT and key in plan.departments.codes:
        return plan.departments.codes[key]
    return same(printable(unit.name) if unit is not None and by is not By.PERIOD else key)


def _part(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
