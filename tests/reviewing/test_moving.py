"""The state machine as data, and what follows by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.finding import Verdict
from checker.model.review import Review, ReviewEvent, ReviewState
from checker.reviewing.moving import Impossible, Seen, followed, moved
from checker.reviewing.transitions import BY_EVENT, LIVE, TRANSITIONS, Actor, Target, diagram
from checker.reviewing.words import DISMISSALS, EVENTS, STATES, WAIVERS

DRAWN = Path(__file__).with_name("states.mmd")
S, E, V = ReviewState, ReviewEvent, Verdict
COVERS = {S.WAIVED, S.OBSOLETE}


def seen(verdict: Verdict | None, digest: str | None = "a", accepted: bool = False, until: str | None = None) -> Seen:
    return Seen("f", "r", "u", "2024", verdict, digest, accepted and verdict is V.MET, until)


def review(state: ReviewState, earlier: ReviewState | None = None, **more: object) -> Review:
    return Review("f", "r", "u", "2024", state, earlier)._replace(**more)  # type: ignore[arg-type] # its own fields


SEEN = st.builds(seen, st.sampled_from([*Verdict, None]), st.sampled_from(["a", "b", None]), st.booleans(),
                 st.sampled_from([None, "2025-12-31"]))  # fmt: skip
UNCOVERED = sorted(set(S) - COVERS)
REVIEWS = st.one_of(
    st.builds(review, st.sampled_from(UNCOVERED), relapses=st.integers(0, 3), facts_digest=st.just("a")),
    st.builds(review, st.sampled_from([*COVERS, S.VERIFYING]), st.sampled_from(sorted(LIVE - {S.WAIVED}))),
)


def test_the_machine_is_as_it_was_drawn() -> None:
    assert diagram() == DRAWN.read_text(encoding="utf-8")


def test_every_event_is_in_the_table_once_and_everything_has_words() -> None:
    assert sorted(one.event for one in TRANSITIONS) == sorted(E)
    for words in (STATES, EVENTS, DISMISSALS, WAIVERS):
        assert all(text.zh and text.en for text in words.values())
    assert (set(STATES), set(EVENTS)) == (set(S), set(E))
    assert len({text.zh for text in STATES.values()}) == len(S)


def test_every_state_is_reached_and_every_live_one_can_end() -> None:
    reached = {one.target for one in TRANSITIONS}
    assert set(S) <= reached
    for state in LIVE:
        assert any(state in one.sources and one.target not in {state, Target.UNCHANGED} for one in TRANSITIONS)


@given(st.one_of(st.none(), REVIEWS), SEEN)
def test_what_follows_by_itself_ends_and_is_in_the_table(before: Review | None, now: Seen) -> None:
    steps = list(followed(before, now))
    assert len(steps) <= 4
    for step in steps:
        assert BY_EVENT[step.event].actor is Actor.SYSTEM
    if steps:
        assert list(followed(steps[-1].review, now)) == []


@given(st.one_of(st.none(), REVIEWS), SEEN)
def test_unknown_closes_nothing_and_unaccepted_figures_resolve_nothing(before: Review | None, now: Seen) -> None:
    for step in followed(before, now):
        if step.review.state is S.RESOLVED:
            assert now.verdict is V.MET
            assert now.is_accepted


@given(st.one_of(st.none(), REVIEWS), SEEN)
def test_a_state_beneath_is_kept_exactly_while_something_covers_it(before: Review | None, now: Seen) -> None:
    for step in followed(before, now):
        one = step.review
        assert (one.earlier is not None) is (one.state in COVERS or one.is_provisional)
        assert one.earlier not in {*COVERS, S.RESOLVED}
        assert one.waived_until is None or one.state is S.WAIVED


@given(REVIEWS, st.sampled_from(sorted(E)), SEEN)
def test_an_event_leads_where_the_table_says_or_is_impossible(one: Review, event: ReviewEvent, now: Seen) -> None:
    transition = BY_EVENT[event]
    if one.state not in transition.sources:
        with pytest.raises(Impossible):
            moved(one, event, now)
        return
    try:
        after = moved(one, event, now)
    except Impossible:
        assert transition.conditions
        return
    if transition.target is Target.UNCHANGED:
        assert after == one
    elif transition.target is not Target.EARLIER:
        assert after.state == transition.target


@pytest.mark.parametrize(
    ("before", "now", "events", "state"),
    [
        (None, seen(V.NOT_MET), [E.FLAG], S.OPEN),
        (None, seen(V.UNKNOWN), [E.FLAG], S.OPEN),
        (None, seen(V.MET, accepted=True), [], None),
        (None, seen(V.PENDING), [], None),
        (None, seen(V.WAIVED), [E.FLAG, E.WAIVE], S.WAIVED),
        (review(S.CONFIRMED), seen(V.UNKNOWN), [], S.CONFIRMED),
        (review(S.OPEN), seen(V.MET), [E.MEET_PROVISIONALLY], S.VERIFYING),
        (review(S.OPEN), seen(V.MET, accepted=True), [E.MEET], S.RESOLVED),
        (review(S.VERIFYING, S.OPEN), seen(V.MET, accepted=True), [E.BEAR_OUT], S.RESOLVED),
        (review(S.VERIFYING, S.EXPLAINED), seen(V.UNKNOWN), [E.FALTER], S.EXPLAINED),
        (review(S.VERIFYING), seen(V.MET, accepted=True), [], S.VERIFYING),
        (review(S.RECTIFYING), seen(V.MET, accepted=True), [], S.RECTIFYING),
        (review(S.RESOLVED), seen(V.NOT_MET), [E.RELAPSE], S.OPEN),
        (review(S.RESOLVED), seen(V.UNKNOWN), [E.RELAPSE], S.OPEN),
        (review(S.RESOLVED), seen(V.PENDING), [], S.RESOLVED),
        (review(S.DISMISSED, facts_digest="a"), seen(V.NOT_MET, "a"), [], S.DISMISSED),
        (review(S.DISMISSED, facts_digest="a"), seen(V.NOT_MET, None), [], S.DISMISSED),
        (review(S.DISMISSED, facts_digest="a"), seen(V.NOT_MET, "b"), [E.REOPEN], S.OPEN),
        (review(S.DISMISSED, facts_digest="a"), seen(V.WAIVED, "b"), [E.REOPEN, E.WAIVE], S.WAIVED),
        (review(S.WAIVED, S.RECTIFYING), seen(V.NOT_MET), [E.END_WAIVER], S.RECTIFYING),
        (review(S.WAIVED, S.RECTIFYING), seen(V.MET, accepted=True), [E.MEET], S.RESOLVED),
        (review(S.WAIVED, S.CONFIRMED), seen(None), [E.OUTDATE], S.OBSOLETE),
        (review(S.RESOLVED), seen(None), [], S.RESOLVED),
        (review(S.OBSOLETE, S.CONFIRMED), seen(V.NOT_MET), [E.RESTORE], S.CONFIRMED),
        (review(S.OBSOLETE, S.OPEN), seen(V.WAIVED), [E.RESTORE, E.WAIVE], S.WAIVED),
    ],
)  # fmt: skip
def test_what_follows(before: Review | None, now: Seen, events: list[ReviewEvent], state: ReviewState | None) -> None:
    steps = list(followed(before, now))
    assert [step.event for step in steps] == events
    last = steps[-1].review if steps else before
    assert (last and last.state) == state


def test_a_relapse_is_counted_and_begins_anew() -> None:
    (step,) = followed(review(S.RESOLVED, relapses=1, attempt=3, due="2025-01-01", order="o"), seen(V.NOT_MET))
    told = step.review
    assert (told.relapses, told.attempt, told.due, told.order) == (2, 0, None, None)


def test_a_waiver_has_ended_when_it_is_read_on_the_day_after() -> None:
    waived = review(S.WAIVED, S.RECTIFYING, waived_until="2025-12-31", due="2025-06-01")
    assert waived.on("2025-12-31") == waived
    assert not waived.is_overdue("2025-12-31")
    ended = waived.on("2026-01-01")
    assert (ended.state, ended.earlier, ended.waived_until) == (S.RECTIFYING, None, None)
    assert ended.is_overdue("2025-06-02")
    assert not ended.is_overdue("2025-06-01")
