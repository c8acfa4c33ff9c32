"""The county that a scenario builds up: units, figures and waivers in people's words, and as files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from checker.authoring.testing.mismatch import Mismatch, meant
from checker.authoring.testing.vocabulary import NOTHING, UNIT_COLUMNS
from checker.model.language import Text
from checker.model.rulebook import Rule, Rulebook

FACTS = "submissions/facts.csv"
_UNIT_HEADER = ["id", "name", "type", "parent", "opened", "closed"]
_FACT_HEADER = ["unit", "indicator", "period", "value", "reported_at"]
_WAIVER_HEADER = ["id", "rule", "unit", "periods", "from", "until", "reason", "approved_by"]

Row = dict[str, str]


class County:
    """What one scenario hands in under one rulebook."""

    def __init__(self) -> None:
        self._units: list[Row] = []
        self._facts: list[Row] = []
        self._waivers: list[Row] = []

    def add_unit(self, row: Mapping[str, str], rulebook: Rulebook) -> None:
        """Add a unit as people write it: its name as id, type and parent by name, other columns as attributes."""
        types = {name.zh: key for group in rulebook.plan.unit_types for key, name in group.items()}
        unit = {UNIT_COLUMNS.get(key, key): value for key, value in row.items()}
        unit["type"] = meant(meant("类型", row, Text("列", "column")), types, Text("单位类型", "unit type"))
        unit["id"] = id_of(meant("单位", row, Text("列", "column")), rulebook)
        unit["parent"] = id_of(unit.get("parent", ""), rulebook)
        self._units.append(unit)

    def add_units(self, parent: str, count: int, kind: str, rulebook: Rulebook) -> None:
        """Add `count` units of one type below `parent`, numbered from 1."""
        for number in range(1, count + 1):
            self.add_unit({"单位": f"{kind}{number}", "类型": kind, "上级": parent}, rulebook)

    def report(self, unit: str, period: str, indicator: str, value: str, time: str = "") -> None:
        """Hand in one value; 无 is not handed in."""
        if value != NOTHING:
            fact = {"unit": unit, "indicator": indicator, "period": period, "value": value, "reported_at": time}
            self._facts.append(fact)

    def report_of_next(self, count: int, kind: str, period: str, indicator: str, value: str) -> None:
        """Hand in a value for the next `count` numbered units of a type that have not reported that indicator."""
        spoken = {fact["unit"] for fact in self._facts if fact["indicator"] == indicator}
        numbered = (unit["name"] for unit in self._units if unit["name"].removeprefix(kind).isdecimal())
        silent = [name for name in numbered if name not in spoken]
        if count > len(silent):
            raise Mismatch(
                Text(f"只剩 {len(silent)} 个{kind}还没有报送", f"only {len(silent)} of {kind} have not reported yet")
            )
        for name in silent[:count]:
            self.report(name, period, indicator, value)

    def waive(self, unit: str, rule: Rule, until: str, rulebook: Rulebook, **more: str) -> None:
        """Let `unit` off `rule` until a day; 无 is no waiver."""
        if until == NOTHING:
            return
        waiver = {"id": f"豁免{len(self._waivers) + 1}", "rule": rule.id, "unit": id_of(unit, rulebook)}
        self._waivers.append({**waiver, "until": until, "reason": "另有安排", "approved_by": "县政府", **more})

    def write(self, folder: Path) -> None:
        """Write the county's files."""
        self._write(folder, self._units, self._facts, self._waivers)

    def write_shuffled(self, folder: Path) -> None:
        """Write the same county in another order of rows, its figures in two files."""
        self._write(folder, self._units[::-1], self._facts[::2][::-1], self._waivers[::-1])
        _table(folder / "submissions" / "again" / "a.csv", self._facts[1::2][::-1], _FACT_HEADER)

    def _write(self, folder: Path, units: list[Row], facts: list[Row], waivers: list[Row]) -> None:
        _table(folder / "units.csv", units, _UNIT_HEADER)
        _table(folder / FACTS, facts, _FACT_HEADER)
        _table(folder / "waivers.csv", waivers, _WAIVER_HEADER)


def id_of(name: str, rulebook: Rulebook) -> str:
    """Give the id behind a name: the code of a department of the plan, else the name itself."""
    codes = {text.zh: code for code, text in rulebook.plan.departments.codes.items()}
    return codes.get(name, name)


def _table(path: Path, rows: list[Row], header: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = [*header, *dict.fromkeys(key for row in rows for key in row if key not in header)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
