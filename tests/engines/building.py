"""Builds small plans and data for tests of the engines, straight from values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from checker.model.department import Departments, Group
from checker.model.fact import Data, Fact, Spoiled, Waiver
from checker.model.instant import parse_instant
from checker.model.language import same
from checker.model.number import Number, ValueKind, parse_number
from checker.model.period import Calendar, Cycle, CyclePart, MonthDay, Period
from checker.model.problem import Place
from checker.model.rulebook import (
    Asked,
    FollowUp,
    FollowUpKind,
    Indicator,
    Measure,
    Nature,
    Plan,
    Reporter,
    Rule,
    Rulebook,
    Scope,
    Section,
)
from checker.model.target import Figure, Form, Target
from checker.model.unit import Registry, Unit

NOWHERE = Place("facts.csv", 2)
SEMESTER = Cycle(
    kind="semester",
    name=same("学期"),
    parts=(CyclePart(MonthDay(9, 1), MonthDay(1, 31)), CyclePart(MonthDay(2, 1), MonthDay(8, 31))),
)
CALENDAR = Calendar(cycle=SEMESTER)


def period(code: str) -> Period:
    read = CALENDAR.read(code)
    assert read is not None
    return read


def figure(text: str) -> Figure:
    """Give the target written as in findings: ``at_least 85%``, ``between 3 and 5``."""
    form, _, figures = text.partition(" ")
    written = tuple(figures.split(" and "))
    parsed = [parse_number(one) for one in written]
    values = [one[0] for one in parsed if one is not None]
    assert len(values) == len(written)
    return Figure(form=Form(form), low=values[0], high=values[-1], written=written)


def indicator(
    code: str, *types: str, nature: Nature = Nature.FLOW, value: ValueKind = ValueKind.INTEGER, of: str | None = None
) -> Indicator:
    reporter = Reporter(unit_types=types, department=of)
    return Indicator(
        code=code, name=same(code), unit=same("次"), counts=same(""), nature=nature, value=value, reporter=reporter
    )


def rule(rule_id: str, measure: Measure, target: str, of_each: str = "school", every: str = "semester") -> Rule:
    return Rule(
        id=rule_id,
        commitment="C01",
        title=same(rule_id),
        section="一",
        clause="…",
        lead=("education",),
        of_each=Scope(unit_type=of_each),
        every=every,
        measure=measure,
        targets=(Target(figure=figure(target)),),
    )


def rulebook(
    indicators: Iterable[Indicator], rules: Iterable[Rule], follow_ups: Iterable[FollowUp] = (), grace_days: int = 0
) -> Rulebook:
    plan = Plan(
        id="test",
        title=same("试"),
        document=same("试"),
        number="",
        window=period("2021-2025"),
        time_zone="Asia/Shanghai",
        grace_days=grace_days,
        calendar=CALENDAR,
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
            unit_type="department",
            below="county",
            codes={"education": same("教育局"), "finance": same("财政局")},
            groups={"townships": Group(name=same("各乡镇"), every="township")},
        ),
    )
    section = Section(number="一", title=same("一"), lead=("education",), support=(), rules=tuple(rules))
    return Rulebook(
        plan=plan,
        indicators={one.code: one for one in indicators},
        checks=(),
        sections=(section,),
        follow_ups=tuple(follow_ups),
    )


def follow_up(kind: FollowUpKind, count: int, *types: str) -> FollowUp:
    return FollowUp(id=kind.value, title=same(kind.value), kind=kind, count=count, unit_types=types)


def unit(
    unit_id: str, unit_type: str, parent: str | None = None, opened: date | None = None, closed: date | None = None
) -> Unit:
    return Unit(unit_id, unit_id, unit_type, parent, opened, closed)


COUNTY = unit("county", "county")
TOWN = unit("town", "township", "county")
SCHOOL = unit("school", "school", "town")


def fact(unit_id: str, code: str, when: str, value: Number | None, reported: str = "") -> Fact:
    instant = parse_instant(reported, ZoneInfo("Asia/Shanghai")) if reported else None
    return Fact(unit_id, code, period(when), value, instant, NOWHERE)


def spoiled(unit_id: str, code: str, when: str | None) -> Spoiled:
    return Spoiled(unit_id, code, period(when) if when else None)


def waiver(waiver_id: str, rule_id: str, until: str, start: str | None = None, *periods: str) -> Waiver:
    begin = date.fromisoformat(start) if start else None
    return Waiver(waiver_id, rule_id, "school", periods, begin, date.fromisoformat(until), "", "", NOWHERE)


def data(
    *facts: Fact,
    units: Iterable[Unit] = (COUNTY, TOWN, SCHOOL),
    waivers: Iterable[Waiver] = (),
    spoil: Iterable[Spoiled] = (),
) -> Data:
    return Data(Registry(units), list(facts), list(waivers), frozenset(spoil))
