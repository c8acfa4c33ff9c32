"""A cell that is filled in is the fact that it shows, exactly, or a problem at that cell."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.model.number import Number
from checker.model.problem import Place
from tests.intake.building import UNITS, reading, rulebook, spoiled, spots, values
from tests.templates.filling import SEMESTER, filled, handed_in, reported, template

AT = "submissions/a.xlsx:2022-2023-1!"


def test_a_row_is_a_fact_for_each_cell_with_its_place(tmp_path: Path) -> None:
    cells = {"C5": 2, "D5": 100, "G5": "2023-02-01T08:00Z", "H5": "照片", "I5": "两场"}
    intake = reported(tmp_path, "school", SEMESTER, cells)
    assert intake.problems == []
    assert values(intake) == [("s1", "lectures", SEMESTER, 2), ("s1", "pupils", SEMESTER, 100)]
    assert intake.data is not None
    assert intake.data.facts[0].place == Place("submissions/a.xlsx", 5, "C", SEMESTER, 1)
    assert (intake.data.facts[1].evidence, intake.data.facts[1].note) == ("照片", "两场")


@pytest.mark.parametrize(
    ("unit_type", "period", "cell", "value"),
    [
        ("school", SEMESTER, 12, 12),
        ("school", SEMESTER, 12.0, 12),
        ("school", SEMESTER, "1.2万", 12000),
        ("school", SEMESTER, " １２ ", 12),
        ("school", SEMESTER, 0, 0),
        ("school", SEMESTER, 999999999999, 999999999999),
        ("village", "2024", "是", 1),
        ("village", "2024", True, 1),
        ("village", "2024", False, 0),
        ("village", "2024", 1, 1),
        ("township", "2024", "85%", Fraction(17, 20)),
        ("township", "2024", "8.5％", Fraction(17, 200)),
        ("department", "2024", 0.1, Fraction(1, 10)),
        ("department", "2024", 1.1, Fraction(11, 10)),
        ("department", "2024", 0.000001, Fraction(1, 1000000)),
        ("department", "2024", 123456789.012345, Fraction(123456789012345, 1000000)),
        ("department", "2024", "123456789012.123456", Fraction(123456789012123456, 1000000)),
    ],
)
def test_values_are_exact(tmp_path: Path, unit_type: str, period: str, cell: object, value: Number) -> None:
    intake = reported(tmp_path, unit_type, period, {"C5": cell})
    assert intake.problems == []
    assert [fact[3] for fact in values(intake)] == [value]


@pytest.mark.parametrize(
    ("unit_type", "cell", "said"),
    [
        ("school", 1.5, "1.5"),
        ("school", -1, "-1"),
        ("school", 1e12, "1000000000000"),
        ("school", "abc", "abc"),
        ("school", True, "true"),
        ("school", date(2023, 1, 2), "2023-01-02"),
        ("school", datetime(2023, 1, 2, 3, 4), "2023-01-02T03:04:00"),
        ("school", "#N/A", "错误值“#N/A”"),
        ("school", "#DIV/0!", "错误值“#DIV/0!”"),
        ("school", "=1+1", "没有算出结果"),
        ("township", 0.85, "格式改为“文本”"),
        ("township", "0.85", "带 % 的数"),
        ("township", 85, "分不清"),
        ("department", 1 / 3, "ROUND"),
        ("department", 1e-7, "0.0000001"),
        ("village", "有", "是或否"),
    ],
)
def test_what_is_not_surely_a_value_is_refused_at_its_cell(
    tmp_path: Path, unit_type: str, cell: object, said: str
) -> None:
    period = SEMESTER if unit_type == "school" else "2024"
    intake = reported(tmp_path, unit_type, period, {"C5": cell})
    (problem,) = intake.problems
    assert f"{problem.code} {problem.place}" == f"bad_value submissions/a.xlsx:{period}!C5"
    assert said in problem.message.zh + problem.hint.zh
    assert values(intake) == []
    assert len(spoiled(intake)) == 1


def test_an_empty_cell_is_not_reported_and_a_row_may_be_missing(tmp_path: Path) -> None:
    intake = reported(tmp_path, "school", SEMESTER, {"D6": 3, "I5": "只有备注"}, lambda sheet: sheet.delete_rows(5))
    assert intake.problems == []
    assert values(intake) == [("s2", "pupils", SEMESTER, 3)]


def test_what_is_wrong_with_a_row_is_said_once(tmp_path: Path) -> None:
    intake = reported(tmp_path, "school", SEMESTER, {"C5": 1, "D5": "x", "G5": "昨天", "C6": 1, "G6": "2022-08-31"})
    assert spots(intake.problems) == [f"bad_value {AT}G5", f"bad_value {AT}D5", f"future_period {AT}G6"]
    assert values(intake) == []


def test_a_date_typed_as_a_date_says_when_it_was_reported(tmp_path: Path) -> None:
    intake = reported(tmp_path, "school", SEMESTER, {"C5": 1, "G5": date(2023, 1, 2), "C6": "撤回", "G6": "2023-01-02"})
    assert intake.problems == []
    assert intake.data is not None
    first, second = intake.data.facts
    assert first.reported == second.reported is not None
    assert second.value is None


def test_a_figure_of_another_reporter_is_refused_at_its_cell(tmp_path: Path) -> None:
    units = UNITS + "other,别的局,department,pl,,,\n"
    content = filled(template("department", "2024"), {"A5": "other", "B5": "别的局", "C5": 1})
    assert spots(handed_in(tmp_path, content, units).problems) == ["wrong_reporter submissions/a.xlsx:2024!C5"]


def test_conflicts_name_the_other_cell(tmp_path: Path) -> None:
    intake = reported(tmp_path, "school", SEMESTER, {"C5": 1, "A6": "s1", "B6": "一小", "C6": 2})
    assert spots(intake.problems) == [f"conflicting_fact {AT}C5", f"conflicting_fact {AT}C6"]
    assert f"{AT}C6" in intake.problems[0].message.zh


def test_without_a_registry_units_are_named_by_id_or_name_but_never_by_a_number(tmp_path: Path) -> None:
    empty = template("school", SEMESTER, units=None)
    cells = {"B5": "s1", "C5": 1, "B6": "二小", "C6": 2, "B7": 7, "C7": 3, "C8": 4, "B9": "三小", "C9": 5}
    units = UNITS + "7,七小,school,town,,,\n"
    intake = handed_in(tmp_path, filled(empty, cells), units)
    assert [fact[0] for fact in values(intake)] == ["s1", "s2"]
    assert spots(intake.problems) == [f"unknown_unit {AT}B{row}" for row in (7, 8, 9)]
    assert "0 可能已丢" in intake.problems[0].message.zh


def test_names_that_several_bear_are_told_apart_by_their_hidden_ids(tmp_path: Path) -> None:
    units = UNITS + "s3,一小,school,town,,,\n"
    content = template("school", SEMESTER, units=units)
    intake = handed_in(tmp_path, filled(content, {"C5": 1, "C7": 3}), units)
    assert intake.problems == []
    assert [(fact[0], fact[3]) for fact in values(intake)] == [("s1", 1), ("s3", 3)]
    wiped = filled(content, {"C5": 1, "A5": None})
    assert spots(handed_in(tmp_path, wiped, units).problems) == [f"unknown_unit {AT}B5"]


WRITTEN = {
    "lectures": st.one_of(
        st.integers(0, 10**12 - 1), st.sampled_from(["1.2万", "3亿", "１０", "1,200", "x", "1.5", "-1"])
    ),
    "pupils": st.integers(0, 3000),
    "taking_part": st.integers(0, 3000),
}
ROWS = st.fixed_dictionaries(
    {}, optional={**WRITTEN, "reported_at": st.sampled_from(["2023-01-02", "2022-08-01", "?"]), "note": st.just("=1")}
)


@settings(max_examples=25, deadline=None)
@given(rows=st.tuples(ROWS, ROWS))
def test_a_filled_in_template_says_what_the_same_csv_says(rows: tuple[dict[str, object], ...]) -> None:
    letters = {"lectures": "C", "pupils": "D", "taking_part": "E", "reported_at": "G", "note": "I"}
    cells = {f"{letters[key]}{row}": value for row, told in enumerate(rows, start=5) for key, value in told.items()}
    lines = ["unit,indicator,period,value,reported_at,note"]
    for unit, told in zip(("s1", "s2"), rows, strict=True):
        at, note = told.get("reported_at", ""), told.get("note", "")
        lines += [f'{unit},{key},{SEMESTER},"{told[key]}",{at},{note}' for key in WRITTEN if key in told]
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        workbook = reported(Path(one), "school", SEMESTER, cells, _as_text)
        table = reading(Path(other), {"submissions/a.csv": "\n".join(lines)})
    assert workbook.data is not None
    assert table.data is not None
    assert workbook.data.digest() == table.data.digest()
    assert {problem.code for problem in workbook.problems} == {problem.code for problem in table.problems}


def _as_text(sheet: object) -> None:
    """Keep openpyxl from making formulas of notes; Excel does not in a cell formatted as text."""
    for row in (5, 6):
        cell = sheet[f"I{row}"]  # type: ignore[index] # a worksheet
        if cell.value is not None:
            cell.data_type = "s"


@settings(max_examples=25, deadline=None)
@given(value=st.decimals(0, 10**9, places=5))
def test_every_decimal_that_excel_can_keep_is_read_exactly(value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        intake = reported(Path(folder), "department", "2024", {"C5": float(str(value))})
    assert intake.problems == []
    assert [fact[3] for fact in values(intake)] == [Fraction(str(value))]


def test_the_rulebook_asks_of_a_type_what_a_rule_can_use(tmp_path: Path) -> None:
    assert rulebook().indicators["twin"].reporter.unit_types == ("school",)
    intake = reported(tmp_path, "school", SEMESTER, {"C5": 1})
    assert intake.problems == []
