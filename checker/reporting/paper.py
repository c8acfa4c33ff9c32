"""A sheet of a workbook as it comes out on paper: A4, as wide as a page, its heads on each, no text cut off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from checker.reporting.columns import width

_A4 = 9
_LINE, _HIGHEST = 17, 400
_EVERY_CELL = "A1:XFD1048576"


def lay_on_paper(sheet: Worksheet, heads: int | None = None) -> None:
    """Let a sheet print on pages that are numbered, with row `heads` on each."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    if heads is not None:
        sheet.repeat_rows(heads)
    # Excel marks figures that are texts, here on purpose, because they are exact.
    sheet.ignore_errors({"number_stored_as_text": _EVERY_CELL})


def make_room(sheet: Worksheet, row: int, cells: Iterable[object], widths: Sequence[int]) -> None:
    """Give a row the height that its wrapped texts need; not every program does that by itself."""
    texts = zip(cells, widths, strict=False)
    lines = max((_lines(cell, size) for cell, size in texts if isinstance(cell, str)), default=1)
    sheet.set_row(row, min(_LINE * lines, _HIGHEST))


def _lines(text: str, size: int) -> int:
    if 2 * len(text) < size and "\n" not in text:
        return 1
    return sum(1 + max(width(line) - 1, 0) // (size - 1) for line in text.split("\n"))
