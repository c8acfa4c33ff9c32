"""Reminders: once everyone who is reminded has reported, nothing is missing; and nobody is reminded for nothing."""

from __future__ import annotations

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.advising.reminding import reminders
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.engines.witnessing import Witnessing
from checker.model.advice import Act, Need
from checker.model.fact import Data
from checker.model.finding import Finding, Reason
from checker.model.reminder import Reminder
from checker.model.rulebook import Condition, Nature, Rulebook, Share, Total
from tests.advising.applying import Applying
from tests.advising.test_adviser import generated
from tests.engines.building import COUNTY, SCHOOL, TOWN, data, fact, figure, indicator, rule, rulebook, spoiled, unit


def missing(book: Rulebook, county: Data, as_of: date) -> tuple[list[Reminder], list[Finding]]:
    found = list(Assessment(book, county, as_of, PlainJudge(), include_drafts=True).findings())
    given = reminders(found, Witnessing(book, county, as_of), book.plan, county.registry, as_of)
    return given, [one for one in found if one.reason is Reason.MISSING_FACTS]


def reported(book: Rulebook, county: Data, as_of: date, given: list[Reminder]) -> Data:
    applying = Applying(book, county, as_of)
    for one in given:
        applying.apply(Need(Act.REPORT, (one.unit.id,), one.indicator, one.period, None, every=True), 1)
    return applying.data


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_once_all_who_are_reminded_have_reported_nothing_is_missing(seed: int) -> None:
    case = generated(seed)
    if case is None:
        return
    book, county, as_of = case
    given, lacking = missing(*case)
    assert bool(given) == bool(lacking)
    assert missing(book, reported(book, county, as_of, given), as_of) == ([], [])
    decided = {id(finding) for one in given for finding in one.decides}
    assert len(decided) == len(lacking)


LECTURES = rulebook(
    [indicator("lectures", "school"), indicator("rooms", "school", nature=Nature.LEVEL)],
    [
        rule("two", Total(indicator="lectures"), "at_least 2"),
        rule("town", Total(indicator="rooms"), "at_least 5", "county"),
    ],
)
FAR = unit("far", "school", "county")


def told(as_of: str) -> list[tuple[str, str, str, str, bool, int]]:
    county = data(fact("school", "lectures", "2022-2023-1", 2), units=(COUNTY, TOWN, SCHOOL, FAR))
    given, _ = missing(LECTURES, county, date.fromisoformat(as_of))
    return [(o.area.id, o.unit.id, o.indicator, o.due.isoformat(), o.overdue, len(o.decides)) for o in given]


def test_a_silent_school_stands_below_its_township_and_one_without_a_township_below_the_county() -> None:
    assert told("2023-01-31") == [
        ("county", "far", "lectures", "2023-01-31", True, 1),
        ("county", "far", "rooms", "2023-01-31", True, 1),
        ("town", "school", "rooms", "2023-01-31", True, 1),
    ]


def test_what_is_not_due_yet_is_reminded_of_with_its_due_date() -> None:
    assert ("county", "far", "lectures", "2023-01-31", False, 1) in told("2022-12-01")


def test_a_record_that_was_set_aside_is_to_be_mended() -> None:
    county = data(spoil=[spoiled("school", "lectures", "2022-2023-1")])
    given, _ = missing(LECTURES, county, date(2023, 1, 31))
    assert [one.unit.id for one in given if one.indicator == "lectures"] == ["school"]


def test_nobody_is_reminded_where_the_outcome_is_certain_all_the_same() -> None:
    county = data(fact("far", "rooms", "2022-2023-1", 9), units=(COUNTY, TOWN, SCHOOL, FAR))
    given, _ = missing(LECTURES, county, date(2023, 1, 31))
    assert [one.indicator for one in given] == ["lectures", "lectures"]


def test_in_a_share_only_figures_that_are_missing_from_an_undecided_unit_are_asked_for() -> None:
    conditions = tuple(Condition(indicator=code, figure=figure("at_least 1")) for code in ("rooms", "halls"))
    level = [indicator(code, "school", nature=Nature.LEVEL) for code in ("rooms", "halls")]
    book = rulebook(level, [rule("share", Share(of="school", conditions=conditions), "at_least 100%", "county")])
    facts = [fact("school", "rooms", "2022-2023-1", 1), fact("far", "rooms", "2022-2023-1", 1)]
    given, _ = missing(book, data(*facts, units=(COUNTY, TOWN, SCHOOL, FAR)), date(2023, 1, 31))
    assert [(one.unit.id, one.indicator) for one in given] == [("far", "halls"), ("school", "halls")]
