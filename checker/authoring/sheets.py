"""A rule or a rulebook in words, for those who have to keep it: clause, formula, figure, who reports, who answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from checker.explaining.words import target_words, unit_of
from checker.model.language import NOTHING, Text, same
from checker.model.number import ValueKind
from checker.model.period import MONTH, PLAN, QUARTER, YEAR
from checker.model.rulebook import (
    Change,
    Condition,
    FollowUp,
    FollowUpKind,
    Force,
    Indicator,
    Nature,
    Ratio,
    Rule,
    Rulebook,
    Section,
    Share,
    Status,
    Total,
    indicators_of,
)
from checker.model.target import Target


class Line(NamedTuple):
    """A heading and what is said under it, one or several statements."""

    label: Text
    statements: tuple[Text, ...]


class Sheet(NamedTuple):
    """What is said of one rule, section or the like."""

    title: Text
    lines: tuple[Line, ...]


_KINDS = {
    YEAR: Text("每年", "each year"),
    QUARTER: Text("每季度", "each quarter"),
    MONTH: Text("每月", "each month"),
}
_FORCES = {
    Force.MUST: Text("应当", "must"),
    Force.STRIVE: Text("力争，另计", "strive, counted apart"),
}
_DRAFT = Text("；草案，要求时才判定", "; a draft, judged only when asked for")
_NATURES = {
    Nature.FLOW: Text("各期相加", "adds up over the periods"),
    Nature.LEVEL: Text("取期内最晚的数", "the latest in the period counts"),
}


def rule_sheet(rule: Rule, rulebook: Rulebook) -> Sheet:
    """Give everything that is said of `rule`, headings without a statement left out."""
    indicators = [rulebook.indicators[code] for code in indicators_of(rule.measure)]
    lines = [
        _line("编号", "Id", _identity(rule)),
        _line("原文", "Clause", _clause(rule, rulebook)),
        _line("我们的理解", "Our reading", rule.reading),
        _line("要求谁", "Who is asked", whom_words(rule, rulebook)),
        _line("计算", "Formula", formula_words(rule, rulebook)),
        _line("目标", "Target", *(_dated(target, rule, rulebook) for target in rule.targets)),
        _line("报什么", "What is reported", *(_indicator(one, rulebook) for one in indicators)),
        _line("谁负责", "Who answers", _answerable(rule, rulebook)),
        _line("未达到时", "When not met", rule.remedy),
    ]
    return Sheet(rule.title, tuple(line for line in lines if line.statements))


def section_sheet(section: Section, rulebook: Rulebook) -> Sheet:
    """Give what is said of a section before its rules."""
    title = Text(f"{section.number} {section.title.zh}", f"{section.number} {section.title.en}")
    lines = [
        _line("牵头", "Lead", _departments(section.lead, rulebook)),
        _line("配合", "Support", _departments(section.support, rulebook) if section.support else None),
        _line("没有量化承诺", "No quantified commitment", section.no_commitment),
    ]
    return Sheet(title, tuple(line for line in lines if line.statements))


def further_sheets(rulebook: Rulebook) -> Iterator[Sheet]:
    """Go through what stands beside the rules: follow-ups and clauses that need no rule."""
    if rulebook.follow_ups:
        lines = tuple(Line(one.title, (_follow_up(one, rulebook),)) for one in rulebook.follow_ups)
        yield Sheet(Text("后续措施", "Follow-ups"), lines)
    if rulebook.settled:
        clauses = (Line(same(f"{one.section}“{one.clause}”"), (one.reason,)) for one in rulebook.settled)
        yield Sheet(Text("不立规则的条款", "Clauses without a rule"), tuple(clauses))


def whom_words(rule: Rule, rulebook: Rulebook) -> Text:
    """Give whom a rule asks, and how often."""
    plan, scope = rulebook.plan, rule.of_each
    unit = plan.type_name(scope.unit_type)
    where = "".join(f"（{key}：{'、'.join(texts)}）" for key, texts in scope.where.items())
    periods = plan.periods(rule.every)
    often = Text(f"整个规划期 {plan.window.code}", f"over the whole plan {plan.window.code}")
    if rule.every != PLAN:
        name, span = _kind_words(rule.every, rulebook), f"{periods[0].code} – {periods[-1].code}"
        often = Text(f"{name.zh}（{span}，共 {len(periods)} 期）", f"{name.en} ({span}, {len(periods)} periods)")
    return Text(f"每个{unit.zh}{where}，{often.zh}", f"each {unit.en}{where}, {often.en}")


def formula_words(rule: Rule, rulebook: Rulebook) -> Text:
    """Give what a rule computes."""
    measure, name = rule.measure, {code: one.name for code, one in rulebook.indicators.items()}
    below = Text("本单位及其下级合计", "added over the unit and all below it")
    if isinstance(measure, Share):
        counted = rulebook.plan.type_name(measure.of)
        told = [_condition(one, rulebook) for one in measure.conditions]
        return Text(
            f"下级{counted.zh}中符合全部条件的个数 ÷ {counted.zh}总数；条件：{'；'.join(one.zh for one in told)}",
            f"number of {counted.en} units below that satisfy all conditions ÷ all {counted.en} units below; "
            f"conditions: {'; '.join(one.en for one in told)}",
        )
    if isinstance(measure, Ratio):
        over, under = name[measure.numerator], name[measure.denominator]
        return Text(f"{over.zh} ÷ {under.zh}（各自{below.zh}）", f"{over.en} ÷ {under.en} (each {below.en})")
    one = name[measure.indicator]
    if isinstance(measure, Change):
        return Text(
            f"本期{one.zh} − 上一期{one.zh}（{below.zh}）", f"{one.en}: this period less the one before ({below.en})"
        )
    return Text(f"{one.zh}（{below.zh}）", f"{one.en} ({below.en})")


def _kind_words(kind: str, rulebook: Rulebook) -> Text:
    cycle = rulebook.plan.calendar.cycle
    if cycle and cycle.kind == kind:
        return Text(f"每{cycle.name.zh}", f"each {cycle.name.en}")
    return _KINDS[kind]


def _line(zh: str, en: str, *statements: Text | None) -> Line:
    return Line(Text(zh, en), tuple(one for one in statements if one is not None))


def _identity(rule: Rule) -> Text:
    force, draft = _FORCES[rule.force], _DRAFT if rule.status is Status.DRAFT else NOTHING
    return Text(
        f"{rule.id}（{rule.commitment}，{force.zh}{draft.zh}）", f"{rule.id} ({rule.commitment}, {force.en}{draft.en})"
    )


def _clause(rule: Rule, rulebook: Rulebook) -> Text:
    document = rulebook.plan.document
    return Text(f"{document.zh} {rule.section}“{rule.clause}”", f"{document.en} {rule.section} “{rule.clause}”")


def _dated(target: Target, rule: Rule, rulebook: Rulebook) -> Text:
    unit = NOTHING if isinstance(rule.measure, Share | Ratio) else unit_of(rule.measure, rulebook)
    if target.figure:
        said = target_words(target.figure, unit)
    else:
        parts = {one: target_words(figure, unit) for one, figure in (target.table or {}).items()}
        said = Text("；".join(f"{one} {words.zh}" for one, words in parts.items()),
                    "; ".join(f"{one} {words.en}" for one, words in parts.items()))  # fmt: skip
    if target.parts_of:
        said = Text(f"{said.zh}（分解自 {target.parts_of}）", f"{said.en} (parts of {target.parts_of})")
    return Text(f"自 {target.start} 起{said.zh}", f"from {target.start} on {said.en}") if target.start else said


def _condition(condition: Condition, rulebook: Rulebook) -> Text:
    indicator = rulebook.indicators[condition.indicator]
    if indicator.value is ValueKind.BOOLEAN:
        yes, no = (Text("是", "yes"), Text("否", "no"))
        said = yes if condition.figure.low else no
        return Text(f"{indicator.name.zh}为{said.zh}", f"{indicator.name.en}: {said.en}")
    words = target_words(condition.figure, indicator.unit)
    return Text(f"{indicator.name.zh}{words.zh}", f"{indicator.name.en} {words.en}")


def _indicator(one: Indicator, rulebook: Rulebook) -> Text:
    reporters = [rulebook.plan.type_name(unit_type) for unit_type in one.reporter.unit_types]
    who = (
        Text(f"每个{'、'.join(t.zh for t in reporters)}", f"each {' and '.join(t.en for t in reporters)}")
        if reporters
        else _departments([one.reporter.department or ""], rulebook)
    )
    nature = _NATURES[one.nature]
    return Text(
        f"{one.name.zh}（{one.code}，{one.unit.zh}）：{one.counts.zh}；{nature.zh}；由{who.zh}报送",
        f"{one.name.en} ({one.code}, {one.unit.en}): {one.counts.en}; {nature.en}; reported by {who.en}",
    )


def _answerable(rule: Rule, rulebook: Rulebook) -> Text:
    """Say who answers for a finding: the unit itself where it reports, else a department ("Units" of the contract)."""
    measured = [rulebook.indicators[code].reporter for code in indicators_of(rule.measure)]
    unit = rulebook.plan.type_name(rule.of_each.unit_type)
    leads = _departments(rule.lead, rulebook)
    if isinstance(rule.measure, Total | Ratio | Change) and any(
        rule.of_each.unit_type in reporter.unit_types for reporter in measured
    ):
        return Text(f"{unit.zh}自己（牵头：{leads.zh}）", f"the {unit.en} itself (lead: {leads.en})")
    if rule.answerable:
        named = _departments([rule.answerable], rulebook)
        return Text(f"{named.zh}（牵头：{leads.zh}）", f"{named.en} (lead: {leads.en})")
    return leads


def _departments(codes: Iterable[str], rulebook: Rulebook) -> Text:
    departments = rulebook.plan.departments
    names = [departments.groups[code].name if code in departments.groups else departments.codes[code] for code in codes]
    return Text("、".join(name.zh for name in names), ", ".join(name.en for name in names))


def _follow_up(one: FollowUp, rulebook: Rulebook) -> Text:
    types = [rulebook.plan.type_name(unit_type) for unit_type in one.unit_types]
    zh, en = "、".join(t.zh for t in types), ", ".join(t.en for t in types)
    if one.kind is FollowUpKind.REPEAT:
        return Text(
            f"同一条规则连续 {one.count} 期未达到（{zh}）", f"one rule not met {one.count} periods in a row ({en})"
        )
    return Text(f"同一期有 {one.count} 条规则未达到（{zh}）", f"{one.count} rules not met in one period ({en})")
