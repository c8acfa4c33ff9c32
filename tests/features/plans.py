"""The plans that features/ speaks of, by the names that scenarios give them, and the broken inputs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from checker.model.rulebook import Rulebook
from checker.rulebook.loading import load

ROOT = Path(__file__).parents[2]
PLANS = {"平罗县": ROOT / "rules" / "pingluo-2021-2025", "小镇": ROOT / "fixtures" / "tiny-plan"}
BROKEN = ROOT / "fixtures" / "broken"


@cache
def rulebook_of(plan: str) -> Rulebook:
    """Give the rulebook that scenarios call `plan`, loaded once."""
    loaded = load(PLANS[plan])
    assert loaded.rulebook is not None, loaded.problems
    return loaded.rulebook
