"""Runs the specification: every scenario of features/, judged by every engine."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pytest_bdd import scenarios

from checker.engines.judging import Judge

scenarios("../../features")


def test_every_scenario_is_judged_by_every_engine(judges: Sequence[Judge]) -> None:
    names = [judge.name for judge in judges]
    if names == ["plain", "plain", "duckdb"]:
        pytest.skip("没有安装 durable-rules，这个引擎上没有查")
    assert names == ["plain", "durable", "duckdb"]
