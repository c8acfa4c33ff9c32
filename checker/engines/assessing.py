"""The whole assessment: every rule for every unit and period, measured, judged and answered for.

Follows "Time", "Units" and "Verdicts" of the contract. Findings stream in the order of "Findings as data".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from checker.engines.advancing import is_due, is_flow_total, pace_of, shortfall_of
from checker.engines.answering import Answering
from checker.engines.following import Failures
from checker.engines.judging import Case, EngineError, Judge, Outcome
from checker.engines.knowledge import Knowledge
from checker.engines.measuring import Measured, Measuring
from checker.engines.waiving import Waivers
from checker.model.fact import Data, Waiver
from checker.model.finding import Alert, Finding, Verdict
from checker.model.period import Period
from checker.model.rulebook import Rule, Rulebook
from checker.model.target import Figure, Target
from checker.model.unit import Unit

_BATCH = 1024


class _Occasion(NamedTuple):
    """A period in which a rule is asked, with what is then the same for every unit."""

    period: Period
    target: Target
    check_date: date
    due: bool


class _Asked(NamedTuple):
    """One question, measured and ready to be judged."""

    rule: Rule
    unit: Unit
    period: Period
    figure: Figure
    measured: Measured
    waivers: list[Waiver]
    case: Case


class Assessment:
    """The findings of one plan on some data at one as-of date, decided by one judge.

    Go through `findings()` once and to the end; then `alerts()` gives what follows from them. Whatever went wrong
    inside a judge raises `EngineError`, before any finding of that batch is given. `among`: only these units are asked,
    which takes no facts but theirs and those of the units below them.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        data: Data,
        as_of: date,
        judge: Judge,
        include_drafts: bool = False,
        among: Collection[str] | None = None,
    ) -> None:
        self._rulebook, self._data, self._as_of, self._judge = rulebook, data, as_of, judge
        self._rules = list(rulebook.active(include_drafts))
        self._measuring = Measuring(rulebook, data.registry, Knowledge(rulebook, data, as_of), as_of)
        self._answering = Answering(rulebook, data.registry)
        self._waivers = Waivers(data.waivers, as_of)
        self._failures = Failures(rulebook)
        self._among = None if among is None else [data.registry[unit] for unit in sorted(among)]

    def findings(self) -> Iterator[Finding]:
        """Go through all findings: rules in the plan's order, then unit id, then the period's first day."""
        asked = self._asked()
        while batch := list(islice(asked, _BATCH)):
            outcomes = list(self._judge.judge(one.case for one in batch))
            if len(outcomes) != len(batch):
                raise EngineError(f"{len(batch)} cases asked, {len(outcomes)} answered")
            for one, outcome in zip(batch, outcomes, strict=True):
                finding = self._finding(one, outcome)
                self._failures.note(finding)
                self._waivers.note(one.waivers, finding.verdict)
                yield finding

    def size(self) -> int:
        """Give about how many findings there will be, not fewer than there are."""
        registry, plan = self._data.registry, self._rulebook.plan
        return sum(
            len(registry.of_type(rule.of_each.unit_type)) * len(plan.periods(rule.every)) for rule in self._rules
        )

    def alerts(self) -> Iterator[Alert]:
        """Go through the alerts that follow from the findings given so far."""
        return self._failures.alerts(self._judge)

    def unneeded_waivers(self) -> list[Waiver]:
        """Give the waivers that cover nothing but `met` among the findings given so far, by id."""
        return self._waivers.unneeded()

    def narrow(self, findings: Iterable[Finding]) -> None:
        """Let alerts and unneeded waivers follow from `findings` alone, a part of those given."""
        self._failures = Failures(self._rulebook)
        self._waivers = Waivers(self._data.waivers, self._as_of)
        for finding in findings:
            self._failures.note(finding)
            if self._data.waivers:
                covering = self._waivers.covering(finding.rule, finding.unit, finding.period)
                self._waivers.note(covering, finding.verdict)

    def _asked(self) -> Iterator[_Asked]:
        for rule in self._rules:
            occasions = list(self._occasions(rule))
            early = is_flow_total(rule.measure, self._rulebook)
            units = self._data.registry.of_type(rule.of_each.unit_type) if self._among is None else self._among
            for unit in units:
                if rule.of_each.includes(unit):
                    yield from self._of_unit(rule, unit, occasions, early)

    def _occasions(self, rule: Rule) -> Iterator[_Occasion]:
        plan = self._rulebook.plan
        for period in plan.periods(rule.every):
            if period.first <= self._as_of and (target := rule.target_on(period.last)):
                due = is_due(period, self._as_of, plan.grace_days)
                yield _Occasion(period, target, self._measuring.check_date(period), due)

    def _of_unit(self, rule: Rule, unit: Unit, occasions: Iterable[_Occasion], early: bool) -> Iterator[_Asked]:
        for period, target, check_date, due in occasions:
            figure = target.for_unit(unit.id)
            if figure is None or not unit.exists_on(check_date):
                continue
            measured = self._measuring.measure(rule, unit, period)
            waivers = self._waivers.covering(rule, unit, period)
            case = Case(figure.form, figure.low, figure.high, measured.lower, measured.upper, due, early, bool(waivers))
            yield _Asked(rule, unit, period, figure, measured, waivers, case)

    def _finding(self, one: _Asked, outcome: Outcome) -> Finding:
        rule, unit, period, figure, measured, waivers, case = one
        pending = outcome.verdict is Verdict.PENDING
        return Finding(
            rule=rule,
            unit=unit,
            period=period,
            verdict=outcome.verdict,
            underlying=outcome.underlying,
            reason=measured.reason if outcome.standing is Verdict.UNKNOWN else None,
            pace=pace_of(case, outcome.standing, period, self._as_of) if pending else None,
            lower=measured.lower,
            upper=measured.upper,
            numerator=measured.numerator,
            denominator=measured.denominator,
            figure=figure,
            shortfall=shortfall_of(rule.measure, figure, measured, self._rulebook),
            waiver=waivers[0].id if outcome.verdict is Verdict.WAIVED else None,
            responsible=self._answering.responsible(rule, unit),
            answerable=self._answering.answerable(rule, unit),
            silent=measured.silent,
        )
