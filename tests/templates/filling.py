"""Templates of the tiny rulebook, filled in as Excel would, and read again."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from checker.intake.reading import Inputs, Intake, read
from checker.model.language import Language
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry
from checker.templates.planning import sheets_for
from checker.templates.template import to_template
from tests.intake.building import UNITS, rulebook, write

SEMESTER = "2022-2023-1"
Change = Callable[[Worksheet], object]


def registry(units: str = UNITS) -> Registry:
    """Give the registry that a text says."""
    rows = [line.split(",") for line in units.splitlines()[1:]]
    from checker.model.period import parse_date
    from checker.model.unit import Unit

    return Registry(Unit(r[0], r[1], r[2], r[3] or None, parse_date(r[4]), parse_date(r[5])) for r in rows)


def template(
    unit_type: str, *periods: str, plan: Rulebook | None = None, units: str | None = UNITS, lang: Language = Language.ZH
) -> bytes:
    """Give the template of a type of unit for `periods`."""
    plan = plan or rulebook()
    found = [period for period in map(plan.plan.calendar.read, periods) if period]
    known = None if units is None else registry(units)
    return to_template(plan, known, sheets_for(plan, unit_type, known, found), lang)


def filled(content: bytes, cells: Mapping[str, object], change: Change | None = None) -> bytes:
    """Give the workbook with values in cells of its last sheet, such as ``C5``, and then changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[-1]
    for spot, value in cells.items():
        sheet[spot] = value  # type: ignore[assignment] # openpyxl takes what a cell can hold
    if change:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def handed_in(folder: Path, content: bytes, units: str = UNITS) -> Intake:
    """Read a data folder with the workbook as ``submissions/a.xlsx``."""
    write(folder, {"units.csv": units, "submissions/a.xlsx": content})
    return read(Inputs(folder), rulebook())


def reported(
    folder: Path, unit_type: str, period: str, cells: Mapping[str, object], change: Change | None = None
) -> Intake:
    """Fill in a template of one period and read it."""
    return handed_in(folder, filled(template(unit_type, period), cells, change))
