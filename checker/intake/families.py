"""The trees that units form by `parent`: what is wrong with them, and which departments are one too many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checker.intake.wording import Suggestions, cut
from checker.model.language import Text
from checker.model.rulebook import Plan
from checker.model.unit import Unit


class Families:
    """Units by id with their parents, sound or not."""

    def __init__(self, units: Mapping[str, Unit], plan: Plan) -> None:
        self._units = units
        self._plan = plan
        self._near = Suggestions(units)
        self._circling = self._circles()

    def flaws(self, unit: Unit) -> Iterator[tuple[str, Text, Text]]:
        """Give what is wrong with the parent of `unit`: the column, the fault and the way out."""
        if unit.parent is None:
            return
        above = self._units.get(unit.parent)
        if above is None:
            message = Text(f"名册里没有上级 {cut(unit.parent)}", f"no unit {cut(unit.parent)} in the registry")
            yield "parent", message, self._near.near(unit.parent, _ADD)
            return
        if self._units.get(unit.id) is unit and unit.id in self._circling:
            message = Text(
                f"上级绕成了圈：{unit.id} 在自己之上", f"parents make a circle: {unit.id} stands above itself"
            )
            yield "parent", message, Text("请改正其中一个上级", "correct one of the parents")
        level, higher = self._plan.level(unit.type), self._plan.level(above.type)
        if level is not None and higher is not None and higher >= level:
            own, its = self._plan.type_name(unit.type), self._plan.type_name(above.type)
            yield (
                "parent",
                Text(
                    f"{above.id} 是{its.zh}，不能作{own.zh}的上级", f"{above.id} ({its.en}) cannot be above: {own.en}"
                ),
                Text("上级的类型应在规则的更前一组", "a parent's type stands in an earlier group of the rulebook"),
            )

    def clashes(self) -> Iterator[tuple[Unit, Unit]]:
        """Go through the departments whose code an earlier one below the same unit bears, each with that one."""
        departments = self._plan.departments
        earlier: dict[tuple[str, str], Unit] = {}
        nearest: dict[str, str | None] = {}
        for unit in self._units.values():
            if unit.type == departments.unit_type and unit.code in departments.codes:
                area = self._nearest(unit, departments.below, nearest)
                if area is not None and (first := earlier.setdefault((area, unit.code), unit)) is not unit:
                    yield unit, first

    def _nearest(self, unit: Unit, unit_type: str, known: dict[str, str | None]) -> str | None:
        """Give the id of the nearest unit of that type from `unit` upwards; `known` keeps it for all on the way."""
        way: list[str] = []
        found: str | None = None
        here: Unit | None = unit
        while here is not None and here.id not in known:
            known[here.id] = None
            way.append(here.id)
            if here.type == unit_type:
                found = here.id
                break
            here = self._units.get(here.parent) if here.parent else None
        else:
            found = known[here.id] if here is not None else None
        known.update(dict.fromkeys(way, found))
        return found

    def _circles(self) -> set[str]:
        """Give the ids of all units that stand above themselves."""
        done: set[str] = set()
        circling: set[str] = set()
        for start in self._units:
            way: dict[str, None] = {}
            here: str | None = start
            while here is not None and here in self._units and here not in done and here not in way:
                way[here] = None
                here = self._units[here].parent
            if here in way:
                steps = list(way)
                circling.update(steps[steps.index(here) :])
            done.update(way)
        return circling


_ADD = Text("请在 units.csv 里补上它，或改正 parent", "add it to units.csv, or correct the parent")
