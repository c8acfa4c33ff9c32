"""Submissions, their facts and evidence as values."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from checker.service.api.problems import ProblemRecord
from checker.service.api.values.base import AtVersion, Said, Value
from checker.service.api.values.found import FindingOut
from checker.store.submissions import State


class WithReason(AtVersion):
    """A step that needs a reason."""

    reason: Said = Field(examples=["数字与台账不符，请核实"])


class Unlock(WithReason):
    """Opening again what was locked, until a time."""

    until: datetime = Field(examples=["2026-01-31T18:00:00+08:00"])


class SubmissionOut(Value):
    """A submission and its state. `on_behalf`: handed in by a unit above (代报)."""

    id: str = Field(examples=["9f86d081884c7d65"])
    unit: str = Field(examples=["school-001"])
    state: State
    by_account: int
    on_behalf: bool
    file: str
    created: datetime
    reported: datetime | None
    changed: datetime
    reason: str
    unlocked_until: datetime | None
    version: int


class Looked(Value):
    """What handing it in would give: whether it would be taken, how many facts, and what is wrong or doubtful."""

    acceptable: bool
    facts: int
    problems: list[ProblemRecord]


class HandedInOut(Value):
    """A submission that was handed in, what is doubtful about it, and its unit's findings as they stand now."""

    submission: SubmissionOut
    problems: list[ProblemRecord]
    findings: list[FindingOut]
    run: int | None = Field(description="判定的编号，草稿没有  the run that judged it, null for a draft")


class FactOut(Value):
    """One reported value; a value of null withdraws. `counts`: it was not returned since."""

    unit: str
    indicator: str
    period: str
    value: str | None
    reported_at: str | None
    evidence: str
    note: str
    file: str
    row: int | None


class EvidenceOut(Value):
    """A file of evidence, without its content."""

    id: str
    submission: str
    name: str
    type: str
    size: int
    sha256: str
    by_account: int
    created: datetime
