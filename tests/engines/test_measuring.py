"""The contract's corners of measuring: ratios, levels, shares, scope, what was set aside, growth."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from checker.model.fact import Fact
from checker.model.finding import Finding, Reason, Silence, Verdict
from checker.model.number import Number
from checker.model.rulebook import Change, Condition, Ratio, Share, Total
from checker.model.unit import Unit
from tests.engines.building import (
    COUNTY,
    SCHOOL,
    TOWN,
    data,
    fact,
    figure,
    spoiled,
    unit,
)
from tests.engines.corner import AFTER, AUTUMN, MET, NOT_MET, UNKNOWN, found, plan

RATIO = plan(Ratio(numerator="active", denominator="pupils"), "at_least 85%")


@pytest.mark.parametrize(
    ("active", "pupils", "verdict", "shortfall", "reason"),
    [
        (17, 20, MET, None, None),
        (16, 20, NOT_MET, 1, None),
        (679, 800, NOT_MET, 1, None),
        (680, 800, MET, None, None),
        (5, 0, UNKNOWN, None, Reason.ZERO_DENOMINATOR),
        (None, 20, UNKNOWN, None, Reason.MISSING_FACTS),
        (None, 0, UNKNOWN, None, Reason.MISSING_FACTS),
        (17, None, UNKNOWN, None, Reason.MISSING_FACTS),
    ],
)
def test_a_ratio_needs_both_totals_and_a_denominator(
    active: int | None, pupils: int | None, verdict: Verdict, shortfall: Number | None, reason: Reason | None
) -> None:
    facts = [fact("school", code, AUTUMN, value) for code, value in (("active", active), ("pupils", pupils))
             if value is not None]  # fmt: skip
    finding = found(RATIO, data(*facts), AFTER, AUTUMN)
    assert (finding.verdict, finding.shortfall, finding.reason) == (verdict, shortfall, reason)


def test_a_ratio_names_everybody_who_is_silent_about_either_total() -> None:
    county = [COUNTY, TOWN, SCHOOL]
    book = plan(Ratio(numerator="active", denominator="pupils"), "at_least 85%", "county")
    neither = found(book, data(units=county), AFTER, AUTUMN, "county")
    assert [(one.indicator, one.units) for one in neither.silent] == [("active", ("school",)), ("pupils", ("school",))]


@pytest.mark.parametrize(("above", "below"), [("money", "lectures"), ("lectures", "money")])
def test_a_ratio_with_nobody_to_report_one_total_has_no_units(above: str, below: str) -> None:
    book = plan(Ratio(numerator=above, denominator=below), "at_least 85%", "county")
    county = data(fact("school", "lectures", AUTUMN, 1), units=[COUNTY, TOWN, SCHOOL])
    assert found(book, county, AFTER, AUTUMN, "county").reason is Reason.NO_UNITS
    silent = data(units=[COUNTY, TOWN, SCHOOL])
    assert found(book, silent, AFTER, AUTUMN, "county").reason is Reason.NO_UNITS


@pytest.mark.parametrize(("hits", "of", "percent"), [(7, 100, "7%"), (29, 100, "29%"), (17, 20, "85%")])
def test_no_float_decides_where_floats_fail(hits: int, of: int, percent: str) -> None:
    county = data(fact("school", "active", AUTUMN, hits), fact("school", "pupils", AUTUMN, of))
    measure = Ratio(numerator="active", denominator="pupils")
    assert found(plan(measure, f"equals {percent}"), county, AFTER, AUTUMN).verdict is MET


def test_the_latest_level_of_a_period_counts() -> None:
    facts = [
        fact("school", "pupils", "2024-09", 100),
        fact("school", "pupils", "2024-Q4", 90),
        fact("school", "pupils", "2024-12", 80),
        fact("school", "pupils", "2024-11", 70),
    ]
    book = plan(Total(indicator="pupils"), "equals 80")
    assert found(book, data(*facts), AFTER, AUTUMN).verdict is MET


VILLAGES = [COUNTY, TOWN, *(unit(f"v{n}", "village", "town") for n in range(4))]
SHARE = Share(of="village", conditions=(Condition(indicator="room", figure=figure("at_least 1")),))


@pytest.mark.parametrize(
    ("rooms", "bounds", "verdict", "shortfall"),
    [
        ([1, 1, 1, 0], (Fraction(3, 4), Fraction(3, 4)), MET, None),
        ([1, 1, 0, 0], (Fraction(1, 2), Fraction(1, 2)), NOT_MET, 1),
        ([1, 1, 0, None], (Fraction(1, 2), Fraction(3, 4)), UNKNOWN, 1),
        ([1, 0, 0, None], (Fraction(1, 4), Fraction(1, 2)), NOT_MET, 2),
        ([1, 1, 1, None], (Fraction(3, 4), 1), MET, None),
        ([None] * 4, (0, 1), UNKNOWN, 3),
    ],
)
def test_a_share_counts_the_undecided_both_ways(
    rooms: list[int | None], bounds: tuple[Number, Number], verdict: Verdict, shortfall: Number | None
) -> None:
    facts = [fact(f"v{n}", "room", "2025", room) for n, room in enumerate(rooms) if room is not None]
    book = plan(SHARE, "at_least 75%", "county", "plan")
    finding = found(book, data(*facts, units=VILLAGES), date(2025, 12, 31), "2021-2025", "county")
    assert ((finding.lower, finding.upper), finding.verdict, finding.shortfall) == (bounds, verdict, shortfall)


def test_a_share_of_nobody_is_unknown_for_want_of_units() -> None:
    book = plan(SHARE, "at_least 75%", "county", "plan")
    finding = found(book, data(units=[COUNTY]), date(2025, 12, 31), "2021-2025", "county")
    assert (finding.verdict, finding.reason, finding.lower) == (UNKNOWN, Reason.NO_UNITS, None)


def _visits(*facts: Fact, units: list[Unit], spoil: list[tuple[str, str | None]] | None = None) -> Finding:
    book = plan(Total(indicator="visits"), "at_least 10", "county", "year")
    spoils = [spoiled(name, "visits", when) for name, when in spoil or []]
    return found(book, data(*facts, units=units, spoil=spoils), date(2024, 12, 31), "2024", "county")


GONE = unit("v0", "village", "town", closed=date(2024, 12, 31))
STILL = unit("v0", "village", "town", closed=date(2025, 1, 1))
COMING = unit("v0", "village", "town", opened=date(2025, 1, 1))
CAME = unit("v0", "village", "town", opened=date(2024, 12, 31))
OTHER = unit("v1", "village", "town")


@pytest.mark.parametrize("silent", [STILL, CAME])
def test_a_silent_reporter_in_scope_leaves_the_upper_bound_open(silent: Unit) -> None:
    finding = _visits(fact("v1", "visits", "2024", 9), units=[COUNTY, TOWN, silent, OTHER])
    assert (finding.verdict, finding.reason, finding.lower, finding.upper) == (UNKNOWN, Reason.MISSING_FACTS, 9, None)
    assert finding.silent == (Silence("visits", "2024", ("v0",), 1),)
    assert _visits(fact("v1", "visits", "2024", 10), units=[COUNTY, TOWN, silent, OTHER]).verdict is MET


@pytest.mark.parametrize("absent", [GONE, COMING])
def test_nobody_waits_for_a_unit_out_of_scope_but_its_flow_counts(absent: Unit) -> None:
    units = [COUNTY, TOWN, absent, OTHER]
    assert _visits(fact("v1", "visits", "2024", 9), units=units).verdict is NOT_MET
    assert _visits(fact("v1", "visits", "2024", 9), fact("v0", "visits", "2024-03", 1), units=units).verdict is MET


def test_with_nobody_in_scope_there_are_no_units() -> None:
    finding = _visits(units=[COUNTY, TOWN, GONE])
    assert (finding.verdict, finding.reason, finding.lower) == (UNKNOWN, Reason.NO_UNITS, None)
    exact = _visits(fact("v0", "visits", "2024", 9), units=[COUNTY, TOWN, GONE])
    assert (exact.verdict, exact.reason, exact.upper) == (NOT_MET, None, 9)


def test_a_level_counts_only_from_those_in_scope() -> None:
    units = [COUNTY, TOWN, SCHOOL, unit("old", "school", "town", closed=date(2024, 12, 31))]
    book = plan(Total(indicator="pupils"), "at_least 10", "county", "year")
    facts = [fact("school", "pupils", "2024", 8), fact("old", "pupils", "2024-05", 5)]
    assert found(book, data(*facts, units=units), date(2024, 12, 31), "2024", "county").lower == 8


@pytest.mark.parametrize(
    ("spoil", "lower", "upper", "verdict"),
    [
        ([], 9, 9, NOT_MET),
        ([("v0", "2023")], 9, 9, NOT_MET),
        ([("v0", "2024-05")], 9, None, UNKNOWN),
        ([("v0", None)], 9, None, UNKNOWN),
        ([("v0", "2024-03")], 5, None, UNKNOWN),
        ([("school", "2024-03")], 9, None, UNKNOWN),
    ],
)
def test_a_fact_set_aside_makes_its_unit_silent_in_the_periods_it_lies_in(
    spoil: list[tuple[str, str | None]], lower: Number, upper: Number | None, verdict: Verdict
) -> None:
    facts = [fact("v1", "visits", "2024", 5), fact("v0", "visits", "2024-03", 4)]
    finding = _visits(*facts, units=[COUNTY, TOWN, SCHOOL, CAME, OTHER], spoil=spoil)
    assert (finding.lower, finding.upper, finding.verdict) == (lower, upper, verdict)


def test_growth_compares_two_years_each_on_its_own_check_date() -> None:
    finance = unit("finance", "department", "county", closed=date(2024, 6, 1))
    book = plan(Change(indicator="money"), "more_than 0", "county", "year")
    facts = [fact("finance", "money", "2023", Fraction(1, 2)), fact("finance", "money", "2024", Fraction(1, 2))]
    county = data(*facts, units=[COUNTY, finance])
    finding = found(book, county, date(2024, 12, 31), "2024", "county")
    assert (finding.verdict, finding.lower, finding.shortfall) == (NOT_MET, 0, 0)
    missing = found(book, data(*facts[1:], units=[COUNTY, finance]), date(2024, 12, 31), "2024", "county")
    assert (missing.verdict, missing.reason) == (UNKNOWN, Reason.MISSING_FACTS)
    assert missing.silent == (Silence("money", "2023", ("finance",), 1),)
    gone = found(book, data(*facts[:1], units=[COUNTY, finance]), date(2024, 12, 31), "2024", "county")
    assert (gone.verdict, gone.reason) == (UNKNOWN, Reason.NO_UNITS)


def test_a_flow_condition_of_a_share_may_be_decided_by_part_of_its_facts() -> None:
    share = Share(of="village", conditions=(Condition(indicator="visits", figure=figure("at_least 3")),))
    book = plan(share, "at_least 100%", "county", "year")
    units = [COUNTY, TOWN, OTHER]
    for value, verdict in ((3, MET), (2, UNKNOWN)):
        county = data(fact("v1", "visits", "2024-01", value), units=units, spoil=[spoiled("v1", "visits", "2024-02")])
        assert found(book, county, date(2024, 12, 31), "2024", "county").verdict is verdict
