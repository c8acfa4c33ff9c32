"""Targets: what a measure must reach, as an exact interval.

Follows "Numbers" and "Verdicts" of the contract: `at_least` and `at_most` include the figure, `more_than` and
`less_than` exclude it, `between` includes both ends, `equals` is exact.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from pydantic import BaseModel, ConfigDict

from checker.model.number import Number


class Form(StrEnum):
    """The forms of a target; the values are the words of the rulebook."""

    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    EQUALS = "equals"


FLOORS = frozenset({Form.AT_LEAST, Form.MORE_THAN})
CEILINGS = frozenset({Form.AT_MOST, Form.LESS_THAN})


class Figure(BaseModel):
    """What has to be reached: an interval from `low` to `high`, equal but for `between`, as the rulebook writes it.

    `written` is the figures' text, such as ``85%``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    form: Form
    low: int | Fraction
    high: int | Fraction
    written: tuple[str, ...]

    def __str__(self) -> str:
        """Give the form and the figures as findings show them: ``at_least 85%``, ``between 3 and 5``."""
        return f"{self.form.value} {' and '.join(self.written)}"

    def holds(self, lower: Number, upper: Number | None) -> bool:
        """Whether every value from `lower` to `upper` (None: without end) satisfies it."""
        return holds(self.form, self.low, self.high, lower, upper)

    def fails(self, lower: Number, upper: Number | None) -> bool:
        """Whether no value from `lower` to `upper` (None: without end) satisfies it."""
        return fails(self.form, self.low, self.high, lower, upper)


def holds(form: Form, low: Number, high: Number, lower: Number, upper: Number | None) -> bool:
    """Whether every value from `lower` to `upper` (None: without end) satisfies a target of `form`."""
    if form is Form.AT_LEAST:
        return lower >= low
    if form is Form.MORE_THAN:
        return lower > low
    if upper is None:
        return False
    if form is Form.AT_MOST:
        return upper <= high
    if form is Form.LESS_THAN:
        return upper < high
    return lower >= low and upper <= high


def fails(form: Form, low: Number, high: Number, lower: Number, upper: Number | None) -> bool:
    """Whether no value from `lower` to `upper` (None: without end) satisfies a target of `form`."""
    if form is Form.AT_MOST:
        return lower > high
    if form is Form.LESS_THAN:
        return lower >= high
    if form is Form.AT_LEAST:
        return upper is not None and upper < low
    if form is Form.MORE_THAN:
        return upper is not None and upper <= low
    return lower > high or (upper is not None and upper < low)


def decided_by(form: Form, low: Number, high: Number, lower: Number) -> bool | None:
    """Give whether what is there decides a target for good, whatever a flow still adds: met, failed, or None."""
    if form in FLOORS and holds(form, low, high, lower, None):
        return True
    return False if form in CEILINGS and fails(form, low, high, lower, None) else None


class Target(BaseModel):
    """A figure from a date on: one for all units, or a table of units and their figures (任务分解).

    `start` None: from the beginning. `parts_of` names the rule whose figure the table's parts must reach.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: date | None = None
    figure: Figure | None = None
    table: dict[str, Figure] | None = None
    parts_of: str | None = None

    def for_unit(self, unit: str) -> Figure | None:
        """Give the figure for `unit`, or None where a table does not ask it."""
        return self.figure if self.table is None else self.table.get(unit)
