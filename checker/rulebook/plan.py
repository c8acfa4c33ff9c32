"""plan.yaml -> the plan of the rulebook."""

from __future__ import annotations

from itertools import pairwise

from checker.model.coverage import Withdrawn
from checker.model.department import Departments, Group
from checker.model.language import Text, same
from checker.model.period import BUILT_IN_KINDS, PLAN, Calendar, Cycle, CyclePart, Period
from checker.model.rulebook import Asked, Plan
from checker.rulebook.faults import read, sound
from checker.rulebook.scalars import month_day_value
from checker.rulebook.schema import CalendarKind, DepartmentsEntry, PlanFile, WithdrawnEntry
from checker.rulebook.shapes import Bilingual
from checker.rulebook.source import Spot

_SPARE: dict[str, object] = {"id": "-", "title": "-", "document": "-", "window": "2000", "time_zone": "UTC"}
_VITAL = frozenset({"asked", "calendar"})


def text_of(label: str | Bilingual) -> Text:
    """Give a label in both languages; plain text reads alike in both."""
    return same(label) if isinstance(label, str) else Text(label.zh, label.en)


def compile_plan(spot: Spot) -> tuple[Plan, Withdrawn] | None:
    """Give the plan and what was withdrawn from it, complaining of what is wrong; None where rules cannot use them."""
    file = read(spot, PlanFile) or sound(spot.source, (), PlanFile, _SPARE, _VITAL)
    if file is None:
        return None
    _check_unit_types(spot / "unit_types", file)
    _check_groups(spot / "departments" / "groups", file.departments)
    calendar = _calendar(spot / "calendar", file.calendar)
    asked = {kind: Asked(earliest=days.first, latest=days.last) for kind, days in file.asked.items()}
    _check_asked(spot / "asked", calendar, asked)
    window = calendar.read(file.window)
    assert window is not None  # noqa: S101 (the schema let it through)
    return _plan(file, window, calendar, asked), _withdrawn(file.withdrawn)


def _plan(file: PlanFile, window: Period, calendar: Calendar, asked: dict[str, Asked]) -> Plan:
    departments = file.departments
    return Plan(
        id=file.id,
        title=text_of(file.title),
        document=text_of(file.document),
        number=file.number or "",
        window=window,
        time_zone=file.time_zone,
        grace_days=int(file.grace_days),
        calendar=calendar,
        asked=asked,
        unit_types=tuple({name: text_of(label) for name, label in group.items()} for group in file.unit_types),
        departments=Departments(
            unit_type=departments.unit_type,
            below=departments.below,
            codes={code: text_of(label) for code, label in departments.codes.items()},
            groups={
                code: Group(name=text_of(group.name), every=group.every) for code, group in departments.groups.items()
            },
        ),
    )


def _withdrawn(entry: WithdrawnEntry) -> Withdrawn:
    return Withdrawn(
        rules={name: text_of(reason) for name, reason in entry.rules.items()},
        indicators={code: text_of(reason) for code, reason in entry.indicators.items()},
    )


def _check_unit_types(spot: Spot, file: PlanFile) -> None:
    seen: dict[str, int] = {}
    for number, group in enumerate(file.unit_types):
        for name in group:
            if name in seen:
                (spot / number / name).complain(
                    Text(
                        f"单位类型重复：{name}（第 {seen[name]} 组已有）",
                        f"unit type {name} stands in group {seen[name]} too",
                    ),
                    Text("每个单位类型只写一次", "write each unit type once"),
                    at_key=True,
                )
            seen.setdefault(name, number + 1)


def _check_groups(spot: Spot, departments: DepartmentsEntry) -> None:
    for code in departments.groups:
        if code in departments.codes:
            (spot / code).complain(
                Text(f"代码重复：{code} 既是部门又是统称", f"{code} is both a department and a group"),
                Text("请改其中一个", "rename one of them"),
                at_key=True,
            )


def _calendar(spot: Spot, kinds: dict[str, CalendarKind]) -> Calendar:
    for kind, entry in kinds.items():
        parts = tuple(CyclePart(month_day_value(part.first), month_day_value(part.last)) for part in entry.parts)
        calendar = Calendar(cycle=Cycle(kind=kind, name=text_of(entry.name), parts=parts))
        if kind in BUILT_IN_KINDS:
            (spot / kind).complain(
                Text(f"{kind} 是固有的期间种类", f"{kind} is a kind of period already"),
                Text("请另取名字", "give it another name"),
                at_key=True,
            )
        elif not _follow_each_other(calendar, len(parts)):
            (spot / kind / "parts").complain(
                Text("各段有重叠，或长于一年", "the parts overlap, or take more than a year"),
                Text("每段应在下一段开始之前结束", "each part has to end before the next begins"),
            )
        return calendar
    return Calendar()


def _follow_each_other(calendar: Calendar, parts: int) -> bool:
    # 2000 to 2002 hold a leap day, so that parts which meet on it are found out.
    codes = [f"{year}-{year + 1}-{part + 1}" for year in (1999, 2000, 2001) for part in range(parts)]
    periods = [period for code in codes if (period := calendar.read(code))]
    return all(one.last < other.first for one, other in pairwise(periods))


def _check_asked(spot: Spot, calendar: Calendar, asked: dict[str, Asked]) -> None:
    for kind, days in asked.items():
        if kind == PLAN:
            (spot / kind).complain(
                Text("plan 总是整个规划期，不用写", "plan is always the whole window"),
                Text("请删去这一项", "delete this entry"),
                at_key=True,
            )
        elif knows(calendar, kind) and not calendar.periods(kind, days.earliest, days.latest):
            (spot / kind).complain(
                Text(
                    f"没有 {kind} 的首日在 {days.earliest} 至 {days.latest} 之间",
                    f"no {kind} begins from {days.earliest} to {days.latest}",
                ),
                Text("请放宽 from 和 until", "widen from and until"),
                at_key=True,
            )


def knows(calendar: Calendar, kind: str) -> bool:
    """Whether there are periods of that kind."""
    return kind in BUILT_IN_KINDS or (calendar.cycle is not None and kind == calendar.cycle.kind)
