"""One record alone: what it says, or what is wrong with it and where."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from checker.model.instant import parse_instant
from checker.model.number import Number
from checker.model.problem import Place
from tests.intake.building import UNITS, reading, rulebook, spoiled, spots, submitted, values


def test_a_row_becomes_a_fact_with_its_place(tmp_path: Path) -> None:
    intake = submitted(tmp_path, " s1 ,lectures,2022-2023-1, 2 ,2023-02-01T08:00Z,照片,两场")
    assert intake.data is not None
    (fact,) = intake.data.facts
    assert fact[:2] == ("s1", "lectures")
    assert (fact.period.code, fact.value, fact.evidence, fact.note) == ("2022-2023-1", 2, "照片", "两场")
    assert fact.reported == parse_instant("2023-02-01T16:00", rulebook().plan.zone)
    assert fact.place == Place("submissions/a.csv", 2, None, None, 1)
    assert intake.problems == []
    assert intake.data.spoiled == frozenset()


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("s1,lectures,2022-2023-1,1.2万", 12000),
        ("s1,lectures,2022-2023-1,１２", 12),
        ("s1,lectures,2022-2023-1,1.0", 1),
        ('s1,lectures,2022-2023-1,"1,234"', 1234),
        ("v1,open,2024,是", 1),
        ("v1,open,2024,NO", 0),
        ("town,literate,2024,8.5%", Fraction(17, 200)),
        ("finance,budget,2024,0.5", Fraction(1, 2)),
        ("s1,lectures,2022-2023-1,撤回,2024-01-01", None),
        ("s1,lectures,2022-2023-1,ｗｉｔｈｄｒａｗｎ,2024-01-01", None),
    ],
)
def test_values_are_read_exactly(tmp_path: Path, row: str, value: Number | None) -> None:
    intake = submitted(tmp_path, row)
    assert intake.problems == []
    assert [fact[3] for fact in values(intake)] == [value]


def test_units_and_indicators_can_be_named_in_either_language(tmp_path: Path) -> None:
    intake = submitted(tmp_path, "一小,讲座次数,2022-2023-1,2", "s2,taking part,2022-2023-1,2")
    assert [fact[:2] for fact in values(intake)] == [("s1", "lectures"), ("s2", "taking_part")]


def test_ids_are_looked_up_before_names(tmp_path: Path) -> None:
    units = UNITS + "s3,s1,school,town,,,\n"
    assert [fact[0] for fact in values(submitted(tmp_path, "s1,lectures,2022-2023-1,2", units=units))] == ["s1"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("s9,lectures,2022-2023-1,2", ["unknown_unit submissions/a.csv:2 [unit]"]),
        (",lectures,2022-2023-1,2", ["unknown_unit submissions/a.csv:2 [unit]"]),
        ("S1,lectures,2022-2023-1,2", ["unknown_unit submissions/a.csv:2 [unit]"]),
        ("s1,lecture,2022-2023-1,2", ["unknown_indicator submissions/a.csv:2 [indicator]"]),
        ("s1,双胞胎,2022-2023-1,2", ["unknown_indicator submissions/a.csv:2 [indicator]"]),
        ("s1,,2022-2023-1,2", ["unknown_indicator submissions/a.csv:2 [indicator]"]),
        ("v1,lectures,2022-2023-1,2", ["wrong_reporter submissions/a.csv:2 [unit]"]),
        ("s1,budget,2024,2", ["wrong_reporter submissions/a.csv:2 [unit]"]),
        ("s1,lectures,2022-2023-1,", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-1,-1", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-1,1.5", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-1,1e3", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-1,Withdrawn,2024-01-01", ["bad_value submissions/a.csv:2 [value]"]),
        ("town,literate,2024,0.9", ["bad_value submissions/a.csv:2 [value]"]),
        ("v1,open,2024,有", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-1,撤回", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-1,2,昨天", ["bad_value submissions/a.csv:2 [reported_at]"]),
        ("s1,lectures,2022-2023-1,撤回,昨天", ["bad_value submissions/a.csv:2 [reported_at]"]),
        ("s1,lectures,2022-2023-1,x,昨天", ["bad_value submissions/a.csv:2 [value]"]),
        ("s1,lectures,2022-2023-9,2", ["bad_period submissions/a.csv:2 [period]"]),
        ("s1,lectures,２０２３,2", ["bad_period submissions/a.csv:2 [period]"]),
        ("s1,lectures,2022-2023-1,2,2022-08-31T23:59:59", ["future_period submissions/a.csv:2 [period]"]),
        ("s1,lectures,2022-2023-1,2,2022-08-31T15:59Z", ["future_period submissions/a.csv:2 [period]"]),
        ("s1,lectures,2022-2023-1,2,2022-08-31T16:00Z", []),
        ("s1,lectures,2022-2023-1,2,2022-09-01", []),
        (
            "s9,x,2022-13,,昨天",
            [
                "bad_period submissions/a.csv:2 [period]",
                "bad_value submissions/a.csv:2 [value]",
                "unknown_indicator submissions/a.csv:2 [indicator]",
                "unknown_unit submissions/a.csv:2 [unit]",
            ],
        ),
        (
            "s9,x,2022,notanumber,2020-01-01",
            [
                "future_period submissions/a.csv:2 [period]",
                "unknown_indicator submissions/a.csv:2 [indicator]",
                "unknown_unit submissions/a.csv:2 [unit]",
            ],
        ),
    ],
)
def test_a_row_is_refused_at_the_cell_at_fault(tmp_path: Path, row: str, found: list[str]) -> None:
    intake = submitted(tmp_path, row)
    assert spots(intake.problems) == found
    assert len(values(intake)) == (0 if found else 1)


def test_a_name_that_several_units_bear_is_said_to_be_one(tmp_path: Path) -> None:
    (problem,) = submitted(tmp_path, "一小,lectures,2022-2023-1,2", units=UNITS + "s3,一小,school,town,,,\n").problems
    assert problem.code == "unknown_unit"
    assert "2 个单位都叫" in problem.message.zh
    assert "s1, s3" in problem.hint.en


def test_the_nearest_name_is_suggested(tmp_path: Path) -> None:
    indicator, unit = submitted(tmp_path, "finanse,lecture,2022-2023-1,2").problems
    assert (unit.hint.zh, indicator.hint.en) == ("是不是 finance？", "did you mean lectures?")


def test_a_long_cell_is_cut_where_it_is_shown(tmp_path: Path) -> None:
    (problem,) = submitted(tmp_path, f"{'长' * 500},lectures,2022-2023-1,2").problems
    assert "长" * 60 + "…" in problem.message.zh
    assert "长" * 61 not in problem.message.zh


def test_chinese_headers_are_named_as_written(tmp_path: Path) -> None:
    text = "数值,单位,指标,期间,报送时间,佐证,备注\nx,s1,lectures,2022-2023-1,,,\n2,s1,lectures,2022-2023-1,9,,\n"
    found = reading(tmp_path, {"submissions/a.csv": text}).problems
    assert spots(found) == ["bad_value submissions/a.csv:2 [数值]", "bad_value submissions/a.csv:3 [报送时间]"]


def test_what_is_set_aside_spoils_its_key_as_far_as_that_can_be_read(tmp_path: Path) -> None:
    intake = submitted(
        tmp_path,
        "s1,lectures,2022-2023-1,x",
        "s1,pupils,never,2",
        "v1,lectures,2022-2023-1,2",
        "s9,lectures,2022-2023-1,2",
        "s1,nothing,2022-2023-1,2",
        "s2,lectures,2023-2024-1,2,2020-01-01",
    )
    assert spoiled(intake) == {
        ("s1", "lectures", "2022-2023-1"),
        ("s1", "pupils", None),
        ("v1", "lectures", "2022-2023-1"),
        ("s2", "lectures", "2023-2024-1"),
    }
    assert values(intake) == []


def test_the_same_bad_text_names_each_indicator_it_stands_for(tmp_path: Path) -> None:
    intake = submitted(tmp_path, "s1,lectures,2022-2023-1,两", "s1,pupils,2022-2023-1,两")
    told = [problem.message.zh for problem in intake.problems]
    assert len(set(told)) == 2
