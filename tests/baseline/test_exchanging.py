"""For any two worlds: every change has a cause, the causes differ between the worlds, and a lone one is named alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from checker.baseline.exchanging import Exchange, World, judge
from checker.baseline.inputs import Kept
from checker.baseline.suspecting import Suspicion
from checker.checking import Question
from checker.model.changes import Cause
from checker.model.fact import Waiver
from checker.model.rulebook import Nature, Ratio, Rulebook, Total
from checker.model.unit import Unit
from tests.engines.building import COUNTY, NOWHERE, TOWN, indicator, rule, rulebook

SCHOOLS = [Unit(name, name, "school", "town") for name in ("a", "b", "c")]
PERIODS = ("2023-2024-1", "2023-2024-2", "2024-2025-1")
DAYS = (date(2024, 1, 20), date(2024, 9, 15), date(2025, 6, 1))


def book(target: str) -> Rulebook:
    rules = [
        rule("r", Total(indicator="讲座"), target),
        rule("q", Ratio(numerator="参与", denominator="在校"), "at_least 85%"),
    ]
    levels = [indicator(name, "school", nature=Nature.LEVEL) for name in ("参与", "在校")]
    return rulebook([indicator("讲座", "school"), *levels], rules)


figures = st.builds(
    "{} {} {} {} {}".format,
    st.sampled_from("abc"), st.sampled_from(["讲座", "参与", "在校"]), st.sampled_from(PERIODS), st.integers(0, 3),
    st.sampled_from(["-", "63871718400", "63886406400"]),
)  # fmt: skip
waivers = st.builds(
    lambda unit, until: Waiver(f"w-{unit}", "r", unit, (), None, until, "x", "y", NOWHERE),
    st.sampled_from("abc"), st.sampled_from([date(2024, 3, 1), date(2026, 1, 1)]),
)  # fmt: skip
schools = st.sets(st.sampled_from([0, 1, 2]), min_size=1)
parts: Mapping[str, st.SearchStrategy[tuple[object, ...]]] = {
    "units": schools.map(lambda chosen: (COUNTY, TOWN, *(SCHOOLS[n] for n in sorted(chosen)))),
    "waivers": st.lists(waivers, unique_by=lambda one: one.id, max_size=2).map(tuple),
    "facts": st.lists(figures, unique_by=lambda line: line[: line.rindex(" ") - 1], max_size=8).map(
        lambda lines: tuple(sorted(lines))
    ),
}


@st.composite
def pairs(draw: st.DrawFn) -> tuple[World, World]:
    """Give two worlds that are alike but for some inputs."""
    first = {name: draw(part) for name, part in parts.items()}
    target, day = draw(st.sampled_from(["at_least 1", "at_least 2"])), draw(st.sampled_from(DAYS))
    second = {name: draw(part) if draw(st.booleans()) else first[name] for name, part in parts.items()}
    other = draw(st.sampled_from([target, "at_most 1", "at_least 3"]))
    later = draw(st.sampled_from([one for one in DAYS if one >= day]))
    then, now = (
        World(Kept.model_validate({**kept, "rulebook": book(text), "spoiled": ()}), Question(as_of=when))
        for kept, text, when in ((first, target, day), (second, other, later))
    )
    return then, now


def differing(then: World, now: World) -> set[Cause]:
    found = {Cause.CALENDAR: then.question != now.question}
    for cause, name in (
        (Cause.REGISTRY, "units"),
        (Cause.RULE, "rulebook"),
        (Cause.WAIVER, "waivers"),
        (Cause.DATA, "facts"),
    ):
        found[cause] = getattr(then.inputs, name) != getattr(now.inputs, name)
    return {cause for cause, is_so in found.items() if is_so}


@given(pairs())
def test_causes_are_inputs_that_differ_and_no_change_is_without_one(worlds: tuple[World, World]) -> None:
    then, now = worlds
    found_then, found_now = judge(*then), judge(*now)
    exchange, differ = Exchange(then, found_then, now, found_now), differing(then, now)
    for one in {**found_then, **found_now}:
        causes = set(exchange.causes(one))
        if found_then.get(one) != found_now.get(one):
            assert causes
            assert causes <= differ
        if len(differ) == 1:
            assert causes in (set(), differ)


@given(pairs())
def test_digests_suspect_whatever_recomputing_finds(worlds: tuple[World, World]) -> None:
    then, now = worlds
    found_then, found_now = judge(*then), judge(*now)
    exchange, differ = Exchange(then, found_then, now, found_now), differing(then, now)
    if differ & {Cause.REGISTRY, Cause.WAIVER, Cause.DATA}:
        differ |= {Cause.REGISTRY, Cause.WAIVER, Cause.DATA}
    that_day = judge(now.inputs, replace(now.question, as_of=then.question.as_of))
    suspicion = Suspicion(
        tuple(cause for cause in Cause if cause in differ), found_then, found_now, that_day, frozenset()
    )
    for one in {**found_then, **found_now}:
        if found_then.get(one) != found_now.get(one):
            possible = set(suspicion.causes(one))
            assert possible
            # Where the day and another input would each do alone, only the digests' way can tell that the day need not.
            assert set(exchange.causes(one)) <= possible | {Cause.CALENDAR}
