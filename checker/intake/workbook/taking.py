"""What the sheets of a workbook report: a record for each cell that is filled in.

Follows "Numbers" and "Input data" of the contract: a number is taken as its shortest decimal text, a percent has to be
text with its sign, and what Excel may have changed without a word (zeros of an id, results of formulas) is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from checker.intake.facts import At, Gathering, Heading
from checker.intake.lookups import Fault
from checker.intake.sources import Source
from checker.intake.wording import quoted
from checker.intake.workbook.sheets import read_sheets
from checker.model.language import Text
from checker.model.number import ValueKind
from checker.model.problem import Code, Place
from checker.model.rulebook import Indicator
from checker.model.unit import Unit
from checker.model.worksheet import Cell, Key, Odd, Sheet, label, letter

_MOST_DIGITS = 15
"""How many significant digits Excel keeps of a number."""

_EXACT = 10.0**_MOST_DIGITS


def take_workbook(source: Source, gathering: Gathering) -> None:
    """Take every cell of `source` that is filled in. Raises LeftOut where it is no workbook of the template."""
    sheets = read_sheets(source, gathering.lookups.rulebook)
    if gathering.sheets is not None:
        gathering.sheets[source.name] = sheets
    for sheet in sheets:
        _Taking(source, gathering, sheet).run()


class _Taking:
    """Goes through one sheet."""

    def __init__(self, source: Source, gathering: Gathering, sheet: Sheet) -> None:
        self._source, self._gathering, self._sheet = source, gathering, sheet
        self._columns = {key: number for number, key in enumerate(sheet.columns) if key}
        indicators = gathering.lookups.rulebook.indicators
        self._figures = [(n, letter(n), indicators[code]) for code, n in sheet.indicators.items()]

    def run(self) -> None:
        """Take the rows in which any figure is filled in."""
        for row, cells in self._sheet.rows:
            padded = [*cells, *[""] * (len(self._sheet.columns) - len(cells))]
            filled = [(padded[n], name, indicator) for n, name, indicator in self._figures if not _is_empty(padded[n])]
            if filled:
                heading = self._heading(row, padded)
                more = self._said(padded, Key.EVIDENCE), self._said(padded, Key.NOTE)
                for cell, name, indicator in filled:
                    self._take(row, name, cell, indicator, heading, more)

    def _said(self, cells: Sequence[Cell], key: Key) -> str:
        number = self._columns.get(key)
        return "" if number is None else written(cells[number])

    def _heading(self, row: int, cells: Sequence[Cell]) -> Heading:
        """Look up whose row it is and when it was reported, and complain once of what is wrong with that."""
        lookups = self._gathering.lookups
        unit = self._unit(cells[self._columns[Key.ID]], cells[self._columns[Key.UNIT]])
        at = self._said(cells, Key.REPORTED_AT)
        told, reported = lookups.periods[self._sheet.period.code], lookups.instants[at]
        future = lookups.future(told, reported, at)
        named, timed = letter(self._columns[Key.UNIT]), letter(self._columns.get(Key.REPORTED_AT, 0))
        answers = ((named, unit), (timed, reported), (timed, future))
        faults = [At(answer, column) for column, answer in answers if isinstance(answer, Fault)]
        self._gathering.complain(faults, self._source.place(row, sheet=self._sheet.name))
        return Heading(unit, told, reported, bool(at), not faults)

    def _unit(self, key: Cell, name: Cell) -> Unit | Fault | None:
        """Give the unit of a row: that of its hidden id, if the name beside it says the same; without an id by name."""
        for cell in (key, name):
            if not isinstance(cell, str):
                return _not_text(cell)
        units, hidden, shown = self._gathering.lookups.units, str(key).strip(), str(name).strip()
        unit = units[hidden or shown]
        if hidden and isinstance(unit, Unit) and shown not in (label(unit), label(unit, alone=False), unit.id):
            return _mismatch(unit, shown)
        return unit

    def _take(
        self, row: int, column: str, cell: Cell, indicator: Indicator, heading: Heading, more: tuple[str, str]
    ) -> None:
        text = written(cell)
        fault = None if isinstance(cell, str) else _strange(cell, text, indicator)
        value = fault or self._gathering.lookups.value(text, indicator, heading.has_instant)
        place = Place(self._source.name, row, column, self._sheet.name, self._source.order)
        self._gathering.take_value(heading, indicator, value, (place, column), *more)


def _is_empty(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def written(cell: Cell) -> str:
    """Give a cell as it would stand in a CSV; a number exactly, without an exponent."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Odd):
        return cell.text
    if cell.is_integer() and cell < _EXACT:
        return str(int(cell))
    return f"{Decimal(repr(cell)):f}".removesuffix(".0")


def _strange(cell: Cell, text: str, indicator: Indicator) -> Fault | None:
    """Say why a cell, as text `text`, cannot be taken for what it shows, or None."""
    if isinstance(cell, Odd):
        return _odd(cell)
    if not isinstance(cell, float) or isinstance(cell, bool):
        return None
    if indicator.value is ValueKind.PERCENT:
        return Fault(
            Code.BAD_VALUE,
            Text(
                f"“{indicator.name.zh}”这一格是数字 {text}，分不清是不是百分之几",
                f"the cell of {indicator.name.en} is the number {text}, which may or may not be meant as a percentage",
            ),
            Text(
                "请把单元格格式改为“文本”，再连 % 一起写，如 85%",
                "format the cell as text and write the % sign too, as in 85%",
            ),
        )
    if len(text.replace(".", "").strip("0")) > _MOST_DIGITS:
        return Fault(
            Code.BAD_VALUE,
            Text(
                f"数字 {text} 超过 Excel 能准确保存的 {_MOST_DIGITS} 位，多半是公式算出来的",
                f"the number {text} has more than the {_MOST_DIGITS} digits that Excel keeps; probably a formula's",
            ),
            Text("请直接写数，或在公式里用 ROUND", "write the number itself, or use ROUND in the formula"),
        )
    return None


def _odd(cell: Odd) -> Fault:
    if cell.text == "=":
        return Fault(
            Code.BAD_VALUE,
            Text("这一格的公式没有算出结果", "the formula of this cell has no result"),
            Text("请直接写数；或用 Excel 打开、保存后再报", "write the number itself, or open and save it in Excel"),
        )
    came = quoted(cell.text)
    return Fault(
        Code.BAD_VALUE,
        Text(f"这一格是错误值{came.zh}", f"the cell holds the error {came.en}"),
        Text("请改正公式，或直接写数", "correct the formula, or write the number itself"),
    )


def _not_text(cell: Cell) -> Fault:
    came = quoted(written(cell))
    return Fault(
        Code.UNKNOWN_UNIT,
        Text(
            f"单位这一格是{came.zh}，不是文字；若是数字，编号前面的 0 可能已丢",
            f"the unit is {came.en}, which is no text; an id typed as a number may have lost its zeros",
        ),
        Text("请把单元格格式改为“文本”，再写编号或名称", "format the cell as text, then write the id or name"),
    )


def _mismatch(unit: Unit, shown: str) -> Fault:
    came, known = quoted(shown), quoted(label(unit))
    return Fault(
        Code.UNKNOWN_UNIT,
        Text(
            f"这一行的隐藏编号是 {unit.id}（{known.zh}），单位却写着{came.zh}",
            f"the hidden id of this row is {unit.id} ({known.en}), but the unit reads {came.en}",
        ),
        Text("多半是排序时没有选中整行；请重新生成模板，把数填进去",
             "rows were probably sorted without their hidden cells; make the template again and fill it in"),
    )  # fmt: skip
