"""What a submitter gets back: its own values, what is wrong with them, and what they lead to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from checker.checking import Question, check_read
from checker.cli.annotate import answer_of
from checker.engines.choosing import EngineName, choose
from checker.intake.reading import Inputs, read
from checker.model.language import Language
from tests.intake.building import UNITS, rulebook, values, write
from tests.intake.workbook.hostile import parts, zipped
from tests.templates.filling import SEMESTER, filled, handed_in, template

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"


def answered(folder: Path, content: bytes, lang: Language = Language.ZH, *, keep_going: bool = False) -> bytes:
    write(folder, {"units.csv": UNITS, "a.xlsx": content})
    inputs = Inputs(None, (folder / "a.xlsx",), folder / "units.csv")
    question = Question(as_of=date(2023, 1, 31), partial=True, keep_going=keep_going)
    intake = read(inputs, rulebook(), keep_sheets=True)
    run = check_read(rulebook(), intake, question, choose(EngineName.PLAIN))
    (folder / "a.xlsx").write_bytes(b"")  # what was read is answered, and not read again
    answer = answer_of(run, inputs, intake.sheets, lang)
    assert answer is not None
    return answer


def opened(
    folder: Path, cells: Mapping[str, object], lang: Language = Language.ZH, *, keep_going: bool = False
) -> Workbook:
    content = filled(template("school", SEMESTER), cells)
    return openpyxl.load_workbook(io.BytesIO(answered(folder, content, lang, keep_going=keep_going)))


def texts(book: Workbook, name: str) -> str:
    return "\n".join(str(cell.value) for row in book[name] for cell in row if cell.value is not None)


def test_a_faulty_cell_is_red_and_says_why(tmp_path: Path) -> None:
    book = opened(tmp_path, {"C5": "abc", "D5": 10, "E5": 9, "C6": 2})
    sheet = book[SEMESTER]
    assert book.sheetnames == ["检查结果", "问题", SEMESTER]
    assert (sheet["C5"].value, sheet["C5"].fill.fgColor.rgb) == ("abc", RED)
    assert "应为非负整数" in sheet["C5"].comment.text
    assert sheet["D5"].value == 10
    assert sheet["D5"].comment is None
    assert sheet["D5"].fill.fgColor.rgb != RED
    assert "C5" in texts(book, "问题")
    assert "没有作出任何结论" in texts(book, "检查结果")


def test_what_is_hardly_believable_is_yellow(tmp_path: Path) -> None:
    book = opened(tmp_path, {"D5": 10, "E5": 20})
    assert book[SEMESTER]["D5"].fill.fgColor.rgb == YELLOW
    assert "多于" in book[SEMESTER]["D5"].comment.text


def test_the_findings_of_its_units_are_listed_the_worst_first(tmp_path: Path) -> None:
    book = opened(tmp_path, {"C5": 2, "D5": 10, "E5": 10, "C6": 0, "D6": 10, "E6": 10})
    verdicts = [row[3].value for row in book["检查结果"].iter_rows(min_row=4)]
    assert verdicts == ["未达标", "达标", "达标", "达标"]
    assert "没有发现问题" in texts(book, "问题")
    assert "还差 1 次" in texts(book, "检查结果")


def test_faulty_cells_set_aside_leave_the_rest_judged(tmp_path: Path) -> None:
    book = opened(tmp_path, {"C5": "abc", "C6": 2}, keep_going=True)
    assert "二小" in texts(book, "检查结果")
    assert book[SEMESTER]["C5"].fill.fgColor.rgb == RED


def test_it_speaks_english_too(tmp_path: Path) -> None:
    book = opened(tmp_path, {"C5": "abc"}, Language.EN)
    assert book.sheetnames == ["Findings", "Problems", SEMESTER]
    assert "expected a whole number" in book[SEMESTER]["C5"].comment.text


def test_a_fault_of_a_row_is_at_its_unit_and_an_empty_formula_stays_marked(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A5": "nobody", "C5": 1, "C6": "=1+1", "D6": "#N/A"})
    sheet = book[SEMESTER]
    assert sheet["B5"].fill.fgColor.rgb == RED
    assert (sheet["C6"].data_type, sheet["C6"].value, sheet["C6"].fill.fgColor.rgb) == ("s", "=", RED)
    assert (sheet["D6"].data_type, sheet["D6"].value) == ("s", "#N/A")


def test_the_answer_can_be_mended_and_handed_in(tmp_path: Path) -> None:
    content = filled(template("school", SEMESTER), {"C5": "abc", "D5": 10, "C6": 2, "G6": "2023-01-02", "I6": "=cmd"})
    again = answered(tmp_path / "one", content)
    same = handed_in(tmp_path / "two", again)
    assert [problem.place.column for problem in same.problems] == ["C"]
    intake = handed_in(tmp_path / "three", filled(again, {"C5": 3}))
    assert intake.problems == []
    assert [fact[3] for fact in values(intake)] == [3, 10, 2]


def test_nothing_of_the_uploaded_file_comes_back(tmp_path: Path) -> None:
    content = filled(template("school", SEMESTER), {"C5": 1, "I5": "秘"}, _decorate)
    book = openpyxl.load_workbook(io.BytesIO(answered(tmp_path, content)))
    sheet = book[SEMESTER]
    assert sheet["C5"].hyperlink is None
    assert sheet["C5"].comment is None
    assert book.properties.creator != "somebody"
    assert sheet["I5"].value == "秘"


def _decorate(sheet: object) -> None:
    from openpyxl.comments import Comment

    sheet.parent.properties.creator = "somebody"  # type: ignore[attr-defined] # a worksheet
    sheet["C5"].hyperlink = "http://evil.example/"  # type: ignore[index]
    sheet["C5"].comment = Comment("x", "y")  # type: ignore[index]


@pytest.mark.parametrize("content", [b"nonsense", zipped(parts())])
def test_a_file_that_cannot_be_read_is_answered_with_the_reason(tmp_path: Path, content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(answered(tmp_path, content)))
    assert book.sheetnames == ["检查结果", "问题"]
    assert "错误" in texts(book, "问题")


def test_columns_that_were_moved_stay_where_they_were_put(tmp_path: Path) -> None:
    content = filled(template("school", SEMESTER), {"C5": "abc"}, lambda sheet: sheet.insert_cols(2, 2))
    sheet = openpyxl.load_workbook(io.BytesIO(answered(tmp_path, content)))[SEMESTER]
    assert (sheet["E5"].value, sheet["E5"].fill.fgColor.rgb) == ("abc", RED)


def test_comments_are_bounded_and_the_list_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.templates.form.MOST_COMMENTS", 1)
    monkeypatch.setattr("checker.templates.answer.MOST_ROWS", 2)
    book = opened(tmp_path, {"C5": "a", "C6": "b", "D5": "c"})
    comments = [cell.comment for row in book[SEMESTER] for cell in row if cell.comment]
    assert len(comments) == 1
    assert "另有 1 项" in texts(book, "问题")


@pytest.mark.parametrize("name", ["检查结果", "a\x1b[31m:b", "History", "x" * 31, "'"])
def test_a_sheet_keeps_its_name_as_far_as_excel_allows(tmp_path: Path, name: str) -> None:
    xml = filled(template("school", SEMESTER), {"C5": 1})
    content = _renamed(xml, name)
    book = openpyxl.load_workbook(io.BytesIO(answered(tmp_path, content)))
    assert book.worksheets[2]["C5"].value == 1
    assert len(book.sheetnames) == 3


def _renamed(content: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            new.writestr(part, text.replace(SEMESTER.encode(), escape(name.replace("\x1b", "")).encode())
                         if part == "xl/workbook.xml" else text)  # fmt: skip
    return out.getvalue()


def test_controls_do_not_spoil_the_answer(tmp_path: Path) -> None:
    book = opened(tmp_path, {"C5": "_x001B_[31m坏", "B6": "_x0007_", "C6": 1})
    assert "坏" in book[SEMESTER]["C5"].comment.text
    assert "\x1b" not in book[SEMESTER]["C5"].comment.text


def test_a_department_is_not_asked_for_others_figures_wherever_its_columns_are(tmp_path: Path) -> None:
    content = filled(template("department", "2024"), {"C5": 1.5}, lambda sheet: sheet.insert_cols(1))
    sheet = openpyxl.load_workbook(io.BytesIO(answered(tmp_path, content)))["2024"]
    assert sheet["D5"].value == 1.5
