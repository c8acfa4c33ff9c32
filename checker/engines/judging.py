"""What decides one finding, as exact numbers, and who decides it.

A judge sees neither facts nor rules: it gets cases and gives outcomes, so that any number of judges can be held equal.
Follows "Verdicts" and "Follow-ups" of the contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from checker.model.finding import Verdict
from checker.model.number import Number
from checker.model.target import Form


class Case(NamedTuple):
    """What decides one finding: bounds, target, stage and waiver, all exact.

    `low` and `high` are the target's interval (one figure but for `between`). `lower` None: no bounds; `upper` None
    beside a `lower`: open. `due`: the period is due. `early`: a total of a flow, which may decide before it is due.
    `waived`: a waiver covers the finding.
    """

    form: Form
    low: Number
    high: Number
    lower: Number | None
    upper: Number | None
    due: bool
    early: bool
    waived: bool


class Outcome(NamedTuple):
    """What a judge answers: the verdict, the one under a waiver, and what it would be if it were due today."""

    verdict: Verdict
    underlying: Verdict | None
    standing: Verdict


class Judge(Protocol):
    """Decides cases and follow-ups; one answer for each, in order."""

    @property
    def name(self) -> str:
        """The name that a Run records."""

    def judge(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        """Give one outcome for each case, in the order of `cases`."""

    def alerts(self, counts: Iterable[tuple[int, int]]) -> Iterator[bool]:
        """Give for each pair (count, needed) whether the follow-up fires, in order."""


class EngineError(RuntimeError):
    """An engine broke its promise, such as a value without exactly one verdict. Nothing it said may be used."""
