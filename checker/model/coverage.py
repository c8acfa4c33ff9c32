"""What a rulebook says beside its rules: clauses that need none, and names that must not be used again."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from checker.model.language import Text


class Settled(BaseModel):
    """A clause of the plan that states a figure and needs no rule, and why; `section` as in 三（三）2."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str
    clause: str
    reason: Text


class Withdrawn(BaseModel):
    """Ids of rules and codes of indicators that were in use once, each with why it is no longer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rules: dict[str, Text] = {}
    indicators: dict[str, Text] = {}
