"""Submissions with their state, the facts that count from them, and the evidence handed in beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from checker.model.fact import Fact
from checker.model.language import printable
from checker.model.number import Number, simplest
from checker.model.period import Calendar
from checker.model.problem import Place
from checker.store import journal
from checker.store.database import Reading, Writing
from checker.store.tables import EVIDENCE, FACTS, SUBMISSIONS

_SOME = 500
_FACTS_SET = "facts_set"


class State(StrEnum):
    """草稿 → 已上报 → 已验收 or 已退回 → 已锁定."""

    DRAFT = "draft"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    LOCKED = "locked"


class Submission(NamedTuple):
    """One submission without its content. `on_behalf`: handed in by a unit above (代报)."""

    id: str
    unit: str
    state: State
    before_lock: str | None
    by_account: int
    on_behalf: bool
    file: str
    created: int
    reported: int | None
    changed: int
    reason: str
    unlocked_until: int | None
    version: int


class Evidence(NamedTuple):
    """A file of evidence without its content."""

    id: str
    submission: str
    name: str
    type: str
    size: int
    sha256: str
    by_account: int
    created: int


_COLUMNS = [SUBMISSIONS.c[name] for name in Submission._fields]
_EVIDENCE = [EVIDENCE.c[name] for name in Evidence._fields]
_TOLD = ("unit", "indicator", "period", "value", "reported", "evidence", "note", "file", "row", "place")
_FACT = [FACTS.c[name] for name in _TOLD]


def add(tx: Writing, submission: Submission, content: bytes) -> None:
    """Add a submission with what was handed in."""
    tx.connection.execute(insert(SUBMISSIONS).values(**submission._asdict(), content=content))


def find(reading: Reading, name: str) -> Submission | None:
    """Give the submission of that id."""
    return next(_submissions(reading.execute(select(*_COLUMNS).where(SUBMISSIONS.c.id == name))), None)


def content(reading: Reading, name: str) -> bytes:
    """Give what was handed in, as it was."""
    return bytes(reading.execute(select(SUBMISSIONS.c.content).where(SUBMISSIONS.c.id == name)).scalar_one())


def listed(
    reading: Reading, units: Iterable[str] | None, state: State | None, after: str, most: int
) -> list[Submission]:
    """Give submissions of `units` (None: all) in a state or in any, by id, those after `after`, at most so many."""
    asked = select(*_COLUMNS).where(SUBMISSIONS.c.id > after).order_by(SUBMISSIONS.c.id).limit(most)
    if units is not None:
        asked = asked.where(SUBMISSIONS.c.unit.in_(list(units)))
    if state is not None:
        asked = asked.where(SUBMISSIONS.c.state == state.value)
    return list(_submissions(reading.execute(asked)))


def change(tx: Writing, name: str, version: int, **values: object) -> bool:
    """Change a submission that still has that version, and say whether it had."""
    where = (SUBMISSIONS.c.id == name, SUBMISSIONS.c.version == version)
    fresh = {"version": version + 1, "changed": tx.at, **values}
    return tx.connection.execute(update(SUBMISSIONS).where(*where).values(**fresh)).rowcount == 1


def discard(tx: Writing, name: str, version: int) -> bool:
    """Delete a draft that still has that version with its evidence, and say whether it had; nothing counted from it."""
    where = (SUBMISSIONS.c.id == name, SUBMISSIONS.c.version == version, SUBMISSIONS.c.state == State.DRAFT.value)
    if tx.connection.execute(select(SUBMISSIONS.c.id).where(*where)).first() is None:
        return False
    tx.connection.execute(delete(EVIDENCE).where(EVIDENCE.c.submission == name))
    tx.connection.execute(delete(SUBMISSIONS).where(SUBMISSIONS.c.id == name))
    return True


def add_facts(tx: Writing, submission: str, facts: Iterable[Fact]) -> None:
    """Let `facts` count, as part of a submission."""
    rows = [_row(fact) | {"submission": submission, "known_from": tx.at, "known_until": None} for fact in facts]
    if rows:
        tx.connection.execute(insert(FACTS), rows)
        journal.set_setting(tx, _FACTS_SET, str(tx.at))


def withdraw_facts(tx: Writing, submission: str) -> None:
    """Let the facts of a submission count no longer; what was known before this instant stays as it was."""
    mine = (FACTS.c.submission == submission, FACTS.c.known_until.is_(None))
    tx.connection.execute(update(FACTS).where(*mine).values(known_until=tx.at))
    journal.set_setting(tx, _FACTS_SET, str(tx.at))


def last_change(reading: Reading) -> int:
    """Give a number that grows whenever a fact begins or ceases to count."""
    return int(journal.setting(reading, _FACTS_SET) or 0)


def facts(
    reading: Reading, calendar: Calendar, units: Iterable[str] | None = None, end: int | None = None
) -> list[Fact]:
    """Give the facts that had not been withdrawn just before `end` (None: now), of `units` or of all.

    When each was reported is part of it, so that an engine asked about a past day leaves out what came later.
    """
    alive = FACTS.c.known_until.is_(None)
    asked = select(*_FACT).where(alive if end is None else or_(alive, FACTS.c.known_until >= end))
    named = None if units is None else list(units)
    if named is not None and len(named) <= _SOME:
        asked = asked.where(FACTS.c.unit.in_(named))
    wanted = None if named is None else frozenset(named)
    found = reading.execute(asked.order_by(FACTS.c.seq))
    return [fact for fact in _facts(found, calendar) if wanted is None or fact.unit in wanted]


def unaccepted(reading: Reading, calendar: Calendar, units: Iterable[str] | None = None) -> list[Fact]:
    """Give the facts that count although nobody has accepted them yet, of `units` or of all."""
    waiting = (FACTS.c.known_until.is_(None), SUBMISSIONS.c.state == State.REPORTED.value)
    asked = select(*_FACT).join(SUBMISSIONS, SUBMISSIONS.c.id == FACTS.c.submission).where(*waiting)
    wanted = None if units is None else frozenset(units)
    if wanted is not None and len(wanted) <= _SOME:
        asked = asked.where(FACTS.c.unit.in_(wanted))
    found = _facts(reading.execute(asked.order_by(FACTS.c.seq)), calendar)
    return [fact for fact in found if wanted is None or fact.unit in wanted]


def facts_of(reading: Reading, calendar: Calendar, submission: str) -> list[Fact]:
    """Give the facts of one submission, withdrawn or not, in the order of reading."""
    asked = select(*_FACT).where(FACTS.c.submission == submission).order_by(FACTS.c.seq)
    return list(_facts(reading.execute(asked), calendar))


def locked_keys(reading: Reading, unit: str, now: int) -> set[tuple[str, str]]:
    """Give the indicators and periods of `unit` whose figures are locked and not opened again at `now`."""
    closed = SUBMISSIONS.c.unlocked_until.is_(None) | (SUBMISSIONS.c.unlocked_until <= now)
    locked: ColumnElement[bool] = (SUBMISSIONS.c.state == State.LOCKED.value) & closed
    asked = select(FACTS.c.indicator, FACTS.c.period).join(SUBMISSIONS, SUBMISSIONS.c.id == FACTS.c.submission)
    live = FACTS.c.known_until.is_(None)
    return {(row.indicator, row.period) for row in reading.execute(asked.where(FACTS.c.unit == unit, locked, live))}


def add_evidence(tx: Writing, evidence: Evidence, content: bytes) -> None:
    """Keep a file of evidence."""
    tx.connection.execute(insert(EVIDENCE).values(**evidence._asdict(), content=content))


def evidence_of(reading: Reading, submission: str) -> list[Evidence]:
    """Give the evidence of a submission, the oldest first."""
    asked = select(*_EVIDENCE).where(EVIDENCE.c.submission == submission).order_by(EVIDENCE.c.created)
    return [Evidence(*row) for row in reading.execute(asked)]


def evidence(reading: Reading, name: str) -> tuple[Evidence, bytes] | None:
    """Give one file of evidence with its content."""
    row = reading.execute(select(*_EVIDENCE, EVIDENCE.c.content).where(EVIDENCE.c.id == name)).first()
    return (Evidence(*row[:-1]), row[-1]) if row else None


def _submissions(rows: Iterable[Sequence[Any]]) -> Iterator[Submission]:
    found = (Submission(*row) for row in rows)
    return (one._replace(state=State(one.state)) for one in found)


def _row(fact: Fact) -> dict[str, object]:
    numbers = {"value": _text(fact.value), "reported": _text(fact.reported)}
    told = {"unit": fact.unit, "indicator": fact.indicator, "period": fact.period.code, **numbers}
    where = {"file": fact.place.file, "row": fact.place.row, "place": fact.place.column}
    # A database takes neither NUL nor half a character.
    return {**told, "evidence": printable(fact.evidence), "note": printable(fact.note), **where}


def _facts(rows: Iterable[Sequence[Any]], calendar: Calendar) -> Iterator[Fact]:
    for unit, indicator, code, value, reported, evidence, note, file, row, column in rows:
        period = calendar.read(code)
        if period is not None:
            place = Place(file, row, column)
            yield Fact(unit, indicator, period, _number(value), _number(reported), place, evidence, note)


def _text(value: Number | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Number | None:
    if text is None:
        return None
    return simplest(Fraction(text)) if "/" in text else int(text)
