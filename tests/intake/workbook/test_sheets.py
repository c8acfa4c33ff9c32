"""A sheet that was damaged, moved about or made for something else is never guessed at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from checker.intake.reading import Intake
from checker.model.language import Language, Text, same
from checker.model.rulebook import Indicator
from tests.intake.building import rulebook, spots, values
from tests.templates.filling import SEMESTER, filled, handed_in, reported, template

AT = "submissions/a.xlsx:2022-2023-1!"
FILLED = {"C5": 1, "C6": 2, "D5": 10, "D6": 20}
FACTS = [
    ("s1", "lectures", SEMESTER, 1), ("s1", "pupils", SEMESTER, 10),
    ("s2", "lectures", SEMESTER, 2), ("s2", "pupils", SEMESTER, 20),
]  # fmt: skip


def after(folder: Path, change: Callable[[Worksheet], object]) -> Intake:
    return reported(folder, "school", SEMESTER, FILLED, change)


def _swap_columns(sheet: Worksheet) -> None:
    for row in range(1, 7):
        left, right = sheet.cell(row, 3), sheet.cell(row, 4)
        left.value, right.value = right.value, left.value


def _swap_rows(sheet: Worksheet) -> None:
    for column in range(1, 6):
        first, second = sheet.cell(5, column), sheet.cell(6, column)
        first.value, second.value = second.value, first.value


@pytest.mark.parametrize(
    "change",
    [
        _swap_columns,
        _swap_rows,
        lambda sheet: sheet.insert_cols(2, 2),
        lambda sheet: sheet.insert_rows(6, 3),
        lambda sheet: sheet.delete_cols(7, 3),
        lambda sheet: sheet.delete_cols(5),
        lambda sheet: sheet.delete_rows(4) or sheet.insert_rows(4),
        lambda sheet: setattr(sheet, "title", "我的学校"),
        lambda sheet: sheet.parent.create_sheet("空的"),
        lambda sheet: sheet.parent.remove(sheet.parent.worksheets[0]),
        lambda sheet: setattr(sheet["A5"], "value", None),
        lambda sheet: setattr(sheet["B5"], "value", "s1"),
        lambda sheet: setattr(sheet["B5"], "value", " 一小 "),
    ],
)
def test_what_a_sheet_says_of_itself_stays_true_wherever_it_moves(
    tmp_path: Path, change: Callable[[Worksheet], object]
) -> None:
    intake = after(tmp_path, change)
    assert intake.problems == []
    assert sorted(values(intake), key=str) == sorted(FACTS, key=str)


def test_a_row_that_was_deleted_was_not_reported(tmp_path: Path) -> None:
    assert values(after(tmp_path, lambda sheet: sheet.delete_rows(5))) == FACTS[2:]


def _names_alone(sheet: Worksheet) -> None:
    """Sort what is seen and leave behind what is hidden."""
    sheet["B5"], sheet["B6"] = "二小", "一小"


def _second_mark(sheet: Worksheet) -> None:
    sheet["J1"] = sheet["A1"].value


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda s: s.delete_rows(1), [f"malformed_file {AT}1"]),
        (lambda s: s.insert_rows(1), [f"malformed_file {AT}2"]),
        (lambda s: s.delete_cols(1), [f"malformed_file {AT}1"]),
        (_second_mark, [f"malformed_file {AT}1"]),
        (lambda s: s.delete_cols(2), [f"missing_column {AT}3", f"malformed_file {AT}A2"]),
        (lambda s: setattr(s["B1"], "value", None), None),
        (lambda s: setattr(s["C1"], "value", None), [f"unknown_column {AT}C3"]),
        (lambda s: setattr(s["C1"], "value", "nonsense"), [f"unknown_column {AT}C3"]),
        (lambda s: setattr(s["C1"], "value", s["D1"].value), None),
        (lambda s: setattr(s["C1"], "value", "lectures 00000000"), [f"malformed_file {AT}C3"]),
        (lambda s: setattr(s["C3"], "value", "学生人数（次）"), [f"malformed_file {AT}C3"]),
        (lambda s: setattr(s["C3"], "value", None), [f"malformed_file {AT}C3"]),
        (lambda s: setattr(s["G3"], "value", "备注"), [f"malformed_file {AT}G3"]),
        (lambda s: setattr(s["M7"], "value", "草稿"), [f"unknown_column {AT}M7"]),
        (lambda s: setattr(s["B2"], "value", "填报期间 2023-2024-1"), [f"malformed_file {AT}B2"]),
        (lambda s: setattr(s, "title", "2022-2023-2"), ["malformed_file submissions/a.xlsx:2022-2023-2!B2"]),
    ],
)
def test_damage_is_named_with_its_cell_and_the_file_is_left_out(
    tmp_path: Path, change: Callable[[Worksheet], object], found: list[str] | None
) -> None:
    intake = after(tmp_path, change)
    if found is not None:
        assert sorted(spots(intake.problems)) == sorted(found)
    assert intake.problems
    assert values(intake) == []
    assert intake.left_out == ("submissions/a.xlsx",)


@pytest.mark.parametrize(
    ("change", "found", "rest"),
    [
        (_names_alone, [f"unknown_unit {AT}B5", f"unknown_unit {AT}B6"], []),
        (lambda s: setattr(s["A5"], "value", "s9"), [f"unknown_unit {AT}B5"], FACTS[2:]),
        (lambda s: setattr(s["A5"], "value", "v1"), [f"unknown_unit {AT}B5"], FACTS[2:]),
        (lambda s: setattr(s["A5"], "value", 1), [f"unknown_unit {AT}B5"], FACTS[2:]),
        (lambda s: setattr(s["B5"], "value", None), [f"unknown_unit {AT}B5"], FACTS[2:]),
    ],
)
def test_a_row_whose_id_and_name_disagree_is_nobodys(
    tmp_path: Path, change: Callable[[Worksheet], object], found: list[str], rest: list[tuple[str, str, str, int]]
) -> None:
    intake = after(tmp_path, change)
    assert spots(intake.problems) == found
    assert values(intake) == rest


def test_a_sheet_of_ones_own_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    def scribble(sheet: Worksheet) -> None:
        book = sheet.parent
        assert book is not None
        book.create_sheet("草稿")["B2"] = 3

    intake = after(tmp_path, scribble)
    assert spots(intake.problems) == ["malformed_file submissions/a.xlsx:草稿!2"]
    assert values(intake) == []


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("duixian.template/2 tiny school 2022-2023-1", "模板版本"),
        ("duixian.template/1 other school 2022-2023-1", "other"),
        ("duixian.template/1 tiny castle 2022-2023-1", "不认识"),
        ("duixian.template/1 tiny school 2022-2023-7", "不认识"),
        ("duixian.template/1 tiny", "模板版本"),
    ],
)
def test_a_template_of_another_version_plan_or_period_is_refused(tmp_path: Path, mark: str, said: str) -> None:
    intake = after(tmp_path, lambda sheet: setattr(sheet["A1"], "value", mark))
    (problem,) = intake.problems
    assert f"{problem.code} {problem.place}" == f"malformed_file {AT}A1"
    assert said in problem.message.zh
    assert "checker template" in problem.hint.zh


def test_an_indicator_that_was_defined_anew_makes_its_column_void(tmp_path: Path) -> None:
    own = rulebook()
    changed: dict[str, Indicator] = {**own.indicators}
    changed["lectures"] = changed["lectures"].model_copy(update={"counts": Text("别的", "another")})
    older = own.model_copy(update={"indicators": changed})
    content = filled(template("school", SEMESTER, plan=older), FILLED)
    intake = handed_in(tmp_path, content)
    assert spots(intake.problems) == [f"malformed_file {AT}C3"]
    assert "口径" in intake.problems[0].message.zh


def test_a_workbook_that_is_no_template_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "empty.xlsx")
    intake = handed_in(tmp_path, (tmp_path / "empty.xlsx").read_bytes())
    assert spots(intake.problems) == ["malformed_file submissions/a.xlsx:1"]
    assert intake.left_out == ("submissions/a.xlsx",)


def test_an_english_template_is_read_alike(tmp_path: Path) -> None:
    content = template("school", SEMESTER, lang=Language.EN)
    assert values(handed_in(tmp_path, filled(content, FILLED))) == FACTS


def test_names_with_controls_and_formulas_are_compared_as_they_are_shown(tmp_path: Path) -> None:
    units = 'id,name,type,parent,opened,closed\npl,县,county,,,\ns1,"=cmd|\x1b[31m\u202e1",school,pl,,\n'
    content = filled(template("school", SEMESTER, units=units.replace('"', "")), {"C5": 1}, _names_as_text)
    intake = handed_in(tmp_path, content, units)
    assert intake.problems == []
    assert values(intake) == [("s1", "lectures", SEMESTER, 1)]
    assert same("x") == Text("x", "x")


def _names_as_text(sheet: Worksheet) -> None:
    sheet["B5"].data_type = "s"
