"""What an event makes of a review, and which events follow by themselves from what is now known of its finding.

Pure: no store, no clock. Follows "Review states" of the service's design.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from checker.model.finding import Verdict
from checker.model.review import Review, ReviewEvent, ReviewState
from checker.reviewing.transitions import BY_EVENT, LIVE, Condition, Target, Transition

FAILING = frozenset({Verdict.NOT_MET, Verdict.UNKNOWN})
_FAILING_OR_WAIVED = FAILING | {Verdict.WAIVED}


class Impossible(ValueError):  # noqa: N818 (an answer, not a failure)
    """An event that does not happen to a review in that state, or not now: its condition does not hold."""

    def __init__(self, event: ReviewEvent, state: ReviewState, transition: Transition) -> None:
        super().__init__(f"{event} while {state}")
        self.event, self.state, self.transition = event, state, transition


class Seen(NamedTuple):
    """What is now known of a finding; `verdict` None: nobody asks it any more.

    `facts_digest` None: its facts are those that it stood on before. `is_accepted`: every figure that decided it was
    accepted. `waived_until`: the last day of what waives it, where that is known.
    """

    finding: str
    rule: str
    unit: str
    period: str
    verdict: Verdict | None
    facts_digest: str | None = None
    is_accepted: bool = False
    waived_until: str | None = None


class Step(NamedTuple):
    """One event that happened to a review; `before` None: there was none."""

    event: ReviewEvent
    before: ReviewState | None
    review: Review


def moved(review: Review, event: ReviewEvent, seen: Seen) -> Review:
    """Give the review after an event that the table allows. Raises Impossible."""
    transition = BY_EVENT[event]
    held = all(holds(condition, review, seen) for condition in transition.conditions)
    if review.state not in transition.sources or not held:
        raise Impossible(event, review.state, transition)
    if transition.target is Target.UNCHANGED:
        return review
    base = review.earlier or review.state
    if transition.target is Target.EARLIER:
        return review._replace(state=base, earlier=None, waived_until=None)
    state = ReviewState(transition.target)
    fresh = review._replace(state=state, earlier=base if transition.is_cover else None, waived_until=None)
    fresh = fresh if transition.is_cover else fresh._replace(proposer=None)
    return _settled(fresh, event, seen)


def holds(condition: Condition, review: Review, seen: Seen) -> bool:
    """Whether the condition of a transition holds."""
    match condition:
        case Condition.MET_ON_ACCEPTED_FACTS:
            return seen.verdict is Verdict.MET and seen.is_accepted
        case Condition.FAILING:
            return seen.verdict in _FAILING_OR_WAIVED
        case Condition.NOT_PROVISIONAL:
            return not review.is_provisional
        case Condition.PROVISIONAL:
            return review.is_provisional


def followed(review: Review | None, seen: Seen) -> Iterator[Step]:
    """Go through the events that follow by themselves, in order; none where all is as it should be."""
    while (event := _next(review, seen)) is not None:
        if review is None:
            before, review = None, Review(seen.finding, seen.rule, seen.unit, seen.period, ReviewState.OPEN)
        else:
            before, review = review.state, moved(review, event, seen)
        yield Step(event, before, review)


def _settled(review: Review, event: ReviewEvent, seen: Seen) -> Review:
    """Give `review` with what an event changes beside its state."""
    match event:
        case ReviewEvent.WAIVE | ReviewEvent.APPROVE_WAIVER:
            review = review._replace(waived_until=seen.waived_until)
        case ReviewEvent.DISMISS:
            review = review._replace(facts_digest=seen.facts_digest)
        case ReviewEvent.ORDER | ReviewEvent.REJECT:
            review = review._replace(attempt=review.attempt + 1)
        case ReviewEvent.RELAPSE:
            review = _begun_anew(review)._replace(relapses=review.relapses + 1)
        case ReviewEvent.REOPEN:
            review = _begun_anew(review)
    return review


def _begun_anew(review: Review) -> Review:
    return review._replace(attempt=0, order=None, due=None, code=None, facts_digest=None)


def _next(review: Review | None, seen: Seen) -> ReviewEvent | None:
    if review is None:
        return ReviewEvent.FLAG if seen.verdict in _FAILING_OR_WAIVED else None
    if seen.verdict is None:
        return ReviewEvent.OUTDATE if review.state in LIVE else None
    if review.state is ReviewState.OBSOLETE:
        return ReviewEvent.RESTORE
    if seen.verdict is Verdict.MET:
        return _once_met(review, seen)
    return _while_failing(review, seen)


def _once_met(review: Review, seen: Seen) -> ReviewEvent | None:
    """Give what follows from a target that is met. What was ordered is verified by an auditor, not by a figure."""
    if review.is_provisional:
        return ReviewEvent.BEAR_OUT if seen.is_accepted else None
    if review.state not in BY_EVENT[ReviewEvent.MEET_PROVISIONALLY].sources:
        return None
    return ReviewEvent.MEET if seen.is_accepted else ReviewEvent.MEET_PROVISIONALLY


def _while_failing(review: Review, seen: Seen) -> ReviewEvent | None:
    """Give what follows while a target is not met, cannot be judged, is waived, or is not due."""
    if seen.verdict in _FAILING_OR_WAIVED:
        if review.state is ReviewState.RESOLVED:
            return ReviewEvent.RELAPSE
        if review.state is ReviewState.DISMISSED and seen.facts_digest not in (None, review.facts_digest):
            return ReviewEvent.REOPEN
    if seen.verdict is Verdict.WAIVED:
        # A cover is taken off before the next is laid on: beneath them lies one state.
        return ReviewEvent.WAIVE if review.state in LIVE - {ReviewState.WAIVED} else None
    if review.state is ReviewState.WAIVED:
        return ReviewEvent.END_WAIVER
    return ReviewEvent.FALTER if review.is_provisional else None
