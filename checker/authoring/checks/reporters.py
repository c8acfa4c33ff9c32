"""Checks of who reports what a rule measures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from checker.authoring.check import Example, Notice, RuleCheck
from checker.authoring.checks.sample import rule
from checker.model.language import Text
from checker.model.number import ValueKind
from checker.model.rulebook import Indicator, Plan, Ratio, Rulebook, Share, indicators_of
from checker.rulebook.sections import Placed
from checker.rulebook.source import Path

_RATE = "rate: {{name: 合格率, unit: '%', counts: 抽查, nature: level, value: percent, reporter: {0}}}\n"
_RATED = rule(title="合格率85%", source="{clause: 合格率85%}", of_each="county", measure="{total: »rate}",
              target='{at_least: "85%"}')  # fmt: skip


def _measured(placed: Placed, rulebook: Rulebook) -> Iterator[tuple[Path, Indicator]]:
    """Go through the indicators that a rule adds up, and where it names each; a share adds up none."""
    measure = placed.rule.measure
    if isinstance(measure, Share):
        return
    key = type(measure).__name__.lower()
    codes = (measure.numerator, measure.denominator) if isinstance(measure, Ratio) else indicators_of(measure)
    for number, code in enumerate(codes):
        yield ("measure", key, number) if isinstance(measure, Ratio) else ("measure", key), rulebook.indicators[code]


def _reporting(indicator: Indicator, asked: str, plan: Plan) -> tuple[list[str], bool]:
    """Give the types of reporters that can stand at or below a unit `asked`, and whether there can be several."""
    level = plan.level(asked) or 0
    departments, code = plan.departments, indicator.reporter.department
    if code is not None:
        above = plan.level(departments.below) or 0
        fits = asked == departments.unit_type or level <= above
        return [departments.unit_type] if fits else [], level < above
    fitting = [t for t in indicator.reporter.unit_types if t == asked or (plan.level(t) or 0) > level]
    return fitting, any(t != asked for t in fitting)


class AddedPercentages(RuleCheck):
    """Percentages of several reporters are added up."""

    code: ClassVar = "added_percentages"
    title: ClassVar = Text("几个单位的百分数被加在一起", "percentages of several reporters are added up")
    bad: ClassVar = Example(_RATED, indicators=_RATE.format("school"))
    good: ClassVar = Example(_RATED.replace("»", ""), indicators=_RATE.format("{department: education}"))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Say which units' percentages a rule would add up."""
        asked = placed.rule.of_each.unit_type
        for path, indicator in _measured(placed, rulebook):
            types, several = _reporting(indicator, asked, rulebook.plan)
            if indicator.value is ValueKind.PERCENT and several:
                who = [rulebook.plan.type_name(one) for one in types]
                message = Text(
                    f"{indicator.code} 是百分数，{'、'.join(w.zh for w in who)}各报各的，加起来没有意义",
                    f"{indicator.code} is a percentage that each {' and '.join(w.en for w in who)} reports; a sum of "
                    "them means nothing",
                )
                hint = Text(
                    "请报分子和分母，用 ratio；或只由一个部门报",
                    "report both parts and use a ratio, or let one department report it",
                )
                yield self.at(placed, path, (message, hint))


class NobodyReports(RuleCheck):
    """No unit that is asked has a reporter at or below it."""

    code: ClassVar = "nobody_reports"
    title: ClassVar = Text(
        "被要求的单位及以下没有谁报这个指标", "nobody at or below the units asked reports the indicator"
    )
    bad: ClassVar = Example(rule(of_each="village", measure="{total: »lectures}"))
    good: ClassVar = Example(rule(of_each="township"))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Say of each such indicator who reports it."""
        asked = placed.rule.of_each.unit_type
        for path, indicator in _measured(placed, rulebook):
            if not _reporting(indicator, asked, rulebook.plan)[0]:
                who = "、".join(indicator.reporter.unit_types) or str(indicator.reporter.department)
                message = Text(
                    f"{indicator.code} 由 {who} 报送，不在 {asked} 或其下级，每条结论都会是无法判定",
                    f"{indicator.code} is reported by {who}, never at or below a {asked}: all stays unknown",
                )
                hint = Text("请改 of_each，或换一个指标", "change of_each, or measure another indicator")
                yield self.at(placed, path, (message, hint))
