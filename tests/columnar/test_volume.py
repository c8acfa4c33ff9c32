from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from checker import cli
from checker.checking import Question
from checker.engines.assessing import Assessment
from checker.engines.columnar.duck import DuckSession
from checker.engines.plain import PlainJudge
from checker.intake.reading import Inputs, read
from checker.rulebook.loading import default_folder, load
from checker.volume.checking import hand_in, parquet_files
from checker.volume.enrolment import Enrolled
from tests.columnar.comparing import Case, as_parquet, between, generated

MANY, IN_ONE = 80, 20
COUNTY = Path(__file__).parents[2] / "fixtures" / "pingluo"


def compare(case: Case) -> list[str]:
    inputs = Inputs(folder=case.folder)
    expected = read(inputs, case.rulebook)
    store = DuckSession(paths=parquet_files(inputs))
    handed = hand_in(case.rulebook, inputs, Question(case.as_of, case.drafts), store)
    found = [f"problem {one}" for one in handed.problems if one not in expected.problems]
    found += [f"no problem {one}" for one in expected.problems if one not in handed.problems]
    if not found and handed.problems != expected.problems:
        found.append("problems in another order")
    if handed.assessment and expected.data:
        plain = Assessment(case.rulebook, expected.data, case.as_of, PlainJudge(), case.drafts)
        found += between(handed.assessment, plain)
    elif handed.assessment or expected.data:
        found.append("only one of both could be judged")
    store.close()
    return found


@pytest.mark.parametrize("first", range(0, MANY, IN_ONE))
def test_volume_finds_the_same_problems_and_findings(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + IN_ONE):
        if case := generated(seed, tmp_path / str(seed)):
            as_parquet(case.folder)
            assert not compare(case), f"seed {seed}"


def test_volume_takes_parquet_and_other_files_together(tmp_path: Path) -> None:
    book = load(default_folder()).rulebook
    assert book
    whole, mixed = tmp_path / "whole", tmp_path / "mixed"
    shutil.copytree(COUNTY, whole)
    as_parquet(whole)
    assert not compare(Case(book, whole, date(2025, 12, 31), drafts=False))
    shutil.copytree(COUNTY, mixed)
    text = next((mixed / "submissions").rglob("*.csv"))
    kept = text.read_bytes()
    as_parquet(mixed)
    text.write_bytes(kept)  # every record of it stands in both files now
    assert not compare(Case(book, mixed, date(2025, 12, 31), drafts=False))


@pytest.fixture
def county(tmp_path: Path) -> Path:
    shutil.copytree(COUNTY, tmp_path / "county")
    as_parquet(tmp_path / "county")
    return tmp_path / "county"


@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".jsonl"])
def test_raw_columns_are_written_and_summarised(county: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    output = county.parent / f"findings{suffix}"
    status = cli.run(
        ["check", str(county), "--as-of", "2025-12-31", "--engine", "duckdb", "--output", str(output), "--lang", "en"]
    )
    said = capsys.readouterr().err
    assert status == cli.run(["check", str(COUNTY), "--as-of", "2025-12-31", "--engine", "plain"])
    assert "must: met " in said
    capsys.readouterr()
    assert cli.run(["summary", str(output), "--lang", "en"]) == 0
    table = capsys.readouterr().out
    assert "Unit types" in table
    assert "Worst areas" in table


def test_errors_stop_a_check_on_volume_and_nothing_is_written(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "submissions" / "more.csv").write_text("unit,indicator,period,value\nnobody,science_lectures,2024,1\n")
    output = county.parent / "findings.parquet"
    arguments = ["check", str(county), "--as-of", "2025-12-31", "--engine", "duckdb", "--output", str(output)]
    assert cli.run(arguments) == 2
    assert "submissions/more.csv:2 [unit] unknown_unit" in capsys.readouterr().err
    assert not output.exists()
    assert cli.run([*arguments, "--keep-going"]) == 1
    assert output.exists()


def test_units_that_stand_above_each_other_are_named(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = county / "units.csv"
    units.write_text(units.read_text(encoding="utf-8") + "a,甲,county,b\nb,乙,county,a\n", encoding="utf-8")
    output = county.parent / "findings.parquet"
    assert cli.run(["check", str(county), "--engine", "duckdb", "--output", str(output), "--keep-going"]) == 2
    assert "bad_parent" in capsys.readouterr().err


def test_a_file_that_is_no_parquet_is_named(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "submissions" / "bad.parquet").write_bytes(b"PAR1 nonsense")
    output = county.parent / "findings.parquet"
    assert cli.run(["check", str(county), "--engine", "duckdb", "--output", str(output)]) == 2
    assert "submissions/bad.parquet:1 malformed_file" in capsys.readouterr().err


def test_a_damaged_parquet_is_named_and_left_out_if_asked_to(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole = next((county / "submissions").rglob("2023-2024.parquet"))
    content = bytearray(whole.read_bytes())
    for place in range(100, 400):
        content[place] ^= 0x5A
    damaged = whole.with_name("damaged.parquet")
    damaged.write_bytes(content)
    output = county.parent / "findings.parquet"
    arguments = ["check", str(county), "--as-of", "2025-12-31", "--engine", "duckdb", "--output", str(output)]
    assert cli.run(arguments) == 2
    assert f"submissions/{damaged.relative_to(county / 'submissions')}:1 malformed_file" in capsys.readouterr().err
    assert cli.run([*arguments, "--keep-going"]) == 1


def test_units_are_looked_up_where_they_lie(county: Path) -> None:
    book = load(default_folder()).rulebook
    assert book
    held = read(Inputs(folder=COUNTY), book).data
    assert held
    store = DuckSession(paths=parquet_files(Inputs(folder=county)))
    population = hand_in(book, Inputs(folder=county), Question(date(2025, 12, 31)), store).frame.population
    assert isinstance(population, Enrolled)
    assert dict(population.by_id) == {unit.id: unit for unit in held.registry}
    assert list(population.units) == list(held.registry)
    assert [population.numbers[unit.id] for unit in held.registry] == list(range(len(held.registry)))
    assert "nobody" not in population.by_id


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("school-001,", "school-002,"),
        ("school-001,", "*,"),
        (",school,chengguan", ",school,nowhere"),
        (",school,chengguan", ",academy,chengguan"),
        (",school,chengguan", ",school,school-002"),
        ("school-001,", '"school-001",'),
        ("school-001,", "school-001\u3000,"),
    ],
)
def test_a_registry_with_a_doubt_is_read_by_intake(old: str, new: str, county: Path) -> None:
    units = county / "units.csv"
    text = units.read_text(encoding="utf-8")
    assert old in text
    units.write_text(text.replace(old, new, 1), encoding="utf-8")
    book = load(default_folder()).rulebook
    assert book
    assert not compare(Case(book, county, date(2025, 12, 31), drafts=False))
    store = DuckSession(paths=parquet_files(Inputs(folder=county)))
    population = hand_in(book, Inputs(folder=county), Question(date(2025, 12, 31)), store).frame.population
    assert not isinstance(population, Enrolled)


def test_a_summary_of_json_gives_exact_rates(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    findings = tmp_path / "findings.json"
    cli.run(["check", str(COUNTY), "--as-of", "2025-12-31", "--format", "json", "--output", str(findings)])
    assert cli.run(["summary", str(findings), "--format", "json"]) == 0
    assert '"raw": "95.330559%"' in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"PAR1", b"a,b\n1,2\n", b'{"findings": 1}'])
@pytest.mark.parametrize("suffix", [".parquet", ".csv", ".json", ".txt"])
def test_a_file_without_findings_is_bad_usage(content: bytes, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"other{suffix}"
    file.write_bytes(content)
    assert cli.run(["summary", str(file)]) == 2


def test_a_command_that_needs_neither_duckdb_nor_pyspark_imports_neither() -> None:
    script = (
        "import sys; from checker import cli; "
        f"cli.run(['check', {str(COUNTY)!r}, '--as-of', '2025-12-31', '--engine', 'plain', '--output', '/dev/null']); "
        "sys.exit(bool({'duckdb', 'pyspark'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False, capture_output=True).returncode == 0
