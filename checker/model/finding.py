"""Findings and alerts, exact and without wording.

Follows "Verdicts", "Follow-ups" and "Findings as data" of the contract.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum
from typing import NamedTuple

from checker.model.number import Number
from checker.model.period import Period
from checker.model.rulebook import Rule
from checker.model.target import Figure
from checker.model.unit import Unit


class Verdict(StrEnum):
    """The outcome of one rule for one unit in one period."""

    MET = "met"
    NOT_MET = "not_met"
    PENDING = "pending"
    UNKNOWN = "unknown"
    WAIVED = "waived"


class Reason(StrEnum):
    """Why nothing can be decided; the first that fits, in this order."""

    NO_UNITS = "no_units"
    MISSING_FACTS = "missing_facts"
    ZERO_DENOMINATOR = "zero_denominator"


class Pace(StrEnum):
    """How a pending finding stands."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    UNKNOWN = "unknown"


class Silence(NamedTuple):
    """Who has still to report an indicator: the first units by id, at most three, and their total.

    `period` is the code of the period to report for: the finding's, or for a change perhaps the one before.
    """

    indicator: str
    period: str
    units: tuple[str, ...]
    total: int


NAMED_UNITS = 3
"""How many units a sentence names before it counts."""


class Finding(NamedTuple):
    """One rule, one unit, one period: the verdict and every exact number behind it.

    `lower` None: there are no bounds; `upper` None beside a `lower`: it is open. `numerator` and `denominator` belong
    to the lower bound of a ratio or share. `answerable` are unit ids, `responsible` codes of lead departments.
    """

    rule: Rule
    unit: Unit
    period: Period
    verdict: Verdict
    underlying: Verdict | None
    reason: Reason | None
    pace: Pace | None
    lower: Number | None
    upper: Number | None
    numerator: Number | None
    denominator: Number | None
    figure: Figure
    shortfall: Number | None
    waiver: str | None
    responsible: tuple[str, ...]
    answerable: tuple[str, ...]
    silent: tuple[Silence, ...]

    def identity(self, plan: str) -> str:
        """Give the id that is the same across runs, rule texts and values: 16 hexadecimal digits."""
        return identity_of(plan, self.rule.id, self.unit.id, self.period.code)


def identity_of(plan: str, rule: str, unit: str, period: str) -> str:
    """Give the id of the finding of `rule` for `unit` in the period of that code: 16 hexadecimal digits."""
    return hashlib.sha256(f"{plan}|{rule}|{unit}|{period}".encode()).hexdigest()[:16]


class Alert(NamedTuple):
    """What a follow-up derives from several findings; `rule` None for a cluster of several rules."""

    follow_up: str
    unit: str
    rule: str | None
    periods: tuple[str, ...]
    escalate_to: tuple[str, ...]
