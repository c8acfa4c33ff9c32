"""The causes of changes by recomputing with the inputs of the earlier check put back, one at a time.

An input is a cause of what became of a finding when, with it as it was and all else as it is today, something else
would be found. Where several inputs would each do alone, so that none is needed, the inputs are exchanged one after
the other in the order of `Cause` instead, and the cause is the first with which the finding changes. A figure that was
handed in since is data alone, although on the earlier day it would not have been known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from checker.baseline.earlier import Found, found_by
from checker.baseline.inputs import Kept
from checker.checking import Question
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.engines.selecting import Selecting
from checker.model.changes import Cause

_NAMES: Mapping[Cause, tuple[str, ...]] = {
    Cause.CALENDAR: (),
    Cause.REGISTRY: ("units",),
    Cause.RULE: ("rulebook",),
    Cause.WAIVER: ("waivers",),
    Cause.DATA: ("facts", "spoiled"),
}
"""The inputs in the order of their exchange, by the names under which they are kept."""

Outcome = Mapping[str, object]
Keys = tuple[str, ...]


def judge(inputs: Kept, question: Question) -> Found:
    """Give what is found in `inputs`; every engine would find the same."""
    data = inputs.data()
    selecting, filters = Selecting(inputs.rulebook, data, question.as_of), question.filters.resolved(data.registry)
    assessment = Assessment(inputs.rulebook, data, question.as_of, PlainJudge(), question.include_drafts)
    kept = (finding for finding in assessment.findings() if selecting.keeps(filters, finding))
    return found_by(inputs.rulebook.plan.id, kept)


class World(NamedTuple):
    """Inputs and a question about them."""

    inputs: Kept
    question: Question

    def with_input(self, cause: Cause, of: World) -> World:
        """Give this world with one input of another."""
        if cause is Cause.CALENDAR:
            return self._replace(question=replace(self.question, as_of=of.question.as_of))
        update = {name: getattr(of.inputs, name) for name in _NAMES[cause]}
        return self._replace(inputs=self.inputs.model_copy(update=update))


class Exchange:
    """The way from the world of an earlier check, in which it found `found_then`, to today's with `found_now`."""

    def __init__(self, then: World, found_then: Found, now: World, found_now: Found) -> None:
        self._then, self._now, self._found_then, self._found_now = then, now, found_then, found_now
        self._differ = [cause for cause in _NAMES if then.with_input(cause, now) != then]
        self._put_back = {cause: judge(*now.with_input(cause, then)) for cause in self._differ}
        self.repeated = judge(*then)
        """What this software finds in the earlier world."""

    def causes(self, one: str) -> tuple[Cause, ...]:
        """Give the causes of what became of the finding of the id `one`.

        Where its verdict is another they are those of its verdict, where there is only one those of its being asked.
        """
        then, again, now = self._found_then.get(one), self.repeated.get(one), self._found_now.get(one)
        keys = _differing(then, now)
        software = (Cause.SOFTWARE,) if _differ(then, again, keys) else ()
        needed = tuple(cause for cause, found in self._put_back.items() if _differ(found.get(one), now, keys))
        if Cause.DATA in needed and not _differ(again, self._later.get(one), keys):
            needed = tuple(cause for cause in needed if cause is not Cause.CALENDAR)
        if needed or not _differ(again, now, keys):
            return software + needed
        return software + tuple(self._first_to_do(one, keys))

    def _first_to_do(self, one: str, keys: Keys) -> Iterator[Cause]:
        found = [self.repeated, *self._exchanged]
        for cause, before, after in zip(self._differ, found, found[1:], strict=False):
            if _differ(before.get(one), after.get(one), keys):
                yield cause
                return

    @cached_property
    def _later(self) -> Found:
        """What is found in the inputs of then on today's date."""
        return judge(*self._then.with_input(Cause.CALENDAR, self._now))

    @cached_property
    def _exchanged(self) -> list[Found]:
        """What is found with ever more of the inputs exchanged for today's."""
        worlds = accumulate(self._differ, lambda world, cause: world.with_input(cause, self._now), initial=self._then)
        return [judge(*world) for world in list(worlds)[1:]]


def _differing(first: Outcome | None, last: Outcome | None) -> Keys:
    """Give the keys in which a change shows; none where a finding comes or goes."""
    if first is None or last is None:
        return ()
    if first["verdict"] != last["verdict"]:
        return ("verdict",)
    return tuple(key for key in first if first[key] != last[key])


def _differ(one: Outcome | None, other: Outcome | None, keys: Keys) -> bool:
    if one is None or other is None:
        return one is not other
    return any(_said(one, key) != _said(other, key) for key in keys)


def _said(outcome: Outcome, key: str) -> object:
    """Give what an outcome says; what lies under a waiver is asked for even where there is none."""
    return outcome["underlying"] or outcome["verdict"] if key == "underlying" else outcome[key]


def asked_as(asked: Question, question: Question) -> bool:
    """Whether the two questions differ in their date alone, or in whether faulty records are set aside."""
    return replace(asked, as_of=question.as_of, keep_going=question.keep_going) == question
