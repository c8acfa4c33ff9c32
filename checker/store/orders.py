"""Rectification orders (整改单) and every attempt at what they ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import insert, select, update

from checker.model.review import ReviewState
from checker.store.database import Reading, Writing
from checker.store.tables import ATTEMPTS, ORDERS, REVIEWS


class Order(NamedTuple):
    """One order. `reason`: what is to be put right."""

    id: str
    finding: str
    unit: str
    reason: str
    by_account: int
    at: int


class Attempt(NamedTuple):
    """One attempt at an order, due at the end of the day `due`. `evidence`: ids of files, JSON.

    `outcome`: accepted or rejected, None as long as nobody judged it.
    """

    order: str
    number: int
    due: str
    began: int
    claimed: int | None = None
    claimed_by: int | None = None
    statement: str = ""
    evidence: str = "[]"
    judged: int | None = None
    judged_by: int | None = None
    outcome: str | None = None
    reason: str = ""


_ORDER = [ORDERS.c[name] for name in Order._fields]
_ATTEMPT = [ATTEMPTS.c[name] for name in Attempt._fields]


def add(tx: Writing, order: Order, first: Attempt) -> None:
    """Add an order with its first attempt."""
    tx.connection.execute(insert(ORDERS).values(**order._asdict()))
    begin(tx, first)


def begin(tx: Writing, attempt: Attempt) -> None:
    """Begin an attempt."""
    tx.connection.execute(insert(ATTEMPTS).values(**attempt._asdict()))


def note(tx: Writing, order: str, number: int, **values: object) -> None:
    """Note what became of an attempt."""
    where = (ATTEMPTS.c.order == order, ATTEMPTS.c.number == number)
    tx.connection.execute(update(ATTEMPTS).where(*where).values(**values))


def find(reading: Reading, name: str) -> Order | None:
    """Give the order of that id."""
    row = reading.execute(select(*_ORDER).where(ORDERS.c.id == name)).first()
    return Order(*row) if row else None


def attempts(reading: Reading, name: str) -> list[Attempt]:
    """Give every attempt at an order, the first one first."""
    asked = select(*_ATTEMPT).where(ATTEMPTS.c.order == name).order_by(ATTEMPTS.c.number)
    return [Attempt(*row) for row in reading.execute(asked)]


def listed(
    reading: Reading, units: Iterable[str] | None, finding: str | None, late_on: str | None, after: str, most: int
) -> list[Order]:
    """Give orders of `units` (None: all), of one finding or of all, by id, those after `after`, at most so many.

    `late_on`: only those that are overdue on that day.
    """
    asked = select(*_ORDER).where(ORDERS.c.id > after).order_by(ORDERS.c.id).limit(most)
    if units is not None:
        asked = asked.where(ORDERS.c.unit.in_(list(units)))
    if finding is not None:
        asked = asked.where(ORDERS.c.finding == finding)
    if late_on is not None:
        late = (REVIEWS.c.state == ReviewState.RECTIFYING.value, REVIEWS.c.due < late_on)
        asked = asked.where(ORDERS.c.id.in_(select(REVIEWS.c.order).where(*late)))
    return [Order(*row) for row in reading.execute(asked)]
