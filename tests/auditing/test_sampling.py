"""Samples: as small as they may be, drawn the same again, and right as often as they say."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.auditing.drawing import digest_of, draw
from checker.auditing.estimating import Interval, Tails, estimate
from checker.auditing.sizing import LARGEST, sample_size

CONFIDENCES = st.sampled_from([Fraction(1, 2), Fraction(4, 5), Fraction(9, 10), Fraction(19, 20), Fraction(999, 1000)])
MARGINS = st.sampled_from([Fraction(1, 50), Fraction(1, 20), Fraction(1, 10), Fraction(1, 3)])


def chance(population: int, size: int, differing: int, found: int) -> Fraction:
    """How likely it is that so many of a sample differ where `differing` of all do."""
    ways = comb(differing, found) * comb(population - differing, size - found)
    return Fraction(ways, comb(population, size))


def slowly(population: int, size: int, found: int, confidence: Fraction) -> Interval:
    """The interval as its definition reads: all numbers under which what was found is not too unlikely."""
    left = (1 - confidence) / 2
    few = [sum(chance(population, size, all_, k) for k in range(found + 1)) for all_ in range(population + 1)]
    many = [sum(chance(population, size, all_, k) for k in range(found, size + 1)) for all_ in range(population + 1)]
    likely = [all_ for all_ in range(population + 1) if few[all_] > left and many[all_] > left]
    return Interval(likely[0], likely[-1])


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 40), CONFIDENCES)
def test_the_interval_is_the_one_that_its_definition_gives(
    data: st.DataObject, population: int, confidence: Fraction
) -> None:
    size = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, size))
    assert estimate(population, size, found, confidence).interval == slowly(population, size, found, confidence)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.integers(1, 60), CONFIDENCES)
def test_the_interval_holds_the_truth_at_least_as_often_as_it_says(
    data: st.DataObject, population: int, confidence: Fraction
) -> None:
    size = data.draw(st.integers(1, population))
    truth = data.draw(st.integers(0, population))
    intervals = [estimate(population, size, found, confidence).interval for found in range(size + 1)]
    right = sum(
        (chance(population, size, truth, found) for found, (low, high) in enumerate(intervals) if low <= truth <= high),
        Fraction(0),
    )
    assert right >= confidence


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 45), CONFIDENCES, MARGINS)
def test_the_sample_is_the_smallest_that_is_narrow_enough(
    population: int, confidence: Fraction, margin: Fraction
) -> None:
    def widest(size: int) -> int:
        intervals = (estimate(population, size, found, confidence).interval for found in range(size + 1))
        return max(high - low for low, high in intervals)

    size = sample_size(population, confidence, margin)
    assert size is not None
    assert widest(size) <= 2 * margin * population
    assert all(widest(smaller) > 2 * margin * population for smaller in range(1, size))


@pytest.mark.parametrize(
    ("population", "margin", "size"),
    [(1, "1/20", 1), (50, "1/20", 44), (845, "1/10", 92), (845, "1/20", 274), (100_000, "1/10", 104)],
)
def test_sizes_that_an_auditor_can_look_up(population: int, margin: str, size: int) -> None:
    assert sample_size(population, Fraction(19, 20), Fraction(margin)) == size


def test_nobody_is_asked_to_look_through_too_many() -> None:
    assert sample_size(5_000, Fraction(19, 20), Fraction(1, 50)) is None
    assert sample_size(LARGEST, Fraction(19, 20), Fraction(1, 2000)) == LARGEST


def test_a_sample_of_everything_knows() -> None:
    found = estimate(12, 12, 5, Fraction(19, 20))
    assert (found.interval, found.share, found.shares) == ((5, 5), Fraction(5, 12), (Fraction(5, 12), Fraction(5, 12)))


@pytest.mark.parametrize("figures", [(0, 0, 0), (5, 6, 0), (5, 3, 4), (5, 3, -1)])
def test_what_is_no_sample_is_refused(figures: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no sample"):
        estimate(*figures, Fraction(19, 20))
    with pytest.raises(ValueError, match="no sample"):
        estimate(5, 3, 1, Fraction(1))


@pytest.mark.parametrize(
    ("confidence", "margin"), [(Fraction(1), Fraction(1, 10)), (Fraction(1, 2), Fraction(0)), (Fraction(1, 2), 1)]
)
def test_what_nobody_can_promise_is_refused(confidence: Fraction, margin: Fraction) -> None:
    with pytest.raises(ValueError, match="no sample"):
        sample_size(10, confidence, Fraction(margin))


@given(st.data(), st.integers(2, 300), CONFIDENCES)
@settings(max_examples=40, deadline=None)
def test_a_guess_changes_nothing(data: st.DataObject, population: int, confidence: Fraction) -> None:
    size = data.draw(st.integers(1, population))
    found = data.draw(st.integers(0, size))
    guess = data.draw(st.integers(-5, population + 5))
    tails = Tails(population, size, confidence)
    assert tails.most(found, guess) == tails.most(found)


IDS = st.sets(st.text("0123456789abcdef", min_size=16, max_size=16), min_size=1, max_size=30)


@given(st.text(), IDS, st.randoms(use_true_random=False), st.integers(0, 30))
def test_a_sample_is_drawn_the_same_again_whatever_the_order(
    seed: str, ids: set[str], shuffled: Random, size: int
) -> None:
    order = sorted(ids)
    shuffled.shuffle(order)
    drawn = draw(seed, ids, size)
    assert drawn == draw(seed, order, size)
    assert len(set(drawn)) == len(drawn) == min(size, len(ids))
    assert set(drawn) <= ids
    assert draw(seed, ids, size + 1)[:size] == drawn
    assert digest_of(ids) == digest_of(order)


def test_another_seed_draws_other_findings_and_each_as_often() -> None:
    ids = [f"{number:016x}" for number in range(10)]
    drawn = [draw(f"seed {number}", ids, 3) for number in range(2000)]
    often = {one: sum(one in some for some in drawn) for one in ids}
    assert all(500 < count < 700 for count in often.values()), often
