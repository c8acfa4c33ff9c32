"""The same statements on Spark, in one session; only where the optional extra `spark` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("pyspark.sql")

from checker.checking import Question
from checker.engines.assessing import Assessment
from checker.engines.choosing import EngineName, choose
from checker.engines.columnar.spark import SparkSession, open_spark
from checker.engines.plain import PlainJudge
from checker.intake.reading import Inputs, read
from checker.rulebook.loading import default_folder, load
from checker.volume.checking import hand_in
from tests.columnar.comparing import as_parquet, between, differences, generated
from tests.columnar.sparking import quick_spark
from tests.columnar.test_equal import COUNTY_FOLDER

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    with quick_spark() as started:
        yield started


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
