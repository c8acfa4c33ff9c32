"""Which sheets a template has: a type of unit, the periods that its indicators ask for, the units there are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from checker.model.period import PLAN, YEAR, Period
from checker.model.rulebook import Rulebook, indicators_of
from checker.model.unit import Registry, Unit
from checker.model.usage import Uses
from checker.model.worksheet import FIRST_ROW, Cell, Key, Sheet, indicators_for, label, reported_by


def default_periods(rulebook: Rulebook, unit_type: str, today: date) -> list[Period]:
    """Give the period to report now of each kind that the type's indicators need: the last that has begun by `today`.

    What only the whole window asks for is reported year by year.
    """
    wanted = {indicator.code for indicator in reported_by(rulebook, unit_type)}
    kinds = dict.fromkeys(rule.every for rule in rulebook.active() if wanted.intersection(indicators_of(rule.measure)))
    found = [_last_begun(rulebook, YEAR if kind == PLAN else kind, today) for kind in kinds]
    periods = sorted(
        {period for period in found if period is not None}, key=lambda period: (-period.days, period.first)
    )
    return [period for period in periods if indicators_for(rulebook, unit_type, period)]


def fitting(rulebook: Rulebook, unit_type: str) -> list[Period]:
    """Give the periods in which units of a type have anything to report, or in parts of them."""
    return Uses(rulebook).periods(indicator.code for indicator in reported_by(rulebook, unit_type))


def _last_begun(rulebook: Rulebook, kind: str, today: date) -> Period | None:
    window = rulebook.plan.window
    asked = rulebook.plan.periods(kind) or rulebook.plan.calendar.periods(kind, window.first, window.last)
    begun = [period for period in asked if period.first <= today]
    return begun[-1] if begun else (asked[0] if asked else None)


def sheets_for(rulebook: Rulebook, unit_type: str, registry: Registry | None, periods: Iterable[Period]) -> list[Sheet]:
    """Give a sheet for each period with a row for each unit in scope; without a registry rows to write names in.

    Periods in which the type reports nothing that a rule can use have no sheet.
    """
    sheets: list[Sheet] = []
    for period in periods:
        codes = [indicator.code for indicator in indicators_for(rulebook, unit_type, period)]
        if codes:
            units = [] if registry is None else _asked(rulebook, registry.of_type(unit_type), codes, period)
            columns = (Key.ID, Key.UNIT, *codes, Key.REPORTED_AT, Key.EVIDENCE, Key.NOTE)
            sheets.append(Sheet(period.code, unit_type, period, columns, _rows(units)))
    return sheets


def _asked(rulebook: Rulebook, units: Iterable[Unit], codes: list[str], period: Period) -> list[Unit]:
    """Give the units that exist on any day of `period` and report any of `codes`."""
    return [
        unit
        for unit in units
        if (unit.opened is None or unit.opened <= period.last)
        and (unit.closed is None or unit.closed > period.first)
        and any(rulebook.reports(unit, code) for code in codes)
    ]


def _rows(units: list[Unit]) -> list[tuple[int, list[Cell]]]:
    names = Counter(label(unit) for unit in units)
    return [
        (row, [unit.id, label(unit, alone=names[label(unit)] == 1)]) for row, unit in enumerate(units, start=FIRST_ROW)
    ]
