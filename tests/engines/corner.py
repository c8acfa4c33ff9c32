"""One small county's plan, to be asked about one corner of the contract at a time."""

from __future__ import annotations

from datetime import date

from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.finding import Finding, Verdict
from checker.model.number import ValueKind
from checker.model.rulebook import Measure, Nature, Rulebook, Total
from tests.engines.building import (
    indicator,
    rule,
    rulebook,
)

MET, NOT_MET, PENDING = Verdict.MET, Verdict.NOT_MET, Verdict.PENDING
UNKNOWN, WAIVED = Verdict.UNKNOWN, Verdict.WAIVED
LECTURES = indicator("lectures", "school")
PUPILS = indicator("pupils", "school", nature=Nature.LEVEL)
ACTIVE = indicator("active", "school", nature=Nature.LEVEL)
ROOM = indicator("room", "village", nature=Nature.LEVEL, value=ValueKind.BOOLEAN)
VISITS = indicator("visits", "village")
MONEY = indicator("money", of="finance", value=ValueKind.DECIMAL)
INDICATORS = [LECTURES, PUPILS, ACTIVE, ROOM, VISITS, MONEY]
AUTUMN, SPRING = "2024-2025-1", "2024-2025-2"
AFTER = date(2025, 2, 10)


def plan(measure: Measure, target: str, of_each: str = "school", every: str = "semester", grace: int = 0) -> Rulebook:
    return rulebook(INDICATORS, [rule("r", measure, target, of_each, every)], grace_days=grace)


def found(book: Rulebook, county: Data, as_of: date, period: str, unit_id: str = "school") -> Finding:
    findings = list(Assessment(book, county, as_of, PlainJudge()).findings())
    return next(one for one in findings if (one.unit.id, one.period.code) == (unit_id, period))


LECTURE_RULE = plan(Total(indicator="lectures"), "at_least 2")
