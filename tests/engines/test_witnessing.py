"""The evidence behind a finding: what it lists, summed by hand, is what was observed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.engines.witnessing import Witnessing
from checker.intake.reading import Inputs, read
from checker.model.evidence import Evidence, Fate, Part, Role
from checker.model.fact import Data, Fact
from checker.model.number import Number
from checker.model.problem import Place
from checker.model.rulebook import Change, Condition, Nature, Ratio, Rulebook, Share, Total
from checker.model.target import Target
from checker.rulebook.loading import load
from tests import oracle
from tests.engines.building import (
    COUNTY,
    SCHOOL,
    TOWN,
    data,
    fact,
    figure,
    indicator,
    period,
    rule,
    rulebook,
    spoiled,
    unit,
)

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"
AUTUMN = "2024-2025-1"


def by_hand(parts: Iterable[Part], code: str, when: str, book: Rulebook) -> Number | None:
    """Add up what the facts listed as counted say of one indicator in one period."""
    told: list[Number] = []
    for part in parts:
        if (part.indicator, part.period.code) != (code, when):
            continue
        counted = [one.fact.value for one in part.witnesses if one.fate is Fate.COUNTED]
        assert book.indicators[code].nature is Nature.FLOW or len(counted) <= 1
        told += [value for value in counted if value is not None]
    return sum(told) if told else None


def agrees(evidence: Evidence, book: Rulebook) -> bool:
    """Whether the facts listed, computed by hand, give the finding's lower bound."""
    finding, measure = evidence.finding, evidence.finding.rule.measure
    if isinstance(measure, Share):
        units = {part.unit: part.role for part in evidence.parts if part.role is not Role.ABSENT}
        satisfied = sum(role is Role.SATISFIES for role in units.values())
        return finding.lower == (Fraction(satisfied, len(units)) if units else None)
    now = finding.period.code
    if isinstance(measure, Total):
        return by_hand(evidence.parts, measure.indicator, now, book) == finding.lower
    if finding.lower is None:
        return True
    if isinstance(measure, Ratio):
        above, below = (by_hand(evidence.parts, code, now, book) for code in (measure.numerator, measure.denominator))
        return (above, below) == (finding.numerator, finding.denominator)
    assert isinstance(measure, Change)
    before = next(part.period.code for part in evidence.parts if part.period.code != now)
    this, last = (by_hand(evidence.parts, measure.indicator, when, book) for when in (now, before))
    return this is not None and last is not None and this - last == finding.lower


def disagreeing(book: Rulebook, county: Data, as_of: date) -> list[Evidence]:
    witnessing = Witnessing(book, county, as_of)
    findings = Assessment(book, county, as_of, PlainJudge(), include_drafts=True).findings()
    return [one for one in map(witnessing.evidence, findings) if not agrees(one, book)]


@pytest.mark.parametrize("first", range(0, 120, 20))
def test_the_facts_listed_summed_by_hand_give_the_observed_value(first: int, tmp_path: Path) -> None:
    for seed in range(first, first + 20):
        folder = tmp_path / str(seed)
        as_of = oracle.county.random_case(random.Random(seed), folder, faulty=seed % 2 == 1)
        book = load(folder / "rules").rulebook
        if book is None:
            continue
        county = read(Inputs(folder=folder / "data"), book).data
        if county is not None:
            assert disagreeing(book, county, as_of) == []


@pytest.mark.parametrize("as_of", [date(2024, 3, 1), date(2025, 6, 30), date(2026, 2, 1)])
def test_the_made_up_county_explains_every_finding(as_of: date) -> None:
    book = load(Path(__file__).parents[2] / "rules" / "pingluo-2021-2025").rulebook
    assert book is not None
    county = read(Inputs(folder=PINGLUO), book).data
    assert county is not None
    assert disagreeing(book, county, as_of) == []


def fates(*facts: Fact, units: Iterable[str] = ("school",), spoil: Iterable[str] = ()) -> list[str]:
    level = indicator("pupils", "school", nature=Nature.LEVEL)
    flow = indicator("lectures", "school")
    asked = [rule(one.code, Total(indicator=one.code), "at_least 1", "county") for one in (level, flow)]
    book = rulebook([level, flow], asked)
    registry = [COUNTY, TOWN, SCHOOL, unit("gone", "school", "town", closed=date(2024, 10, 1))]
    county = data(*facts, units=registry, spoil=[spoiled("school", facts[0].indicator, when) for when in spoil])
    as_of = date(2025, 1, 31)
    findings = Assessment(book, county, as_of, PlainJudge()).findings()
    wanted = next(one for one in findings if (one.rule.id, one.period.code) == (facts[0].indicator, AUTUMN))
    evidence = Witnessing(book, county, as_of).evidence(wanted)
    assert evidence.check_date == evidence.due_on == as_of
    assert evidence.target_since == date(2021, 1, 1)
    return [f"{one.fact.value} {one.fate}" for part in evidence.parts if part.unit in units for one in part.witnesses]


def lecture(value: Number | None, reported: str = "", when: str = AUTUMN, who: str = "school") -> Fact:
    return fact(who, "lectures", when, value, reported)


def test_a_corrected_value_is_superseded() -> None:
    assert fates(lecture(1), lecture(2, "2024-12-01"), lecture(3, "2024-12-02")) == [
        "1 superseded", "2 superseded", "3 counted",
    ]  # fmt: skip


def test_a_withdrawn_value_its_withdrawal_and_the_next_report() -> None:
    history = [lecture(1, "2024-12-01"), lecture(None, "2024-12-02"), lecture(4, "2024-12-03")]
    assert fates(*history) == ["1 withdrawn", "None withdrawal", "4 counted"]
    assert fates(*history[:2]) == ["1 withdrawn", "None withdrawal"]


def test_a_value_reported_later_is_not_yet_known() -> None:
    assert fates(lecture(1), lecture(2, "2025-02-01")) == ["1 counted", "2 not_yet_known"]


def test_of_a_level_the_latest_period_counts_and_the_others_are_outdated() -> None:
    pupils = [
        fact("school", "pupils", when, value) for when, value in (("2024-09", 9), ("2024-12", 12), ("2024-10", 10))
    ]
    assert fates(*pupils) == ["9 outdated", "10 outdated", "12 counted"]


def test_a_level_of_a_unit_out_of_scope_does_not_count_but_a_flow_does() -> None:
    assert fates(fact("gone", "pupils", "2024-09", 5), units=["gone"]) == ["5 out_of_scope"]
    assert fates(lecture(5, when="2024-09", who="gone"), units=["gone"]) == ["5 counted"]


def test_a_key_with_a_record_set_aside_counts_nothing_and_spoils_a_level() -> None:
    assert fates(lecture(1, when="2024-09"), lecture(2, when="2024-10"), spoil=["2024-09"]) == [
        "1 spoiled",
        "2 counted",
    ]
    pupils = [fact("school", "pupils", when, 9) for when in ("2024-09", "2024-10")]
    assert fates(*pupils, spoil=["2024-09"]) == ["9 spoiled", "9 spoiled"]


def test_a_share_says_what_each_unit_told_and_a_target_since_when() -> None:
    flow = indicator("lectures", "school")
    share = Share(of="school", conditions=(Condition(indicator="lectures", figure=figure("at_least 2")),))
    asked = rule("r", share, "at_least 50%", "county")
    rises = (Target(figure=figure("at_least 10%")), Target(start=date(2024, 1, 1), figure=figure("at_least 50%")))
    book = rulebook([flow], [asked.model_copy(update={"targets": rises})], grace_days=5)
    gone = unit("gone", "school", "town", closed=date(2024, 9, 2))
    county = data(lecture(2), lecture(1, who="b"), units=[COUNTY, TOWN, SCHOOL, unit("b", "school", "town"), gone])
    as_of = date(2025, 3, 1)
    witnessing = Witnessing(book, county, as_of)
    findings = [one for one in Assessment(book, county, as_of, PlainJudge()).findings() if one.period == period(AUTUMN)]
    evidence = witnessing.evidence(findings[0])
    told = [(part.unit, part.role, part.value) for part in evidence.parts]
    assert told == [("b", Role.FAILS, 1), ("school", Role.SATISFIES, 2), ("gone", Role.ABSENT, None)]
    assert (evidence.target_since, evidence.due_on) == (date(2024, 1, 1), date(2025, 2, 5))


def test_a_silent_unit_and_one_nobody_waits_for_have_their_roles() -> None:
    flow = indicator("lectures", "school")
    book = rulebook([flow], [rule("r", Total(indicator="lectures"), "at_least 1", "county")])
    registry = [
        COUNTY,
        TOWN,
        SCHOOL,
        unit("gone", "school", "town", closed=date(2024, 10, 1)),
        unit("new", "school", "town"),
    ]
    county = data(lecture(1, who="new"), units=registry)
    as_of = date(2025, 1, 31)
    finding = next(
        one for one in Assessment(book, county, as_of, PlainJudge()).findings() if one.period == period(AUTUMN)
    )
    roles = {part.unit: part.role for part in Witnessing(book, county, as_of).evidence(finding).parts}
    assert roles == {"gone": Role.ABSENT, "new": Role.COUNTS, "school": Role.SILENT}


def test_a_record_that_was_set_aside_is_named_with_its_place() -> None:
    flow = indicator("lectures", "school")
    book = rulebook([flow], [rule("r", Total(indicator="lectures"), "at_least 9")])
    here, elsewhere = spoiled("school", "lectures", "2024-09"), spoiled("school", "lectures", "2023")
    places = {here: (Place("a.csv", 3), Place("b.csv", 2)), elsewhere: (Place("c.csv", 9),)}
    county = Data(data().registry, [lecture(2, when="2024-10")], (), frozenset(places), places)
    as_of = date(2025, 1, 31)
    finding = next(
        one for one in Assessment(book, county, as_of, PlainJudge()).findings() if one.period == period(AUTUMN)
    )
    (part,) = Witnessing(book, county, as_of).evidence(finding).parts
    assert (part.role, part.value, [str(place) for place in part.set_aside]) == (
        Role.SPOILED,
        2,
        ["a.csv:3", "b.csv:2"],
    )
