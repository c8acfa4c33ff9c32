"""``checker remind``: text to read, CSV and Excel to send on."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from checker.cli import run

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"
HEAD = "乡镇或部门,单位编号,单位,期间,要报的指标,计量单位,到期日,状态,承诺,决定什么,牵头部门,有错的记录"


def told(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str, status: int = 1) -> str:
    assert run(["remind", *arguments]) == status
    return capsysbinary.readouterr().out.decode()


def test_text_is_ordered_by_township_and_says_what_is_due(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = told(capsysbinary, str(PINGLUO), "--as-of", "2025-06-30")
    assert text.startswith("催报：截至 2025-06-30，39 个单位还有 188 个数没有报\n\n宝丰镇（20 个数）\n")
    assert "  2025-12-31  高仁乡    2021-2025    培育高素质农民人数" in text
    assert "未到期 → C07" in text
    assert "牵头部门还缺的数\n  县教体局" in text
    short = told(capsysbinary, str(PINGLUO), "--as-of", "2025-06-30", "--most", "1", "--lang", "en")
    assert "… 9 more (--most 0 shows all)" in short


def test_a_unit_means_those_below_it_too(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = told(capsysbinary, str(PINGLUO), "--as-of", "2026-02-01", "--unit", "宝丰镇", "--rule", "youth.lectures")
    assert text.splitlines()[2:5] == [
        "宝丰镇（2 个数）",
        "  2023-01-31  霁川学校  2022-2023-1  科普讲座次数  已到期 → C03",
        "  2025-01-31  霁川学校  2024-2025-1  科普讲座次数  已到期 → C03",
    ]


def test_csv_and_excel_hold_one_figure_a_row(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    text = told(capsysbinary, str(PINGLUO), "--as-of", "2026-02-01", "--format", "csv")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert ",".join(rows[0]) == HEAD
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for file in files:
        told(capsysbinary, str(PINGLUO), "--as-of", "2026-02-01", "--format", "xlsx", "--output", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()
    book = openpyxl.load_workbook(files[0])
    assert [[cell or "" for cell in row] for row in book["催报"].iter_rows(values_only=True)] == rows
    assert sum(int(str(row[2])) for row in book["汇总"].iter_rows(min_row=2, values_only=True)) == len(rows) - 1


def test_names_stay_text_whatever_they_hold(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    units = county / "units.csv"
    name = '"=HYPERLINK(""x"")\u202e<b>"'
    lines = [line.split(",") for line in units.read_text(encoding="utf-8").splitlines()]
    units.write_text(
        "\n".join([",".join(lines[0])] + [",".join([a, name, *rest]) for a, _, *rest in lines[1:]]), "utf-8"
    )
    text = told(capsysbinary, str(county), "--as-of", "2026-02-01", "--keep-going", "--format", "csv")
    assert "'=HYPERLINK" in text
    assert "\u202e" not in text
    file = county / "r.xlsx"
    told(capsysbinary, str(county), "--as-of", "2026-02-01", "--keep-going", "--format", "xlsx", "--output", str(file))
    cell = openpyxl.load_workbook(file)["催报"]["C2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")<b>')


def test_bad_usage_and_bad_input_give_2(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    told(capsysbinary, str(county), "--unit", "nobody", status=2)
    (county / "units.csv").unlink()
    assert "missing_file" in told(capsysbinary, str(county), status=2)


def test_what_was_set_aside_is_named_beside_the_list(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    with (county / "submissions" / "z.csv").open("w", encoding="utf-8") as file:
        file.write("unit,indicator,period,value\nnobody,science_lectures,2024-2025-1,2\n")
    assert run(["remind", str(county), "--as-of", "2026-02-01", "--keep-going"]) == 1
    assert "submissions/z.csv:2 [unit] unknown_unit: " in capsysbinary.readouterr().err.decode()
