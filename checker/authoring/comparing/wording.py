"""What the parts of a rulebook say, in words: measures, targets, scopes, periods, reporters, calendars."""

from __future__ import annotations

from collections.abc import Iterable

from checker.explaining.words import target_words, unit_of
from checker.model.language import NOTHING, Text, same
from checker.model.number import ValueKind
from checker.model.period import MONTH, PLAN, QUARTER, YEAR, Calendar
from checker.model.rulebook import (
    Change,
    Condition,
    FollowUp,
    FollowUpKind,
    Measure,
    Nature,
    Plan,
    Ratio,
    Reporter,
    Rule,
    Rulebook,
    Scope,
    Share,
)
from checker.model.target import Target

NATURES = {
    Nature.FLOW: Text("流量，逐期相加", "a flow, added up"),
    Nature.LEVEL: Text("状态，取最晚", "a level, the latest"),
}
VALUES = {
    ValueKind.INTEGER: Text("整数", "whole numbers"),
    ValueKind.DECIMAL: Text("小数", "decimals"),
    ValueKind.PERCENT: Text("百分数", "percentages"),
    ValueKind.BOOLEAN: Text("是/否", "yes or no"),
}
_KINDS = {
    PLAN: Text("整个规划期", "the whole plan"),
    YEAR: Text("每年", "every year"),
    QUARTER: Text("每季度", "every quarter"),
    MONTH: Text("每月", "every month"),
}


def listed(texts: Iterable[Text]) -> Text:
    """Give `texts` one after the other."""
    found = list(texts)
    return Text("、".join(text.zh for text in found), ", ".join(text.en for text in found))


def period_words(kind: str, calendar: Calendar) -> Text:
    """Give how often something of `kind` is asked: 每学期."""
    if calendar.cycle and kind == calendar.cycle.kind:
        return Text(f"每{calendar.cycle.name.zh}", f"every {calendar.cycle.name.en}")
    return _KINDS.get(kind, same(kind))


def calendar_words(calendar: Calendar) -> Text:
    """Give the plan's own kind of period with the days of its parts."""
    if calendar.cycle is None:
        return Text("没有自己的期间", "no periods of its own")
    days = ((part.first, part.last) for part in calendar.cycle.parts)
    parts = [f"{first.month:02}-{first.day:02}—{last.month:02}-{last.day:02}" for first, last in days]
    name = calendar.cycle.name
    return Text(f"{name.zh}：{'、'.join(parts)}", f"{name.en}: {', '.join(parts)}")


def scope_words(scope: Scope, plan: Plan) -> Text:
    """Give which units are asked: 学校（stage 为 小学、初中）."""
    name = plan.type_name(scope.unit_type)
    if not scope.where:
        return Text(f"每个{name.zh}", f"each {name.en}")
    narrowed = listed(
        Text(f"{key} 为 {'或'.join(texts)}", f"{key} is {' or '.join(texts)}")
        for key, texts in sorted(scope.where.items())
    )
    return Text(f"每个{name.zh}（{narrowed.zh}）", f"each {name.en} ({narrowed.en})")


def measure_words(measure: Measure, rulebook: Rulebook) -> Text:
    """Give what is computed, in the names of indicators."""
    if isinstance(measure, Share):
        counted = rulebook.plan.type_name(measure.of)
        all_of = listed(_condition(condition, rulebook) for condition in measure.conditions)
        return Text(f"{counted.zh}中符合条件（{all_of.zh}）的占比", f"share of {counted.en} units with {all_of.en}")
    if isinstance(measure, Ratio):
        above, below = (rulebook.indicators[code].name for code in (measure.numerator, measure.denominator))
        return Text(f"{above.zh} ÷ {below.zh}", f"{above.en} ÷ {below.en}")
    name = rulebook.indicators[measure.indicator].name
    if isinstance(measure, Change):
        return Text(f"{name.zh}比上一期的增减", f"change of {name.en} from the period before")
    return Text(f"{name.zh}合计", f"total of {name.en}")


def targets_words(rule: Rule, rulebook: Rulebook) -> Text:
    """Give all targets of `rule`, from the first day on."""
    unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, rulebook)
    said = [_target(target, unit) for target in rule.targets]
    return Text("；".join(text.zh for text in said), "; ".join(text.en for text in said))


def reporter_words(reporter: Reporter, plan: Plan) -> Text:
    """Give who reports: 每个学校, or a department by name."""
    if reporter.department is not None:
        return department_words(reporter.department, plan)
    names = listed(plan.type_name(unit_type) for unit_type in reporter.unit_types)
    return Text(f"每个{names.zh}", f"each {names.en}")


def department_words(code: str, plan: Plan) -> Text:
    """Give what people call the department or group of that code."""
    group = plan.departments.groups.get(code)
    return group.name if group else plan.departments.codes.get(code, same(code))


def follow_up_words(follow_up: FollowUp) -> Text:
    """Give what sets a follow-up off."""
    count = follow_up.count
    if follow_up.kind is FollowUpKind.REPEAT:
        return Text(f"同一规则连续 {count} 期未达标", f"one rule not met {count} periods in a row")
    return Text(f"同一期 {count} 条规则未达标", f"{count} rules not met in one period")


def _condition(condition: Condition, rulebook: Rulebook) -> Text:
    indicator = rulebook.indicators[condition.indicator]
    said = target_words(condition.figure, NOTHING if indicator.value is ValueKind.BOOLEAN else indicator.unit)
    return Text(f"{indicator.name.zh}{said.zh}", f"{indicator.name.en} {said.en}")


def _target(target: Target, unit: Text) -> Text:
    if target.figure is not None:
        said = target_words(target.figure, unit)
    else:
        parts = [(name, target_words(figure, unit)) for name, figure in sorted((target.table or {}).items())]
        said = listed(Text(f"{name} {words.zh}", f"{name} {words.en}") for name, words in parts)
    if target.parts_of:
        said = Text(f"{said.zh}（分解自 {target.parts_of}）", f"{said.en} (parts of {target.parts_of})")
    return said if target.start is None else Text(f"{target.start} 起{said.zh}", f"{said.en} from {target.start}")
