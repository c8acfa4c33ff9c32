"""Findings and what follows from them as values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from checker.service.api.values.base import Value


class FindingOut(Value):
    """A finding with the keys of ``checker check --format json``.

    `relation` says how it is reached: of a finding that one's unit merely contributes to, the figures of others are
    left out. `causes`: what caused the last change; `facts_digest`: the facts that decided it.
    """

    id: str = Field(examples=["de27cc06d15f657e"])
    rule: str
    commitment: str
    force: str
    unit: str
    unit_name: str
    period: str
    verdict: str
    underlying: str | None
    observed: dict[str, str | None] | None
    bounds: list[str | None]
    target: str
    shortfall: str | None
    reason: str | None
    pace: str | None
    waiver: str | None
    responsible: list[str]
    answerable: list[str]
    source: dict[str, str]
    explanation: str | None
    relation: str = Field(examples=["own"])
    as_of: date
    changed: datetime | None
    causes: list[str]
    facts_digest: str | None


class DossierOut(Value):
    """What a finding rests on, as ``checker explain --format json`` gives it."""

    finding: FindingOut
    dossier: dict[str, Any]


class ChangeOut(Value):
    """One change of a finding: a verdict of null means that nobody asks any more."""

    at: datetime
    as_of: date
    causes: list[str]
    before: str | None
    verdict: str | None
    explanation: str | None
    facts_digest: str
    run: int


class RunOut(Value):
    """One judging."""

    id: int
    at: datetime
    causes: list[str]
    as_of: date
    rulebook: str
    version: str
    engine: str
    judged: int
    changed: int
    submission: str | None


class AlertOut(Value):
    """What several findings of a unit give rise to."""

    id: int
    follow_up: str
    unit: str
    rule: str | None
    periods: list[str]
    escalate_to: list[str]
    since: datetime


class CountsOut(Value):
    """Findings counted by verdict; both rates, as checked and after waivers, are of what is due."""

    key: str = Field(examples=["二（一）"])
    name: str
    met: int
    not_met: int
    pending: int
    unknown: int
    waived: int
    rate: str | None = Field(examples=["85%"])
    rate_after_waivers: str | None
    strive: dict[str, int]


class SummaryOut(Value):
    """Counts by one thing, as of a day."""

    as_of: date
    by: str
    rows: list[CountsOut]


class ReminderOut(Value):
    """What a unit has still to report, by when, and which findings wait for it.

    `area`: the township or department that the unit belongs to.
    """

    area: str
    unit: str
    unit_name: str
    indicator: str
    indicator_name: str
    period: str
    due: date
    overdue: bool
    findings: list[str]
