"""Warnings: records that are used all the same and that somebody should look at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.building import reading, spots, submitted, values


@pytest.mark.parametrize(
    ("row", "used"),
    [
        ("s1,lectures,2022-2023-1,2", True),
        ("s1,lectures,2022-10,2", True),
        ("s1,lectures,2023,2", False),
        ("s1,lectures,2021-2022-1,2", False),
        ("v1,open,2021,是", True),
        ("v1,open,2020,是", False),
        ("town,literate,2021-2025,9%", True),
        ("finance,budget,2021,5", True),
        ("finance,budget,2020,5", False),
        ("finance,budget,2023-2024,5", False),
        ("s1,twin,2023,5", False),
        ("s1,lectures,2023,撤回,2024-01-01", False),
    ],
)
def test_a_fact_that_no_rule_can_use_is_pointed_at_and_kept(tmp_path: Path, row: str, used: bool) -> None:
    intake = submitted(tmp_path, row)
    assert spots(intake.problems) == ([] if used else ["unused_fact submissions/a.csv:2"])
    assert len(values(intake)) == 1


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("town,literate,2024,100%", 0),
        ("town,literate,2024,100.1%", 1),
        ("s2,lectures,2022-08,1", 1),
        ("s2,lectures,2022-09,1", 0),
        ("s2,lectures,2022-09-01,1", 0),
        ("s2,lectures,2024-02-01,1", 1),
        ("s2,lectures,2024-01,1", 0),
        ("s2,lectures,2024-02,1", 1),
        ("s2,lectures,2024-02,撤回,2024-03-01", 1),
        ("s2,lectures,2023-2024-1,1", 0),
    ],
)
def test_a_figure_that_can_hardly_be_is_pointed_at(tmp_path: Path, row: str, found: int) -> None:
    problems = submitted(tmp_path, row).problems
    assert [str(problem.place) for problem in problems if problem.code == "implausible"] == [
        "submissions/a.csv:2"
    ] * found


def test_a_part_larger_than_the_whole_is_pointed_at_where_the_first_of_them_stands(tmp_path: Path) -> None:
    files = {
        "submissions/a.csv": "unit,indicator,period,value\ns1,pupils,2022-2023-1,100\ns1,pupils,2022-2023-1,100\n",
        "submissions/b.csv": "unit,indicator,period,value\ns1,taking_part,2022-2023-1,101\n",
    }
    intake = reading(tmp_path, files)
    assert spots(intake.problems) == ["implausible submissions/a.csv:2", "repeated_fact submissions/a.csv:3"]
    assert "“参与人数”101 多于“学生人数”100" in intake.problems[0].message.zh


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("s1,pupils,2022-2023-1,100", "s1,taking_part,2022-2023-1,100"), False),
        (("s1,pupils,2022-2023-1,100", "s1,taking_part,2022-2023-2,101"), False),
        (("s1,pupils,2022-2023-1,100", "s2,taking_part,2022-2023-1,101"), False),
        (("s1,pupils,2022-2023-1,100", "s1,taking_part,2022-2023-1,101"), True),
        (
            ("s1,pupils,2022-2023-1,100", "s1,taking_part,2022-2023-1,101", "s1,pupils,2022-2023-1,101,2023-01-01"),
            False,
        ),
        (("s1,pupils,2022-2023-1,101,2023-01-01", "s1,taking_part,2022-2023-1,101", "s1,pupils,2022-2023-1,1"), False),
        (
            ("s1,pupils,2022-2023-1,100", "s1,taking_part,2022-2023-1,101", "s1,pupils,2022-2023-1,撤回,2023-01-01"),
            False,
        ),
        (("s1,pupils,2022-2023-1,100", "s1,taking_part,2022-2023-1,101", "s1,pupils,2022-2023-1,x,2023-01-01"), False),
    ],
)
def test_only_values_that_stand_are_compared(tmp_path: Path, rows: tuple[str, ...], found: bool) -> None:
    codes = {problem.code for problem in submitted(tmp_path, *rows).problems}
    assert ("implausible" in codes) is found


def test_what_is_said_about_one_row_is_one_warning(tmp_path: Path) -> None:
    units = "id,name,type,opened\ntown,镇,township,2025-01-01\n"
    (problem,) = submitted(tmp_path, "town,literate,2024,101%", units=units).problems
    assert problem.message.zh == "“素质比例”是 101%，超过 100%；town 到 2025-01-01 才设立，期间 2024 在此之前"


def test_a_line_with_many_facts_says_the_first_few(tmp_path: Path) -> None:
    values_of = ", ".join(f'"{code}": 1' for code in ("lectures", "pupils", "taking_part", "twin", "other_twin"))
    text = '{"unit": "s1", "period": "2019", "values": {' + values_of + "}}"
    (problem,) = reading(tmp_path, {"submissions/a.json": text}).problems
    assert problem.code == "unused_fact"
    assert problem.message.en.endswith("no rule uses taking part in 2019; and 2 more")


def test_a_fact_with_an_error_is_not_warned_about(tmp_path: Path) -> None:
    found = submitted(tmp_path, "s2,lectures,2019,1", "s2,lectures,2019,2", "town,literate,2019,500").problems
    assert [problem.code for problem in found] == ["conflicting_fact", "conflicting_fact", "bad_value"]
