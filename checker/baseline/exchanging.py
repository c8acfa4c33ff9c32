"""The causes of changes by recomputing: the inputs of the earlier check are exchanged for today's, one after the other.

The order is that of `Cause`. What changes when an input is exchanged, that input caused, given all before it. So a
figure that was handed in since is a cause of its own, also where the calendar has moved on as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from checker.baseline.earlier import Found, found_by
from checker.baseline.inputs import Kept
from checker.checking import Question
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.engines.selecting import Selecting
from checker.model.changes import Cause

_INPUTS: tuple[tuple[Cause, tuple[str, ...]], ...] = (
    (Cause.REGISTRY, ("units",)),
    (Cause.RULE, ("rulebook",)),
    (Cause.WAIVER, ("waivers",)),
    (Cause.DATA, ("facts", "spoiled")),
)


class Stage(NamedTuple):
    """What is found once the inputs up to that of `cause` are today's."""

    cause: Cause
    found: Found


def judge(inputs: Kept, question: Question) -> Found:
    """Give what is found in `inputs`; every engine would find the same."""
    data = inputs.data()
    selecting, filters = Selecting(inputs.rulebook, data, question.as_of), question.filters.resolved(data.registry)
    assessment = Assessment(inputs.rulebook, data, question.as_of, PlainJudge(), question.include_drafts)
    kept = (finding for finding in assessment.findings() if selecting.keeps(filters, finding))
    return found_by(inputs.rulebook.plan.id, kept)


def stages(then: Kept, now: Kept, asked: Question, question: Question, found: Found) -> list[Stage]:
    """Give what is found at each stage from `then`, `asked` for, to `now`, where `question` gave `found`.

    An input that is the same has no stage; the first is what this software finds in the inputs of then.
    """
    passed = [Stage(Cause.SOFTWARE, judge(then, asked))]
    for cause, inputs, at in _worlds(then, now, asked, question):
        passed.append(Stage(cause, found if inputs == now and at == question else judge(inputs, at)))
    return passed


def _worlds(then: Kept, now: Kept, asked: Question, question: Question) -> Iterator[tuple[Cause, Kept, Question]]:
    inputs = then
    if asked.as_of != question.as_of:
        yield Cause.CALENDAR, inputs, question
    for cause, names in _INPUTS:
        update = {name: getattr(now, name) for name in names if getattr(now, name) != getattr(then, name)}
        if update:
            inputs = inputs.model_copy(update=update)
            yield cause, inputs, question


def causes(one: str, then: Found, passed: list[Stage]) -> tuple[Cause, ...]:
    """Give the causes of what became of the finding of the id `one`, from what was found `then` through all stages.

    Where its verdict is another, or there is only one, they are those of its verdict.
    """
    found = [then.get(one), *(stage.found.get(one) for stage in passed)]
    verdicts = [outcome["verdict"] if outcome else None for outcome in found]
    steps = verdicts if verdicts[0] != verdicts[-1] else found
    return tuple(stage.cause for stage, (before, after) in zip(passed, pairwise(steps), strict=True) if before != after)


def asked_as(asked: Question, question: Question) -> bool:
    """Whether the two questions differ in their date alone."""
    return replace(asked, as_of=question.as_of) == question
