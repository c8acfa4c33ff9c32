"""Checks of whom a rule asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from checker.authoring.check import Example, Notice, RuleCheck
from checker.authoring.checks.sample import rule
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.rulebook.sections import Placed

_COLUMNS = frozenset({"id", "name", "type", "parent", "opened", "closed"})


class NobodyAsked(RuleCheck):
    """No unit can fall under a rule."""

    code: ClassVar = "nobody_asked"
    title: ClassVar = Text("没有单位会落入这条规则", "a rule that no unit can fall under")
    bad: ClassVar = Example(rule(of_each="{type: school, where: {»name: 一中}}"))
    good: ClassVar = Example(rule(of_each="{type: school, where: {stage: [小学, 初中]}}"))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:  # noqa: ARG002 (a RuleCheck)
        """Say of each condition on what is no attribute that it never holds."""
        for key in placed.rule.of_each.where:
            if key in _COLUMNS:
                message = Text(
                    f"{key} 是名册的固定列，不是属性，没有单位符合这个条件",
                    f"{key} is a fixed column of the registry and no attribute, so no unit satisfies it",
                )
                hint = Text("请用 units.csv 里另加的列，如 stage", "use a further column of units.csv, such as stage")
                yield self.at(placed, ("of_each", "where", key), (message, hint), at_key=True)
