"""Cases to judge, and what is right for each by trying values instead of comparing bounds."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from checker.engines.durable import DurableJudge
from checker.engines.judging import Case, Outcome
from checker.model.finding import Verdict
from checker.model.number import Number
from checker.model.target import Form

MET, NOT_MET, PENDING, UNKNOWN, WAIVED = Verdict
BITS_53, BITS_62 = 2**53, 2**62


def case(
    form: Form,
    target: Number | tuple[Number, Number],
    lower: Number | None,
    upper: Number | None,
    stage: str = "due",
    *,
    waived: bool = False,
) -> Case:
    low, high = target if isinstance(target, tuple) else (target, target)
    return Case(form, low, high, lower, upper, stage == "due", stage == "early", waived)


def judged(*cases: Case) -> list[Outcome]:
    return list(DurableJudge().judge(cases))


def satisfies(form: Form, value: Number, low: Number, high: Number) -> bool:
    return {
        Form.AT_LEAST: value >= low,
        Form.MORE_THAN: value > low,
        Form.AT_MOST: value <= high,
        Form.LESS_THAN: value < high,
        Form.BETWEEN: low <= value <= high,
        Form.EQUALS: value == low,
    }[form]


def standing_of(asked: Case) -> Verdict:
    """Tries every value that can matter, instead of comparing bounds."""
    if asked.lower is None:
        return UNKNOWN
    largest = max(asked.lower, asked.high) + 1 if asked.upper is None else asked.upper
    corners = {asked.lower, largest, asked.low, asked.high, asked.low - 1, asked.high + 1}
    between = {Fraction(one + other) / 2 for one, other in product(corners, corners)}
    possible = [value for value in corners | between if asked.lower <= value <= largest]
    answers = {satisfies(asked.form, value, asked.low, asked.high) for value in possible}
    return UNKNOWN if len(answers) == 2 else MET if answers == {True} else NOT_MET


def expected(asked: Case) -> Outcome:
    standing = standing_of(asked)
    verdict = standing if asked.due else PENDING
    if asked.early and not asked.due:
        # What is reported only grows, so it is decided when it would be with an open upper bound.
        sure = standing_of(asked._replace(upper=None))
        if (asked.form, sure) in {(Form.AT_LEAST, MET), (Form.MORE_THAN, MET)}:
            verdict = MET
        if (asked.form, sure) in {(Form.AT_MOST, NOT_MET), (Form.LESS_THAN, NOT_MET)}:
            verdict = NOT_MET
    waived = asked.waived and verdict in {NOT_MET, UNKNOWN}
    return Outcome(WAIVED, verdict, standing) if waived else Outcome(verdict, None, standing)


def small_cases() -> Iterator[Case]:
    bounds: list[tuple[int | None, int | None]] = [(None, None), *((lower, None) for lower in range(5))]
    bounds += [(lower, upper) for lower in range(5) for upper in range(lower, 5)]
    for form, (lower, upper), stage, waived in product(Form, bounds, ("due", "early", "later"), (False, True)):
        for target in [(1, 3), (1, 2), (2, 2)] if form is Form.BETWEEN else [(2, 2), (0, 0)]:
            yield case(form, target, lower, upper, stage, waived=waived)


def many_cases(number: int) -> list[Case]:
    small = list(small_cases())
    return [small[n * 7919 % len(small)] for n in range(number)]


numbers = st.one_of(
    st.integers(0, 20),
    st.fractions(0, 3, max_denominator=12),
    st.integers(BITS_62 - 2, BITS_62 + 2),
    st.integers(-(2**64), 2**64),
    st.builds(Fraction, st.integers(10**30 - 2, 10**30 + 2), st.integers(10**30 - 2, 10**30 + 2)),
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    form = draw(st.sampled_from(Form))
    low, high = sorted([draw(numbers), draw(numbers)])
    lower, upper = sorted([draw(numbers), draw(numbers)])
    known = draw(st.sampled_from(["closed", "open", "none"]))
    return Case(
        form,
        low,
        high if form is Form.BETWEEN else low,
        None if known == "none" else lower,
        upper if known == "closed" else None,
        draw(st.booleans()),
        draw(st.booleans()),
        draw(st.booleans()),
    )
