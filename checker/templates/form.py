"""One sheet of the template: locked headings, drop-downs and checks for the figures, a row for each unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from checker.model.language import NOTHING, Language, Text, printable
from checker.model.number import EXPECTED, ValueKind
from checker.model.rulebook import Indicator, Rulebook
from checker.model.unit import Registry
from checker.model.worksheet import (
    FIRST_ROW,
    HEAD_ROW,
    HEADINGS,
    KEY_ROW,
    MEANING_ROW,
    PERIOD_ROW,
    Cell,
    Key,
    Sheet,
    heading,
    key_of,
    letter,
    mark,
    period_line,
)
from checker.templates.book import Book, Style, lines_of

EMPTY_ROWS = 500
"""How many rows of a sheet without units are checked as they are filled in."""

MOST_COMMENTS = 1000
"""Comments on a sheet; more of them make a workbook slow to open, and the list of problems has them all."""

_WIDTHS = {Key.ID: 12, Key.UNIT: 28, Key.REPORTED_AT: 18, Key.EVIDENCE: 24, Key.NOTE: 24}
_FIGURE_WIDTH = 17
_MEANINGS = {
    Key.ID: NOTHING,
    Key.UNIT: Text("空格表示没有报送", "an empty cell is not reported"),
    Key.REPORTED_AT: Text(
        "可不填；更正或撤回已报的数时必须填，如 2025-01-31",
        "may be empty; needed to correct or withdraw a figure, such as 2025-01-31",
    ),
    Key.EVIDENCE: Text("可不填：佐证材料的名称", "may be empty: what proves the figures"),
    Key.NOTE: Text("可不填", "may be empty"),
}
_STYLES = {
    ValueKind.INTEGER: Style.NUMBER,
    ValueKind.DECIMAL: Style.NUMBER,
    ValueKind.PERCENT: Style.CHOICE,
    ValueKind.BOOLEAN: Style.CHOICE,
}
_CHECKS = {
    ValueKind.INTEGER: '=IF(ISNUMBER(?),AND(?>=0,?=INT(?)),OR(?="撤回",RIGHT(?)="万",RIGHT(?)="亿"))',
    ValueKind.DECIMAL: '=IF(ISNUMBER(?),?>=0,OR(?="撤回",RIGHT(?)="万",RIGHT(?)="亿"))',
    ValueKind.PERCENT: '=AND(ISTEXT(?),OR(RIGHT(?)="%",RIGHT(?)="％",?="撤回"))',
}
"""What Excel checks of a cell, "?"."""


class Mark(NamedTuple):
    """What is said of one cell of a filled-in sheet."""

    style: Style
    comment: str


Marks = Mapping[tuple[int, int], Mark]
"""What is said of cells: by row, from 1 as Excel counts, and number of the column, from 0."""


@dataclass(frozen=True, slots=True)
class Form:
    """Writes sheets of the template; `registry` tells which department reports what."""

    book: Book
    rulebook: Rulebook
    registry: Registry | None
    language: Language

    def write(self, sheet: Sheet, marks: Marks | None = None) -> None:
        """Write `sheet` with whatever is filled in already and `marks` on it."""
        paper, marks = self.book.sheet(sheet.name), marks or {}
        last = max((row for row, _ in sheet.rows), default=FIRST_ROW + EMPTY_ROWS - 1)
        styles = [self._column(paper, sheet, number, key) for number, key in enumerate(sheet.columns)]
        for key, number in sheet.indicators.items():
            self._check(paper, self.rulebook.indicators[key], number, last)
        for row, cells in sheet.rows:
            strange = self._strange(sheet, cells)
            for number, style in enumerate(styles):
                cell = cells[number] if number < len(cells) else ""
                told = marks.get((row, number))
                if told or cell != "" or number in strange:
                    usual = style if cell != "" else Style.NONE_OF_YOURS
                    self.book.write(paper, row - 1, number, cell, told.style if told else usual)
        for (row, number), told in islice(marks.items(), MOST_COMMENTS):
            paper.write_comment(row - 1, number, told.comment, {"x_scale": 2.5, "y_scale": 1.5, "author": "checker"})
        self._settings(paper, sheet, last)

    def _strange(self, sheet: Sheet, cells: Sequence[Cell]) -> set[int]:
        """Give the columns that the unit of a row does not report: of departments each has its own."""
        if self.registry is None or sheet.unit_type != self.rulebook.plan.departments.unit_type:
            return set()
        number = sheet.columns.index(Key.ID)
        unit = self.registry.get(str(cells[number])) if number < len(cells) else None
        return {n for code, n in sheet.indicators.items() if unit and not self.rulebook.reports(unit, code)}

    def _column(self, paper: Worksheet, sheet: Sheet, number: int, key: str) -> Style:
        """Write what stands above a column, and give the style of what is below."""
        indicator = self.rulebook.indicators.get(key)
        if indicator is not None:
            written, said, style, size = key_of(indicator), heading(indicator), _STYLES[indicator.value], _FIGURE_WIDTH
            meaning = _joined(indicator.counts, EXPECTED[indicator.value])
        elif key:
            own = Key(key)
            written = mark(self.rulebook.plan.id, sheet.unit_type, sheet.period) if own is Key.ID else key
            said, meaning, size, style = HEADINGS[own], _MEANINGS[own], _WIDTHS[own], Style.TEXT
        else:
            return Style.TEXT
        paper.set_column(number, number, size, self.book.look(style), {"hidden": 1} if key == Key.ID else {})
        for row, text, look in (
            (KEY_ROW, written, Style.MEANING),
            (HEAD_ROW, said.said(self.language), Style.HEAD),
            (MEANING_ROW, meaning.said(self.language), Style.MEANING),
        ):
            self.book.write(paper, row - 1, number, text, look)
        if key == Key.UNIT:
            self.book.write(paper, PERIOD_ROW - 1, number, period_line(sheet.period).said(self.language), Style.TITLE)
        return Style.LOCKED if sheet.rows and key in (Key.ID, Key.UNIT) else style

    def _check(self, paper: Worksheet, indicator: Indicator, number: int, last: int) -> None:
        """Let Excel refuse what could not be read, and say what is expected before anything is typed."""
        name, counts, expected = (
            printable(text.said(self.language))
            for text in (indicator.name, indicator.counts, EXPECTED[indicator.value])
        )
        rules: dict[str, object] = {
            "input_title": name[:32],
            "input_message": f"{counts[:180]}\n{expected}"[:255],
            "error_title": Text("填不了", "Not accepted").said(self.language),
            "error_message": Text(f"应为{expected}", f"Expected {expected}").said(self.language)[:255],
        }
        if indicator.value is ValueKind.BOOLEAN:
            # A drop-down that warns and does not forbid: a withdrawal has to be typed.
            rules |= {"validate": "list", "source": ["是", "否"], "error_type": "warning"}
        else:
            first = f"{letter(number)}{FIRST_ROW}"
            rules |= {"validate": "custom", "value": _CHECKS[indicator.value].replace("?", first)}
        paper.data_validation(FIRST_ROW - 1, number, last - 1, number, rules)

    def _settings(self, paper: Worksheet, sheet: Sheet, last: int) -> None:
        unit = sheet.columns.index(Key.UNIT)
        width = len(sheet.columns)
        border = self.book.look(Style.GRID)
        whole = f"{letter(0)}{FIRST_ROW}:{letter(width - 1)}{last}"
        paper.conditional_format(whole, {"type": "formula", "criteria": f"=ROW()<={last}", "format": border})
        found = [one for one in map(self.rulebook.indicators.get, sheet.columns) if one]
        heads = [heading(one).said(self.language) for one in found]
        meanings = [_joined(one.counts, EXPECTED[one.value]).said(self.language) for one in found]
        for row, texts in ((HEAD_ROW, heads), (MEANING_ROW, meanings)):
            lines = max((lines_of(text, _FIGURE_WIDTH) for text in texts), default=1)
            paper.set_row(row - 1, min(14 * (lines + 1), 400))
        paper.freeze_panes(FIRST_ROW - 1, unit + 1)
        paper.protect("", {"format_columns": True, "format_rows": True})
        paper.set_landscape()
        paper.set_paper(9)
        paper.fit_to_pages(1, 0)
        paper.repeat_rows(HEAD_ROW - 1, MEANING_ROW - 1)
        paper.print_area(0, 0, last - 1, width - 1)


def _joined(counts: Text, expected: Text) -> Text:
    return Text(f"{counts.zh}。填{expected.zh}", f"{counts.en}. Write {expected.en}") if counts.zh else expected
