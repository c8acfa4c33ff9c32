"""Reminders (催报): a figure that somebody has still to report, what it decides and when that is due. Values only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from checker.model.finding import Finding
from checker.model.period import Period
from checker.model.problem import Place
from checker.model.unit import Unit


class Reminder(NamedTuple):
    """What `unit` has to report of one indicator in one period.

    `area` is the township or department, right below the county, that it belongs to: itself, one above it, or the
    county where it stands alone. `faulty`: where the records of it stand that were set aside, so that it has to mend
    them. `due`: when the first of the findings that it `decides` is due; it is `overdue` from that day on.
    """

    area: Unit
    unit: Unit
    indicator: str
    period: Period
    faulty: tuple[Place, ...]
    due: date
    overdue: bool
    decides: tuple[Finding, ...]
