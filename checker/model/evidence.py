"""The evidence behind a finding: every fact that was looked at and what became of it.

Follows "Time" and "Measures and their bounds" of the contract, from the side of whoever disputes a verdict.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from checker.model.fact import Fact, Waiver
from checker.model.finding import Finding
from checker.model.number import Number
from checker.model.period import Period
from checker.model.problem import Place


class Fate(StrEnum):
    """What became of one reported value."""

    COUNTED = "counted"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL = "withdrawal"
    NOT_YET_KNOWN = "not_yet_known"
    OUTDATED = "outdated"
    OUT_OF_SCOPE = "out_of_scope"
    SPOILED = "spoiled"


class Role(StrEnum):
    """What one unit's figure does to the finding.

    In a total a unit `counts`, is `silent` (expected, but nothing is known), is `spoiled` (a record of it was set
    aside, so that what counts is a lower bound at most) or is `absent` (not expected, nothing counts). In a share it
    `satisfies`, `fails` or is `undecided`, or is `absent` because it is out of scope.
    """

    COUNTS = "counts"
    SILENT = "silent"
    SPOILED = "spoiled"
    ABSENT = "absent"
    SATISFIES = "satisfies"
    FAILS = "fails"
    UNDECIDED = "undecided"


class Witness(NamedTuple):
    """One reported value with its fate."""

    fact: Fact
    fate: Fate


class Part(NamedTuple):
    """What one unit contributes of one indicator in one period: its value (None: nothing counts) and its facts.

    `set_aside` are the places of the records that could not be used.
    """

    unit: str
    indicator: str
    period: Period
    role: Role
    value: Number | None
    witnesses: tuple[Witness, ...]
    set_aside: tuple[Place, ...] = ()


class Evidence(NamedTuple):
    """A finding with all its parts, its check date, when it is due, since when its target holds, and its waiver."""

    finding: Finding
    parts: tuple[Part, ...]
    check_date: date
    due_on: date
    target_since: date
    waiver: Waiver | None
