"""Checks of what a rule tells the people who do not meet it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from checker.authoring.check import Example, Notice, RuleCheck
from checker.authoring.checks.sample import rule
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.rulebook.sections import Placed


class NoRemedy(RuleCheck):
    """A rule does not say what to do."""

    code: ClassVar = "no_remedy"
    title: ClassVar = Text("规则没有写未达到时怎么办", "a rule does not say what to do when it is not met")
    bad: ClassVar = Example(rule(id="»youth.lectures", remedy=""))
    good: ClassVar = Example(rule(remedy="补办讲座，并附活动记录"))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:  # noqa: ARG002 (a RuleCheck)
        """Ask for a remedy."""
        if placed.rule.remedy is None:
            message = Text(f"{placed.rule.id} 没有 remedy", f"{placed.rule.id} has no remedy")
            hint = Text("请写一句能照着做的话，如 remedy: 补办讲座", "add a sentence that people can act on")
            yield self.at(placed, ("id",), (message, hint))
