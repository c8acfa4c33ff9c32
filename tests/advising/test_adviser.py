"""Advice, followed and checked again with the plain engine: it makes the finding met, and anything less does not."""

from __future__ import annotations

import random
import shutil
import tempfile
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.advising.adviser import Adviser
from checker.engines.assessing import Assessment
from checker.engines.plain import PlainJudge
from checker.intake.reading import Inputs, read
from checker.model.advice import Act, Advice, Obstacle
from checker.model.fact import Data
from checker.model.finding import Verdict
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import default_folder, load
from tests import oracle
from tests.advising.applying import Applying, Pick, applied, least, most, smaller, standing


def generated(seed: int) -> tuple[Rulebook, Data, date] | None:
    """Give the case of `seed`, faulty records set aside, or None where its rulebook or registry cannot be used."""
    folder = Path(tempfile.mkdtemp())
    as_of = oracle.county.random_case(random.Random(seed), folder, faulty=seed % 2 == 1)
    book = load(folder / "rules").rulebook
    data = read(Inputs(folder=folder / "data"), book).data if book else None
    shutil.rmtree(folder)
    return (book, data, as_of) if book and data else None


def advice_on(book: Rulebook, data: Data, as_of: date) -> list[Advice]:
    adviser = Adviser(book, data, as_of)
    findings = Assessment(book, data, as_of, PlainJudge(), include_drafts=True).findings()
    return [advice for advice in map(adviser.advice, findings) if advice]


def followed(book: Rulebook, data: Data, as_of: date, advice: Advice, pick: Pick) -> tuple[Data, Obstacle | None]:
    """Give the data after `advice`, and what it comes to once the figures it waits for are there: at most twice."""
    step: Advice | None = advice
    for _ in range(3):
        if step is None or step.obstacle:
            break
        data = applied(book, data, as_of, step, pick)
        step = Adviser(book, data, as_of).advice(advice.finding) if step.relation else None
    return data, step.obstacle if step else None


def faults(book: Rulebook, data: Data, as_of: date, advice: Advice) -> list[str]:
    """Give what is wrong with `advice`: what does not help, and what would have helped as well."""
    finding, found = advice.finding, []
    if advice.obstacle:
        return []
    for pick in (least(book), most(book)):
        after, obstacle = followed(book, data, as_of, advice, pick)
        if obstacle is None and standing(book, after, as_of, finding) is not Verdict.MET:
            found.append("not met")
    for what, less in [] if advice.relation else smaller(book, data, as_of, advice):
        if standing(book, less, as_of, finding) is Verdict.MET:
            found.append(f"met all the same: {what}")
    return found + slack(book, advice)


def slack(book: Rulebook, advice: Advice) -> list[str]:
    """Give what is wrong with the pace: as much in each period left has to be enough, and a grain less too little."""
    if advice.tempo is None:
        return []
    measure, many, each = advice.finding.rule.measure, len(advice.tempo.periods), advice.tempo.each.low or 0
    amounts = [need.amount for need in advice.needs if need.act in (Act.ADD, Act.REPORT) and need.amount]
    whole = len(advice.units) if advice.units is not None else amounts[0].low
    assert whole is not None
    step = 1 if book.counts_whole(measure) else Fraction(1, 10**6)
    return [] if many * each >= whole > many * (each - step) else [f"{many} times {each} for {whole}"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_advice_makes_a_finding_met_and_anything_smaller_does_not(seed: int) -> None:
    case = generated(seed)
    for advice in advice_on(*case) if case else ():
        assert case
        assert faults(*case, advice) == [], f"seed {seed}: {advice}"


PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"


@pytest.fixture(scope="module")
def pingluo() -> tuple[Rulebook, Data]:
    book = load(default_folder()).rulebook
    assert book is not None
    data = read(Inputs(folder=PINGLUO), book).data
    assert data is not None
    return book, data


@pytest.mark.parametrize("as_of", [date(2023, 2, 1), date(2025, 6, 30), date(2026, 2, 1)])
def test_the_made_up_county_is_met_in_everything_once_it_has_followed_its_advice(
    as_of: date, pingluo: tuple[Rulebook, Data]
) -> None:
    book, data = pingluo
    given = advice_on(book, data, as_of)
    assert len(given) > 50
    assert not [one for one in given if one.obstacle]
    for rule in dict.fromkeys(one.finding.rule.id for one in given):
        left, after = [one for one in given if one.finding.rule.id == rule], data
        for _ in range(3):  # where figures are missing, how much more it takes shows once they are there
            if left:
                after = all_applied(book, after, as_of, left)
                left = advice_on(only(book, rule), after, as_of)
        assert left == []


def all_applied(book: Rulebook, data: Data, as_of: date, given: list[Advice]) -> Data:
    applying = Applying(book, data, as_of)
    for one in given:
        for need in one.needs:
            applying.apply(need, least(book)(need))
    return applying.data


def only(book: Rulebook, rule: str) -> Rulebook:
    """Give `book` with one of its rules alone."""
    sections = tuple(
        part.model_copy(update={"rules": tuple(one for one in part.rules if one.id == rule)}) for part in book.sections
    )
    return Rulebook(plan=book.plan, indicators=book.indicators, checks=(), sections=sections, follow_ups=())
