"""A finding's review: one state, and what else is known of it. Values only.

Follows "Review states" of the service's design.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class ReviewState(StrEnum):
    """What has been done about a finding; one of these at any time."""

    OPEN = "open"
    EXPLAINED = "explained"
    CONFIRMED = "confirmed"
    RECTIFYING = "rectifying"
    VERIFYING = "verifying"
    RESOLVED = "resolved"
    DISMISSED = "dismissed"
    WAIVED = "waived"
    OBSOLETE = "obsolete"


class ReviewEvent(StrEnum):
    """What happens to a review: the first by people, those from FLAG on by themselves."""

    EXPLAIN = "explain"
    CONFIRM = "confirm"
    PROPOSE_DISMISSAL = "propose_dismissal"
    DISMISS = "dismiss"
    ORDER = "order"
    CLAIM = "claim"
    ACCEPT = "accept"
    REJECT = "reject"
    REQUEST_WAIVER = "request_waiver"
    APPROVE_WAIVER = "approve_waiver"
    REFUSE_WAIVER = "refuse_waiver"
    RETRACT_WAIVER = "retract_waiver"
    ASSIGN = "assign"
    COMMENT = "comment"
    FLAG = "flag"
    RELAPSE = "relapse"
    REOPEN = "reopen"
    MEET = "meet"
    MEET_PROVISIONALLY = "meet_provisionally"
    BEAR_OUT = "bear_out"
    FALTER = "falter"
    WAIVE = "waive"
    END_WAIVER = "end_waiver"
    OUTDATE = "outdate"
    RESTORE = "restore"


class DismissalCode(StrEnum):
    """Why a finding does not hold: 数据有误, 规则误判, 不适用, 重复."""

    WRONG_DATA = "wrong_data"
    WRONG_RULE = "wrong_rule"
    NOT_APPLICABLE = "not_applicable"
    DUPLICATE = "duplicate"


class WaiverState(StrEnum):
    """What became of a waiver that was asked for. That it has ended is told by its last day."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    RETRACTED = "retracted"


class Review(NamedTuple):
    """The review of one finding.

    `earlier`: the state beneath one that only covers it (waived, obsolete, verifying on figures that nobody accepted
    yet). `waived_until`: the last day of the waiver, as text. `attempt`: of the rectification order `order`, due on the
    last day `due`. `code`: why it was dismissed, or is proposed to be by the auditor `proposer`. `facts_digest`: of the
    facts that it was dismissed on. `waiver`: the request that waits for an answer.
    """

    finding: str
    rule: str
    unit: str
    period: str
    state: ReviewState
    earlier: ReviewState | None = None
    waived_until: str | None = None
    relapses: int = 0
    attempt: int = 0
    order: str | None = None
    due: str | None = None
    assignee: int | None = None
    code: DismissalCode | None = None
    facts_digest: str | None = None
    proposer: int | None = None
    waiver: str | None = None
    version: int = 1
    opened: int = 0
    changed: int = 0

    @property
    def is_provisional(self) -> bool:
        """Whether it waits for verification only because a figure that nobody accepted yet would meet the target."""
        return self.state is ReviewState.VERIFYING and self.earlier is not None

    def on(self, today: str) -> Review:
        """Give it as it is read on a day: a waiver has ended with its last day, whoever notes that when."""
        if self.state is ReviewState.WAIVED and self.waived_until is not None and self.waived_until < today:
            return self._replace(state=self.earlier or ReviewState.OPEN, earlier=None, waived_until=None)
        return self

    def is_overdue(self, today: str) -> bool:
        """Whether what was ordered should have been done before `today` and is not said to be."""
        return self.state is ReviewState.RECTIFYING and self.due is not None and self.due < today
