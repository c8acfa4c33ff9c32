"""The fewest units of a share, the closest of them, and shares that no number of units can meet."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.advising.adviser import Adviser
from checker.advising.counting import Candidate, fewest_units
from checker.advising.holding import Holding, Unreachable
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.model.advice import Advice, Obstacle
from checker.model.number import Number
from checker.model.rulebook import Condition, Nature, Ratio, Share, Total
from checker.model.span import span_of
from tests.engines.building import COUNTY, SCHOOL, TOWN, data, fact, figure, indicator, period, rule, rulebook, unit

YEAR = period("2024")
TARGETS = st.sampled_from(
    [
        "at_least 50%",
        "more_than 50%",
        "at_most 50%",
        "less_than 50%",
        "between 30% and 60%",
        "equals 50%",
        "at_least 100%",
    ]
)


def candidate(name: str, *values: Number | None) -> Candidate:
    """Give a unit with one figure for each of `values`, of which each has to be at least 2."""
    tests = []
    for number, value in enumerate(values):
        silent = (name,) if value is None else ()
        held = Holding(f"i{number}", YEAR, value, (name,), silent, (), (), whole=True)
        tests.append((held, figure("at_least 2")))
    failing = any(value is not None and value < 2 for value in values)
    return Candidate(name, False if failing else None if None in values else True, tuple(tests))


def fewest(satisfied: int, failing: int, undecided: int, target: str) -> int | None:
    """Give by trying how few units have to change for the share to be surely met; None where none do."""
    of, found = satisfied + failing + undecided, []
    for made_true in range(failing + undecided + 1):
        for from_undecided in range(min(made_true, undecided) + 1):
            for made_false in range(satisfied + undecided - from_undecided + 1):
                left = undecided - from_undecided
                off = max(made_false - left, 0)
                if made_true - from_undecided > failing or off > satisfied:
                    continue
                low = satisfied + made_true - off
                high = low + max(left - made_false, 0)
                allowed = span_of(figure(target)).stretched(of)
                if low in allowed and high in allowed:
                    found.append(made_true + made_false)
    return min(found, default=None)


@given(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), TARGETS)
def test_no_fewer_units_would_do(satisfied: int, failing: int, undecided: int, target: str) -> None:
    # Those that fail lack less than the undecided, which have to be decided all the same where too many would count.
    values: list[tuple[Number | None, ...]] = [*[(2, 2)] * satisfied, *[(2, 1)] * failing, *[(None, None)] * undecided]
    candidates = [candidate(f"u{n}", *figures) for n, figures in enumerate(values)]
    if not candidates:
        return
    wanted = fewest(satisfied, failing, undecided, target)
    try:
        many: int | None = len(fewest_units(candidates, span_of(figure(target))))
    except Unreachable:
        many = None
    assert many == wanted


def test_the_closest_come_first() -> None:
    candidates = [candidate("far", 0), candidate("near", 1), candidate("silent", None), candidate("there", 3)]
    chosen = fewest_units(candidates, span_of(figure("at_least 100%")))
    assert [one.unit for one in chosen] == ["silent", "near", "far"]


VILLAGES = [unit(f"v{n}", "village", "town") for n in range(3)]
BOOK = rulebook(
    [
        indicator("rooms", "village", nature=Nature.LEVEL),
        indicator("people", "village", nature=Nature.LEVEL),
        indicator("lectures", "school"),
        indicator("pupils", "school", nature=Nature.LEVEL),
    ],
    [
        rule("halves", Share(of="village", conditions=(Condition(indicator="rooms", figure=figure("at_least 1")),)),
             "equals 50%", "county"),
        rule("both", Share(of="village", conditions=tuple(
             Condition(indicator=code, figure=figure("at_least 2")) for code in ("rooms", "people"))),
             "at_least 100%", "county"),
        rule("ratio", Ratio(numerator="lectures", denominator="pupils"), "equals 50%"),
        rule("far", Total(indicator="lectures"), "at_least 1", "village"),
    ],
)  # fmt: skip
AS_OF = date(2023, 1, 31)


def advice(rule_id: str, *facts: tuple[str, str, int]) -> Advice:
    county = data(*(fact(who, what, "2022-2023-1", value) for who, what, value in facts),
                  units=(COUNTY, TOWN, SCHOOL, *VILLAGES))  # fmt: skip
    adviser = Adviser(BOOK, county, AS_OF)
    findings = Assessment(BOOK, county, AS_OF, PlainJudge()).findings()
    return next(one for one in map(adviser.advice, findings) if one and one.finding.rule.id == rule_id)


@pytest.mark.parametrize(
    ("rule_id", "facts"),
    [("halves", [("v0", "rooms", 1)]), ("ratio", [("school", "lectures", 1), ("school", "pupils", 3)])],
)
def test_what_no_figure_can_meet_is_said_to_be_out_of_reach(rule_id: str, facts: list[tuple[str, str, int]]) -> None:
    assert advice(rule_id, *facts).obstacle is Obstacle.UNREACHABLE


def test_where_nobody_could_report_no_figure_is_asked_for() -> None:
    found = advice("far")
    assert (found.obstacle, found.needs) == (Obstacle.NO_UNITS, ())


def test_units_that_lack_fewer_figures_come_first_and_each_says_what_it_lacks() -> None:
    found = advice(
        "both", ("v0", "rooms", 0), ("v0", "people", 0), ("v1", "rooms", 2), ("v1", "people", 1), ("v2", "rooms", 2)
    )
    assert found.units == ("v2", "v1", "v0")
    lacks = [(need.units[0], need.act.value, need.indicator, need.amount and need.amount.low) for need in found.needs]
    assert lacks == [
        ("v2", "report", "people", 2),
        ("v1", "add", "people", 1),
        ("v0", "add", "rooms", 2),
        ("v0", "add", "people", 2),
    ]
