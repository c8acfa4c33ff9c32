"""Checks of names: a rule or indicator that was withdrawn must not come back, none stands idle or twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from checker.authoring.check import Book, Check, Example, Notice, RuleCheck
from checker.authoring.checks.sample import rule
from checker.model.language import Text
from checker.model.rulebook import Rule, Rulebook, indicators_of
from checker.rulebook.sections import Placed
from checker.rulebook.source import quoted

_WITHDRAWN = "withdrawn:\n  rules: {youth.talks: 2024年并入 youth.lectures}\n"
_VISITS = "visits: {name: 参观, unit: 次, counts: 场, nature: flow, value: integer, reporter: school}\n"


class ReusedRule(RuleCheck):
    """The id of a rule was withdrawn."""

    code: ClassVar = "reused_rule"
    title: ClassVar = Text("规则用了已撤销的编号", "a rule has the id of one that was withdrawn")
    bad: ClassVar = Example(rule(id="»youth.talks"), plan=_WITHDRAWN)
    good: ClassVar = Example(rule(id="youth.lectures"), plan=_WITHDRAWN)

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Say where the id was in use before."""
        name = placed.rule.id
        if reason := rulebook.withdrawn.rules.get(name):
            yield self.at(placed, ("id",), _reused(name, reason))


class ReusedIndicator(Check):
    """The code of an indicator was withdrawn."""

    code: ClassVar = "reused_indicator"
    title: ClassVar = Text("指标用了已撤销的代码", "an indicator has the code of one that was withdrawn")
    bad: ClassVar = Example(
        rule(measure="{total: visits}"),
        indicators="»" + _VISITS,
        plan="withdrawn: {indicators: {visits: 改报人次}}\n",
    )
    good: ClassVar = Example(
        rule(measure="{total: visits}"),
        indicators=_VISITS,
        plan="withdrawn: {indicators: {tours: 改报人次}}\n",
    )

    def find(self, book: Book) -> Iterator[Notice]:
        """Say of each such indicator why its code was withdrawn."""
        source = book.files.indicators
        for code, reason in book.rulebook.withdrawn.indicators.items():
            if source and code in book.rulebook.indicators:
                yield self.notice(source, ("indicators", code), _reused(code, reason), at_key=True)


class UnusedIndicator(Check):
    """Nobody needs an indicator."""

    code: ClassVar = "unused_indicator"
    title: ClassVar = Text("没有规则用到的指标", "an indicator that no rule uses")
    bad: ClassVar = Example(indicators="»" + _VISITS)
    good: ClassVar = Example(rule(measure="{total: visits}"), indicators=_VISITS)

    def find(self, book: Book) -> Iterator[Notice]:
        """Say of each such indicator that reporting it is labour lost."""
        used = {code for placed in book.rules for code in indicators_of(placed.rule.measure)}
        used.update(code for check in book.rulebook.checks for code in (check.indicator, check.at_most))
        source = book.files.indicators
        for code in book.rulebook.indicators:
            if source and code not in used:
                message = Text(
                    f"没有规则用到指标 {code}，报了也没有用", f"no rule uses {code}; reporting it is labour lost"
                )
                hint = Text("请删去，或补上用它的规则", "delete it, or add the rule that needs it")
                yield self.notice(source, ("indicators", code), (message, hint), at_key=True)


class RepeatedRule(Check):
    """Two rules ask the same."""

    code: ClassVar = "repeated_rule"
    title: ClassVar = Text("两条规则要求的完全相同", "two rules ask exactly the same")
    bad: ClassVar = Example(rule(id="a") + rule(id="»b"))
    good: ClassVar = Example(rule(id="a") + rule(id="b", every="year"))

    def find(self, book: Book) -> Iterator[Notice]:
        """Say of each later rule which one it repeats."""
        seen: dict[str, Rule] = {}
        for placed in book.rules:
            asked = placed.rule.model_dump_json(include={"of_each", "every", "measure", "targets"})
            first = seen.setdefault(asked, placed.rule)
            if first is not placed.rule:
                message = Text(f"与 {first.id} 要求的完全相同", f"asks exactly what {first.id} asks")
                hint = Text(
                    "多半是复制后忘了改；请改正或删去一条", "probably copied and not changed: mend or delete one"
                )
                yield self.at(placed, ("id",), (message, hint))


def _reused(name: str, reason: Text) -> tuple[Text, Text]:
    zh, en = quoted(reason.zh).zh, quoted(reason.en).en
    return (
        Text(f"{name} 已撤销：{zh}", f"{name} was withdrawn: {en}"),
        Text(
            "请另取一个没有用过的名字，以免旧数据和旧结论算到它头上",
            "choose a name never used before, lest old data and findings count for it",
        ),
    )
