"""What the repository's own features are about: both plans, on every engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

import pytest

from checker.engines.choosing import EngineName, choose
from checker.engines.columnar.engine import ColumnarEngine
from checker.engines.judging import Judge
from checker.model.rulebook import Rulebook
from tests.features.plans import BROKEN, PLANS, rulebook_of


@pytest.fixture(scope="session")
def rulebooks() -> Sequence[Rulebook]:
    return [rulebook_of(plan) for plan in PLANS]


@pytest.fixture(scope="session")
def usual_judges() -> Sequence[Judge]:
    """Every scenario is judged by each of them, and all must agree."""
    return [choose(name) for name in (EngineName.PLAIN, EngineName.DURABLE, EngineName.DUCKDB)]


@pytest.fixture(scope="session")
def spark_judge() -> Iterator[Judge]:
    """One Spark session for all scenarios tagged ``@spark``; they are few, for each takes it seconds."""
    from tests.columnar.sparking import quick_spark

    with quick_spark() as session:
        yield ColumnarEngine(session.name, lambda: session)


@pytest.fixture
def judges(request: pytest.FixtureRequest, usual_judges: Sequence[Judge]) -> Sequence[Judge]:
    if request.node.get_closest_marker("spark") is None or find_spec("pyspark") is None:
        return usual_judges
    return [*usual_judges, request.getfixturevalue("spark_judge")]


@pytest.fixture(scope="session")
def inputs() -> Path:
    return BROKEN
