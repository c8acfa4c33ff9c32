"""Workbooks that are handed on and printed: what comes out on paper, figures where figures stand, no text cut off."""

from __future__ import annotations

import io
from datetime import date
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from checker.checking import Question, check
from checker.engines.plain import PlainJudge
from checker.explaining.reminder import HEADS, ReminderRow
from checker.intake.reading import Inputs
from checker.model.language import Language
from checker.reporting.columns import width
from checker.reporting.reminder_xlsx import reminders_to_xlsx
from checker.reporting.xlsx_format import to_xlsx
from checker.rulebook.loading import load

ROOT = Path(__file__).parents[2]
LINE = 16


@cache
def report(language: Language = Language.ZH) -> Workbook:
    rulebook = load(ROOT / "rules" / "pingluo-2021-2025").rulebook
    assert rulebook is not None
    run = check(rulebook, Inputs(folder=ROOT / "fixtures" / "pingluo"), Question(date(2025, 6, 30)), PlainJudge())
    return load_workbook(io.BytesIO(b"".join(to_xlsx(run, language))))


def heads(sheet: Worksheet) -> list[object]:
    return [cell.value for cell in sheet[1]]


def size(sheet: Worksheet, number: int) -> int:
    return int(sheet.column_dimensions[get_column_letter(number)].width)


def test_findings_print_what_an_auditor_reads_and_keep_the_rest_to_filter() -> None:
    sheet = report()["结论"]
    assert heads(sheet)[:7] == ["结论", "单位", "期间", "承诺", "要求", "责任", "说明"]
    assert {"实际", "目标", "分子", "分母", "还差", "牵头", "结论编号"} <= set(heads(sheet)[7:])
    assert sheet.print_area == f"'结论'!$A$1:$G${sheet.max_row}"
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(sheet.max_column)}{sheet.max_row}"


def test_every_list_prints_on_numbered_pages_of_a4_with_its_heads_on_each() -> None:
    for sheet in report():
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.page_setup.fitToHeight == 0
        assert "fitToPage=True" in repr(sheet.sheet_properties.pageSetUpPr).replace(" ", "")
        assert "&P / &N" in str(sheet.HeaderFooter.oddFooter)
        assert sheet.print_title_rows == (None if sheet.title == "汇总" else "$1:$1")


def test_what_is_printed_of_the_findings_is_wide_enough_to_be_read_on_a4() -> None:
    sheet = report()["结论"]
    characters = sum(sheet.column_dimensions[name].width for name in "ABCDEFG")
    assert characters < 200, "约 130 个字符占满一页，再宽就缩得太小"


def test_rates_and_exact_figures_stand_on_the_right_as_their_heads_do() -> None:
    sheet = report()["汇总"]
    rates = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).endswith("%")]
    assert len(rates) > 20
    assert {cell.alignment.horizontal for cell in rates} == {"right"}
    findings = report()["结论"]
    for head in ("实际", "分子", "分母", "还差"):
        column = heads(findings).index(head) + 1
        assert {findings.cell(row, column).alignment.horizontal for row in (1, 2, 3)} == {"right"}


def test_a_row_is_as_high_as_its_texts_need() -> None:
    wrapped = 0
    for sheet in report():
        for row in sheet.iter_rows(min_row=2 if sheet.title != "汇总" else 5):
            lines = max(-(-width(str(cell.value or "")) // size(sheet, number)) for number, cell in enumerate(row, 1))
            wrapped += lines > 1
            assert lines * LINE <= (sheet.row_dimensions[row[0].row or 1].height or LINE), row[0].coordinate
    assert wrapped > 100


def test_reminders_print_as_high_as_their_texts_and_with_their_heads_on_each_page() -> None:
    row = ReminderRow(*["字" * 60] * len(HEADS))
    sheet = load_workbook(io.BytesIO(reminders_to_xlsx([row] * 3, date(2025, 1, 1), Language.ZH)))["催报"]
    narrowest = min(size(sheet, number) for number in range(1, len(HEADS) + 1))
    assert (sheet.row_dimensions[2].height or 0) >= LINE * (120 // narrowest)
    assert (sheet.print_title_rows, sheet.page_setup.paperSize) == ("$1:$1", 9)
