"""A second plan of another kind: nothing of Pingluo lives in the code."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from checker.model.rulebook import Rule, Rulebook, Share, Status
from checker.rulebook.loading import load


def tiny() -> Rulebook:
    loaded = load(Path(__file__).resolve().parents[2] / "fixtures" / "tiny-plan")
    assert loaded.problems == []
    assert loaded.rulebook is not None
    return loaded.rulebook


def targets(rule: Rule) -> list[str]:
    return [str(target.figure) for target in rule.targets]


def test_it_has_quarters_and_no_semester_and_ten_days_of_grace() -> None:
    plan = tiny().plan
    assert plan.calendar.cycle is None
    assert [period.code for period in plan.periods("quarter")][::7] == ["2023-Q1", "2024-Q4"]
    assert plan.periods("semester") == ()
    assert (plan.grace_days, plan.time_zone) == (10, "Europe/Berlin")


def test_every_form_of_target_is_there() -> None:
    assert {rule.id: targets(rule) for rule in tiny().rules.values()} == {
        "library.events": ["between 3 and 5"],
        "library.loans": ["at_least 100", "at_least 120"],
        "library.days-closed": ["less_than 10"],
        "library.inspections": ["equals 1"],
        "library.cinema": ["at_least 1"],
        "district.complaints": ["at_most 4"],
        "district.loans-per-head": ["at_least 0.5"],
        "district.readers": ["more_than 15%"],
        "district.lively": ["at_least 75%"],
        "district.new-cards": ["None"],
        "region.new-cards": ["at_least 1000"],
        "region.readers-growth": ["more_than 0"],
        "region.satisfaction": ["at_least 80%"],
        "region.book-money": ["at_least 1.5万"],
    }


def test_a_figure_rises_on_its_date() -> None:
    loans = tiny().rules["library.loans"]
    before, after = loans.target_on(date(2023, 12, 31)), loans.target_on(date(2024, 1, 1))
    assert before is not None
    assert after is not None
    assert (str(before.figure), str(after.figure)) == ("at_least 100", "at_least 120")


def test_figures_are_exact() -> None:
    rules = tiny().rules
    figures = [rules[name].targets[0].figure for name in ("district.readers", "region.book-money")]
    assert [figure.low for figure in figures if figure] == [Fraction(3, 20), 15000]


def test_a_table_asks_the_districts_it_names_and_no_other() -> None:
    (target,) = tiny().rules["district.new-cards"].targets
    assert (str(target.for_unit("北片")), str(target.for_unit("南片"))) == ("at_least 600", "at_least 400")
    assert target.for_unit("west") is None
    assert target.parts_of == "region.new-cards"


def test_attributes_narrow_whom_a_rule_asks() -> None:
    assert tiny().rules["library.inspections"].of_each.where == {"规模": ("大", "中")}


def test_a_share_has_a_condition_on_a_flow_and_one_on_a_boolean() -> None:
    measure = tiny().rules["district.lively"].measure
    assert isinstance(measure, Share)
    assert [(c.indicator, str(c.figure)) for c in measure.conditions] == [
        ("events", "at_least 1"),
        ("step_free", "equals 是"),
    ]


def test_a_draft_judges_nobody_unless_asked_for() -> None:
    rulebook = tiny()
    assert rulebook.rules["library.cinema"].status is Status.DRAFT
    assert "library.cinema" not in [rule.id for rule in rulebook.active()]
    assert "library.cinema" in [rule.id for rule in rulebook.active(include_drafts=True)]


def test_follow_ups_have_their_own_numbers_and_types() -> None:
    assert [(f.id, f.kind.value, f.count, f.unit_types) for f in tiny().follow_ups] == [
        ("again", "repeat", 3, ("library",)),
        ("many", "cluster", 2, ("district", "library")),
    ]
