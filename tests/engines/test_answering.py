"""Who answers for a finding, and who contributes to it."""

from __future__ import annotations

from datetime import date

import pytest

from checker.engines.answering import Answering
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.engines.selecting import Filters, Selecting
from checker.model.fact import Data
from checker.model.finding import Finding
from checker.model.rulebook import Condition, Measure, Nature, Rulebook, Share, Total
from checker.model.unit import Registry, Unit
from tests.engines.building import COUNTY, SCHOOL, TOWN, data, fact, figure, indicator, rule, rulebook, spoiled, unit

VILLAGE = unit("v", "village", "town")
LONELY = unit("lonely", "village", "county")
TOWN2 = unit("a-town", "township", "county")
REGISTRY = Registry([COUNTY, TOWN, TOWN2, SCHOOL, VILLAGE, LONELY])
VISITS = indicator("visits", "village")
BUDGET = indicator("budget", of="finance")
END = date(2025, 12, 31)


def book(measure: Measure, of_each: str, lead: tuple[str, ...], answerable: str | None = None) -> Rulebook:
    asked = rule("r", measure, "at_least 1", of_each, "plan")
    return rulebook([VISITS, BUDGET], [asked.model_copy(update={"lead": lead, "answerable": answerable})])


@pytest.mark.parametrize(
    ("unit_id", "codes"),
    [
        ("town", ("town", "finance")),
        ("v", ("town", "finance")),
        ("county", ("a-town", "town", "finance")),
        ("lonely", ("a-town", "town", "finance")),
    ],
)
def test_the_townships_as_lead_are_the_one_above_or_all_of_the_county(unit_id: str, codes: tuple[str, ...]) -> None:
    plan = book(Total(indicator="visits"), "village", ("townships", "finance"))
    assert Answering(plan, REGISTRY).responsible(plan.rules["r"], REGISTRY[unit_id]) == codes


def test_a_unit_that_reports_answers_itself_else_the_department_else_the_leads() -> None:
    own = book(Total(indicator="visits"), "village", ("finance",))
    assert Answering(own, REGISTRY).answerable(own.rules["r"], VILLAGE) == ("v",)
    named = book(Total(indicator="budget"), "county", ("education",), "finance")
    assert Answering(named, REGISTRY).answerable(named.rules["r"], COUNTY) == ("finance",)
    leads = book(Total(indicator="budget"), "county", ("education",))
    assert Answering(leads, REGISTRY).answerable(leads.rules["r"], COUNTY) == ("education",)
    share = Share(of="village", conditions=(Condition(indicator="visits", figure=figure("at_least 1")),))
    shares = book(share, "township", ("education",))
    assert Answering(shares, REGISTRY).answerable(shares.rules["r"], TOWN) == ("education",)


def _finding(plan: Rulebook, county: Data) -> Finding:
    return next(Assessment(plan, county, END, PlainJudge()).findings())


def test_an_expected_reporter_contributes_and_one_out_of_scope_does_not() -> None:
    gone = unit("gone", "village", "town", closed=date(2025, 1, 1))
    plan = book(Total(indicator="visits"), "county", ("education",))
    county = data(units=[COUNTY, TOWN, VILLAGE, SCHOOL, gone], spoil=[spoiled("school", "visits", None)])
    finding, selecting = _finding(plan, county), Selecting(plan, county, END)
    contributes = {one.id: selecting.contributes(one, finding) for one in county.registry}
    assert contributes == {"county": False, "gone": False, "school": True, "town": False, "v": True}


def test_a_unit_counted_by_a_share_contributes() -> None:
    share = Share(of="village", conditions=(Condition(indicator="visits", figure=figure("at_least 1")),))
    plan = book(share, "township", ("education",))
    county = data(units=[COUNTY, TOWN, VILLAGE, LONELY, SCHOOL])
    finding, selecting = _finding(plan, county), Selecting(plan, county, END)
    assert [one.id for one in county.registry if selecting.contributes(one, finding)] == ["v"]


def test_a_unit_out_of_scope_is_not_counted_by_a_share() -> None:
    share = Share(of="village", conditions=(Condition(indicator="visits", figure=figure("at_least 1")),))
    plan = book(share, "township", ("education",))
    gone = unit("gone", "village", "town", closed=date(2025, 12, 31))
    county = data(units=[COUNTY, TOWN, VILLAGE, gone])
    finding, selecting = _finding(plan, county), Selecting(plan, county, END)
    assert [one.id for one in county.registry if selecting.contributes(one, finding)] == ["v"]


def test_single_files_touch_what_their_units_contribute_to() -> None:
    plan = book(Total(indicator="visits"), "county", ("education",))
    units = [COUNTY, TOWN, VILLAGE, SCHOOL]
    told, silent = data(fact("v", "visits", "2024", 1), units=units), data(units=units)
    spoilt = data(units=units, spoil=[spoiled("v", "visits", "2024")])
    touched = [Selecting(plan, one, END).touched(_finding(plan, one)) for one in (told, silent, spoilt)]
    assert touched == [True, False, True]


def test_a_fact_set_aside_in_another_period_makes_nobody_contribute() -> None:
    plan = book(Total(indicator="visits"), "county", ("education",))
    county = data(units=[COUNTY, TOWN, VILLAGE, SCHOOL], spoil=[spoiled("school", "visits", "2020")])
    assert not Selecting(plan, county, END).contributes(SCHOOL, _finding(plan, county))


@pytest.mark.parametrize(("value", "suffices"), [(2, True), (1, False)])
def test_a_ceiling_that_part_of_a_flow_exceeds_needs_no_more(value: int, suffices: bool) -> None:
    asked = rule("r", Total(indicator="visits"), "at_most 1", "village", "plan")
    plan = rulebook([VISITS], [asked])
    county = data(fact("v", "visits", "2024", value), units=[COUNTY, TOWN, VILLAGE])
    assert Selecting(plan, county, END).suffices(_finding(plan, county)) is suffices


@pytest.mark.parametrize(
    ("days", "suffices"), [(["2021-2022", "2023-2025"], True), (["2021-2022", "2023-02", "2024-2025"], False)]
)
def test_a_gap_of_days_is_a_gap(days: list[str], suffices: bool) -> None:
    plan = book(Total(indicator="visits"), "village", ("education",))
    county = data(*(fact("v", "visits", when, 0) for when in days), units=[COUNTY, TOWN, VILLAGE])
    assert Selecting(plan, county, END).suffices(_finding(plan, county)) is suffices


def test_filters_keep_what_was_asked_for() -> None:
    plan = book(Total(indicator="visits"), "county", ("education",))
    county = data(units=[COUNTY, TOWN, VILLAGE, SCHOOL])
    finding, selecting = _finding(plan, county), Selecting(plan, county, END)
    kept = {
        str(filters): selecting.keeps(filters, finding)
        for filters in (
            Filters(), Filters(units=frozenset({"v"})), Filters(units=frozenset({"school"})),
            Filters(units=frozenset({"nobody"})), Filters(rules=frozenset({"r"})), Filters(rules=frozenset({"q"})),
            Filters(responsible=frozenset({"education"})), Filters(responsible=frozenset({"finance"})),
        )
    }  # fmt: skip
    assert list(kept.values()) == [True, True, False, False, True, False, True, False]


def test_a_unit_may_be_asked_for_by_a_name_that_it_alone_bears() -> None:
    registry = Registry([Unit("1", "一中", "school"), Unit("2", "二中", "school"), Unit("3", "二中", "school")])
    asked = Filters(units=frozenset({"1", "一中", "二中", "三中"}))
    assert asked.resolved(registry).units == {"1", "二中", "三中"}


@pytest.mark.parametrize(
    ("facts", "suffices"),
    [
        ([], False),
        ([("2021-2025", 0)], True),
        ([("2024", 0)], False),
        ([("2024", 1)], True),
        ([("2021", 0), ("2022", 0), ("2023", 0), ("2024", 0), ("2025", 0)], True),
        ([("2021", 0), ("2022", 0), ("2024", 0), ("2025", 0)], False),
    ],
)
def test_single_files_suffice_when_nothing_outside_them_could_matter(
    facts: list[tuple[str, int]], suffices: bool
) -> None:
    plan = book(Total(indicator="visits"), "village", ("education",))
    county = data(*(fact("v", "visits", when, value) for when, value in facts), units=[COUNTY, TOWN, VILLAGE])
    finding, selecting = _finding(plan, county), Selecting(plan, county, END)
    assert selecting.touched(finding) is bool(facts)
    assert selecting.suffices(finding) is suffices


def test_a_level_needs_to_be_reported_once() -> None:
    plan = rulebook(
        [indicator("pupils", "village", nature=Nature.LEVEL)],
        [rule("r", Total(indicator="pupils"), "at_least 1", "village", "plan")],
    )
    county = data(fact("v", "pupils", "2024", 0), units=[COUNTY, TOWN, VILLAGE])
    assert Selecting(plan, county, END).suffices(_finding(plan, county))
