"""What the repository's own features are about: both plans, on every engine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.engines.choosing import EngineName, choose
from checker.engines.judging import Judge
from checker.model.rulebook import Rulebook
from tests.features.plans import BROKEN, PLANS, rulebook_of


@pytest.fixture(scope="session")
def rulebooks() -> Sequence[Rulebook]:
    return [rulebook_of(plan) for plan in PLANS]


@pytest.fixture(scope="session")
def judges() -> Sequence[Judge]:
    """Every scenario is judged by every engine, and all must agree."""
    return [choose(name) for name in (EngineName.PLAIN, EngineName.DURABLE, EngineName.DUCKDB)]


@pytest.fixture(scope="session")
def inputs() -> Path:
    return BROKEN
