"""Runs the specification: every scenario of features/, judged by every engine."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec

import pytest
from pytest_bdd import scenarios

from checker.engines.judging import Judge

scenarios("../../features")


def test_every_scenario_is_judged_by_every_engine(judges: Sequence[Judge]) -> None:
    names = [judge.name for judge in judges]
    if names == ["plain", "plain", "duckdb"]:
        pytest.skip("没有安装 durable-rules，这个引擎上没有查")
    assert names == ["plain", "durable", "duckdb"]


@pytest.mark.spark
def test_the_tagged_scenarios_are_judged_by_spark_too(judges: Sequence[Judge]) -> None:
    if find_spec("pyspark") is None:
        pytest.skip("没有安装 pyspark，标了 @spark 的场景没有在 Spark 上查")
    assert [judge.name for judge in judges][-1] == "spark"
