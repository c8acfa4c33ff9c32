"""Submissions, their facts and evidence as values."""

from __future__ import annotations

from pydantic import Field

from checker.service.api.problems import ProblemRecord
from checker.service.api.values.base import HASH, AtVersion, Id, Moment, Number, Said, Value
from checker.service.api.values.found import FindingOut
from checker.store.submissions import State


class WithReason(AtVersion):
    """A step that needs a reason."""

    reason: Said = Field(examples=["数字与台账不符，请核实"])


class Unlock(WithReason):
    """Opening again what was locked, until a time."""

    until: Moment = Field(examples=["2026-01-31T18:00:00+08:00"])


class SubmissionOut(Value):
    """A submission and its state. `on_behalf`: handed in by a unit above (代报)."""

    id: str = Field(examples=["9f86d081884c7d65"])
    unit: str = Field(examples=["school-001"])
    state: State
    by_account: Number
    on_behalf: bool
    file: str = Field(examples=["2024-2025-1.csv"])
    created: Moment
    reported: Moment | None
    changed: Moment
    reason: str = Field(examples=[""])
    unlocked_until: Moment | None = Field(examples=[None])
    version: Number


class Looked(Value):
    """What handing it in would give: whether it would be taken, how many facts, and what is wrong or doubtful."""

    acceptable: bool
    facts: Number
    problems: list[ProblemRecord]


class HandedInOut(Value):
    """A submission that was handed in, what is doubtful about it, and its unit's findings as they stand now."""

    submission: SubmissionOut
    problems: list[ProblemRecord]
    findings: list[FindingOut]
    run: Number | None = Field(description="判定的编号，草稿没有  the run that judged it, null for a draft")


class FactOut(Value):
    """One reported value; a value of null withdraws. `counts`: it was not returned since."""

    unit: str = Field(examples=["school-001"])
    indicator: str = Field(examples=["science_lectures"])
    period: str = Field(examples=["2024-2025-1"])
    value: str | None = Field(examples=["2"])
    reported_at: str | None = Field(examples=["2025-06-30T12:00:00"])
    evidence: str = Field(examples=["活动记录.pdf"])
    note: str = Field(examples=[""])
    file: str = Field(examples=["2024-2025-1.csv"])
    row: int | None = Field(examples=[2])


class EvidenceOut(Value):
    """A file of evidence, without its content."""

    id: Id
    submission: Id
    name: str = Field(examples=["活动记录.pdf"])
    type: str = Field(examples=["application/pdf"])
    size: int = Field(examples=[48213])
    sha256: str = Field(examples=[HASH])
    by_account: Number
    created: Moment
