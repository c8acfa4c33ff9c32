"""What a scenario builds up and looks at: a county's files, checked through the whole product."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from checker.advising.adviser import Adviser
from checker.advising.reminding import reminders
from checker.checking import Question, study
from checker.engines.choosing import EngineName, choose
from checker.engines.witnessing import Witnessing
from checker.explaining.advice import AdviceWords
from checker.explaining.reminder import reminder_row
from checker.explaining.words import PACES, PROBLEMS, REASONS, VERDICTS
from checker.intake.reading import Inputs
from checker.model.fact import Data
from checker.model.finding import Finding
from checker.model.language import Language
from checker.model.rulebook import Rule, Rulebook
from checker.model.run import Run
from checker.reporting.record import run_record
from checker.rulebook.loading import load

ROOT = Path(__file__).parents[2]
PLANS = {"平罗县": ROOT / "rules" / "pingluo-2021-2025", "小样": ROOT / "fixtures" / "tiny-plan"}
_LOADED: dict[str, Rulebook] = {}
WORDS = {text.zh: word.value for words in (VERDICTS, REASONS, PACES) for word, text in words.items()}
OUTCOMES = {"通过": 0, "不通过": 1, "数据有错，未作判定": 2}
CODES = {words.zh: code for code, words in PROBLEMS.items()}
FILES = {"单位名册": "units", "豁免": "waivers", "报送": "submissions/"}
COLUMNS = {
    "编号": "id", "类型": "type", "上级": "parent", "设立": "opened", "撤销": "closed",
    "规则": "rule", "单位": "unit", "期间": "period", "豁免期间": "periods", "起": "from", "止": "until",
    "理由": "reason",
}  # fmt: skip
SMALL_PLAN_IDS = {"北片": "north", "南片": "south"}
FACTS = "submissions/facts.csv"
BROKEN = ROOT / "fixtures" / "broken"
KEEPING_GOING, DRAFTS_TOO, UNKNOWN_PASSES = "有错的记录先搁置", "连同草案", "无法判定不算失败"
MANNERS = ("", KEEPING_GOING, DRAFTS_TOO, UNKNOWN_PASSES)
FACT_COLUMNS = ["unit", "indicator", "period", "value", "reported_at"]
WAIVER_COLUMNS = ["id", "rule", "unit", "periods", "from", "until", "reason", "approved_by"]
NOTHING = "无"

Row = dict[str, str]
Record = dict[str, Any]


def rulebook_of(plan: str) -> Rulebook:
    """Give the rulebook that scenarios call `plan`, loaded once."""
    if plan not in _LOADED:
        loaded = load(PLANS[plan])
        assert loaded.rulebook is not None, loaded.problems
        _LOADED[plan] = loaded.rulebook
    return _LOADED[plan]


class World:
    """One scenario's county, and what the last check of it said."""

    def __init__(self, folder: Path, engine: EngineName) -> None:
        self.folder, self.engine = folder, engine
        self.rulebook: Rulebook | None = None
        self.units: list[Row] = []
        self.facts: list[Row] = []
        self.waivers: list[Row] = []
        self.run: Run | None = None
        self.data: Data | None = None
        self.record: Record = {}
        self.finding: Record = {}
        self.written = False
        self.question = Question(as_of=date.min)
        self.allow_unknown = False

    @property
    def plan(self) -> Rulebook:
        assert self.rulebook is not None, "没有说明按哪个规划检查"
        return self.rulebook

    def add_unit(self, row: Mapping[str, str]) -> None:
        """Add a unit as people write it: names as ids, types and parents by name."""
        types = {name.zh: key for group in self.plan.plan.unit_types for key, name in group.items()}
        known = {"单位": "name", "类型": "type", "上级": "parent", "设立": "opened", "撤销": "closed"}
        known["规模"] = "size"
        unit = {known.get(key, key): value for key, value in row.items()}
        unit["type"] = types[unit["type"]]
        unit["id"] = self.id_of(unit["name"])
        unit["parent"] = self.id_of(unit.get("parent", ""))
        self.units.append(unit)

    def id_of(self, name: str) -> str:
        """Give the id behind a name: the code where the plan speaks of it by a code, else the name itself."""
        codes = {text.zh: code for code, text in self.plan.plan.departments.codes.items()}
        return {**codes, **SMALL_PLAN_IDS}.get(name, name)

    def name_of(self, unit_id: str) -> str:
        """Give the name behind an id."""
        return next((unit["name"] for unit in self.units if unit["id"] == unit_id), self._department(unit_id))

    def _department(self, code: str) -> str:
        return self.plan.plan.departments.codes[code].zh if code in self.plan.plan.departments.codes else code

    def add_units(self, parent: str, count: int, kind: str) -> None:
        """Add `count` units of one type below `parent`, numbered from 1."""
        for number in range(1, count + 1):
            self.add_unit({"单位": f"{kind}{number}", "类型": kind, "上级": parent})

    def report(self, unit: str, period: str, indicator: str, value: str, time: str = "") -> None:
        """Hand in one value; 无 is not handed in."""
        if value != NOTHING:
            fact = {"unit": unit, "indicator": indicator, "period": period, "value": value, "reported_at": time}
            self.facts.append(fact)

    def report_of_next(self, count: int, kind: str, period: str, indicator: str, value: str) -> None:
        """Hand in a value for the next `count` numbered units of a type that have not reported that indicator."""
        spoken = {fact["unit"] for fact in self.facts if fact["indicator"] == indicator}
        numbered = (unit["name"] for unit in self.units if unit["name"].removeprefix(kind).isdecimal())
        silent = [name for name in numbered if name not in spoken]
        assert count <= len(silent), f"只剩 {len(silent)} 个{kind}还没有报送"
        for name in silent[:count]:
            self.report(name, period, indicator, value)

    def rule(self, title: str) -> Rule:
        """Give the rule of that title."""
        return next(rule for rule in self.plan.rules.values() if rule.title.zh == title)

    def waive(self, unit: str, title: str, until: str, **more: str) -> None:
        """Let `unit` off the rule of that title until a day; 无 is no waiver."""
        if until == NOTHING:
            return
        waiver = {"id": f"豁免{len(self.waivers) + 1}", "rule": self.rule(title).id, "unit": self.id_of(unit)}
        self.waivers.append({**waiver, "until": until, "reason": "另有安排", "approved_by": "县政府", **more})

    def take(self, name: str) -> None:
        """Take the broken input of that name instead of what a scenario hands in."""
        self.folder, self.written = BROKEN / name, True
        assert self.folder.is_dir(), f"没有输入 {name}"

    def check(self, as_of: str, manner: str = "") -> None:
        """Write the county's files, unless they are there, and check them in one of the `MANNERS`."""
        assert manner in MANNERS, manner
        if not self.written:
            write_county(self.folder, self.units, self.facts, self.waivers)
        day = date.fromisoformat(as_of)
        self.allow_unknown = manner == UNKNOWN_PASSES
        self.question = Question(as_of=day, include_drafts=manner == DRAFTS_TOO, keep_going=manner == KEEPING_GOING)
        self.run, self.data = self._studied(self.folder)
        self.record = run_record(self.run, Language.ZH)

    def exit_status(self) -> int:
        """Give the exit status of the last check."""
        assert self.run is not None, "还没有检查"
        return self.run.exit_status(self.allow_unknown)

    def shuffled(self) -> Record:
        """Give what the same check says of the same county in another order of rows and files."""
        assert not self.written, "有错的输入不打乱"
        folder = self.folder / "shuffled"
        write_county(folder, self.units[::-1], self.facts[::2][::-1], self.waivers[::-1])
        _write(folder / "submissions" / "again" / "a.csv", self.facts[1::2][::-1], FACT_COLUMNS)
        return run_record(self._studied(folder)[0], Language.ZH)

    def _studied(self, folder: Path) -> tuple[Run, Data | None]:
        return study(self.plan, Inputs(folder=folder), self.question, choose(self.engine))

    def find(self, unit: str, period: str, title: str) -> Record | None:
        """Give the finding of a unit in a period under the rule of that title."""
        wanted = (self.rule(title).id, self.id_of(unit), period)
        findings = self.record["findings"]
        assert findings is not None, self.record["problems"]
        return next((f for f in findings if (f["rule"], f["unit"], f["period"]) == wanted), None)

    def advice(self) -> list[str]:
        """Give what would make the finding in question met, in sentences."""
        data, finding = self._behind()
        words = AdviceWords(self.plan, data.registry)
        found = Adviser(self.plan, data, self.question.as_of).advice(finding)
        return [] if found is None else [text.zh for text in (*words.summary(found), *map(words.need, found.needs))]

    def reminders(self) -> list[tuple[str, str, str]]:
        """Give who has to report something for the finding in question, by when, and whether that has passed."""
        (data, finding), as_of = self._behind(), self.question.as_of
        witnessing = Witnessing(self.plan, data, as_of)
        found = reminders([finding], witnessing, self.plan.plan, data.registry, as_of)
        rows = [reminder_row(one, self.plan, data.registry, Language.ZH) for one in found]
        return [(row.unit_name, row.due, row.state) for row in rows]

    def _behind(self) -> tuple[Data, Finding]:
        """Give the data that was checked, and the finding in question."""
        assert self.run is not None
        assert self.data is not None
        wanted = self.finding["id"]
        return self.data, next(one for one in self.run.findings or () if one.identity(self.plan.plan.id) == wanted)

    def alerts(self) -> list[Row]:
        """Give the alerts in words."""
        titles = {follow_up.id: follow_up.title.zh for follow_up in self.plan.follow_ups}
        return [
            {
                "提醒": titles[alert["follow_up"]],
                "单位": self.name_of(alert["unit"]),
                "事项": self.plan.rules[alert["rule"]].title.zh if alert["rule"] else NOTHING,
                "期间": "、".join(alert["periods"]),
                "提请": "、".join(self.name_of(code) for code in alert["escalate_to"]),
            }
            for alert in self.record["alerts"]
        ]

    def faults(self, row: int) -> set[str]:
        """Give what was said of one row of the reported figures; the header is row 1."""
        found = (problem for problem in self.record["problems"] if problem["file"] == FACTS)
        return {problem["code"] for problem in found if problem["row"] == row}

    def names(self, told: Row) -> bool:
        """Whether the last check named the problem `told` in words: 文件, 行, 列 and 意思; 无 where it has none."""
        code, column = CODES[told["意思"]], COLUMNS.get(told["列"], told["列"])
        return any(
            problem["file"].startswith(FILES[told["文件"]])
            and str(problem["row"] or NOTHING) == told["行"]
            and (problem["column"] or NOTHING) in (column, told["列"])
            and problem["code"] == code
            for problem in self.record["problems"]
        )


def without_places(record: Record) -> Record:
    """Give what does not depend on the order of rows and files: everything but the places of problems."""
    return {**record, "problems": sorted(problem["code"] for problem in record["problems"])}


def write_county(folder: Path, units: list[Row], facts: list[Row], waivers: list[Row]) -> None:
    """Write a county's files."""
    _write(folder / "units.csv", units, ["id", "name", "type", "parent", "opened", "closed"])
    _write(folder / FACTS, facts, FACT_COLUMNS)
    _write(folder / "waivers.csv", waivers, WAIVER_COLUMNS)


def _write(path: Path, rows: list[Row], header: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = [*header, *dict.fromkeys(key for row in rows for key in row if key not in header)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
