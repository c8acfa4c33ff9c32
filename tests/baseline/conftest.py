"""A tiny county that changes between two checks, one input at a time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from checker.cli import run
from checker.rulebook.loading import default_folder

UNITS = """\
id,name,type,parent,opened,closed
pingluo,平罗县,county,,,
chengguan,城关镇,township,pingluo,,
one,一中,school,chengguan,,
two,二中,school,chengguan,,
finance,县财政局,department,pingluo,,
"""
FACTS = """\
unit,indicator,period,value,reported_at
one,science_lectures,2023-2024-1,2,2024-01-10
two,science_lectures,2023-2024-1,1,2024-01-10
one,science_lectures,2023-2024-2,1,2024-08-10
"""
WAIVERS = "id,rule,unit,periods,from,until,reason,approved_by\n"
RULE = "youth.lectures"

Found = dict[tuple[str, str], dict[str, Any]]


class Desk:
    """A folder of data and rules, checked by the command line."""

    def __init__(self, folder: Path) -> None:
        self.data, self.rules, self._changes = folder / "data", folder / "rules", folder / "changes.json"
        shutil.copytree(default_folder(), self.rules)
        self.write("units.csv", UNITS)
        self.write("submissions/a.csv", FACTS)
        self.write("waivers.csv", WAIVERS)
        self.saved, self.printed = folder / "saved.json", folder / "printed.json"

    def write(self, name: str, text: str) -> None:
        (self.data / name).parent.mkdir(parents=True, exist_ok=True)
        (self.data / name).write_text(text, encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        path = self.data / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    def check(self, as_of: str, *options: str | Path) -> int:
        common = ["check", self.data, "--rules", self.rules, "--as-of", as_of, "--engine", "plain", "--rule", RULE]
        return run([str(word) for word in (*common, *options)])

    def keep(self, as_of: str) -> None:
        """Check and keep both kinds of an earlier check."""
        assert self.check(as_of, "--save", self.saved, "--format", "json", "--output", self.printed) in (0, 1)

    def changes(self, as_of: str, baseline: Path | None = None) -> dict[str, Any]:
        """Check again and give what became of the findings since."""
        asked = ("--baseline", baseline or self.saved, "--format", "changes", "--output", self._changes)
        assert self.check(as_of, *asked) in (0, 1)
        found: dict[str, Any] = json.loads(self._changes.read_bytes())
        return found

    def found(self, as_of: str, baseline: Path | None = None) -> Found:
        """Give the same by unit and period."""
        return {(one["unit"], one["period"]): one for one in self.changes(as_of, baseline)["changes"]}


@pytest.fixture
def desk(tmp_path: Path, capsysbinary: object) -> Desk:  # noqa: ARG001 (keeps the screen quiet)
    return Desk(tmp_path)
