"""Sheets of the template among the cells that were read, or everything that is damaged about them.

A sheet says itself what it is (`checker.model.worksheet`); nothing about a column is guessed from where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from checker.intake.sources import LeftOut, Source
from checker.intake.wording import cut, quoted
from checker.intake.workbook.cells import read_cells
from checker.model.language import Text
from checker.model.period import Period
from checker.model.problem import Code, Problem
from checker.model.rulebook import Rulebook
from checker.model.worksheet import (
    FIRST_ROW,
    HEAD_ROW,
    HEADINGS,
    KEY_ROW,
    NOTES,
    PERIOD_ROW,
    VERSION,
    Cell,
    Grid,
    Key,
    Sheet,
    heading,
    key_of,
    letter,
    period_line,
)

_AGAIN = Text(
    "请用 checker template 重新生成模板，把数填进去", "make the template again with `checker template` and fill it in"
)
_FAMILY = VERSION.split("/", maxsplit=1)[0] + "/"


class Flaw(NamedTuple):
    """What is damaged about a sheet: the row and, where it is one, the number of the column."""

    code: Code
    message: Text
    row: int
    column: int | None = None
    hint: Text = _AGAIN


def read_sheets(source: Source, rulebook: Rulebook) -> list[Sheet]:
    """Give the filled-in sheets of a workbook. Raises LeftOut with every damage to any of them."""
    found = [_Reading(grid, rulebook) for grid in read_cells(source) if grid.rows]
    problems = [_problem(source, one.grid.name, flaw) for one in found for flaw in one.flaws]
    sheets = [one.sheet for one in found if one.sheet is not None]
    if not sheets and not problems:
        message = Text("里面没有填报用的工作表", "it has no sheet of the template")
        problems.append(source.malformed(message, _AGAIN))
    if problems:
        raise LeftOut(problems)
    return sheets


def _problem(source: Source, sheet: str, flaw: Flaw) -> Problem:
    column = None if flaw.column is None else letter(flaw.column)
    return Problem(flaw.code, flaw.message, flaw.hint, source.place(flaw.row, column, sheet))


class _Reading:
    """One sheet looked at: what it is, and its flaws; neither for one that is only to be read."""

    def __init__(self, grid: Grid, rulebook: Rulebook) -> None:
        self.grid, self._rulebook = grid, rulebook
        self.sheet: Sheet | None = None
        self.flaws: list[Flaw] = []
        self._head = dict(grid.rows[:FIRST_ROW])
        self._keys = [_text(cell) for cell in self._head.get(KEY_ROW, ())]
        self._read()

    def _read(self) -> None:
        marks = [(n, key) for n, key in enumerate(self._keys) if key.startswith(_FAMILY)]
        if len(marks) != 1:
            self._foreign()
            return
        ((number, mark),) = marks
        if mark == NOTES:
            return
        told = self._told(mark)
        if isinstance(told, Text):
            self.flaws.append(Flaw(Code.MALFORMED_FILE, told, KEY_ROW, number))
            return
        unit_type, period = told
        self._keys[number] = Key.ID
        columns = tuple(self._columns())
        self.flaws += self._period_flaws(period)
        rows = [(row, cells) for row, cells in self.grid.rows if row >= FIRST_ROW]
        self.sheet = Sheet(self.grid.name, unit_type, period, columns, rows)

    def _foreign(self) -> None:
        message = Text(
            "这张工作表不是模板的一页，或隐藏的首行已损坏", "no sheet of the template, or its hidden row 1 is damaged"
        )
        hint = Text(
            "请删去这张工作表；或重新生成模板，把数填进去",
            "delete the sheet, or make the template again and fill it in",
        )
        self.flaws.append(Flaw(Code.MALFORMED_FILE, message, self.grid.rows[0][0], hint=hint))

    def _told(self, mark: str) -> tuple[str, Period] | Text:
        """Give the unit type and period that a mark states, or why it states none for this rulebook."""
        version, *told = mark.split(" ")
        if version != VERSION or len(told) != 3:
            return Text(
                f"模板版本是 {cut(version)}，本程序读 {VERSION}", f"made as {cut(version)}, and {VERSION} is read"
            )
        plan, unit_type, code = told
        if plan != self._rulebook.plan.id:
            own = self._rulebook.plan.id
            return Text(
                f"模板属于规划 {cut(plan)}，本次检查的是 {own}", f"made for the plan {cut(plan)}, checked is {own}"
            )
        period = self._rulebook.plan.calendar.read(code)
        if period is None or self._rulebook.plan.level(unit_type) is None:
            return Text("模板的单位类型或期间不认识", "its unit type or period is unknown")
        return unit_type, period

    def _columns(self) -> Iterator[str]:
        """Go through what each column holds, and note what is damaged."""
        width = max((len(cells) for _, cells in self.grid.rows), default=0)
        keys = self._keys + [""] * (width - len(self._keys))
        seen: set[str] = set()
        for number, key in enumerate(keys):
            name = key if key in [*Key] else key.split(" ", maxsplit=1)[0]
            flaw = self._column_flaw(number, key, name)
            if name and name in seen:
                message = Text("同一列出现两次", "the same column stands twice")
                flaw = Flaw(Code.MALFORMED_FILE, message, HEAD_ROW, number)
            if flaw:
                self.flaws.append(flaw)
            seen.add(name)
            yield name
        if Key.UNIT not in seen:
            message = Text("没有“单位”列，或它的隐藏首行已损坏", "the column of units is missing, or its hidden key is")
            self.flaws.append(Flaw(Code.MISSING_COLUMN, message, HEAD_ROW))

    def _column_flaw(self, number: int, key: str, name: str) -> Flaw | None:
        indicator = self._rulebook.indicators.get(name)
        written = _text(_at(self._head.get(HEAD_ROW, ()), number))
        if not key:
            used = next((row for row, cells in self.grid.rows if _text(_at(cells, number))), None)
            message = Text(
                "这一列不是模板的，或它的隐藏首行已损坏", "no column of the template, or its hidden key is damaged"
            )
            return None if used is None else Flaw(Code.UNKNOWN_COLUMN, message, used, number)
        if name in [*Key]:
            expected = HEADINGS[Key(name)]
        elif indicator is None:
            message = Text(f"规则里没有指标 {cut(name)}", f"no indicator {cut(name)} in the rulebook")
            return Flaw(Code.UNKNOWN_COLUMN, message, HEAD_ROW, number)
        elif key != key_of(indicator):
            message = Text(
                f"指标“{indicator.name.zh}”的口径在模板生成后改过",
                f"{indicator.name.en} has been defined anew since the template was made",
            )
            return Flaw(Code.MALFORMED_FILE, message, HEAD_ROW, number)
        else:
            expected = heading(indicator)
        if written in expected:
            return None
        came = quoted(written)
        message = Text(
            f"这一列的表头是{came.zh}，应是“{expected.zh}”", f'the heading is {came.en}, expected "{expected.en}"'
        )
        return Flaw(Code.MALFORMED_FILE, message, HEAD_ROW, number)

    def _period_flaws(self, period: Period) -> Iterator[Flaw]:
        """Say where the sheet's name, or the line above its headings, has been changed to speak of another period."""
        line = period_line(period)
        number = next((n for n, key in enumerate(self._keys) if key == Key.UNIT), 0)
        written = _text(_at(self._head.get(PERIOD_ROW, ()), number))
        renamed = self._rulebook.plan.calendar.read(self.grid.name.strip())
        if written not in line or (renamed is not None and renamed != period):
            came = quoted(written if written not in line else self.grid.name)
            message = Text(
                f"模板为期间 {period.code} 生成，这里却写着{came.zh}",
                f"the template was made for the period {period.code}, but here is {came.en}",
            )
            yield Flaw(Code.MALFORMED_FILE, message, PERIOD_ROW, number)


def _at(cells: Sequence[Cell], number: int) -> Cell:
    return cells[number] if number < len(cells) else ""


def _text(cell: Cell) -> str:
    """Give a cell as text for comparing; a cell that is none differs from every text."""
    return cell.strip() if isinstance(cell, str) else str(cell)
