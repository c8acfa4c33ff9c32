"""Waivers that were asked for, each for one finding, and what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import insert, select, update

from checker.model.review import WaiverState
from checker.store.database import Reading, Writing
from checker.store.tables import WAIVER_REQUESTS


class WaiverRequest(NamedTuple):
    """A waiver that was asked for, for one finding, until the end of the day `until`, and what was decided."""

    id: str
    finding: str
    rule: str
    unit: str
    period: str
    state: WaiverState
    until: str
    reason: str
    requester: int
    requested: int
    approver: int | None = None
    decided: int | None = None
    decision: str = ""
    version: int = 1


_WAIVER = [WAIVER_REQUESTS.c[name] for name in WaiverRequest._fields]


def add(tx: Writing, request: WaiverRequest) -> None:
    """Add a request for a waiver."""
    tx.connection.execute(insert(WAIVER_REQUESTS).values(**{**request._asdict(), "state": request.state.value}))


def decide(tx: Writing, request: WaiverRequest, version: int) -> bool:
    """Store what was decided of a request whose stored version is still `version`, and say whether it was."""
    where = (WAIVER_REQUESTS.c.id == request.id, WAIVER_REQUESTS.c.version == version)
    values = {**request._asdict(), "state": request.state.value}
    return tx.connection.execute(update(WAIVER_REQUESTS).where(*where).values(**values)).rowcount == 1


def find(reading: Reading, name: str) -> WaiverRequest | None:
    """Give the request for a waiver of that id."""
    row = reading.execute(select(*_WAIVER).where(WAIVER_REQUESTS.c.id == name)).first()
    return _request(row) if row else None


def listed(
    reading: Reading, units: Iterable[str] | None, state: WaiverState | None, finding: str | None, after: str, most: int
) -> list[WaiverRequest]:
    """Give requests of `units` (None: all), in a state or in any, by id, those after `after`, at most so many."""
    asked = select(*_WAIVER).where(WAIVER_REQUESTS.c.id > after).order_by(WAIVER_REQUESTS.c.id).limit(most)
    if units is not None:
        asked = asked.where(WAIVER_REQUESTS.c.unit.in_(list(units)))
    if state is not None:
        asked = asked.where(WAIVER_REQUESTS.c.state == state.value)
    if finding is not None:
        asked = asked.where(WAIVER_REQUESTS.c.finding == finding)
    return [_request(row) for row in reading.execute(asked)]


def _request(row: Sequence[object]) -> WaiverRequest:
    bare = WaiverRequest(*row)  # type: ignore[arg-type] # as the columns are
    return bare._replace(state=WaiverState(bare.state))
