"""The same statements on Spark, in one session; only where the optional extra `spark` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

pyspark_sql = pytest.importorskip("pyspark.sql")

from checker.checking import Question  # noqa: E402
from checker.engines.assessing import Assessment  # noqa: E402
from checker.engines.choosing import EngineName, choose  # noqa: E402
from checker.engines.columnar.spark import SparkSession, open_spark  # noqa: E402
from checker.engines.plain import PlainJudge  # noqa: E402
from checker.intake.reading import Inputs, read  # noqa: E402
from checker.rulebook.loading import default_folder, load  # noqa: E402
from checker.volume.checking import hand_in  # noqa: E402
from tests.columnar.comparing import as_parquet, between, differences, generated  # noqa: E402
from tests.columnar.test_equal import COUNTY_FOLDER  # noqa: E402


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    quick = {"spark.sql.shuffle.partitions": "1", "spark.ui.enabled": "false", "spark.sql.adaptive.enabled": "false"}
    builder = pyspark_sql.SparkSession.builder.master("local[1]")
    for key, value in quick.items():
        builder = builder.config(key, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    yield SparkSession(started)
    started.stop()


@pytest.mark.parametrize("seed", [8, 9])
def test_spark_equals_plain_on_generated_counties(seed: int, tmp_path: Path, session: SparkSession) -> None:
    case = generated(seed, tmp_path)
    found = read(Inputs(folder=case.folder), case.rulebook).data if case else None
    assert case
    assert found
    assert not differences(case.rulebook, found, case.as_of, session, case.drafts)


def test_spark_equals_plain_on_the_fixture_county(session: SparkSession) -> None:
    book = load(default_folder()).rulebook
    assert book
    county = read(Inputs(folder=COUNTY_FOLDER), book).data
    assert county
    assert not differences(book, county, date(2025, 12, 31), session)


def test_spark_reads_parquet_and_finds_the_same_problems(tmp_path: Path, session: SparkSession) -> None:
    case = generated(9, tmp_path)
    assert case
    as_parquet(case.folder)
    inputs = Inputs(folder=case.folder)
    expected = read(inputs, case.rulebook)
    handed = hand_in(case.rulebook, inputs, Question(case.as_of, case.drafts), session)
    assert handed.problems == expected.problems
    assert handed.assessment
    assert expected.data
    plain = Assessment(case.rulebook, expected.data, case.as_of, PlainJudge(), case.drafts)
    assert not list(between(handed.assessment, plain))


def test_spark_writes_raw_columns(tmp_path: Path, session: SparkSession) -> None:
    session.write("select 1 as one", str(tmp_path / "out.parquet"))
    assert session.columns(str(tmp_path / "out.parquet")) == [("one", "int")]


def test_spark_serves_in_the_session_that_is_there(session: SparkSession) -> None:
    assert choose(EngineName.SPARK).name == "spark"
    assert open_spark("local[1]").spark is session.spark
