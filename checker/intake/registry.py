"""units.csv: who there is, and what is wrong with it.

Follows "Units" and "Input data" of the contract. A faulty registry cannot be judged by, but what could be read of it
still serves to check everything else, so that all faults come at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.intake.families import Families
from checker.intake.header import Header, Shape
from checker.intake.sources import Source
from checker.intake.table import read_table
from checker.intake.wording import cut, joined, near, quoted
from checker.model.identity import is_id
from checker.model.language import Text
from checker.model.period import parse_date
from checker.model.problem import Code, Problem
from checker.model.rulebook import Plan
from checker.model.unit import Unit

_COLUMNS = ("id", "name", "type", "parent", "opened", "closed")
SHAPE = Shape({name: (name,) for name in _COLUMNS}, required=_COLUMNS[:3], open_ended=True)


@dataclass(frozen=True)
class Register:
    """The units as far as they could be read, each id once, and everything that is wrong with the file."""

    units: list[Unit]
    problems: list[Problem]


Flaw = tuple[str, Text, Text]
"""The column at fault, what is wrong and the way out."""


def read_register(source: Source, plan: Plan) -> Register:
    """Give the units of `source`. Raises LeftOut where the file is no table of units."""
    table = read_table(source, SHAPE)
    problems: list[Problem] = []
    rows: dict[str, int] = {}
    units: list[tuple[int, Unit]] = []
    for row, cells in table.records:
        unit = unit_of(table.header, cells)
        flaws = list(_flaws(unit, _told(table.header, cells), plan))
        problems += _problem(source, row, Code.BAD_UNIT, flaws)
        if unit.id in rows:
            problems += _problem(source, row, Code.DUPLICATE_UNIT, [_twice(unit.id, rows[unit.id])])
        elif unit.id:
            rows[unit.id] = row
        units.append((row, unit))
    first = {unit.id: unit for row, unit in units if rows.get(unit.id) == row}
    families = Families(first, plan)
    for row, unit in units:
        problems += _problem(source, row, Code.BAD_PARENT, list(families.flaws(unit)))
    for later, earlier in families.clashes():
        flaw = _same_code(later, earlier, rows[earlier.id])
        problems += _problem(source, rows[later.id], Code.DUPLICATE_UNIT, [flaw])
    return Register(list(first.values()), problems)


def unit_of(header: Header, cells: Sequence[str]) -> Unit:
    """Give the unit that the cells of a row make, as far as they can be read."""
    told = _told(header, cells)
    return Unit(
        id=told["id"],
        name=told["name"],
        type=told["type"],
        parent=told["parent"] or None,
        opened=parse_date(told["opened"]),
        closed=parse_date(told["closed"]),
        attributes={text: cells[number].strip() for number, text in header.further()},
    )


def _told(header: Header, cells: Sequence[str]) -> dict[str, str]:
    return {name: cells[header.numbers[name]].strip() if name in header.numbers else "" for name in _COLUMNS}


def _flaws(unit: Unit, told: dict[str, str], plan: Plan) -> Iterator[Flaw]:
    if not is_id(unit.id):
        hint = Text("用字母、汉字、数字和 . _ - :，最多 64 个", "use letters, digits and . _ - :, at most 64")
        yield "id", Text(f"编号是{quoted(unit.id).zh}", f"the id is {quoted(unit.id).en}"), hint
    if plan.level(unit.type) is None:
        types = [name for group in plan.unit_types for name in group]
        known = Text(f"可用的类型：{'、'.join(types)}", f"known types: {', '.join(types)}")
        message = Text(
            f"单位类型是{quoted(unit.type).zh}，规则里没有", f"no unit type {quoted(unit.type).en} in the rulebook"
        )
        yield "type", message, near(unit.type, types, known)
    for column, day in (("opened", unit.opened), ("closed", unit.closed)):
        if told[column] and day is None:
            came = quoted(told[column])
            message = Text(f"{column} 是{came.zh}，不是日期", f"{column} is {came.en}, which is no day")
            yield column, message, Text("请写成 2022-09-01", "write it as 2022-09-01")
    if unit.opened and unit.closed and unit.closed <= unit.opened:
        message = Text(
            f"closed {unit.closed} 不晚于 opened {unit.opened}",
            f"closed {unit.closed} is not after opened {unit.opened}",
        )
        yield (
            "closed",
            message,
            Text("closed 是单位不再存在的第一天", "closed is the first day that the unit no longer exists"),
        )


def _problem(source: Source, row: int, code: Code, flaws: list[Flaw]) -> Iterator[Problem]:
    """Give one problem of all `flaws` of one row, if there are any."""
    if flaws:
        message = joined(message for _, message, _ in flaws)
        hint = joined(hint for _, _, hint in flaws)
        yield Problem(code, message, hint, source.place(row, flaws[0][0]))


def _twice(unit: str, row: int) -> Flaw:
    message = Text(f"编号 {cut(unit)} 在第 {row} 行已有", f"the id {cut(unit)} stands on row {row} already")
    return "id", message, Text("请另取编号，或删去其中一行", "choose another id, or delete one of the rows")


def _same_code(later: Unit, earlier: Unit, row: int) -> Flaw:
    message = Text(
        f"同一地区已有部门 {earlier.id}（第 {row} 行），代码同为 {later.code}",
        f"the department {earlier.id} (row {row}) of the same area has the code {later.code} too",
    )
    return (
        "id",
        message,
        Text("每个地区每个部门代码只能有一个单位", "one area can have one unit for each department code"),
    )
