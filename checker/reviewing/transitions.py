"""The state machine of a review as data: which event leads from where to where, by whom, and on what condition.

Follows the table and "On its own" of the service's design.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from checker.model.review import ReviewEvent as E
from checker.model.review import ReviewState as S


class Actor(StrEnum):
    """Who may cause an event."""

    ANSWERING = "answering_unit"
    AUDITOR = "auditor"
    ANSWERING_OR_AUDITOR = "answering_unit_or_auditor"
    SECOND_AUDITOR = "second_auditor"
    REQUESTER = "requester"
    SYSTEM = "system"


class Condition(StrEnum):
    """What else has to hold. Failing is what is not met, cannot be judged, or is so under a waiver."""

    MET_ON_ACCEPTED_FACTS = "met_on_accepted_facts"
    FAILING = "failing"
    NOT_PROVISIONAL = "not_provisional"
    PROVISIONAL = "provisional"


class Target(StrEnum):
    """Where an event leads that names no state of its own."""

    UNCHANGED = "unchanged"
    EARLIER = "earlier"


class Transition(NamedTuple):
    """One line of the table. `sources` empty: there was no review yet. `is_cover`: the state before is kept beneath."""

    event: E
    sources: frozenset[S]
    target: S | Target
    actor: Actor
    conditions: tuple[Condition, ...] = ()
    is_cover: bool = False


LIVE = frozenset({S.OPEN, S.EXPLAINED, S.CONFIRMED, S.RECTIFYING, S.VERIFYING, S.WAIVED})
"""States in which something is still to be done or to end."""
UNJUDGED = frozenset({S.OPEN, S.EXPLAINED})
_DISMISSIBLE = UNJUDGED | {S.CONFIRMED}
_SETTLED_BY_FIGURES = _DISMISSIBLE | {S.DISMISSED, S.WAIVED}
_EVERY = frozenset(S)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(E.FLAG, frozenset(), S.OPEN, Actor.SYSTEM, (Condition.FAILING,)),
    Transition(E.EXPLAIN, UNJUDGED, S.EXPLAINED, Actor.ANSWERING),
    Transition(E.CONFIRM, UNJUDGED, S.CONFIRMED, Actor.AUDITOR),
    Transition(E.PROPOSE_DISMISSAL, _DISMISSIBLE, Target.UNCHANGED, Actor.AUDITOR),
    Transition(E.DISMISS, _DISMISSIBLE, S.DISMISSED, Actor.SECOND_AUDITOR),
    Transition(E.ORDER, frozenset({S.CONFIRMED}), S.RECTIFYING, Actor.AUDITOR),
    Transition(E.CLAIM, frozenset({S.RECTIFYING}), S.VERIFYING, Actor.ANSWERING),
    Transition(E.ACCEPT, frozenset({S.VERIFYING}), S.RESOLVED, Actor.AUDITOR, (Condition.MET_ON_ACCEPTED_FACTS,)),
    Transition(E.REJECT, frozenset({S.VERIFYING}), S.RECTIFYING, Actor.AUDITOR, (Condition.NOT_PROVISIONAL,)),
    Transition(E.REQUEST_WAIVER, LIVE, Target.UNCHANGED, Actor.ANSWERING_OR_AUDITOR, (Condition.FAILING,)),
    Transition(E.APPROVE_WAIVER, LIVE, S.WAIVED, Actor.SECOND_AUDITOR, (Condition.FAILING,), is_cover=True),
    Transition(E.REFUSE_WAIVER, _EVERY, Target.UNCHANGED, Actor.SECOND_AUDITOR),
    Transition(E.RETRACT_WAIVER, _EVERY, Target.UNCHANGED, Actor.REQUESTER),
    Transition(E.ASSIGN, LIVE, Target.UNCHANGED, Actor.AUDITOR),
    Transition(E.COMMENT, _EVERY, Target.UNCHANGED, Actor.ANSWERING_OR_AUDITOR),
    Transition(E.RELAPSE, frozenset({S.RESOLVED}), S.OPEN, Actor.SYSTEM, (Condition.FAILING,)),
    Transition(E.REOPEN, frozenset({S.DISMISSED}), S.OPEN, Actor.SYSTEM, (Condition.FAILING,)),
    Transition(E.MEET, _SETTLED_BY_FIGURES, S.RESOLVED, Actor.SYSTEM, (Condition.MET_ON_ACCEPTED_FACTS,)),
    Transition(E.MEET_PROVISIONALLY, _SETTLED_BY_FIGURES, S.VERIFYING, Actor.SYSTEM, is_cover=True),
    Transition(E.BEAR_OUT, frozenset({S.VERIFYING}), S.RESOLVED, Actor.SYSTEM,
               (Condition.PROVISIONAL, Condition.MET_ON_ACCEPTED_FACTS)),
    Transition(E.FALTER, frozenset({S.VERIFYING}), Target.EARLIER, Actor.SYSTEM, (Condition.PROVISIONAL,)),
    Transition(E.WAIVE, LIVE - {S.WAIVED}, S.WAIVED, Actor.SYSTEM, is_cover=True),
    Transition(E.END_WAIVER, frozenset({S.WAIVED}), Target.EARLIER, Actor.SYSTEM),
    Transition(E.OUTDATE, LIVE, S.OBSOLETE, Actor.SYSTEM, is_cover=True),
    Transition(E.RESTORE, frozenset({S.OBSOLETE}), Target.EARLIER, Actor.SYSTEM),
)  # fmt: skip
"""The table. A `must` rule is dismissed by the second of two auditors; any other rule's finding by one."""

BY_EVENT = {transition.event: transition for transition in TRANSITIONS}


def diagram(transitions: tuple[Transition, ...] = TRANSITIONS) -> str:
    """Give the machine as a Mermaid state diagram; events that change no state are left out."""
    lines = ["stateDiagram-v2"]
    for one in transitions:
        if one.target is Target.UNCHANGED:
            continue
        told = " ".join([one.event, *(f"[{condition}]" for condition in one.conditions)])
        target = "earlier" if one.target is Target.EARLIER else one.target
        sources = [state.value for state in S if state in one.sources] or ["[*]"]
        lines += [f"    {source} --> {target}: {told} / {one.actor}" for source in sources]
    return "\n".join(lines) + "\n"
