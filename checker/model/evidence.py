"""The evidence behind a finding: every fact that was looked at and what became of it.

Follows "Time" and "Measures and their bounds" of the contract, from the side of whoever disputes a verdict.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from checker.model.fact import Fact
from checker.model.finding import Finding
from checker.model.number import Number
from checker.model.period import Period


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

    In a total a unit `counts`, is `silent` (expected, but nothing is known or a record was set aside) or is `absent`
    (not expected, nothing counts). In a share it `satisfies`, `fails` or is `undecided`.
    """

    COUNTS = "counts"
    SILENT = "silent"
    ABSENT = "absent"
    SATISFIES = "satisfies"
    FAILS = "fails"
    UNDECIDED = "undecided"


class Witness(NamedTuple):
    """One reported value with its fate."""

    fact: Fact
    fate: Fate


class Part(NamedTuple):
    """What one unit contributes of one indicator in one period: its value (None: nothing counts) and its facts."""

    unit: str
    indicator: str
    period: Period
    role: Role
    value: Number | None
    witnesses: tuple[Witness, ...]


class Evidence(NamedTuple):
    """A finding with all its parts, the day it was checked on, when it is due and since when its target holds."""

    finding: Finding
    parts: tuple[Part, ...]
    check_date: date
    due_on: date
    target_since: date | None
