"""Findings and what follows from them as values."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from checker.service.api.values.base import DIGEST, HASH, Day, Id, Moment, Number, Value

_SENTENCE = "一小 2024-2025-1：科普讲座次数 1 次，目标不少于 2 次，未达标，还差 1 次，请补办科普讲座，并附活动记录。"
_OBSERVED = {"value": "1", "numerator": None, "denominator": None}
_SOURCE = {
    "document": "平罗县全民科学素质行动规划纲要实施方案（2021—2025年）", "section": "二（一）3",
    "clause": "每学期举办科普讲座不少于2次",
}  # fmt: skip
_DOSSIER = {
    "schema": "checker.explanation/1", "id": "d2950af990f1e162", "rule": "youth.lectures", "unit": "school-001",
    "period": "2024-2025-1", "verdict": "not_met", "explanation": _SENTENCE, "source": _SOURCE,
    "measure": "科普讲座次数 1 次", "target": "at_least 2", "to_be_met": "再增加 1 次，其余不变", "parts": [],
}  # fmt: skip
_COUNTS = {"met": 1, "not_met": 0, "pending": 2, "unknown": 0, "waived": 0}
Unit = Annotated[str, Field(examples=["school-001"])]
Rule = Annotated[str, Field(examples=["youth.lectures"])]
PeriodTold = Annotated[str, Field(examples=["2024-2025-1"])]
Code = Annotated[str, Field(examples=["education-sports"])]
UnitName = Annotated[str, Field(examples=["一小"])]
VerdictTold = Annotated[str, Field(examples=["not_met"])]
Causes = Annotated[list[str], Field(examples=[["data"]])]
Explained = Annotated[str, Field(examples=[_SENTENCE])]
FactsDigest = Annotated[str, Field(examples=[HASH])]


class FindingOut(Value):
    """A finding with the keys of ``checker check --format json``.

    `relation` says how it is reached: of a finding that one's unit merely contributes to, the figures of others are
    left out. `causes`: what caused the last change; `facts_digest`: the facts that decided it.
    """

    id: str = Field(examples=["d2950af990f1e162"])
    rule: Rule
    commitment: str = Field(examples=["C03"])
    force: str = Field(examples=["must"])
    unit: Unit
    unit_name: UnitName
    period: PeriodTold
    verdict: VerdictTold
    underlying: str | None = Field(examples=[None])
    observed: dict[str, str | None] | None = Field(examples=[_OBSERVED])
    bounds: list[str | None] = Field(examples=[["1", "1"]])
    target: str = Field(examples=["at_least 2"])
    shortfall: str | None = Field(examples=["1"])
    reason: str | None = Field(examples=[None])
    pace: str | None = Field(examples=[None])
    waiver: str | None = Field(examples=[None])
    responsible: list[Code]
    answerable: list[Unit]
    source: dict[str, str] = Field(examples=[_SOURCE])
    explanation: Explained | None
    relation: str = Field(examples=["own"])
    as_of: Day
    changed: Moment | None
    causes: Causes
    facts_digest: FactsDigest | None


class DossierOut(Value):
    """What a finding rests on, as ``checker explain --format json`` gives it."""

    finding: FindingOut
    dossier: dict[str, Any] = Field(examples=[_DOSSIER])


class ChangeOut(Value):
    """One change of a finding: a verdict of null means that nobody asks any more."""

    at: Moment
    as_of: Day
    causes: Causes
    before: str | None = Field(examples=["unknown"])
    verdict: VerdictTold | None
    explanation: Explained | None
    facts_digest: FactsDigest
    run: Number


class RunOut(Value):
    """One judging."""

    id: Number
    at: Moment
    causes: Causes
    as_of: Day
    rulebook: str = Field(examples=[DIGEST])
    version: str = Field(examples=["0.1.0"])
    engine: str = Field(examples=["durable"])
    judged: int = Field(examples=[24])
    changed: int = Field(examples=[2])
    submission: Id | None


class AlertOut(Value):
    """What several findings of a unit give rise to."""

    id: Number
    follow_up: str = Field(examples=["repeat"])
    unit: Unit
    rule: Rule | None
    periods: list[str] = Field(examples=[["2023-2024-2", "2024-2025-1"]])
    escalate_to: list[Code]
    since: Moment


class CountsOut(Value):
    """Findings counted by verdict; both rates, as checked and after waivers, are of what is due."""

    key: str = Field(examples=["二（一）"])
    name: str = Field(examples=["青少年科学素质提升行动"])
    met: int = Field(examples=[17])
    not_met: int = Field(examples=[2])
    pending: int = Field(examples=[13])
    unknown: int = Field(examples=[0])
    waived: int = Field(examples=[1])
    rate: str | None = Field(examples=["85%"])
    rate_after_waivers: str | None = Field(examples=["89.47%"])
    strive: dict[str, int] = Field(examples=[_COUNTS])


class SummaryOut(Value):
    """Counts by one thing, as of a day."""

    as_of: Day
    by: str = Field(examples=["section"])
    rows: list[CountsOut]


class ReminderOut(Value):
    """What a unit has still to report, by when, and which findings wait for it.

    `area`: the township or department that the unit belongs to.
    """

    area: str = Field(examples=["chengguan"])
    unit: Unit
    unit_name: UnitName
    indicator: str = Field(examples=["science_lectures"])
    indicator_name: str = Field(examples=["科普讲座次数"])
    period: PeriodTold
    due: Day
    overdue: bool
    findings: list[Id]
