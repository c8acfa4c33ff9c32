"""The template holds what a unit has to report, says what is wanted, and lets nothing else be changed."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from checker.model.language import Language
from checker.model.period import Period
from checker.model.rulebook import Rulebook
from checker.model.worksheet import NOTES, heading, indicators_for, key_of, label, letter
from checker.rulebook.loading import default_folder, load
from checker.templates.planning import default_periods, sheets_for
from tests.intake.building import UNITS, rulebook
from tests.templates.filling import SEMESTER, registry, template

NASTY = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1",
    "\t=1",
    "\r=1",
    "<b>x</b>&amp;",
    "http://a.b",
    "1e5",
    "{=1}",
    "a\x00\x1b[31m",
)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def plan() -> Rulebook:
    loaded = load(default_folder()).rulebook
    assert loaded is not None
    return loaded


def period(code: str) -> Period:
    found = plan().plan.calendar.read(code)
    assert found is not None
    return found


def test_a_sheet_has_headings_meanings_a_row_for_each_unit_and_hidden_keys() -> None:
    sheet = opened(template("school", SEMESTER))[SEMESTER]
    lectures = rulebook().indicators["lectures"]
    assert sheet["A1"].value == "duixian.template/1 tiny school 2022-2023-1"
    assert [sheet[spot].value for spot in ("B1", "C1", "C3")] == ["#unit", key_of(lectures), "讲座次数（次）"]
    assert "非负整数" in str(sheet["C4"].value)
    assert [(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=5)] == [("s1", "一小"), ("s2", "二小")]
    assert sheet["B2"].value == "填报期间 2022-2023-1（2022-09-01 至 2023-01-31）"
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    assert sheet.freeze_panes == "C5"


def test_only_figures_can_be_written() -> None:
    sheet = opened(template("school", SEMESTER))[SEMESTER]
    assert sheet.protection.sheet
    for spot in ("A1", "A5", "B1", "B2", "B5", "C1", "C3", "C4"):
        assert sheet[spot].protection.locked, spot
    unlocked = [one for one in sheet.column_dimensions.values() if not one.protection.locked]
    assert {n for one in unlocked for n in range(one.min or 0, (one.max or 0) + 1)} >= set(range(3, 10))


@pytest.mark.parametrize(
    ("unit_type", "code", "kind", "formula", "number_format"),
    [
        ("school", SEMESTER, "custom", "INT(C5)", "General"),
        ("department", "2024", "custom", "C5>=0", "General"),
        ("township", "2024", "custom", 'RIGHT(C5)="%"', "@"),
        ("village", "2024", "list", '"是,否"', "@"),
    ],
)
def test_each_kind_of_value_is_checked_as_it_is_typed(
    unit_type: str, code: str, kind: str, formula: str, number_format: str
) -> None:
    sheet = opened(template(unit_type, code))[code]
    (check,) = [one for one in sheet.data_validations.dataValidation if "C5" in one.sqref]
    assert check.type == kind
    assert formula in check.formula1
    assert check.showErrorMessage
    assert check.error
    assert check.prompt
    assert sheet.column_dimensions["C"].number_format == number_format


def test_a_department_cannot_write_what_others_report() -> None:
    rules = plan()
    known = registry("id,name,type,parent,opened,closed\npl,县,county,,,\nfinance,财政局,department,pl,,\n")
    (sheet,) = sheets_for(rules, "department", known, [period("2024")])
    content = opened(template("department", "2024", plan=rules, units=_units("finance,财政局,department,pl,,")))["2024"]
    own = [code for code, n in sheet.indicators.items() if content.cell(5, n + 1).fill.fill_type is None]
    assert own == ["science_budget"]


def _units(*lines: str) -> str:
    return "\n".join(["id,name,type,parent,opened,closed", "pl,县,county,,,", *lines])


def test_who_does_not_exist_in_the_period_or_reports_nothing_has_no_row() -> None:
    units = _units("s1,一小,school,pl,2023-02-01,", "s2,二小,school,pl,,2022-09-01", "s3,三小,school,pl,2023-01-31,")
    sheet = opened(template("school", SEMESTER, units=units))[SEMESTER]
    assert [row[0].value for row in sheet.iter_rows(min_row=5)] == ["s3"]
    idle = template("department", "2024", units=_units("finance,财,department,pl,,", "x,闲,department,pl,,"))
    assert [row[0].value for row in opened(idle)["2024"].iter_rows(min_row=5)] == ["finance"]


def test_without_a_registry_there_are_rows_to_name_units_in() -> None:
    sheet = opened(template("school", SEMESTER, units=None))[SEMESTER]
    assert sheet.max_row == 4
    assert not sheet.column_dimensions["B"].protection.locked
    assert sheet.column_dimensions["B"].number_format == "@"


@pytest.mark.parametrize(
    ("unit_type", "today", "codes"),
    [
        ("school", date(2024, 10, 1), ["2024-2025-1"]),
        ("school", date(2022, 1, 1), ["2022-2023-1"]),
        ("school", date(2030, 1, 1), ["2025-2026-1"]),
        ("township", date(2024, 10, 1), ["2024"]),
        ("department", date(2024, 10, 1), ["2024"]),
        ("village", date(2030, 1, 1), ["2025"]),
        ("county", date(2024, 10, 1), []),
    ],
)
def test_by_default_a_template_is_for_what_is_to_be_reported_now(unit_type: str, today: date, codes: list[str]) -> None:
    assert [one.code for one in default_periods(plan(), unit_type, today)] == codes


def test_a_period_asks_for_what_some_rule_can_use_in_it() -> None:
    rules = plan()
    assert indicators_for(rules, "school", period("2024")) == []
    assert len(indicators_for(rules, "school", period("2024-09"))) == 5
    codes = [one.code for one in indicators_for(rules, "department", period("2024"))]
    assert "app_registrations" in codes
    assert "app_registrations" not in [one.code for one in indicators_for(rules, "department", period("2021-2025"))]


def test_several_periods_are_several_sheets_behind_the_guide() -> None:
    book = opened(template("school", SEMESTER, "2022-2023-2"))
    assert book.sheetnames == ["填写说明", SEMESTER, "2022-2023-2"]
    assert book["填写说明"]["A1"].value == NOTES
    said = "\n".join(str(cell.value) for row in book["填写说明"] for cell in row if cell.value)
    assert "讲座次数（次）" in said
    assert "不少于 1" in said
    assert book["填写说明"].protection.sheet


def test_the_template_speaks_english_too() -> None:
    book = opened(template("school", SEMESTER, lang=Language.EN))
    assert book.sheetnames[0] == "How to fill in"
    assert book[SEMESTER]["B3"].value == "unit"


def test_names_are_texts_whatever_they_begin_with() -> None:
    units = [f"s{n},{name},school,pl,," for n, name in enumerate(NASTY) if "\r" not in name]
    content = template("school", SEMESTER, units=_units(*units))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name]
        assert not any(re.search(r"<f[ >]", sheet) for sheet in sheets)
        assert not any("hyperlink" in sheet for sheet in sheets)
    sheet = opened(content)[SEMESTER]
    written = [str(row[1].value) for row in sheet.iter_rows(min_row=5)]
    assert "=1+1" in written
    assert "a[31m" in written
    assert all(row[1].data_type == "s" for row in sheet.iter_rows(min_row=5) if not str(row[1].value).startswith("="))


def test_labels_and_letters() -> None:
    unit = registry(UNITS)["s1"]
    assert [label(unit), label(unit, alone=False)] == ["一小", "一小（s1）"]
    assert [letter(n) for n in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]
    assert heading(plan().indicators["science_lectures"]).zh == "科普讲座次数（次）"
