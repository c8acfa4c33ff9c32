"""A rulebook as a list of subjects, each with what it says key by key: what two rulebooks are compared by.

Layout, comments and the order of files leave no trace here; everything else that a rulebook can say does.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from checker.authoring.comparing.wording import (
    NATURES,
    VALUES,
    calendar_words,
    department_words,
    follow_up_words,
    listed,
    measure_words,
    period_words,
    reporter_words,
    scope_words,
    targets_words,
)
from checker.model.language import NOTHING, Text, same
from checker.model.rulebook import FollowUp, Force, Indicator, Measure, Plan, Rule, Rulebook, Section, Share, Status
from checker.model.target import Figure, Target


class Kind(StrEnum):
    """What a rulebook is made of."""

    PLAN = "plan"
    DEPARTMENT = "department"
    INDICATOR = "indicator"
    SECTION = "section"
    RULE = "rule"
    FOLLOW_UP = "follow_up"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


class Aspect(NamedTuple):
    """One key of a subject: what it says exactly (`value`, which is compared) and in words.

    `decides`: it can change a verdict, or what one counts for.
    """

    key: str
    name: Text
    value: object
    words: Text
    decides: bool = False


class Subject(NamedTuple):
    """One part of a rulebook that has a name of its own."""

    kind: Kind
    id: str
    title: Text
    aspects: tuple[Aspect, ...]


def subjects(rulebook: Rulebook) -> Iterator[Subject]:
    """Go through the plan, its departments, indicators, sections with their rules, follow-ups, and what has no rule."""
    plan = rulebook.plan
    yield Subject(Kind.PLAN, plan.id, plan.title, tuple(_of_plan(plan)))
    yield from _departments(plan)
    for indicator in rulebook.indicators.values():
        yield Subject(Kind.INDICATOR, indicator.code, indicator.name, tuple(_of_indicator(indicator, rulebook)))
    for section in rulebook.sections:
        yield Subject(Kind.SECTION, section.number, section.title, tuple(_of_section(section, plan)))
        for rule in section.rules:
            yield Subject(Kind.RULE, rule.id, rule.title, tuple(_of_rule(rule, rulebook)))
    for follow_up in rulebook.follow_ups:
        yield Subject(Kind.FOLLOW_UP, follow_up.id, follow_up.title, tuple(_of_follow_up(follow_up, plan)))
    for entry in rulebook.settled:
        reason = (_text("reason", "原因", "reason", entry.reason),)
        yield Subject(Kind.SETTLED, f"{entry.section} {entry.clause}", NOTHING, reason)
    names = {**rulebook.withdrawn.rules, **rulebook.withdrawn.indicators}
    for name, why in names.items():
        yield Subject(Kind.WITHDRAWN, name, NOTHING, (_text("reason", "原因", "reason", why),))


def _text(key: str, zh: str, en: str, text: Text | None) -> Aspect:
    return Aspect(key, Text(zh, en), text, text or NOTHING)


def _code(key: str, zh: str, en: str, code: str, decides: bool = False) -> Aspect:
    return Aspect(key, Text(zh, en), code, same(code), decides)


def _of_plan(plan: Plan) -> Iterator[Aspect]:
    yield _code("id", "编号", "id", plan.id)
    yield _text("title", "标题", "title", plan.title)
    yield _text("document", "文件", "document", plan.document)
    yield _code("number", "文号", "number", plan.number)
    yield _code("window", "规划期", "window", plan.window.code, decides=True)
    yield _code("time_zone", "时区", "time zone", plan.time_zone, decides=True)
    yield _code("grace_days", "报送宽限天数", "days of grace", str(plan.grace_days), decides=True)
    yield Aspect("calendar", Text("日历", "calendar"), plan.calendar, calendar_words(plan.calendar), decides=True)
    for kind, days in sorted(plan.asked.items()):
        how_often = period_words(kind, plan.calendar)
        name = Text(f"{how_often.zh}核查的期间", f"what is asked {how_often.en}")
        said = Text(f"首日在 {days.earliest} 至 {days.latest}", f"begins from {days.earliest} to {days.latest}")
        yield Aspect(f"asked.{kind}", name, days, said, decides=True)
    groups = [listed(group.values()) for group in plan.unit_types]
    above = Text(" > ".join(group.zh for group in groups), " > ".join(group.en for group in groups))
    yield Aspect("unit_types", Text("单位类型", "unit types"), plan.unit_types, above, decides=True)
    unit_type, below = plan.departments.unit_type, plan.departments.below
    yield _code("departments.unit_type", "部门的单位类型", "unit type of departments", unit_type, decides=True)
    yield _code("departments.below", "部门在其下唯一", "what departments stand below", below, decides=True)


def _departments(plan: Plan) -> Iterator[Subject]:
    for code, name in plan.departments.codes.items():
        yield Subject(Kind.DEPARTMENT, code, name, (_text("name", "名称", "name", name),))
    for code, group in plan.departments.groups.items():
        every = Aspect("every", Text("统指", "stands for every"), group.every, plan.type_name(group.every))
        yield Subject(Kind.DEPARTMENT, code, group.name, (_text("name", "名称", "name", group.name), every))


def _of_indicator(indicator: Indicator, rulebook: Rulebook) -> Iterator[Aspect]:
    reporter = indicator.reporter
    limits = sorted(check.at_most for check in rulebook.checks if check.indicator == indicator.code)
    yield _text("name", "名称", "name", indicator.name)
    yield _text("unit", "计量单位", "unit", indicator.unit)
    yield _text("counts", "数的是什么", "what one counts", indicator.counts)
    yield Aspect("nature", Text("性质", "nature"), indicator.nature, NATURES[indicator.nature], decides=True)
    yield Aspect("value", Text("数值", "value"), indicator.value, VALUES[indicator.value], decides=True)
    who = reporter.model_copy(update={"unit_types": tuple(sorted(reporter.unit_types))})
    yield Aspect("reporter", Text("谁报", "reporter"), who, reporter_words(reporter, rulebook.plan), decides=True)
    names = listed(rulebook.indicators[code].name for code in limits)
    yield Aspect("checks", Text("不应大于", "should not exceed"), limits, names)


def _of_section(section: Section, plan: Plan) -> Iterator[Aspect]:
    yield _text("title", "标题", "title", section.title)
    for key, name, codes in (
        ("lead", Text("牵头部门", "lead"), section.lead),
        ("support", Text("配合部门", "support"), section.support),
    ):
        yield Aspect(key, name, codes, listed(department_words(code, plan) for code in codes))
    yield _text("no_commitment", "没有承诺的原因", "why there is no commitment", section.no_commitment)


_FORCES = {Force.MUST: Text("应当", "must"), Force.STRIVE: Text("力争", "strive for")}
_STATUSES = {Status.ACTIVE: Text("启用", "in force"), Status.DRAFT: Text("草案", "draft")}


def _of_rule(rule: Rule, rulebook: Rulebook) -> Iterator[Aspect]:
    plan = rulebook.plan
    every, answerable = period_words(rule.every, plan.calendar), rule.answerable
    yield _code("commitment", "承诺", "commitment", rule.commitment)
    yield _text("title", "标题", "title", rule.title)
    yield _code("section", "出处", "section", rule.section)
    yield _code("clause", "条文", "clause", rule.clause)
    where = {key: sorted(texts) for key, texts in rule.of_each.where.items()}
    scope = (rule.of_each.unit_type, where)
    yield Aspect("of_each", Text("问哪些单位", "scope"), scope, scope_words(rule.of_each, plan), decides=True)
    yield Aspect("every", Text("多久一次", "period"), rule.every, every, decides=True)
    said = measure_words(rule.measure, rulebook)
    yield Aspect("measure", Text("度量", "measure"), _meaning(rule.measure), said, decides=True)
    targets = sorted((_asked(target) for target in rule.targets), key=lambda target: target[0])
    yield Aspect("target", Text("目标", "target"), targets, targets_words(rule, rulebook), decides=True)
    yield Aspect("force", Text("约束力", "force"), rule.force, _FORCES[rule.force], decides=True)
    yield Aspect("status", Text("状态", "status"), rule.status, _STATUSES[rule.status], decides=True)
    who = department_words(answerable, plan) if answerable else Text("牵头部门", "the lead")
    yield Aspect("answerable", Text("由谁整改", "answerable"), answerable, who)
    yield _text("reading", "我们的理解", "our reading", rule.reading)
    yield _text("remedy", "怎样补救", "remedy", rule.remedy)


def _of_follow_up(follow_up: FollowUp, plan: Plan) -> Iterator[Aspect]:
    yield _text("title", "标题", "title", follow_up.title)
    sets_off = (follow_up.kind, follow_up.count)
    yield Aspect("when", Text("何时预警", "when"), sets_off, follow_up_words(follow_up))
    types = listed(plan.type_name(unit_type) for unit_type in follow_up.unit_types)
    yield Aspect("unit_types", Text("哪些单位", "which units"), follow_up.unit_types, types)


def _meaning(measure: Measure) -> object:
    """Give what `measure` computes, however its figures are written and its conditions ordered."""
    if not isinstance(measure, Share):
        return measure
    return measure.of, sorted((condition.indicator, *_exact(condition.figure)) for condition in measure.conditions)


def _asked(target: Target) -> tuple[str, object, object, str | None]:
    table = {unit: _exact(figure) for unit, figure in (target.table or {}).items()}
    single = _exact(target.figure) if target.figure else None
    return str(target.start or ""), single, table, target.parts_of


def _exact(figure: Figure) -> tuple[str, str, str]:
    return figure.form.value, str(figure.low), str(figure.high)
