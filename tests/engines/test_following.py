"""Follow-ups: what several findings that are not met give rise to, and what breaks a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import pytest

from checker.engines.assessing import Assessment
from checker.engines.judging import Case, EngineError, Outcome
from checker.engines.plain import PlainJudge
from checker.model.fact import Data, Waiver
from checker.model.finding import Alert
from checker.model.rulebook import FollowUpKind, Rulebook, Total
from tests.engines.building import COUNTY, SCHOOL, TOWN, data, fact, follow_up, indicator, rule, rulebook, unit, waiver

REPEAT, CLUSTER = FollowUpKind.REPEAT, FollowUpKind.CLUSTER
S1, S2, S3, S4 = "2022-2023-1", "2022-2023-2", "2023-2024-1", "2023-2024-2"
END = date(2024, 8, 31)


def plan(kind: FollowUpKind, count: int, *types: str, rules: int = 1) -> Rulebook:
    names = [f"r{n}" for n in range(rules)]
    return rulebook(
        [indicator(name, "school") for name in names],
        [rule(name, Total(indicator=name), "at_least 1") for name in names],
        [follow_up(kind, count, *types)],
    )


def alerts(book: Rulebook, county: Data) -> list[Alert]:
    assessment = Assessment(book, county, END, PlainJudge())
    list(assessment.findings())
    return list(assessment.alerts())


def semesters(*values: int | None, code: str = "r0", waivers: Iterable[Waiver] = ()) -> Data:
    pairs = zip((S1, S2, S3, S4), values, strict=True)
    return data(*(fact("school", code, when, value) for when, value in pairs if value is not None), waivers=waivers)


@pytest.mark.parametrize(
    ("values", "runs"),
    [
        ((0, 0, 1, 1), [(S1, S2)]),
        ((0, 0, 0, 1), [(S1, S2), (S2, S3)]),
        ((0, 1, 0, 1), []),
        ((0, None, 0, 0), [(S3, S4)]),
        ((1, 1, 1, 0), []),
    ],
)
def test_a_rule_failed_in_each_of_two_periods_running_is_a_repeat(
    values: tuple[int | None, ...], runs: list[tuple[str, str]]
) -> None:
    found = alerts(plan(REPEAT, 2, "school"), semesters(*values))
    assert found == [Alert("repeat", "school", "r0", run, ("education",)) for run in runs]


def test_a_waived_period_breaks_the_run() -> None:
    let_off = [waiver("w", "r0", "2024-12-31", None, S2)]
    assert alerts(plan(REPEAT, 2, "school"), semesters(0, 0, 0, 1, waivers=let_off)) == []


def test_a_period_without_a_finding_breaks_the_run() -> None:
    late = unit("school", "school", "town", opened=date(2023, 9, 1))
    facts = [fact("school", "r0", when, 0) for when in (S2, S3)]
    assert alerts(plan(REPEAT, 2, "school"), data(*facts, units=[COUNTY, TOWN, late])) == []


def test_three_periods_are_asked_for_when_the_rulebook_says_three() -> None:
    found = alerts(plan(REPEAT, 3, "school"), semesters(0, 0, 0, 0))
    assert [alert.periods for alert in found] == [(S1, S2, S3), (S2, S3, S4)]


def test_a_follow_up_speaks_of_its_unit_types_alone() -> None:
    assert alerts(plan(REPEAT, 2, "village"), semesters(0, 0, 0, 0)) == []
    assert alerts(plan(CLUSTER, 1, "village"), semesters(0, 0, 0, 0)) == []


@pytest.mark.parametrize(("failing", "count"), [(2, 0), (3, 1), (4, 1)])
def test_three_rules_failed_in_one_period_are_a_cluster(failing: int, count: int) -> None:
    facts = [fact("school", f"r{n}", S1, 0 if n < failing else 1) for n in range(4)]
    found = alerts(plan(CLUSTER, 3, "school", rules=4), data(*facts))
    assert found == [Alert("cluster", "school", None, (S1,), ("education",))] * count


def test_alerts_stand_by_unit_then_rule_in_the_plans_order_then_period() -> None:
    book = rulebook(
        [indicator("r0", "school"), indicator("r1", "school")],
        [rule(name, Total(indicator=name), "at_least 1") for name in ("r1", "r0")],
        [follow_up(CLUSTER, 2, "school"), follow_up(REPEAT, 1, "school")],
    )
    units = [COUNTY, TOWN, SCHOOL, unit("a", "school", "town")]
    facts = [fact(u, r, s, 0) for s in (S2, S1) for r in ("r0", "r1") for u in ("school", "a")]
    order = [(alert.unit, alert.rule, alert.periods[-1]) for alert in alerts(book, data(*facts, units=units))]
    repeats = [(u, r, s) for u in ("a", "school") for r in ("r1", "r0") for s in (S1, S2)]
    assert order == [(u, None, s) for u in ("a", "school") for s in (S1, S2)] + repeats


class _Forgetful(PlainJudge):
    def judge(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        return iter(list(super().judge(cases))[1:])


class _Mute(PlainJudge):
    def alerts(self, counts: Iterable[tuple[int, int]]) -> Iterator[bool]:
        return iter(list(super().alerts(counts))[1:])


def test_a_judge_that_loses_a_case_is_not_believed() -> None:
    with pytest.raises(EngineError, match="answered"):
        list(Assessment(plan(REPEAT, 2, "school"), semesters(0, 0, 0, 0), END, _Forgetful()).findings())
    silent = Assessment(plan(REPEAT, 2, "school"), semesters(0, 0, 0, 0), END, _Mute())
    list(silent.findings())
    with pytest.raises(EngineError, match="follow-ups"):
        list(silent.alerts())
