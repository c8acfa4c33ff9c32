"""units.csv: what is read, what is wrong with it, and what is still checked when it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from checker.model.unit import Unit
from tests.intake.building import HEADER, reading, spots

TOP = "id,name,type,parent,opened,closed\npl,平罗,county,,,\nt,镇,township,pl,,\n"


def test_a_unit_has_its_life_its_parent_and_its_attributes(tmp_path: Path) -> None:
    units = "stage,id,type,name,parent,opened,closed\n小学, s1 ,school,一小,,2022-09-01,2024-02-01\n"
    intake = reading(tmp_path, {"units.csv": units})
    assert intake.problems == []
    assert intake.data is not None
    assert intake.data.registry["s1"] == Unit(
        "s1", "一小", "school", None, date(2022, 9, 1), date(2024, 2, 1), {"stage": "小学"}
    )


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("x,x,city,pl,,\n", ["bad_unit units.csv:4 [type]"]),
        ("x y,x,school,pl,,\n", ["bad_unit units.csv:4 [id]"]),
        (",x,school,pl,,\n,y,school,pl,,\n", ["bad_unit units.csv:4 [id]", "bad_unit units.csv:5 [id]"]),
        (f"{'x' * 65},x,school,pl,,\n", ["bad_unit units.csv:4 [id]"]),
        ("x,x,school,pl,2022-9-1,\n", ["bad_unit units.csv:4 [opened]"]),
        ("x,x,school,pl,,2022-02-30\n", ["bad_unit units.csv:4 [closed]"]),
        ("x,x,school,pl,2022-09-01,2022-09-01\n", ["bad_unit units.csv:4 [closed]"]),
        ("x,x,school,pl,2022-09-01,2022-09-02\n", []),
        ("x,,school,,,\n", []),
        ("x,x,city,pl,then,now\n", ["bad_unit units.csv:4 [type]"]),
        ("t,x,school,pl,,\nt,y,school,pl,,\n", ["duplicate_unit units.csv:4 [id]", "duplicate_unit units.csv:5 [id]"]),
        ("x,x,school,nowhere,,\n", ["bad_parent units.csv:4 [parent]"]),
        ("x,x,school,x,,\n", ["bad_parent units.csv:4 [parent]"]),
        ("x,x,school,y,,\ny,y,village,x,,\n", ["bad_parent units.csv:4 [parent]", "bad_parent units.csv:5 [parent]"]),
        ("z,z,school,y,,\ny,y,village,y,,\n", ["bad_parent units.csv:5 [parent]"]),
        ("x,x,village,t,,\ny,y,township,x,,\n", ["bad_parent units.csv:5 [parent]"]),
        ("x,x,school,pl,,\ny,y,school,x,,\n", ["bad_parent units.csv:5 [parent]"]),
        ("x,x,city,pl,,\ny,y,school,x,,\n", ["bad_unit units.csv:4 [type]"]),
        ("t,x,county,pl,,\n", ["bad_parent units.csv:4 [parent]", "duplicate_unit units.csv:4 [id]"]),
    ],
)
def test_a_row_of_the_registry_is_refused_at_the_cell_at_fault(tmp_path: Path, rows: str, found: list[str]) -> None:
    intake = reading(tmp_path, {"units.csv": TOP + rows})
    assert spots(intake.problems) == found
    assert (intake.data is None) is bool(found)


def test_all_that_is_wrong_with_a_row_is_said_in_one_problem(tmp_path: Path) -> None:
    (problem,) = reading(tmp_path, {"units.csv": TOP + "x,x,schoool,pl,then,\n"}).problems
    assert problem.message.zh == "单位类型是“schoool”，规则里没有；opened 是“then”，不是日期"
    assert problem.hint.en == "did you mean school?; write it as 2022-09-01"


def test_one_area_has_one_department_of_each_code(tmp_path: Path) -> None:
    units = (
        "id,name,type,parent\npl,平罗,county,\nhl,贺兰,county,\nt,镇,township,pl\n"
        "pl:finance,a,department,pl\nhl:finance,b,department,hl\nfinance,c,department,t\nother,d,department,\n"
        "finance:other,e,department,\nx:finance,f,department,t\n"
    )
    found = reading(tmp_path, {"units.csv": units}).problems
    assert spots(found) == ["duplicate_unit units.csv:7 [id]", "duplicate_unit units.csv:10 [id]"]
    assert "pl:finance（第 5 行）" in found[0].message.zh


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("id,name\n", ["missing_column units.csv:1"]),
        ("id,name,type,\n", ["unknown_column units.csv:1"]),
        ("id,name,type,stage,stage\n", ["malformed_file units.csv:1"]),
        ("id,name,type\na,b,c,d\n", ["malformed_file units.csv:2"]),
    ],
)
def test_a_registry_that_is_no_table_of_units_leaves_nothing_to_judge(
    tmp_path: Path, header: str, found: list[str]
) -> None:
    intake = reading(tmp_path, {"units.csv": header})
    assert spots(intake.problems) == found
    assert intake.data is None


def test_submissions_are_checked_against_what_could_be_read(tmp_path: Path) -> None:
    files = {
        "units.csv": TOP + "x,x,school,nowhere,,\ny,y,city,pl,,\n",
        "submissions/a.csv": HEADER + "x,lectures,2023,z\nw,lectures,2023,1\nt,lectures,2023,1\ny,lectures,2023,1\n",
    }
    intake = reading(tmp_path, files)
    assert spots(intake.problems) == [
        "bad_parent units.csv:4 [parent]",
        "bad_unit units.csv:5 [type]",
        "bad_value submissions/a.csv:2 [value]",
        "unknown_unit submissions/a.csv:3 [unit]",
        "wrong_reporter submissions/a.csv:4 [unit]",
        "unused_fact submissions/a.csv:5",
    ]
    assert intake.data is None


def test_without_a_registry_only_checks_that_need_units_are_left_out(tmp_path: Path) -> None:
    rows = HEADER + "x,lectures,2023,z\nw,lectures,2023,1\nw,lectures,2023,2\nw,nothing,2023-13,\n"
    intake = reading(tmp_path, {"units.csv": "id\n", "submissions/a.csv": rows})
    assert spots(intake.problems) == [
        "missing_column units.csv:1",
        "bad_value submissions/a.csv:2 [value]",
        "bad_period submissions/a.csv:5 [period]",
        "bad_value submissions/a.csv:5 [value]",
        "unknown_indicator submissions/a.csv:5 [indicator]",
    ]


def test_long_chains_and_circles_are_named_unit_by_unit(tmp_path: Path) -> None:
    size = 20_000
    chain = "".join(f"c{n},c,department,c{n + 1},,\n" for n in range(size)) + f"c{size},c,department,,,\n"
    circle = "".join(f"r{n},r,school,r{(n + 1) % size},,\n" for n in range(size))
    found = reading(tmp_path, {"units.csv": TOP + chain + circle}).problems
    assert len(found) == 2 * size
