"""The contract's verdicts in plain, exact Python: "Verdicts" 1, 2 and 4 in executable form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from checker.engines.judging import Case, Outcome
from checker.model.finding import Verdict
from checker.model.target import decided_by, fails, holds


class PlainJudge:
    """Judges by comparing exact numbers."""

    name = "plain"

    def judge(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        """Give one outcome for each case, in order."""
        return map(_outcome, cases)

    def alerts(self, counts: Iterable[tuple[int, int]]) -> Iterator[bool]:
        """Give for each pair (count, needed) whether the count is reached."""
        return (count >= needed for count, needed in counts)


def _outcome(case: Case) -> Outcome:
    standing = _standing(case)
    verdict = standing if case.due else _early(case)
    if case.waived and verdict in (Verdict.NOT_MET, Verdict.UNKNOWN):
        return Outcome(Verdict.WAIVED, verdict, standing)
    return Outcome(verdict, None, standing)


def _standing(case: Case) -> Verdict:
    form, low, high, lower, upper = case[:5]
    if lower is None:
        return Verdict.UNKNOWN
    if holds(form, low, high, lower, upper):
        return Verdict.MET
    return Verdict.NOT_MET if fails(form, low, high, lower, upper) else Verdict.UNKNOWN


def _early(case: Case) -> Verdict:
    form, low, high, lower, _ = case[:5]
    decided = decided_by(form, low, high, lower) if case.early and lower is not None else None
    if decided is None:
        return Verdict.PENDING
    return Verdict.MET if decided else Verdict.NOT_MET
