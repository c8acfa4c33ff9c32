"""Parquet files hold what a CSV would."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest

from checker.model.instant import parse_instant
from tests.intake.building import UNITS, reading, rulebook, spots, values, write


def _parquet(path: Path, select: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    plain = path.with_name("being-written")
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"copy ({select}) to '{plain}' (format parquet)")
    plain.replace(path)


def test_typed_values_are_read_exactly(tmp_path: Path) -> None:
    _parquet(
        tmp_path / "submissions" / "a.parquet",
        """select * from (values
            ('s1', 'lectures', '2022-2023-1', 2::integer),
            ('s1', 'pupils', '2022-2023-1', null::integer),
            (null, null, null, null),
            ('s1', 'taking_part', '2022-2023-1', -3)) as t(unit, indicator, period, value)""",
    )
    intake = reading(tmp_path, {})
    assert values(intake) == [("s1", "lectures", "2022-2023-1", 2)]
    assert spots(intake.problems) == [
        "bad_value submissions/a.parquet:2 [value]",
        "bad_value submissions/a.parquet:4 [value]",
    ]


@pytest.mark.parametrize(
    ("sql", "value"),
    [
        ("0.1::double", Fraction(1, 10)),
        ("0.1::float", Fraction(1, 10)),
        ("12345.60::decimal(12, 2)", Fraction(61728, 5)),
        ("999999999999::bigint", 999999999999),
        ("7::utinyint", 7),
        ("'1.2万'", 12000),
        ("'1.5'::blob", Fraction(3, 2)),
        ("'2'::enum('1', '2')", 2),
    ],
)
def test_numbers_of_every_type_are_read(tmp_path: Path, sql: str, value: int | Fraction) -> None:
    _parquet(
        tmp_path / "submissions" / "a.parquet",
        f"select 'finance' as 单位, 'budget' as 指标, 2024 as 期间, {sql} as 数值",
    )
    assert values(reading(tmp_path, {})) == [("finance", "budget", "2024", value)]


@pytest.mark.parametrize(
    ("sql", "meant"),
    [
        ("date '2024-05-06'", "2024-05-06"),
        ("timestamp '2024-05-06 07:08:09.5'", "2024-05-06T07:08:09.5"),
        ("timestamptz '2024-05-06 07:08:09.25+08'", "2024-05-06T07:08:09.25+08:00"),
        ("timestamp_ns '2024-05-06 07:08:09.123456789'", "2024-05-06T07:08:09.123456789"),
        ("timestamp_s '2024-05-06 07:08:09'", "2024-05-06T07:08:09"),
        ("'2024-05-06T00:00Z'", "2024-05-06T00:00Z"),
        ("null", ""),
    ],
)
def test_instants_of_every_type_are_read(tmp_path: Path, sql: str, meant: str) -> None:
    _parquet(
        tmp_path / "submissions" / "a.parquet",
        f"select 'v1' as unit, 'open' as indicator, '2024' as period, true as value, {sql} as reported_at",
    )
    intake = reading(tmp_path, {})
    assert intake.problems == []
    assert intake.data is not None
    expected = parse_instant(meant, rulebook().plan.zone) if meant else None
    assert [(fact.value, fact.reported) for fact in intake.data.facts] == [(1, expected)]


GOOD = "select 's1' as unit, 'lectures' as indicator, '2022-2023-1' as period, 2 as value"


@pytest.mark.parametrize("name", ["a*.parquet", "what?.parquet", "[x].parquet", "it's.parquet", "unit=s9/a.parquet"])
def test_signs_in_a_name_are_no_pattern(tmp_path: Path, name: str) -> None:
    _parquet(tmp_path / "submissions" / name, GOOD)
    _parquet(tmp_path / "submissions" / "ab.parquet", GOOD.replace("2 as", "3 as").replace("s1", "s2"))
    intake = reading(tmp_path, {})
    assert intake.problems == []
    assert sorted(fact[0] for fact in values(intake)) == ["s1", "s2"]


@pytest.mark.parametrize(
    ("select", "found"),
    [
        ("select 1 as unit", ["missing_column submissions/a.parquet:1"]),
        (GOOD + ", 1 as extra", ["unknown_column submissions/a.parquet:1 [extra]"]),
        (GOOD + ", [1] as note", ["malformed_file submissions/a.parquet:1"]),
        (GOOD + ", {'a': 1} as note", ["malformed_file submissions/a.parquet:1"]),
        (GOOD + ", 's1' as 单位", ["malformed_file submissions/a.parquet:1"]),
    ],
)
def test_other_columns_leave_the_file_out(tmp_path: Path, select: str, found: list[str]) -> None:
    _parquet(tmp_path / "submissions" / "a.parquet", select)
    assert spots(reading(tmp_path, {}).problems) == found


@pytest.mark.parametrize("content", [b"", b"unit,indicator", b"PAR1" + b"\xff" * 60 + b"PAR1"])
def test_what_is_no_parquet_is_left_out(tmp_path: Path, content: bytes) -> None:
    intake = reading(tmp_path, {"submissions/a.parquet": content})
    assert spots(intake.problems) == ["malformed_file submissions/a.parquet:1"]
    assert "\n" not in intake.problems[0].message.zh


def test_without_duckdb_the_way_out_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"units.csv": UNITS})
    _parquet(tmp_path / "submissions" / "a.parquet", GOOD)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    intake = reading(tmp_path, {})
    assert spots(intake.problems) == ["unsupported_file submissions/a.parquet"]
    assert "pip install 'duixian[parquet]'" in intake.problems[0].hint.zh
