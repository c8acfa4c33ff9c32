"""What the scenarios asked and expected, kept so that it can be asked again of another rulebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from checker.authoring.testing.answer import Answer, Asked
from checker.checking import Question, check_read
from checker.engines.plain import PlainJudge
from checker.intake.reading import Intake
from checker.model.language import Text
from checker.model.rulebook import Rulebook

Test = Callable[[Answer], Text | None]
"""Gives what is the case instead of what was expected, or None where it holds."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One thing that a step says of an answer; `asked` None: it is not said of one finding alone."""

    test: Test
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """One check of one scenario: what was read, what was asked, and everything that was expected of the answer."""

    rulebook: Rulebook
    intake: Intake
    question: Question
    expectations: list[Expectation] = field(default_factory=list)

    def concerns(self, rule: str) -> bool:
        """Whether something is expected of a finding of `rule`."""
        return any(one.asked and one.asked.rule == rule for one in self.expectations)

    def speaks_of_all(self) -> bool:
        """Whether something is expected that any rule may change, such as alerts or the outcome."""
        return any(one.asked is None for one in self.expectations)

    def holds_under(self, rulebook: Rulebook) -> bool:
        """Whether everything expected holds when `rulebook`, of the same plan and indicators, judges, exactly."""
        answer = Answer(check_read(rulebook, self.intake, self.question, PlainJudge()), rulebook)
        return all(one.test(answer) is None for one in self.expectations)
