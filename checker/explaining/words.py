"""The words for verdicts, reasons, paces, targets and problems in both languages."""

from __future__ import annotations

from fractions import Fraction

from checker.model.changes import Cause, State
from checker.model.evidence import Fate, Role
from checker.model.finding import Pace, Reason, Verdict
from checker.model.language import Text, same
from checker.model.number import Number, ValueKind, shown, shown_percent, simplest
from checker.model.problem import Code
from checker.model.rulebook import Measure, Rulebook, Share, counted_in
from checker.model.target import Figure, Form
from checker.model.unit import Registry

VERDICTS = {
    Verdict.MET: Text("达标", "met"),
    Verdict.NOT_MET: Text("未达标", "not met"),
    Verdict.PENDING: Text("未到期", "pending"),
    Verdict.UNKNOWN: Text("无法判定", "unknown"),
    Verdict.WAIVED: Text("豁免", "waived"),
}
PACES = {
    Pace.REACHED: Text("目前已达到", "reached so far"),
    Pace.ON_TRACK: Text("进度正常", "on track"),
    Pace.BEHIND: Text("进度落后", "behind"),
    Pace.UNKNOWN: Text("进度不明", "pace unknown"),
}
REASONS = {
    Reason.NO_UNITS: Text("没有应统计或应报送的单位", "there is no unit in scope to count or to report"),
    Reason.MISSING_FACTS: Text("数据尚未报齐", "figures are missing"),
    Reason.ZERO_DENOMINATOR: Text("分母为 0", "the denominator is 0"),
}
ROLES = {
    Role.COUNTS: Text("计入", "counts"),
    Role.SILENT: Text("应报未报", "silent"),
    Role.SPOILED: Text("有记录被搁置，待更正", "has a record that was set aside and must be mended"),
    Role.ABSENT: Text("不计入", "does not count"),
    Role.SATISFIES: Text("符合", "satisfies"),
    Role.FAILS: Text("不符合", "fails"),
    Role.UNDECIDED: Text("未定", "undecided"),
}
FATES = {
    Fate.COUNTED: Text("计入", "counted"),
    Fate.SUPERSEDED: Text("已被更正", "superseded"),
    Fate.WITHDRAWN: Text("已撤回", "withdrawn"),
    Fate.WITHDRAWAL: Text("撤回", "a withdrawal"),
    Fate.NOT_YET_KNOWN: Text("当时尚未报送", "not yet known"),
    Fate.OUTDATED: Text("期间内有更晚的数", "a later period of the level counts"),
    Fate.OUT_OF_SCOPE: Text("单位不在册，存量不计", "its unit is out of scope"),
    Fate.SPOILED: Text("有记录被搁置，不计", "a record was set aside"),
}
STATES = {
    State.NEW: Text("新增", "new"),
    State.CHANGED: Text("有变化", "changed"),
    State.RESOLVED: Text("已解决", "resolved"),
    State.PERSISTING: Text("没有变化", "persisting"),
    State.GONE: Text("不再检查", "no longer asked"),
}
CAUSES = {
    Cause.SOFTWARE: Text("程序", "software"),
    Cause.CALENDAR: Text("日期", "calendar"),
    Cause.REGISTRY: Text("名册", "registry"),
    Cause.RULE: Text("规则", "rule"),
    Cause.WAIVER: Text("豁免", "waiver"),
    Cause.DATA: Text("数据", "data"),
}
PROBLEMS = {
    Code.MISSING_FILE: Text("缺少文件", "missing file"),
    Code.UNSUPPORTED_FILE: Text("不读这一种文件", "kind of file that is not read"),
    Code.MALFORMED_FILE: Text("文件读不懂", "unreadable file"),
    Code.UNKNOWN_COLUMN: Text("表头多了一列", "unknown column"),
    Code.MISSING_COLUMN: Text("表头少了一列", "missing column"),
    Code.BAD_UNIT: Text("单位信息有误", "faulty unit"),
    Code.DUPLICATE_UNIT: Text("单位重复", "unit that stands twice"),
    Code.BAD_PARENT: Text("上级有误", "faulty parent"),
    Code.UNKNOWN_UNIT: Text("单位不认识", "unknown unit"),
    Code.UNKNOWN_INDICATOR: Text("指标不认识", "unknown indicator"),
    Code.WRONG_REPORTER: Text("不由该单位报送", "not reported by that unit"),
    Code.BAD_VALUE: Text("数值或报送时间读不懂", "unreadable value or time of report"),
    Code.BAD_PERIOD: Text("期间读不懂", "unreadable period"),
    Code.FUTURE_PERIOD: Text("期间还没有开始", "period that had not begun"),
    Code.CONFLICTING_FACT: Text("同一时刻报了两个数", "two values at one time"),
    Code.OVERLAPPING_FLOW: Text("与另一期间重叠", "overlaps with another period"),
    Code.UNKNOWN_RULE: Text("规则不认识", "unknown rule"),
    Code.BAD_WAIVER: Text("豁免有误", "faulty waiver"),
    Code.REPEATED_FACT: Text("重复报送", "reported twice"),
    Code.UNUSED_FACT: Text("没有规则用得上", "of no use to any rule"),
    Code.IMPLAUSIBLE: Text("不合情理", "hardly believable"),
    Code.UNNEEDED_WAIVER: Text("用不着豁免", "waiver that nobody needs"),
    Code.BAD_RULEBOOK: Text("规则有误", "faulty rulebook"),
}
_FORMS = {
    Form.AT_LEAST: Text("不少于 {0}{unit}", "at least {0}{unit}"),
    Form.MORE_THAN: Text("超过 {0}{unit}", "more than {0}{unit}"),
    Form.AT_MOST: Text("不超过 {0}{unit}", "at most {0}{unit}"),
    Form.LESS_THAN: Text("低于 {0}{unit}", "less than {0}{unit}"),
    Form.BETWEEN: Text("在 {0} 至 {1}{unit} 之间", "between {0} and {1}{unit}"),
    Form.EQUALS: Text("等于 {0}{unit}", "exactly {0}{unit}"),
}


def called(code: str, rulebook: Rulebook, registry: Registry) -> Text:
    """Give what people call a department by its code or a unit by its id: the id where it has no name."""
    if code in rulebook.plan.departments.codes:
        return rulebook.plan.departments.codes[code]
    unit = registry.get(code)
    return same(unit.name or unit.id if unit else code)


def target_words(figure: Figure, unit: Text) -> Text:
    """Give a target as people say it, in `unit` of measure: ``不少于 2 次``; a percent keeps its sign alone."""
    form = _FORMS[figure.form]
    bare = is_percent(figure) or not unit.zh
    zh, en = ("", "") if bare else (f" {unit.zh}", f" {unit.en}")
    return Text(form.zh.format(*figure.written, unit=zh), form.en.format(*figure.written, unit=en))


def is_percent(figure: Figure) -> bool:
    """Whether the figure is written as a percentage."""
    return any("%" in written for written in figure.written)


def unit_of(measure: Measure, rulebook: Rulebook) -> Text:
    """Give the unit in which a measure's target and shortfall are counted; a ratio or share has none for its target."""
    if isinstance(measure, Share):
        counted = rulebook.plan.type_name(measure.of)
        return Text(f"个{counted.zh}", counted.en)
    return rulebook.indicators[counted_in(measure)].unit


def amount(value: Number, kind: ValueKind, unit: Text) -> Text:
    """Give a value with its unit of measure as people read it; percents as ``85%``."""
    if kind is ValueKind.PERCENT:
        return same(shown_percent(value))
    if kind is ValueKind.BOOLEAN:
        return Text("是", "yes") if value else Text("否", "no")
    return Text(f"{shown(value)} {unit.zh}".strip(), f"{shown(value)} {unit.en}".strip())


def quotient(value: Number, figure: Figure) -> str:
    """Give a ratio as its target is written: as a percent, or as a plain number."""
    return shown_percent(value) if is_percent(figure) else shown(simplest(Fraction(value)))
