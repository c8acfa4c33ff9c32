"""The workbook that units fill in: how its sheets are laid out, for whoever writes one and whoever reads one.

A sheet is one type of unit in one period. Row 1 is hidden and holds a key for each column, so that a column says what
it is wherever it is moved to: the column of unit ids holds the sheet's mark (template version, plan, unit type and
period), the column of an indicator its code and a fingerprint of its definition. Row 2 says the period, row 3 has the
headings, row 4 what each figure counts; from row 5 on there is a row for each unit. An empty cell is not reported.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from checker.model.language import NOTHING, Text, printable
from checker.model.period import Period
from checker.model.rulebook import Indicator, Rulebook
from checker.model.unit import Unit
from checker.model.usage import Uses

VERSION = "duixian.template/1"
NOTES = f"{VERSION} notes"
"""The mark of a sheet that is only to be read."""

KEY_ROW, PERIOD_ROW, HEAD_ROW, MEANING_ROW, FIRST_ROW = 1, 2, 3, 4, 5
LONGEST_LABEL = 200


class Key(StrEnum):
    """The columns that are no indicators; what is written in row 1 for them, but for the ids, where the mark stands."""

    ID = "#id"
    UNIT = "#unit"
    REPORTED_AT = "#reported_at"
    EVIDENCE = "#evidence"
    NOTE = "#note"


HEADINGS = {
    Key.ID: Text("单位编号", "unit id"),
    Key.UNIT: Text("单位", "unit"),
    Key.REPORTED_AT: Text("报送时间", "reported at"),
    Key.EVIDENCE: Text("佐证", "evidence"),
    Key.NOTE: Text("备注", "note"),
}


class Odd(NamedTuple):
    """A cell that holds no value: an error such as ``#N/A``, or a formula without its result, shown as ``=``."""

    text: str


Cell = str | float | bool | Odd
"""What a cell holds; an empty one "", a date its text as in ``2025-01-10``."""


class Grid(NamedTuple):
    """The cells of one sheet as read: rows by number with their cells from column A on, rows of empty cells left out.

    Rows may end early; the first is at least 1.
    """

    name: str
    rows: Sequence[tuple[int, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to fill in, or filled in: what each column from A on holds ("" for nothing), and rows from 5 on."""

    name: str
    unit_type: str
    period: Period
    columns: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[Cell]]]

    @property
    def indicators(self) -> dict[str, int]:
        """The codes of the indicators with the number of their column, from 0."""
        return {key: n for n, key in enumerate(self.columns) if key and key not in [*Key]}


def mark(plan: str, unit_type: str, period: Period) -> str:
    """Give what stands in row 1 of the column of ids."""
    return f"{VERSION} {plan} {unit_type} {period.code}"


def key_of(indicator: Indicator) -> str:
    """Give what stands in row 1 of an indicator's column: its code, and digits that change with its definition."""
    definition = hashlib.sha256(indicator.model_dump_json().encode()).hexdigest()
    return f"{indicator.code} {definition[:8]}"


def heading(indicator: Indicator) -> Text:
    """Give the heading of an indicator's column: its name and unit of measure."""
    name, unit = indicator.name, indicator.unit
    if unit == NOTHING:
        return Text(printable(name.zh), printable(name.en))
    return Text(printable(f"{name.zh}（{unit.zh}）"), printable(f"{name.en} ({unit.en})"))


def period_line(period: Period) -> Text:
    """Give what stands in row 2."""
    return Text(
        f"填报期间 {period.code}（{period.first} 至 {period.last}）",
        f"Period {period.code} ({period.first} to {period.last})",
    )


def label(unit: Unit, *, alone: bool = True) -> str:
    """Give what a unit is called in its row; `alone`: no other bears its name, so that the id need not follow it."""
    name = printable(unit.name)[:LONGEST_LABEL].strip()
    return name if name and alone else f"{name}（{unit.id}）"


def letter(number: int) -> str:
    """Give the letter of a column, numbered from 0: A, B, … Z, AA."""
    high, low = divmod(number, 26)
    return (letter(high - 1) if high else "") + chr(ord("A") + low)


def indicators_for(rulebook: Rulebook, unit_type: str, period: Period) -> list[Indicator]:
    """Give the indicators that units of a type report and some rule can use in `period`, in the rulebook's order."""
    uses = Uses(rulebook)
    return [one for one in reported_by(rulebook, unit_type) if uses.include(one.code, period)]


def reported_by(rulebook: Rulebook, unit_type: str) -> list[Indicator]:
    """Give the indicators that units of a type report, used or not."""
    departments = rulebook.plan.departments.unit_type
    return [
        indicator
        for indicator in rulebook.indicators.values()
        if unit_type in indicator.reporter.unit_types
        or (indicator.reporter.department is not None and unit_type == departments)
    ]
