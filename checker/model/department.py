"""The departments that a plan names, and names that stand for many units."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from checker.model.language import Text


class Group(BaseModel):
    """A name that stands for every unit of one type, such as 各乡镇."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Text
    every: str


class Departments(BaseModel):
    """The departments of the plan: their unit type, below what a code may stand once, and their names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unit_type: str
    below: str
    codes: dict[str, Text]
    groups: dict[str, Group] = {}
