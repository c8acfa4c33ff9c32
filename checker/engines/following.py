"""Follow-ups: what several findings that are not met give rise to.

Follows "Follow-ups" of the contract. The judge says which counts are reached; counting is done here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import NamedTuple

from checker.engines.judging import EngineError, Judge
from checker.model.finding import Alert, Finding, Verdict
from checker.model.rulebook import FollowUp, FollowUpKind, Rulebook


class _Candidate(NamedTuple):
    """An alert that stands if `reached` is as much as the follow-up needs, with its place in the order of alerts."""

    order: tuple[str, int, int]
    reached: int
    alert: Alert


class Failures:
    """The findings that were not met, gathered while findings stream by."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._order = {rule_id: n for n, rule_id in enumerate(rulebook.rules)}
        self._failed: dict[tuple[str, str], dict[str, Finding]] = defaultdict(dict)

    def note(self, finding: Finding) -> None:
        """Remember `finding` if it is not met; under a waiver it does not count."""
        if finding.verdict is Verdict.NOT_MET:
            self._failed[finding.unit.id, finding.rule.id][finding.period.code] = finding

    def alerts(self, judge: Judge) -> Iterator[Alert]:
        """Go through the alerts: by follow-up, then unit id, rule in the plan's order and period."""
        for follow_up in self._rulebook.follow_ups:
            find = self._repeats if follow_up.kind is FollowUpKind.REPEAT else self._clusters
            candidates = list(find(follow_up))
            fires = list(judge.alerts((candidate.reached, follow_up.count) for candidate in candidates))
            if len(fires) != len(candidates):
                raise EngineError(f"{len(candidates)} follow-ups asked, {len(fires)} answered")
            standing = sorted(compress(candidates, fires), key=lambda candidate: candidate.order)
            yield from (candidate.alert for candidate in standing)

    def _repeats(self, follow_up: FollowUp) -> Iterator[_Candidate]:
        for (unit, rule), failed in self._failed.items():
            if next(iter(failed.values())).unit.type not in follow_up.unit_types:
                continue
            run: list[str] = []
            for period in self._rulebook.plan.periods(self._rulebook.rules[rule].every):
                run = [*run, period.code][-follow_up.count :] if period.code in failed else []
                if run:
                    alert = Alert(follow_up.id, unit, rule, tuple(run), failed[period.code].responsible)
                    yield _Candidate((unit, self._order[rule], period.first.toordinal()), len(run), alert)

    def _clusters(self, follow_up: FollowUp) -> Iterator[_Candidate]:
        together: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in self._in_plan_order():
            if finding.unit.type in follow_up.unit_types:
                together[finding.unit.id, finding.period.code].append(finding)
        for (unit, period), findings in together.items():
            leads = tuple(dict.fromkeys(code for finding in findings for code in finding.responsible))
            alert = Alert(follow_up.id, unit, None, (period,), leads)
            yield _Candidate((unit, 0, findings[0].period.first.toordinal()), len(findings), alert)

    def _in_plan_order(self) -> Iterable[Finding]:
        found = (finding for failed in self._failed.values() for finding in failed.values())
        return sorted(found, key=lambda finding: self._order[finding.rule.id])
