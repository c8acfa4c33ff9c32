"""The causes of changes as far as digests tell: every input that differs is suspected until it is ruled out.

A digest of data covers facts, units and waivers together. What rules a suspect out is said beside it; what nothing
rules out is possible, and no more is claimed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from checker.baseline.earlier import Earlier, Found
from checker.model.changes import Cause
from checker.model.run import Run

_OF_DATA = (Cause.REGISTRY, Cause.WAIVER, Cause.DATA)
_NEEDS_NO_WAIVER = ("met", "pending")
_WAIVED = ("verdict", "waiver")
_DECIDE_EXISTENCE = frozenset({Cause.SOFTWARE, Cause.CALENDAR, Cause.REGISTRY, Cause.RULE})


class Suspicion(NamedTuple):
    """What differs between two checks, what was found in both, and what today's inputs gave on the earlier day.

    `begun_since`: ids of today's findings whose period had not begun, of a rule and unit that had been asked before.
    """

    differ: tuple[Cause, ...]
    then: Found
    now: Found
    now_on_that_day: Found
    begun_since: frozenset[str]

    def causes(self, one: str) -> tuple[Cause, ...]:
        """Give the possible causes of what became of the finding of the id `one`; a single one is certain."""
        then, now = self.then.get(one), self.now.get(one)
        if then is None and one in self.begun_since:
            return (Cause.CALENDAR,)
        possible = set(self.differ)
        if now == self.now_on_that_day.get(one):
            possible.discard(Cause.CALENDAR)  # with today's inputs the day makes no difference
        if then is None or now is None:
            return _in_order(possible & _DECIDE_EXISTENCE)
        if now["verdict"] in _NEEDS_NO_WAIVER or (then["verdict"], then["waiver"]) == (now["verdict"], now["waiver"]):
            possible.discard(Cause.WAIVER)  # no waiver shows in it, or the same one does
        elif self.differ == _OF_DATA and _apart_from_waivers(then) == _apart_from_waivers(now):
            possible = {Cause.WAIVER}  # what is measured is the same, and nothing else decides what is permitted
        return _in_order(possible)


def _in_order(causes: set[Cause]) -> tuple[Cause, ...]:
    return tuple(cause for cause in Cause if cause in causes)


def differing(earlier: Earlier, run: Run) -> tuple[Cause, ...]:
    """Give the inputs that differ, as far as digests tell."""
    output = earlier.output
    found = {
        Cause.SOFTWARE: output.tool.version != run.version,
        Cause.CALENDAR: output.as_of != run.as_of,
        Cause.RULE: run.rulebook is None or output.plan.digest != run.rulebook.digest,
        **dict.fromkeys(_OF_DATA, output.data_digest != run.data_digest),
    }
    return tuple(cause for cause in Cause if found[cause])


def begun_since(earlier: Earlier, run: Run) -> frozenset[str]:
    """Give the ids of the findings of `run` that only the calendar can have brought."""
    asked = {(outcome.rule, outcome.unit) for outcome in earlier.outcomes.values()}
    return frozenset(
        one.identity(earlier.output.plan.id)
        for one in run.findings or ()
        if one.period.first > earlier.output.as_of and (one.rule.id, one.unit.id) in asked
    )


def _apart_from_waivers(outcome: Mapping[str, object]) -> dict[str, object]:
    """Give an outcome as it would be without any waiver."""
    verdict = outcome["underlying"] or outcome["verdict"]
    return {key: value for key, value in outcome.items() if key not in _WAIVED} | {"underlying": verdict}
