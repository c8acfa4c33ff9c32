"""``checker template`` and ``check --annotate`` as their users type them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from checker.cli import run

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"
UNITS = str(PINGLUO / "units.csv")
SCHOOLS = ["template", "--unit-type", "学校", "--units", UNITS, "--period", "2024-2025-1"]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """A template of one semester, with one school's figures."""
    path = tmp_path / "报送.xlsx"
    assert run([*SCHOOLS, "-o", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    for spot, value in {"C5": 1, "D5": 3, "E5": 80, "F5": 100, "G5": 1}.items():
        book["2024-2025-1"][spot] = value
    book.save(path)
    return path


def test_a_template_is_made_filled_in_checked_and_answered(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = tmp_path / "回执.xlsx"
    asked = ["check", str(school), "--units", UNITS, "--as-of", "2025-01-31", "--annotate", str(answer)]
    assert run(asked) == 1
    assert "还差 5 人" in capsys.readouterr().out
    assert openpyxl.load_workbook(answer).sheetnames == ["检查结果", "问题", "2024-2025-1"]


def test_an_explanation_names_the_sheet_and_cell_of_each_figure(
    school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unit = str(openpyxl.load_workbook(school)["2024-2025-1"]["A5"].value)
    asked = ["--units", UNITS, "--as-of", "2025-01-31", "--rule", "youth.participation", "--unit", unit]
    assert run(["explain", str(school), *asked]) == 0
    said = capsys.readouterr().out
    assert "报送.xlsx:2024-2025-1!E5" in said
    assert "报送.xlsx:2024-2025-1!F5" in said
    assert run(["explain", str(school), *asked, "--format", "json"]) == 0
    facts = [fact for part in json.loads(capsys.readouterr().out)[0]["parts"] for fact in part["facts"]]
    assert [(fact["sheet"], fact["row"], fact["cell"]) for fact in facts] == [
        ("2024-2025-1", 5, "E5"),
        ("2024-2025-1", 5, "F5"),
    ]


def test_by_default_it_is_for_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "--unit-type", "village", "--units", UNITS, "-o", str(tmp_path / "v.xlsx")]) == 0
    assert "143 × 5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--unit-type", "shool"], "school"),
        (["--unit-type", "county"], "没有要报送的指标"),
        (["--unit-type", "school", "--period", "soon"], "认不出"),
        (["--unit-type", "school", "--period", "2024"], "2024-2025-1"),
        (["--unit-type", "school", "-o", "a.xls"], ".xlsx"),
        (["--unit-type", "school", "--units", "nowhere.csv"], "nowhere.csv"),
        (["--unit-type", "school", "--rules", "nowhere"], "nowhere"),
        ([], "--unit-type"),
    ],
)
def test_what_cannot_be_made_is_said(
    tmp_path: Path, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["template", "-o", str(tmp_path / "a.xlsx"), *arguments]) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_registry_without_such_units_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "units.csv").write_text("id,name,type\nc,县,county\n", encoding="utf-8")
    asked = [
        "template",
        "--unit-type",
        "school",
        "--units",
        str(tmp_path / "units.csv"),
        "-o",
        str(tmp_path / "a.xlsx"),
    ]
    assert run(asked) == 2
    assert "没有要填报的单位" in capsys.readouterr().err


def test_only_one_workbook_is_answered_and_never_itself(
    school: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for data, output in ((PINGLUO, tmp_path / "a.xlsx"), (school, school), (school, tmp_path / "a.csv")):
        assert run(["check", str(data), "--units", UNITS, "--annotate", str(output)]) == 2
        assert "--annotate" in capsys.readouterr().err


def test_without_a_rulebook_there_is_no_answer(school: Path, tmp_path: Path) -> None:
    answer = tmp_path / "a.xlsx"
    asked = ["check", str(school), "--units", UNITS, "--rules", str(tmp_path), "--annotate", str(answer)]
    assert run(asked) == 2
    assert not answer.exists()


def test_a_check_without_workbooks_loads_nothing_for_them(tmp_path: Path) -> None:
    gone = tmp_path / "findings.txt"
    code = (
        "import sys; from checker.cli import run; "
        f"run(['check', {str(PINGLUO)!r}, '--as-of', '2022-12-31', '--engine', 'plain', '--output', {str(gone)!r}]);"
        "print([name for name in ('xlsxwriter', 'python_calamine', 'subprocess') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
