"""Every check of `checker rules lint`, by code."""

from __future__ import annotations

from checker.authoring.check import Check
from checker.authoring.checks.exemptions import NeedlessExemption, UnknownExemption
from checker.authoring.checks.names import RepeatedRule, ReusedIndicator, ReusedRule, UnusedIndicator
from checker.authoring.checks.remedies import NoRemedy
from checker.authoring.checks.reporters import AddedPercentages, NobodyReports
from checker.authoring.checks.scopes import NobodyAsked
from checker.authoring.checks.targets import DroppedUnit, IdleTarget, ShortParts
from checker.authoring.checks.wording import ComparisonDiffers, FigureDiffers, PersonsOrAttendances

CHECKS: dict[str, Check] = {
    check.code: check
    for check in (
        ReusedRule(),
        ReusedIndicator(),
        RepeatedRule(),
        UnusedIndicator(),
        FigureDiffers(),
        ComparisonDiffers(),
        PersonsOrAttendances(),
        IdleTarget(),
        DroppedUnit(),
        ShortParts(),
        AddedPercentages(),
        NobodyReports(),
        NobodyAsked(),
        NoRemedy(),
        UnknownExemption(),
        NeedlessExemption(),
    )
}
