"""Row rules on a wide table, the part of a check that data-frame tools can express: failing units, beside those tools.

Run by ``python -m tests.benchmarks.volume`` or alone; the tools are the extra ``benchmark``. A made-up nation's schools
in seven semesters are written twice: as a wide table for pandas, polars and pandera, and as one fact a row for the
checker. Each line reads its file, applies the four rules asked of a school and ends at the units that fail one; all
have to find the same units. `duckdb` is the whole check of those facts: problems, superseding, bounds and all.
`judging` is the same from the figures of each unit on, which is where a wide table begins.
"""

from __future__ import annotations

import importlib.metadata
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from checker.checking import Question
from checker.engines.columnar.duck import Bounds, DuckSession
from checker.engines.columnar.judging import judging
from checker.engines.columnar.measuring import measuring
from checker.intake.layout import Inputs
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import default_folder, load
from checker.volume.checking import hand_in, parquet_files

ROWS = 1_000_000
SEMESTERS = 7
AS_OF = date(2026, 2, 1)
_ROWS = """
create table semester as select row_number() over (order by code) - 1 as number, code from (
    select printf('%d-%d-1', year, year + 1) as code from range(2022, 2026) as years(year)
    union all select printf('%d-%d-2', year, year + 1) from range(2022, 2025) as years(year));
create table wide as
select printf('c%d.s%d', n // 130, n) as unit, code as period,
    case when hash(n, number, 1) % 1000 < {failing} then 0 else 3 end as study_practice_sessions,
    case when hash(n, number, 2) % 1000 < {failing} then 1 else 4 end as science_lectures,
    case when hash(n, number, 3) % 1000 < {failing} then 800 else 900 end as students_participating,
    1000 as students_enrolled,
    case when hash(n, number, 4) % 1000 < {failing} then 0 else 2 end as science_teachers
from range({schools}) as schools(n), semester;
copy wide to '{folder}/wide.parquet';
copy (
    select unit, indicator, period, cast(value as varchar) as value, '2026-01-05' as reported_at
    from (unpivot wide on columns(* exclude (unit, period)) into name indicator value value)
) to '{folder}/submissions/facts.parquet';
copy (
    select distinct split_part(unit, '.', 1) as id, id as name, 'county' as type, '' as parent from wide
    union all select distinct unit, unit, 'school', split_part(unit, '.', 1) from wide
) to '{folder}/units.csv' (header)
"""
_FAILING = "select distinct unit_name.name from finding join unit_name on number = unit where verdict = 'not_met'"


def row_rules() -> Rulebook:
    """Give the shipped plan with only the rules of a school."""
    whole = load(default_folder()).rulebook
    assert whole
    sections = tuple(
        section.model_copy(
            update={"rules": tuple(rule for rule in section.rules if rule.of_each.unit_type == "school")}
        )
        for section in whole.sections
    )
    return whole.model_copy(update={"sections": sections, "follow_ups": ()})


def with_polars(folder: Path) -> set[str]:
    import polars as pl

    column = pl.col
    failing = (
        pl.scan_parquet(folder / "wide.parquet")
        .filter(
            (column("study_practice_sessions") < 1)
            | (column("science_lectures") < 2)
            | (column("students_participating") * 100 < column("students_enrolled") * 85)
            | (column("science_teachers") < 1)
        )
        .select("unit")
        .unique()
    )
    return set(failing.collect()["unit"])


def with_pandas(folder: Path) -> set[str]:
    import pandas as pd

    wide = pd.read_parquet(folder / "wide.parquet")
    few = wide.students_participating * 100 < wide.students_enrolled * 85
    failing = (wide.study_practice_sessions < 1) | (wide.science_lectures < 2) | few | (wide.science_teachers < 1)
    return set(wide.unit[failing])


def with_pandera(folder: Path) -> set[str]:
    import pandas as pd
    import pandera.pandas as pa

    schema = pa.DataFrameSchema(
        {
            "study_practice_sessions": pa.Column(int, pa.Check.ge(1), coerce=True),
            "science_lectures": pa.Column(int, pa.Check.ge(2), coerce=True),
            "science_teachers": pa.Column(int, pa.Check.ge(1), coerce=True),
        },
        checks=pa.Check(lambda wide: wide.students_participating * 100 >= wide.students_enrolled * 85),
    )
    wide = pd.read_parquet(folder / "wide.parquet")
    try:
        schema.validate(wide, lazy=True)
    except pa.errors.SchemaErrors as found:
        return set(wide.unit.loc[found.failure_cases["index"].unique()])
    return set()


def with_duckdb(folder: Path) -> set[str]:
    return _checked(folder)[0]


def _checked(folder: Path) -> tuple[set[str], DuckSession]:
    inputs = Inputs(folder=folder)
    store = DuckSession(Bounds("4GB"), parquet_files(inputs))
    assessment = hand_in(row_rules(), inputs, Question(AS_OF), store).assessment
    assert assessment
    assessment.compute()
    return {str(unit) for (unit,) in store.rows(_FAILING)}, store


def judging_alone(folder: Path) -> Callable[[Path], set[str]]:
    """Give the part of the check after each unit's own figures, as a run of its own on what the whole check left."""
    _, store = _checked(folder)

    def run(_: Path) -> set[str]:
        for stages in (measuring(), judging()):
            for stage in stages:
                store.keep(stage)
        return {str(unit) for (unit,) in store.rows(_FAILING)}

    return run


def main() -> None:
    sys.stdout.write("\nrow rules on a wide table\n")
    tools: dict[str, Callable[[Path], set[str]]] = {"polars": with_polars, "pandas": with_pandas}
    tools |= {"pandera": with_pandera, "duckdb": with_duckdb}
    missing = [name for name in ("polars", "pandas", "pandera") if not _installed(name)]
    if missing:
        sys.stdout.write(f"not installed, left out: {', '.join(missing)} (the extra `benchmark`)\n")
    sys.stdout.write("to polars to pandera  tool      version  failing      rows  seconds\n")
    for thousandths, share in ((3, "about 1%"), (53, "about 20%")):
        with tempfile.TemporaryDirectory() as folder:
            _write(Path(folder), thousandths)
            runs = {name: run for name, run in tools.items() if name not in missing}
            _compare(Path(folder), runs | {"judging": judging_alone(Path(folder))}, share)


def _write(folder: Path, failing: int) -> None:
    (folder / "submissions").mkdir()
    with duckdb.connect() as connection:
        connection.execute(_ROWS.format(folder=folder, failing=failing, schools=ROWS // SEMESTERS))


def _compare(folder: Path, runs: dict[str, Callable[[Path], set[str]]], share: str) -> None:
    seconds: dict[str, float] = {}
    units: dict[str, set[str]] = {}
    for name, run in runs.items():
        times = []
        for _ in range(3):  # the first brings the imports
            started = time.perf_counter()
            units[name] = run(folder)
            times.append(time.perf_counter() - started)
        seconds[name] = min(times)
    assert len({frozenset(found) for found in units.values()}) == 1
    for name, took in seconds.items():
        ratios = " ".join(f"{took / seconds[to]:10.2f}" if to in seconds else " " * 10 for to in ("polars", "pandera"))
        version = importlib.metadata.version(name) if _installed(name) else ""
        sys.stdout.write(f"{ratios}  {name:9} {version:8} {share:9} {ROWS:9,} {took:8.3f}\n")


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


if __name__ == "__main__":
    main()
