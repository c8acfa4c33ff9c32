"""A tiny rulebook and data folders written on the spot, so that a test shows its whole input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from checker.intake.reading import Inputs, Intake, read
from checker.model.department import Departments
from checker.model.language import Text, same
from checker.model.number import Number, ValueKind
from checker.model.period import Calendar, Cycle, CyclePart, MonthDay
from checker.model.problem import Problem
from checker.model.rulebook import (
    Asked,
    Change,
    Check,
    Condition,
    Indicator,
    Measure,
    Nature,
    Plan,
    Ratio,
    Reporter,
    Rule,
    Rulebook,
    Scope,
    Section,
    Share,
    Status,
    Total,
)
from checker.model.target import Figure, Form, Target

UNITS = """id,name,type,parent,opened,closed,stage
pl,平罗县,county,,,,
town,城关镇,township,pl,,,
s1,一小,school,town,,,小学
s2,二小,school,town,2022-09-01,2024-02-01,小学
v1,一村,village,town,,,
finance,财政局,department,pl,,,
"""
HEADER = "unit,indicator,period,value,reported_at,evidence,note\n"


def _indicator(
    code: str, name: str, *types: str, level: bool = False, value: ValueKind = ValueKind.INTEGER, of: str | None = None
) -> Indicator:
    return Indicator(
        code=code,
        name=Text(name, code.replace("_", " ")),
        unit=same("次"),
        counts=same(""),
        nature=Nature.LEVEL if level else Nature.FLOW,
        value=value,
        reporter=Reporter(unit_types=types, department=of),
    )


def _rule(rule_id: str, measure: Measure, of_each: str, every: str, status: Status = Status.ACTIVE) -> Rule:
    figure = Figure(form=Form.AT_LEAST, low=1, high=1, written=("1",))
    return Rule(
        id=rule_id,
        commitment="C01",
        title=same(rule_id),
        section="一",
        clause="…",
        lead=("finance",),
        of_each=Scope(unit_type=of_each),
        every=every,
        measure=measure,
        targets=(Target(figure=figure),),
        status=status,
    )


def _plan() -> Plan:
    parts = (CyclePart(MonthDay(9, 1), MonthDay(1, 31)), CyclePart(MonthDay(2, 1), MonthDay(8, 31)))
    calendar = Calendar(cycle=Cycle(kind="semester", name=same("学期"), parts=parts))
    window = calendar.read("2021-2025")
    assert window is not None
    return Plan(
        id="tiny",
        title=same("试"),
        document=same("试"),
        number="",
        window=window,
        time_zone="Asia/Shanghai",
        grace_days=0,
        calendar=calendar,
        asked={
            "semester": Asked(earliest=date(2022, 9, 1), latest=date(2025, 12, 31)),
            "year": Asked(earliest=date(2022, 1, 1), latest=date(2025, 12, 31)),
        },
        unit_types=(
            {"county": same("县")},
            {"township": same("乡镇")},
            {"village": same("村")},
            {"school": same("学校"), "department": same("部门")},
        ),
        departments=Departments(
            unit_type="department", below="county", codes={"finance": Text("财政局", "Finance Bureau")}
        ),
    )


@cache
def rulebook() -> Rulebook:
    """Give a rulebook with a flow, levels, a percent, a boolean and money; semesters, years and the whole window."""
    indicators = (
        _indicator("lectures", "讲座次数", "school"),
        _indicator("pupils", "学生人数", "school", level=True),
        _indicator("taking_part", "参与人数", "school", level=True),
        _indicator("open", "开放", "school", "village", level=True, value=ValueKind.BOOLEAN),
        _indicator("literate", "素质比例", "township", level=True, value=ValueKind.PERCENT),
        _indicator("budget", "经费", value=ValueKind.DECIMAL, of="finance"),
        _indicator("twin", "双胞胎", "school"),
        _indicator("other_twin", "双胞胎", "school"),
    )
    one = Figure(form=Form.EQUALS, low=1, high=1, written=("是",))
    rules = (
        _rule("lectures", Total(indicator="lectures"), "school", "semester"),
        _rule("part", Ratio(numerator="taking_part", denominator="pupils"), "school", "semester"),
        _rule("open", Share(of="village", conditions=(Condition(indicator="open", figure=one),)), "county", "plan"),
        _rule("literate", Total(indicator="literate"), "township", "plan", Status.DRAFT),
        _rule("budget", Change(indicator="budget"), "county", "year"),
    )
    section = Section(number="一", title=same("一"), lead=("finance",), support=(), rules=rules)
    return Rulebook(
        plan=_plan(),
        indicators={indicator.code: indicator for indicator in indicators},
        checks=(Check(indicator="taking_part", at_most="pupils"),),
        sections=(section,),
        follow_ups=(),
    )


def reading(folder: Path, files: Mapping[str, str | bytes]) -> Intake:
    """Write `files` into a data folder and read it."""
    write(folder, {"units.csv": UNITS, **files})
    return read(Inputs(folder), rulebook())


def submitted(folder: Path, *rows: str, units: str = UNITS) -> Intake:
    """Read a data folder with one submission, `submissions/a.csv`, with these rows below the English header."""
    return reading(folder, {"units.csv": units, "submissions/a.csv": HEADER + "\n".join(rows)})


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files by relative path; text as UTF-8."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def spots(problems: Iterable[Problem]) -> list[str]:
    """Give each problem as ``code file:row [column]``."""
    return [f"{problem.code} {problem.place}" for problem in problems]


def values(intake: Intake) -> list[tuple[str, str, str, Number | None]]:
    """Give the facts as (unit, indicator, period code, value)."""
    assert intake.data is not None
    return [(fact.unit, fact.indicator, fact.period.code, fact.value) for fact in intake.data.facts]


def spoiled(intake: Intake) -> set[tuple[str, str, str | None]]:
    """Give the spoiled keys as (unit, indicator, period code)."""
    assert intake.data is not None
    return {(key.unit, key.indicator, key.period.code if key.period else None) for key in intake.data.spoiled}
