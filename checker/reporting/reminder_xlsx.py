"""Reminders (催报) as an Excel workbook: one sheet to send and filter, one that counts; no cell is ever a formula."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from checker.explaining.reminder import HEADS, ReminderRow
from checker.model.language import Language, Text
from checker.reporting.paper import lay_on_paper, make_room

_WIDTHS = (14, 13, 20, 13, 28, 8, 11, 8, 8, 40, 22, 24)
_LONGEST = 32_767


def reminders_to_xlsx(rows: Sequence[ReminderRow], as_of: date, language: Language) -> bytes:
    """Give one workbook; the same reminders give the same bytes."""
    kept = io.BytesIO()
    book = Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)})
    plain = book.add_format({"font_name": "Microsoft YaHei", "valign": "top", "text_wrap": True})
    head = book.add_format(
        {
            "font_name": "Microsoft YaHei",
            "bold": True,
            "font_color": "#FFFFFF",
            "bg_color": "#24476B",
            "text_wrap": True,
        }
    )
    heads = [text.said(language) for text in HEADS.values()]
    sheet = book.add_worksheet(Text("催报", "Reminders").said(language))
    _table(sheet, heads, [list(row) for row in rows], _WIDTHS, (head, plain))
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    counts = Counter((row.area, row.state) for row in rows)
    counted = [[area, state, str(many)] for (area, state), many in counts.items()]
    of = [HEADS["area"].said(language), HEADS["state"].said(language), Text("个数", "figures").said(language)]
    _table(book.add_worksheet(Text("汇总", "Summary").said(language)), of, counted, (30, 20, 10), (head, plain))
    book.close()
    return kept.getvalue()


def _table(
    sheet: Worksheet,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[int],
    formats: tuple[Format, Format],
) -> None:
    """Write a table that prints on pages as wide as itself, its header on each."""
    head, plain = formats
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width, plain)
    for number, row in enumerate([heads, *rows]):
        make_room(sheet, number, row, widths)
        for column, cell in enumerate(row):
            if number and cell.isdecimal() and column == len(heads) - 1:
                sheet.write_number(number, column, int(cell))
            else:
                sheet.write_string(number, column, cell[:_LONGEST], plain if number else head)
    sheet.freeze_panes(1, 0)
    lay_on_paper(sheet, 0)
