"""Reviews of findings, everything that was done to them, and the files that were attached."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, insert, or_, select, update

from checker.model.review import DismissalCode, Review, ReviewState
from checker.store.batches import batches
from checker.store.database import Reading, Writing
from checker.store.tables import REVIEW_EVENTS, REVIEW_FILES, REVIEWS

SETTLED = (ReviewState.RESOLVED, ReviewState.OBSOLETE)
"""States that end by themselves only when their finding changes."""


class Happened(NamedTuple):
    """One event of a review. `said`: the reason or explanation; `audit`: the number of its record in the trail."""

    seq: int
    finding: str
    at: int
    account: int
    event: str
    before: str | None
    after: str
    said: str
    detail: str
    version: int
    audit: int

    def details(self) -> dict[str, Any]:
        """Give what else belongs to it."""
        told: dict[str, Any] = json.loads(self.detail)
        return told


class Attached(NamedTuple):
    """A file attached to a review, without its content."""

    id: str
    finding: str
    name: str
    type: str
    size: int
    sha256: str
    by_account: int
    created: int


class Asked(NamedTuple):
    """Which reviews are asked for, as they are read on the day `today`; None or empty: any."""

    today: str
    states: Sequence[ReviewState] = ()
    assignee: int | None = None
    overdue: bool | None = None

    @property
    def is_any(self) -> bool:
        """Whether every finding is asked for, reviewed or not."""
        return not self.states and self.assignee is None and self.overdue is None


_COLUMNS = [REVIEWS.c[name] for name in Review._fields]
_FILE = [REVIEW_FILES.c[name] for name in Attached._fields]


def find(reading: Reading, finding: str) -> Review | None:
    """Give the review of a finding as it is stored."""
    return next(iter(of(reading, [finding]).values()), None)


def of(reading: Reading, findings: Iterable[str]) -> dict[str, Review]:
    """Give the reviews of `findings`, by finding; those without one are left out."""
    found: dict[str, Review] = {}
    for some in batches(findings):
        rows = reading.execute(select(*_COLUMNS).where(REVIEWS.c.finding.in_(some)))
        found.update((row[0], _review(row)) for row in rows)
    return found


def unsettled(reading: Reading, units: Collection[str]) -> frozenset[str]:
    """Give the findings of `units` whose review a figure that is accepted or reported could still move."""
    waits = REVIEWS.c.state.not_in([state.value for state in SETTLED])
    found: set[str] = set()
    for some in batches(units):
        found.update(reading.execute(select(REVIEWS.c.finding).where(waits, REVIEWS.c.unit.in_(some))).scalars())
    return frozenset(found)


def add(tx: Writing, fresh: Sequence[Review]) -> None:
    """Add reviews of findings that had none."""
    if fresh:
        tx.connection.execute(insert(REVIEWS), [_row(review) for review in fresh])


def change(tx: Writing, review: Review, version: int) -> bool:
    """Store a review whose stored version is still `version`, and say whether it was."""
    where = (REVIEWS.c.finding == review.finding, REVIEWS.c.version == version)
    return tx.connection.execute(update(REVIEWS).where(*where).values(**_row(review))).rowcount == 1


def happened(tx: Writing, events: Sequence[Happened]) -> None:
    """Add what happened; its numbers are given here."""
    if events:
        rows = [{name: value for name, value in one._asdict().items() if name != "seq"} for one in events]
        tx.connection.execute(insert(REVIEW_EVENTS), rows)


def history(reading: Reading, finding: str) -> list[Happened]:
    """Give everything that happened to the review of a finding, the oldest first."""
    asked = select(REVIEW_EVENTS).where(REVIEW_EVENTS.c.finding == finding).order_by(REVIEW_EVENTS.c.seq)
    return [Happened(*row) for row in reading.execute(asked)]


def attach(tx: Writing, file: Attached, content: bytes) -> None:
    """Keep a file that was attached to a review."""
    tx.connection.execute(insert(REVIEW_FILES).values(**file._asdict(), content=content))


def attached(reading: Reading, finding: str) -> list[Attached]:
    """Give the files attached to the review of a finding, the oldest first."""
    asked = select(*_FILE).where(REVIEW_FILES.c.finding == finding)
    return [Attached(*row) for row in reading.execute(asked.order_by(REVIEW_FILES.c.created, REVIEW_FILES.c.id))]


def content(reading: Reading, finding: str, file: str) -> tuple[Attached, bytes] | None:
    """Give one file attached to the review of a finding, with its content."""
    asked = select(*_FILE, REVIEW_FILES.c.content).where(REVIEW_FILES.c.id == file, REVIEW_FILES.c.finding == finding)
    row = reading.execute(asked).first()
    return (Attached(*row[:-1]), bytes(row[-1])) if row else None


def conditions(reading: Reading, asked: Asked) -> Iterator[ColumnElement[bool]]:
    """Go through the conditions of a query over reviews."""
    if asked.states:
        yield _in_states(reading, asked)
    if asked.assignee is not None:
        yield REVIEWS.c.assignee == asked.assignee
    if asked.overdue is not None:
        late = (REVIEWS.c.state == ReviewState.RECTIFYING.value) & (REVIEWS.c.due < asked.today)
        yield late if asked.overdue else ~late | REVIEWS.c.due.is_(None)


def _in_states(reading: Reading, asked: Asked) -> ColumnElement[bool]:
    """Give the condition of being read as one of some states: a waiver may have ended that nobody noted yet."""
    names = [state.value for state in asked.states]
    stored: ColumnElement[bool] = REVIEWS.c.state.in_(names)
    ended = (REVIEWS.c.state == ReviewState.WAIVED.value) & (REVIEWS.c.waived_until < asked.today)
    if reading.execute(select(REVIEWS.c.finding).where(ended).limit(1)).first() is None:
        return stored
    if ReviewState.WAIVED in asked.states:
        stored = stored & ~(ended & REVIEWS.c.waived_until.is_not(None))
    return or_(stored, ended & REVIEWS.c.earlier.in_(names))


def _row(review: Review) -> Mapping[str, object]:
    told = {name: str(value) if isinstance(value, ReviewState | DismissalCode) else value
            for name, value in review._asdict().items()}  # fmt: skip
    return {**told, "state": review.state.value}


def _review(row: Sequence[Any]) -> Review:
    bare = Review(*row)
    return bare._replace(
        state=ReviewState(bare.state),
        earlier=ReviewState(bare.earlier) if bare.earlier else None,
        code=DismissalCode(bare.code) if bare.code else None,
    )
