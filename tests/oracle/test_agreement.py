from __future__ import annotations

from pathlib import Path

import pytest

from checker.engines.choosing import EngineName
from tests.oracle.agreement import compare

MANY = 240
IN_ONE = 24


@pytest.mark.parametrize("first", range(0, MANY, IN_ONE))
def test_every_engine_equals_the_oracle_in_every_field(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + IN_ONE):
        found = compare(seed, tmp_path / str(seed), (EngineName.PLAIN, EngineName.DURABLE))
        assert not found, "\n".join([*found, f"kept in {tmp_path / str(seed)}"])
