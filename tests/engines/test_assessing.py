"""The contract's corners of judging: what is known, due, ahead, short, waived and in force."""

from __future__ import annotations

from datetime import date

import pytest

from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.model.fact import Fact
from checker.model.finding import Pace, Reason, Verdict
from checker.model.number import Number
from checker.model.rulebook import Status, Total
from checker.model.target import Target
from tests.engines.building import (
    COUNTY,
    SCHOOL,
    TOWN,
    data,
    fact,
    figure,
    rulebook,
    unit,
    waiver,
)
from tests.engines.corner import (
    AFTER,
    AUTUMN,
    INDICATORS,
    LECTURE_RULE,
    MET,
    NOT_MET,
    PENDING,
    SPRING,
    UNKNOWN,
    WAIVED,
    found,
    plan,
)


@pytest.mark.parametrize(
    ("facts", "verdict", "shortfall"),
    [
        ([fact("school", "lectures", AUTUMN, 2)], MET, None),
        ([fact("school", "lectures", AUTUMN, 1)], NOT_MET, 1),
        ([fact("school", "lectures", AUTUMN, 0)], NOT_MET, 2),
        ([], UNKNOWN, None),
        ([fact("school", "lectures", "2024-10", 1), fact("school", "lectures", "2024-12", 1)], MET, None),
        ([fact("school", "lectures", "2024", 5)], UNKNOWN, None),
        ([fact("school", "lectures", "2024-08", 5)], UNKNOWN, None),
        ([fact("school", "lectures", "2025-01-31", 2)], MET, None),
        ([fact("school", "lectures", "2025-02-01", 2)], UNKNOWN, None),
        ([fact("school", "lectures", AUTUMN, 1), fact("school", "lectures", AUTUMN, 2, "2025-02-10")], MET, None),
        ([fact("school", "lectures", AUTUMN, 1), fact("school", "lectures", AUTUMN, 2, "2025-02-11")], NOT_MET, 1),
        ([fact("school", "lectures", AUTUMN, 2, "2025-01-02"), fact("school", "lectures", AUTUMN, None, "2025-01-03")],
         UNKNOWN, None),
        ([fact("school", "lectures", AUTUMN, None, "2025-01-02"), fact("school", "lectures", AUTUMN, 2, "2025-01-03")],
         MET, None),
        ([fact("school", "lectures", AUTUMN, 2, "2025-01-02"), fact("school", "lectures", AUTUMN, 1)], MET, None),
    ],
)  # fmt: skip
def test_a_semesters_lectures_are_what_was_reported_inside_it(
    facts: list[Fact], verdict: Verdict, shortfall: Number | None
) -> None:
    finding = found(LECTURE_RULE, data(*facts), AFTER, AUTUMN)
    assert (finding.verdict, finding.shortfall) == (verdict, shortfall)


@pytest.mark.parametrize(
    ("as_of", "grace", "verdict"),
    [
        (date(2025, 1, 30), 0, PENDING),
        (date(2025, 1, 31), 0, NOT_MET),
        (date(2025, 1, 31), 3, PENDING),
        (date(2025, 2, 2), 3, PENDING),
        (date(2025, 2, 3), 3, NOT_MET),
    ],
)
def test_a_period_is_due_on_its_last_day_plus_grace(as_of: date, grace: int, verdict: Verdict) -> None:
    book = plan(Total(indicator="lectures"), "at_least 2", grace=grace)
    assert found(book, data(fact("school", "lectures", AUTUMN, 1)), as_of, AUTUMN).verdict is verdict


@pytest.mark.parametrize(
    ("target", "value", "verdict", "pace"),
    [
        ("at_least 4", 4, MET, None),
        ("at_least 4", 3, PENDING, Pace.ON_TRACK),
        ("at_least 4", 2, PENDING, Pace.ON_TRACK),
        ("at_least 4", 1, PENDING, Pace.BEHIND),
        ("more_than 4", 4, PENDING, Pace.ON_TRACK),
        ("more_than 4", 5, MET, None),
        ("at_most 4", 5, NOT_MET, None),
        ("at_most 4", 4, PENDING, Pace.BEHIND),
        ("at_most 4", 2, PENDING, Pace.BEHIND),
        ("at_most 4", 1, PENDING, Pace.ON_TRACK),
        ("less_than 4", 4, NOT_MET, None),
        ("less_than 4", 3, PENDING, Pace.BEHIND),
        ("between 3 and 5", 3, PENDING, Pace.REACHED),
        ("between 3 and 5", 6, PENDING, Pace.BEHIND),
        ("equals 4", 4, PENDING, Pace.REACHED),
        ("equals 4", 3, PENDING, Pace.BEHIND),
        ("at_least 4", None, PENDING, Pace.UNKNOWN),
        ("equals 4", None, PENDING, Pace.UNKNOWN),
    ],
)
def test_before_it_is_due_a_flow_may_decide_and_otherwise_has_a_pace(
    target: str, value: Number | None, verdict: Verdict, pace: Pace | None
) -> None:
    county = data(*([fact("school", "lectures", "2024-09", value)] if value is not None else []))
    half_way = date(2024, 11, 15)  # day 76 of 153
    finding = found(plan(Total(indicator="lectures"), target), county, half_way, AUTUMN)
    assert (finding.verdict, finding.pace) == (verdict, pace)
    assert finding.reason is (Reason.MISSING_FACTS if value is None else None)


@pytest.mark.parametrize(
    ("target", "value", "verdict", "shortfall"),
    [
        ("at_least 2.5", 2, NOT_MET, 1),
        ("more_than 2", 2, NOT_MET, 1),
        ("more_than 2.5", 1, NOT_MET, 2),
        ("at_most 4", 6, NOT_MET, 2),
        ("at_most 4", 4, MET, None),
        ("less_than 4", 4, NOT_MET, 1),
        ("less_than 4", 6, NOT_MET, 3),
        ("equals 4", 6, NOT_MET, 2),
        ("equals 4", 1, NOT_MET, 3),
        ("equals 4", 4, MET, None),
        ("between 3 and 5", 2, NOT_MET, 1),
        ("between 3 and 5", 5, MET, None),
        ("between 3 and 5", 8, NOT_MET, 3),
    ],
)
def test_a_shortfall_is_the_least_that_has_to_change(
    target: str, value: int, verdict: Verdict, shortfall: Number | None
) -> None:
    finding = found(
        plan(Total(indicator="lectures"), target), data(fact("school", "lectures", AUTUMN, value)), AFTER, AUTUMN
    )
    assert (finding.verdict, finding.shortfall) == (verdict, shortfall)


@pytest.mark.parametrize(
    ("waivers", "value", "verdict", "underlying", "named"),
    [
        ([waiver("w", "r", "2025-01-31")], 1, WAIVED, NOT_MET, "w"),
        ([waiver("w", "r", "2025-01-30")], 1, NOT_MET, None, None),
        ([waiver("w", "r", "2025-06-30", "2025-01-31")], 1, WAIVED, NOT_MET, "w"),
        ([waiver("w", "r", "2025-06-30", "2025-02-01")], 1, NOT_MET, None, None),
        ([waiver("w", "r", "2025-06-30")], None, WAIVED, UNKNOWN, "w"),
        ([waiver("w", "r", "2025-06-30")], 2, MET, None, None),
        ([waiver("w", "r", "2025-06-30", None, SPRING)], 1, NOT_MET, None, None),
        ([waiver("w", "r", "2025-06-30", None, SPRING, AUTUMN)], 1, WAIVED, NOT_MET, "w"),
        ([waiver("w2", "r", "2025-06-30"), waiver("w1", "r", "2025-06-30")], 1, WAIVED, NOT_MET, "w1"),
        ([waiver("w", "other", "2025-06-30")], 1, NOT_MET, None, None),
    ],
)
def test_a_waiver_covers_what_is_past_on_its_check_date(
    waivers: list[object], value: int | None, verdict: Verdict, underlying: Verdict | None, named: str | None
) -> None:
    facts = [fact("school", "lectures", AUTUMN, value)] if value is not None else []
    finding = found(LECTURE_RULE, data(*facts, waivers=waivers), AFTER, AUTUMN)  # type: ignore[arg-type] # read as given
    assert (finding.verdict, finding.underlying, finding.waiver) == (verdict, underlying, named)
    assert finding.reason is (Reason.MISSING_FACTS if value is None else None)


@pytest.mark.parametrize(("as_of", "verdict"), [(date(2026, 6, 30), WAIVED), (date(2026, 7, 1), NOT_MET)])
def test_a_waiver_of_a_plan_wide_rule_is_an_extension(as_of: date, verdict: Verdict) -> None:
    book = plan(Total(indicator="lectures"), "at_least 2", every="plan")
    county = data(fact("school", "lectures", AUTUMN, 1), waivers=[waiver("w", "r", "2026-06-30")])
    assert found(book, county, as_of, "2021-2025").verdict is verdict


def test_a_waiver_that_covers_only_what_is_met_is_not_needed() -> None:
    waivers = [waiver("needed", "r", "2025-06-30"), waiver("idle", "r", "2025-06-30", None, AUTUMN),
               waiver("elsewhere", "r", "2020-01-01")]  # fmt: skip
    county = data(fact("school", "lectures", AUTUMN, 2), waivers=waivers)
    assessment = Assessment(LECTURE_RULE, county, AFTER, PlainJudge())
    list(assessment.findings())
    assert [one.id for one in assessment.unneeded_waivers()] == ["idle"]


def test_the_target_in_force_on_the_periods_last_day_counts() -> None:
    rises = (Target(figure=figure("at_least 1")), Target(start=date(2025, 1, 31), figure=figure("at_least 3")))
    asked = LECTURE_RULE.rules["r"].model_copy(update={"targets": rises})
    book = rulebook(INDICATORS, [asked])
    county = data(fact("school", "lectures", AUTUMN, 2), fact("school", "lectures", "2023-2024-2", 2))
    assert found(book, county, AFTER, AUTUMN).verdict is NOT_MET
    assert found(book, county, AFTER, "2023-2024-2").verdict is MET


def test_a_table_asks_each_unit_its_own_figure_and_nobody_else() -> None:
    table = (Target(table={"school": figure("at_least 3")}),)
    asked = LECTURE_RULE.rules["r"].model_copy(update={"targets": table})
    units = [COUNTY, TOWN, SCHOOL, unit("other", "school", "town")]
    county = data(fact("school", "lectures", AUTUMN, 2), units=units)
    findings = list(Assessment(rulebook(INDICATORS, [asked]), county, AFTER, PlainJudge()).findings())
    assert {one.unit.id for one in findings} == {"school"}


def test_a_draft_is_judged_only_when_asked_for() -> None:
    draft = LECTURE_RULE.rules["r"].model_copy(update={"status": Status.DRAFT})
    book = rulebook(INDICATORS, [draft])
    assert not list(Assessment(book, data(), AFTER, PlainJudge()).findings())
    assert list(Assessment(book, data(), AFTER, PlainJudge(), include_drafts=True).findings())
