from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.hostile.mutating import answer, once, write

MANY = 500
IN_ONE = 50


def test_the_county_is_sound_before_it_is_mutated(tmp_path: Path) -> None:
    write(tmp_path / "county")
    assert answer(random.Random(1), tmp_path / "county") == 1


@pytest.mark.parametrize("first", range(0, MANY, IN_ONE))
def test_a_mutated_county_gets_verdicts_or_problems_never_a_crash(first: int, tmp_path: Path) -> None:
    ends = {once(seed, tmp_path) for seed in range(first, first + IN_ONE)}
    assert {1, 2} <= ends <= {0, 1, 2}
