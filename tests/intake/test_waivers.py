"""Waivers from CSV and YAML."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.intake.reading import Intake
from tests.intake.building import reading, spots

HEADER = "id,rule,unit,periods,from,until,reason,approved_by\n"


def _waived(folder: Path, *rows: str) -> Intake:
    return reading(folder, {"waivers.csv": HEADER + "\n".join(rows)})


def _ids(intake: Intake) -> list[str]:
    assert intake.data is not None
    return [waiver.id for waiver in intake.data.waivers]


def test_a_waiver_is_read_with_its_place(tmp_path: Path) -> None:
    intake = _waived(tmp_path, "w1,lectures,s1, 2022-2023-1 ; ;2022-2023-2;,2023-01-01,2023-12-31,改建,教育局")
    assert intake.data is not None
    (waiver,) = intake.data.waivers
    assert (waiver.id, waiver.rule, waiver.unit) == ("w1", "lectures", "s1")
    assert waiver.periods == ("2022-2023-1", "2022-2023-2")
    assert (waiver.start, waiver.until) == (date(2023, 1, 1), date(2023, 12, 31))
    assert (waiver.reason, waiver.approved_by, str(waiver.place)) == ("改建", "教育局", "waivers.csv:2")
    assert intake.problems == []


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("w1,lectures,s1,,,2023-12-31,r,a", []),
        ("w1,lectures,s1,,2023-12-31,2023-12-31,r,a", []),
        ("w1,lecturez,s1,nonsense,,2023-12-31,r,a", ["unknown_rule waivers.csv:2 [rule]"]),
        (",lectures,s1,,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [id]"]),
        ("w 1,lectures,s1,,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [id]"]),
        ("w1,,s1,,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [rule]"]),
        ("w1,lectures,,,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [unit]"]),
        ("w1,lectures,一小,,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [unit]"]),
        ("w1,lectures,v1,,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [unit]"]),
        ("w1,lectures,s1,2024,,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [periods]"]),
        ("w1,lectures,s1,,soon,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [from]"]),
        ("w1,lectures,s1,,,,r,a", ["bad_waiver waivers.csv:2 [until]"]),
        ("w1,lectures,s1,,,2023/12/31,r,a", ["bad_waiver waivers.csv:2 [until]"]),
        ("w1,lectures,s1,,2024-01-01,2023-12-31,r,a", ["bad_waiver waivers.csv:2 [until]"]),
        ("w1,lectures,s1,,,2023-12-31,,a", ["bad_waiver waivers.csv:2 [reason]"]),
        ("w1,lectures,s1,,,2023-12-31,r", ["bad_waiver waivers.csv:2 [approved_by]"]),
        (
            "w 1,x,nobody,,,never,,",
            ["bad_waiver waivers.csv:2 [id]", "unknown_rule waivers.csv:2 [rule]"],
        ),
    ],
)
def test_a_waiver_is_refused_at_the_cell_at_fault(tmp_path: Path, row: str, found: list[str]) -> None:
    intake = _waived(tmp_path, row)
    assert spots(intake.problems) == found
    assert _ids(intake) == ([] if found else ["w1"])


def test_of_an_id_that_stands_twice_none_counts(tmp_path: Path) -> None:
    good = "lectures,s1,,,2023-12-31,r,a"
    files = {
        "waivers.csv": HEADER + f"w1,{good}\nw2,{good}\nw1,{good}\n,{good}\n,{good}\n",
        "waivers.yaml": "- {id: w1, rule: lectures, unit: s1, until: 2023-12-31, reason: r, approved_by: a}\n",
    }
    intake = reading(tmp_path, files)
    assert _ids(intake) == ["w2"]
    assert spots(intake.problems) == [
        "bad_waiver waivers.csv:4 [id]",
        "bad_waiver waivers.csv:5 [id]",
        "bad_waiver waivers.csv:6 [id]",
        "bad_waiver waivers.yaml:1 [id]",
    ]
    assert "waivers.csv:2" in intake.problems[0].message.zh


YAML = """waivers:
  - id: w1
    rule: lectures
    unit: s1
    periods: [2022-2023-1, " 2022-2023-2"]
    until: 2023-12-31
    reason: 改建
    approved_by: 教育局
  - {id: w2, rule: lectures, unit: s1, until: never, reason: 改建,
     approved_by: ""}
"""


def test_waivers_in_yaml_have_the_line_of_the_value_at_fault(tmp_path: Path) -> None:
    intake = reading(tmp_path, {"waivers.yml": YAML})
    assert spots(intake.problems) == ["bad_waiver waivers.yml:9 [until]"]
    assert intake.data is not None
    (waiver,) = intake.data.waivers
    assert waiver.periods == ("2022-2023-1", "2022-2023-2")
    assert str(waiver.place) == "waivers.yml:2"


def test_a_missing_key_is_a_problem_at_the_line_of_its_waiver(tmp_path: Path) -> None:
    intake = reading(
        tmp_path, {"waivers.yaml": "- {id: w2, rule: lectures, unit: s1, until: 2023-01-01, reason: 改建}"}
    )
    assert spots(intake.problems) == ["bad_waiver waivers.yaml:1 [approved_by]"]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("- id: w1\n  rul: x\n  why: y\n", [2, 3]),
        ("- id: [w1]\n- text\n", [1, 2]),
        ("- id: w1\n  periods: [[a]]\n", [2]),
        ("id: a\nid: b\n", [2]),
        ("text\n", [1]),
        ("", [1]),
    ],
)
def test_a_document_that_holds_no_waivers_is_left_out(tmp_path: Path, text: str, rows: list[int]) -> None:
    intake = reading(tmp_path, {"waivers.yaml": text})
    assert spots(intake.problems) == [f"malformed_file waivers.yaml:{row}" for row in rows]
    assert intake.left_out == ("waivers.yaml",)


def test_a_table_that_holds_no_waivers_is_left_out(tmp_path: Path) -> None:
    intake = reading(tmp_path, {"waivers.csv": "id,rule,unit,until,reason,approved\n"})
    assert spots(intake.problems) == ["missing_column waivers.csv:1", "unknown_column waivers.csv:1 [approved]"]


def test_without_a_registry_waivers_are_checked_but_for_their_units(tmp_path: Path) -> None:
    row = "w1,lectures,nobody,,,2023-12-31,r,a\nw2,lectures,nobody,,,never,r,a\n"
    intake = reading(tmp_path, {"units.csv": "id\n", "waivers.csv": HEADER + row})
    assert spots(intake.problems) == ["missing_column units.csv:1", "bad_waiver waivers.csv:3 [until]"]
