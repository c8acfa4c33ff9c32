"""Facts beside each other: conflicts, overlaps and repetitions."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.intake.overlaps import MOST_NAMED, overlapping
from checker.model.fact import Fact
from checker.model.problem import Place
from tests.intake.building import reading, rulebook, spoiled, spots, submitted, values


def test_other_values_reported_at_the_same_instant_conflict(tmp_path: Path) -> None:
    intake = submitted(
        tmp_path,
        "s1,lectures,2022-2023-1,2,2023-02-01",
        "s1,lectures,2022-2023-1,3,2023-01-31T16:00Z",
        "s1,lectures,2022-2023-1,2,2023-02-01",
        "s1,lectures,2022-2023-1,4,2023-02-02",
    )
    assert spots(intake.problems) == [f"conflicting_fact submissions/a.csv:{row}" for row in (2, 3, 4)]
    assert "submissions/a.csv:2, submissions/a.csv:4" in intake.problems[1].message.en
    assert values(intake) == [("s1", "lectures", "2022-2023-1", 4)]
    assert spoiled(intake) == {("s1", "lectures", "2022-2023-1")}


def test_a_withdrawal_conflicts_with_a_value_of_the_same_instant(tmp_path: Path) -> None:
    intake = submitted(tmp_path, "s1,pupils,2022-2023-1,2,2023-02-01", "s1,pupils,2022-2023-1,撤回,2023-02-01")
    assert [problem.code for problem in intake.problems] == ["conflicting_fact"] * 2


def test_at_most_three_others_are_named(tmp_path: Path) -> None:
    rows = [f"s1,lectures,2022-2023-1,{value},2023-02-01" for value in (1, 1, 1, 1, 1, 2)]
    found = submitted(tmp_path, *rows).problems
    assert "submissions/a.csv:2, submissions/a.csv:3, submissions/a.csv:4 and others" in found[-1].message.en
    assert "与 submissions/a.csv:7 数值不同" in found[0].message.zh
    crowded = submitted(tmp_path, *(f"s1,lectures,2022-2023-1,{value},2023-02-01" for value in range(20))).problems
    assert "submissions/a.csv:2, submissions/a.csv:3, submissions/a.csv:4 and others" in crowded[-1].message.en
    assert "submissions/a.csv:3, submissions/a.csv:4, submissions/a.csv:5 and others" in crowded[0].message.en


@pytest.mark.parametrize(
    ("rows", "clash"),
    [
        (("2022-2023-1,2", "2022-10,1"), True),
        (("2022-2023-1,2", "2023-02,1"), False),
        (("2022,2", "2021-2022,1"), True),
        (("2022-09,1,2022-10-01", "2022-2023-1,2,2023-02-01"), True),
        (("2022-09,1,2022-10-01", "2022-09,撤回,2023-01-31", "2022-2023-1,2,2023-02-01"), False),
        (("2022-09,1,2022-10-01", "2022-09,撤回,2023-02-01", "2022-2023-1,2,2023-02-01"), False),
        (("2022-09,1,2022-10-01", "2022-09,撤回,2023-02-02", "2022-2023-1,2,2023-02-01"), True),
        (("2022-09,1,2022-10-02", "2022-09,撤回,2022-10-01", "2022-2023-1,2,2023-02-01"), True),
        (("2022-09,1", "2022-09,撤回,2022-10-01", "2022-2023-1,2"), True),
        (("2022-09,1", "2022-09,2,2022-10-01", "2022-2023-1,2,2023-02-01"), True),
        (("2022-09,撤回,2022-10-01", "2022-2023-1,2"), False),
    ],
)
def test_flows_of_periods_that_share_days_overlap_unless_one_was_withdrawn_in_time(
    tmp_path: Path, rows: tuple[str, ...], clash: bool
) -> None:
    for order in permutations(rows):
        intake = submitted(tmp_path, *(f"s1,lectures,{row}" for row in order))
        assert ("overlapping_flow" in {problem.code for problem in intake.problems}) is clash


def test_levels_of_periods_that_share_days_stand_beside_each_other(tmp_path: Path) -> None:
    intake = submitted(tmp_path, "s1,pupils,2022-2023-1,5", "s1,pupils,2022-10,6")
    assert intake.problems == []
    assert len(values(intake)) == 2


def test_all_that_overlap_are_set_aside_and_name_each_other(tmp_path: Path) -> None:
    intake = submitted(
        tmp_path,
        "s1,lectures,2022-2023-1,5",
        "s1,lectures,2022-09,1",
        "s1,lectures,2022-09,1",
        "s1,lectures,2023-2024-1,1",
        "s2,lectures,2022-10,1",
    )
    assert spots(intake.problems) == [f"overlapping_flow submissions/a.csv:{row}" for row in (2, 3, 4)]
    assert "submissions/a.csv:3, submissions/a.csv:4 (2022-09)" in intake.problems[0].message.en
    assert [fact[2] for fact in values(intake)] == ["2023-2024-1", "2022-10"]


def test_a_fact_can_both_conflict_and_overlap(tmp_path: Path) -> None:
    intake = submitted(tmp_path, "s1,lectures,2022-2023-1,5", "s1,lectures,2022-2023-1,6", "s1,lectures,2022-09,1")
    assert spots(intake.problems) == [
        "conflicting_fact submissions/a.csv:2",
        "overlapping_flow submissions/a.csv:2",
        "conflicting_fact submissions/a.csv:3",
        "overlapping_flow submissions/a.csv:3",
        "overlapping_flow submissions/a.csv:4",
    ]


def test_a_fact_with_an_error_of_its_own_contradicts_nobody(tmp_path: Path) -> None:
    intake = submitted(tmp_path, "s1,lectures,2022-2023-1,5", "s1,lectures,2022-2023-1,x", "s1,lectures,2022-09,")
    assert [problem.code for problem in intake.problems] == ["bad_value", "bad_value"]
    assert len(values(intake)) == 1


def test_a_copy_is_counted_once_wherever_it_stands(tmp_path: Path) -> None:
    files = {
        "submissions/b.csv": "unit,indicator,period,value,note\ns1,lectures,2022-2023-1,5,b\n",
        "submissions/a.csv": "单位,指标,期间,数值\n一小,讲座次数,2022-2023-1,5.0\n",
    }
    intake = reading(tmp_path, files)
    assert spots(intake.problems) == ["repeated_fact submissions/b.csv:2"]
    assert "submissions/a.csv:2" in intake.problems[0].message.zh
    assert intake.data is not None
    (fact,) = intake.data.facts
    assert (fact.note, str(fact.place)) == ("b", "submissions/a.csv:2")


CODES = ("2022", "2021-2022", "2022-Q1", "2022-02", "2022-2023-1", "2022-2023-2", "2023", "2022-02-03", "2022-03-31")
TOLD = st.tuples(st.sampled_from(CODES), st.integers(0, 2) | st.none(), st.integers(1, 5) | st.none())


def _fact(number: int, code: str, value: int | None, reported: int | None) -> Fact:
    period = rulebook().plan.calendar.read(code)
    assert period is not None
    return Fact("s1", "lectures", period, value, reported, Place("a.csv", number))


def _clash(one: Fact, other: Fact, facts: list[Fact]) -> bool:
    """Read the contract's sentence word for word."""
    if one.value is None or other.value is None or one.period.code == other.period.code:
        return False

    def ended(value: Fact, before: Fact) -> bool:
        return any(
            end.value is None
            and end.period == value.period
            and (value.reported or 0) < (end.reported or 0) <= (before.reported or 0)
            for end in facts
        )

    return one.period.overlaps(other.period) and not ended(one, other) and not ended(other, one)


@given(st.lists(TOLD, max_size=25))
def test_the_sweep_finds_what_comparing_every_pair_finds(told: list[tuple[str, int | None, int | None]]) -> None:
    facts = [_fact(number, *one) for number, one in enumerate(told)]
    found = {fact.place.row: {other.place.row for other in others} for fact, others in overlapping(facts)}
    for fact in facts:
        expected = {other.place.row for other in facts if _clash(fact, other, facts)}
        named = found.get(fact.place.row, set())
        assert named <= expected
        assert len(named) == min(len(expected), MOST_NAMED)


def test_every_one_of_many_overlapping_facts_is_found() -> None:
    rng = random.Random(1)
    calendar = rulebook().plan.calendar
    periods = [
        calendar.read(f"{year}-{year + rng.randrange(1, 90)}") for year in rng.choices(range(1900, 2100), k=20_000)
    ]
    facts = [
        Fact("s1", "lectures", period, n, rng.randrange(10**9), Place("a.csv", n))
        for n, period in enumerate(periods)
        if period
    ]
    assert len(list(overlapping(facts))) == len(facts)
