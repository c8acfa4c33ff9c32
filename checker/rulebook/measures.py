"""What a rule measures, checked against the indicators and unit types that there are."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.language import Text
from checker.model.number import ValueKind
from checker.model.period import PLAN
from checker.model.rulebook import Change, Condition, Indicator, Measure, Plan, Ratio, Share, Total
from checker.model.target import Figure, Form
from checker.rulebook.figures import Sign, read_figure, read_truth, sign_for
from checker.rulebook.rule_schema import ConditionForms, MeasureEntry, ShareEntry
from checker.rulebook.source import Spot


class Surroundings(NamedTuple):
    """What rules are checked against; `plan` None: it has faults of its own, so that less can be checked.

    `unit_types` are those declared, empty where that cannot be read; `indicators` those without faults.
    """

    plan: Plan | None
    unit_types: frozenset[str]
    indicators: dict[str, Indicator]


def compile_measure(spot: Spot, entry: MeasureEntry, every: str, of_each: str, around: Surroundings) -> Measure | None:
    """Give the measure, or None where it has faults, after complaining of those that are not of a name alone."""
    if entry.share:
        return _share(spot / "share", entry.share, of_each, around)
    if entry.ratio:
        numerator, denominator = entry.ratio
        known = [_number(spot / "ratio" / n, code, around) for n, code in enumerate(entry.ratio)]
        return Ratio(numerator=numerator, denominator=denominator) if all(known) else None
    if entry.change:
        if every == PLAN:
            (spot / "change").complain(
                Text(
                    "整个规划期没有上一期，不能算增减",
                    "the whole window has no period before it, so nothing can change",
                ),
                Text("请把 every 改为 year 等", "ask it every year, for example"),
                at_key=True,
            )
        return Change(indicator=entry.change) if _number(spot / "change", entry.change, around) else None
    total = entry.total or ""
    return Total(indicator=total) if _number(spot / "total", total, around) else None


def sign_of(measure: Measure, around: Surroundings) -> Sign:
    """Give whether targets for `measure` bear a % sign."""
    if isinstance(measure, Ratio):
        return Sign.FREE
    return Sign.REQUIRED if isinstance(measure, Share) else sign_for(around.indicators[measure.indicator].value)


def _number(spot: Spot, code: str, around: Surroundings) -> bool:
    """Whether `code` is an indicator that can be added up."""
    indicator = around.indicators.get(code)
    if indicator and indicator.value is ValueKind.BOOLEAN:
        spot.complain(
            Text(f"{code} 是 是/否，不能相加", f"{code} is boolean and cannot be added up"),
            Text("请用 share 数出达到的单位", "count the units with a share"),
        )
        return False
    return indicator is not None


def _share(spot: Spot, entry: ShareEntry, of_each: str, around: Surroundings) -> Share | None:
    known = entry.of in around.unit_types or not around.unit_types
    if not known or not _stands_below(spot / "of", entry.of, of_each, around.plan):
        return None
    conditions = [_condition(spot / "where" / code, code, entry, around) for code in entry.where]
    sound = tuple(condition for condition in conditions if condition)
    return Share(of=entry.of, conditions=sound) if len(sound) == len(conditions) else None


def _stands_below(spot: Spot, of: str, of_each: str, plan: Plan | None) -> bool:
    lower, upper = (plan.level(of), plan.level(of_each)) if plan else (None, None)
    if lower is None or upper is None or lower > upper:
        return True
    spot.complain(
        Text(f"{of} 不能在 {of_each} 之下", f"a {of} cannot stand below a {of_each}"),
        Text("请数下级的单位类型", "count units of a type further down"),
    )
    return False


def _condition(spot: Spot, code: str, share: ShareEntry, around: Surroundings) -> Condition | None:
    indicator, given = around.indicators.get(code), share.where[code]
    if indicator is None:
        return None
    if share.of not in indicator.reporter.unit_types:
        who = "、".join(indicator.reporter.unit_types) or str(indicator.reporter.department)
        spot.complain(
            Text(f"{code} 由 {who} 报送，不由 {share.of}", f"{code} is reported by {who}, not by each {share.of}"),
            Text("条件只能用被数单位自己报的指标", "use indicators that the counted units report themselves"),
            at_key=True,
        )
        return None
    figure = _figure(spot, given, indicator)
    return Condition(indicator=code, figure=figure) if figure else None


def _figure(spot: Spot, given: str | ConditionForms, indicator: Indicator) -> Figure | None:
    boolean = indicator.value is ValueKind.BOOLEAN
    if isinstance(given, str):
        if boolean:
            return read_truth(spot, given)
        spot.complain(
            Text(f"{indicator.code} 是数，条件应写成一种比较", f"{indicator.code} is a number and needs a comparison"),
            Text('例如 {at_least: "1"}', 'for example {at_least: "1"}'),
        )
        return None
    if boolean:
        spot.complain(
            Text(f"{indicator.code} 是 是/否，不能比较大小", f"{indicator.code} is boolean and cannot be compared"),
            Text("请写 是 或 否", "write 是 or 否 (yes or no)"),
        )
        return None
    form, texts = next((form, texts) for form in Form if (texts := getattr(given, form.value)) is not None)
    return read_figure(spot / form.value, form, texts, sign_for(indicator.value))
