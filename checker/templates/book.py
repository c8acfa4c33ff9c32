"""A workbook being written: its styles, and cells that are never formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checker.model.language import printable
from checker.model.worksheet import KEY_ROW, NOTES, Cell, Odd

_MOST_CHARACTERS = 32_000
"""A little less than a cell of Excel can hold."""


class Style(StrEnum):
    """How a cell looks, and whether it may be written in: where a sheet is protected, everything else is locked."""

    TITLE = "title"
    HEAD = "head"
    MEANING = "meaning"
    LOCKED = "locked"
    NONE_OF_YOURS = "none_of_yours"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    ERROR = "error"
    WARNING = "warning"
    PLAIN = "plain"
    GOOD = "good"
    GRID = "grid"
    BARE = "bare"


_BASE: Mapping[str, Any] = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "_" * 8)
_LINE_HEIGHT, _HIGHEST = 14, 400
_LINE: Mapping[str, Any] = {"border": 1, "border_color": "#BFBFBF"}
_MARKED: Mapping[str, Any] = {**_LINE, "text_wrap": True, "locked": False, "num_format": "@"}
_LOOKS: Mapping[Style, Mapping[str, Any]] = {
    Style.TITLE: {"bold": True, "font_size": 12},
    Style.HEAD: {**_LINE, "bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "text_wrap": True,
                 "align": "center"},
    Style.MEANING: {**_LINE, "bg_color": "#DDEBF7", "font_size": 9, "text_wrap": True, "valign": "top"},
    Style.LOCKED: {**_LINE, "bg_color": "#F2F2F2", "num_format": "@"},
    Style.NONE_OF_YOURS: {**_LINE, "bg_color": "#BFBFBF"},
    Style.NUMBER: {"locked": False, "align": "right"},
    Style.TEXT: {"locked": False, "num_format": "@"},
    Style.CHOICE: {"locked": False, "num_format": "@", "align": "right"},
    Style.ERROR: {**_MARKED, "bg_color": "#FFC7CE", "font_color": "#9C0006"},
    Style.WARNING: {**_MARKED, "bg_color": "#FFEB9C", "font_color": "#7F6000"},
    Style.PLAIN: {**_LINE, "text_wrap": True, "valign": "top"},
    Style.GRID: {**_LINE},
    Style.BARE: {},
    Style.GOOD: {**_LINE, "text_wrap": True, "valign": "top", "bg_color": "#E2EFDA"},
}  # fmt: skip


Row = tuple[Style, Iterable[str]]
"""The texts of a row and the style of all of them."""


def lines_of(text: str, size: int) -> int:
    """Give about how many lines `text` takes in a column of that width, a Chinese character being twice as wide."""
    return sum(1 + sum(1 if sign.isascii() else 2 for sign in line) // (size - 1) for line in text.split("\n"))


class Book:
    """A workbook in memory. What it writes are texts, numbers and truths, whatever they begin with."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._workbook = xlsxwriter.Workbook(
            self._file,
            {
                "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
                "default_format_properties": dict(_BASE),
            },
        )  # fmt: skip
        self._formats: dict[tuple[Style, bool], Format] = {}

    def look(self, style: Style, *, general: bool = False) -> Format:
        """Give a style's format; `general`: for a number, which a cell formatted as text would make doubtful."""
        key = (style, general)
        if key not in self._formats:
            base = {} if style is Style.GRID else _BASE
            looks = {**base, **_LOOKS[style], **({"num_format": "General"} if general else {})}
            self._formats[key] = self._workbook.add_format(looks)
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """Give a new sheet, called `name` as far as Excel allows, whose hidden first row is still empty."""
        sheet = self._workbook.add_worksheet(self._allowed(name))
        sheet.set_row(KEY_ROW - 1, None, None, {"hidden": True})
        return sheet

    def _allowed(self, name: str) -> str:
        plain = printable(name).translate(_NOT_IN_NAMES).strip()[:_LONGEST_NAME] or "-"
        taken = {sheet.get_name().lower() for sheet in self._workbook.worksheets()} | {"history"}
        names = (plain if not n else f"{plain[: _LONGEST_NAME - 5]} ({n})" for n in range(1000))
        return next(one for one in names if one.lower() not in taken)

    def reading_sheet(self, name: str) -> Worksheet:
        """Give a new sheet that says of itself that nothing is reported on it."""
        sheet = self.sheet(name)
        self.write(sheet, KEY_ROW - 1, 0, NOTES)
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, cell: Cell, style: Style = Style.PLAIN) -> None:
        """Write a cell, rows and columns counted from 0; an empty one shows its style alone."""
        number = isinstance(cell, float) and not isinstance(cell, bool)
        look = self.look(style, general=number)
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, look)
        elif isinstance(cell, float):
            sheet.write_number(row, column, cell, look)
        else:
            text = printable(cell.text if isinstance(cell, Odd) else cell)[:_MOST_CHARACTERS]
            if text:
                sheet.write_string(row, column, text, look)
            else:
                sheet.write_blank(row, column, None, look)

    def table(self, sheet: Worksheet, row: int, rows: Iterable[Row], sizes: Sequence[int] = ()) -> int:
        """Write rows of texts from `row` on (from 0), each in its style, and give the row after the last.

        `sizes`: the widths of the columns, for the height of rows whose texts are wrapped.
        """
        for style, texts in rows:
            lines = 1
            for column, text in enumerate(texts):
                self.write(sheet, row, column, text, style)
                if sizes and len(text) * 2 > sizes[column]:
                    lines = max(lines, lines_of(text, sizes[column]))
            if lines > 1:
                sheet.set_row(row, min(_LINE_HEIGHT * lines + 3, _HIGHEST))
            row += 1
        return row

    def content(self) -> bytes:
        """Give the workbook's bytes; nothing can be written any more."""
        self._workbook.close()
        return self._file.getvalue()
