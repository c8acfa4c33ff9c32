"""What was done and what is still to do: runs, alerts, outstanding roll-ups, settings, leases, idempotency keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from checker.model.finding import Alert
from checker.store.database import Reading, Writing
from checker.store.tables import ALERTS, IDEMPOTENCY, LEASES, OUTSTANDING, RUNS, SETTINGS

_MICRO = 1_000_000
KEPT = 7 * 86400 * _MICRO
"""How long an idempotency key is kept, in microseconds."""


class Run(NamedTuple):
    """One judging: why, as of which day, by what, how many findings, and how many of them changed."""

    seq: int
    at: int
    causes: str
    as_of: str
    rulebook: str
    version: str
    engine: str
    judged: int
    changed: int
    submission: str | None


class Task(NamedTuple):
    """A roll-up that is outstanding: the findings above `unit`, or everything (None), and what caused it."""

    seq: int
    unit: str | None
    cause: str
    at: int


class Remembered(NamedTuple):
    """What was answered to a request: a digest of what was asked, the status and the body."""

    digest: str
    status: int
    body: str


class Alerting(NamedTuple):
    """An alert as it stands, with its number and since when."""

    seq: int
    alert: Alert
    since: int


def add_run(tx: Writing, run: Run) -> int:
    """Add a run and give its number."""
    values = {key: value for key, value in run._asdict().items() if key != "seq"}
    number: int = tx.connection.execute(insert(RUNS).values(**values).returning(RUNS.c.seq)).scalar_one()
    return number


def finish_run(tx: Writing, number: int, judged: int, changed: int) -> None:
    """Note what came of a run."""
    tx.connection.execute(update(RUNS).where(RUNS.c.seq == number).values(judged=judged, changed=changed))


def runs(reading: Reading, before: int | None, most: int) -> list[Run]:
    """Give runs, the newest first, those before number `before`, at most so many."""
    asked = select(RUNS).order_by(RUNS.c.seq.desc()).limit(most)
    return [Run(*row) for row in reading.execute(asked if before is None else asked.where(RUNS.c.seq < before))]


def find_run(reading: Reading, number: int) -> Run | None:
    """Give the run of that number."""
    row = reading.execute(select(RUNS).where(RUNS.c.seq == number)).first()
    return Run(*row) if row else None


def set_alerts(tx: Writing, units: Iterable[str], alerts: Sequence[Alert]) -> None:
    """Let `alerts` be those of `units`; those that stand already keep their number and their instant."""
    standing = {one.alert: one.seq for one in alerts_of(tx.connection, list(units))}
    gone = [seq for alert, seq in standing.items() if alert not in alerts]
    if gone:
        tx.connection.execute(delete(ALERTS).where(ALERTS.c.seq.in_(gone)))
    rows = [
        {"unit": alert.unit, "follow_up": alert.follow_up, "rule": alert.rule, "periods": json.dumps(alert.periods),
         "escalate_to": json.dumps(alert.escalate_to, ensure_ascii=False), "since": tx.at}
        for alert in alerts if alert not in standing
    ]  # fmt: skip
    if rows:
        tx.connection.execute(insert(ALERTS), rows)


def alerts_of(reading: Reading, units: Sequence[str] | None, after: int = 0, most: int | None = None) -> list[Alerting]:
    """Give the alerts of `units` (None: all) by number, those after `after`, at most so many."""
    asked = select(ALERTS).where(ALERTS.c.seq > after).order_by(ALERTS.c.seq).limit(most)
    found = reading.execute(asked if units is None else asked.where(ALERTS.c.unit.in_(units)))
    return [
        Alerting(row.seq, Alert(row.follow_up, row.unit, row.rule, tuple(json.loads(row.periods)),
                                tuple(json.loads(row.escalate_to))), row.since)
        for row in found
    ]  # fmt: skip


def ask_for(tx: Writing, unit: str | None, cause: str) -> None:
    """Leave a roll-up to be done: of the findings above `unit`, or of everything (None)."""
    tx.connection.execute(insert(OUTSTANDING).values(unit=unit, cause=cause, at=tx.at))


def outstanding(reading: Reading) -> list[Task]:
    """Give what is still to be done, the oldest first."""
    return [Task(*row) for row in reading.execute(select(OUTSTANDING).order_by(OUTSTANDING.c.seq))]


def everywhere(reading: Reading) -> list[str]:
    """Give the causes of what is still to be done everywhere."""
    asked = select(OUTSTANDING.c.cause).where(OUTSTANDING.c.unit.is_(None)).order_by(OUTSTANDING.c.seq)
    return list(reading.execute(asked).scalars())


def done(tx: Writing, last: int) -> None:
    """Note that everything outstanding up to number `last` is done."""
    tx.connection.execute(delete(OUTSTANDING).where(OUTSTANDING.c.seq <= last))


def setting(reading: Reading, name: str) -> str | None:
    """Give a setting."""
    value: str | None = reading.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == name)).scalar()
    return value


def set_setting(tx: Writing, name: str, value: str) -> None:
    """Set a setting."""
    done = tx.connection.execute(update(SETTINGS).where(SETTINGS.c.name == name).values(value=value))
    if done.rowcount == 0:
        tx.connection.execute(insert(SETTINGS).values(name=name, value=value))


def lease(tx: Writing, name: str, holder: str, microseconds: int) -> bool:
    """Take or renew a lease for so long, and say whether `holder` has it: of several processes one does the work."""
    row = tx.connection.execute(select(LEASES).where(LEASES.c.name == name)).first()
    if row is not None and row.holder != holder and row.until > tx.at:
        return False
    tx.connection.execute(delete(LEASES).where(LEASES.c.name == name))
    tx.connection.execute(insert(LEASES).values(name=name, holder=holder, until=tx.at + microseconds))
    return True


def release(tx: Writing, name: str, holder: str) -> None:
    """Give a lease back."""
    tx.connection.execute(delete(LEASES).where(LEASES.c.name == name, LEASES.c.holder == holder))


def answered(reading: Reading, account: int, route: str, key: str) -> Remembered | None:
    """Give what was answered to the request with that key, if there was one."""
    mine = (IDEMPOTENCY.c.account == account, IDEMPOTENCY.c.route == route, IDEMPOTENCY.c.key == key)
    row = reading.execute(select(IDEMPOTENCY.c.digest, IDEMPOTENCY.c.status, IDEMPOTENCY.c.body).where(*mine)).first()
    return Remembered(*row) if row else None


def remember(tx: Writing, account: int, route: str, key: str, answer: Remembered) -> None:
    """Remember an answer in the transaction that it speaks of, and forget those that are too old."""
    tx.connection.execute(delete(IDEMPOTENCY).where(IDEMPOTENCY.c.at < tx.at - KEPT))
    values = {"account": account, "route": route, "key": key, "at": tx.at, **answer._asdict()}
    tx.connection.execute(insert(IDEMPOTENCY).values(**values))
