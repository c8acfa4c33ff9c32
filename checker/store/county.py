"""What findings are judged by, as it was known at any instant: rulebooks, units and waivers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, func, insert, select, update

from checker.model.fact import Waiver
from checker.model.problem import Place
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit
from checker.store import journal
from checker.store.database import Reading, Writing
from checker.store.tables import RULEBOOKS, UNITS, WAIVERS

_EVER = 0
_UNITS_SET = "units_set"


def known(table: Table, end: int | None) -> ColumnElement[bool]:
    """Give the condition that a row of `table` was known just before the instant `end`, or is known now (None)."""
    if end is None:
        return table.c.known_until.is_(None)
    still = table.c.known_until.is_(None) | (table.c.known_until >= end)
    return (table.c.known_from < end) & still


def rulebook(reading: Reading, digest: str) -> Rulebook:
    """Give the rulebook of that digest. Raises NoResultFound where none was ever published."""
    content = reading.execute(select(RULEBOOKS.c.content).where(RULEBOOKS.c.digest == digest)).scalar_one()
    return Rulebook.model_validate_json(content)


def units(reading: Reading, end: int | None = None) -> list[Unit]:
    """Give the units known just before `end` (None: now), by id."""
    asked = select(UNITS).where(known(UNITS, end)).order_by(UNITS.c.id)
    return [_unit(row) for row in reading.execute(asked)]


def last_change(reading: Reading) -> int:
    """Give a number that grows whenever any unit is added, changed or gone; 0 where there is none yet."""
    if (at := journal.setting(reading, _UNITS_SET)) is not None:
        return int(at)
    return reading.execute(select(UNITS.c.seq).order_by(UNITS.c.seq.desc()).limit(1)).scalar() or 0


def set_units(tx: Writing, wanted: Iterable[Unit]) -> list[str]:
    """Let `wanted` be the units from now on and give the ids of those that are new, changed or gone.

    The first units of a store count as known ever since, so that past days can be asked about.
    """
    now = {unit.id: unit for unit in units(tx.connection)}
    new = {unit.id: unit for unit in wanted}
    changed = [name for name in now.keys() | new.keys() if now.get(name) != new.get(name)]
    _end(tx, UNITS, changed)
    since = tx.at if now else _EVER
    rows = [_unit_row(new[name]) | {"known_from": since} for name in sorted(changed) if name in new]
    if rows:
        tx.connection.execute(insert(UNITS), rows)
    if changed:
        # A unit that is gone leaves no row behind by which it could be told.
        journal.set_setting(tx, _UNITS_SET, str(tx.at))
    return sorted(changed)


def waivers(reading: Reading, end: int, among: Iterable[str] | None = None) -> list[Waiver]:
    """Give the waivers known just before the instant `end`, of all units or of those `among`, by id."""
    asked = select(WAIVERS).where(known(WAIVERS, end)).order_by(WAIVERS.c.id)
    if among is not None:
        asked = asked.where(WAIVERS.c.unit.in_(list(among)))
    return [_waiver(row) for row in reading.execute(asked)]


def add_waivers(tx: Writing, granted: Iterable[Waiver], since: int | None = None, until: int | None = None) -> None:
    """Add waivers, known from now on or `since` an instant, and `until` an instant that is still to come."""
    known = {"known_from": tx.at if since is None else since, "known_until": until}
    rows = [_waiver_row(waiver) | known for waiver in granted]
    if rows:
        tx.connection.execute(insert(WAIVERS), rows)


def last_waivers(reading: Reading) -> tuple[int, int]:
    """Give two numbers of which one grows whenever a waiver is added or taken back."""
    last = select(func.max(WAIVERS.c.seq), func.max(WAIVERS.c.known_until))
    added, ended = reading.execute(last).one()
    return added or 0, ended or 0


def _end(tx: Writing, table: Table, ids: list[str]) -> None:
    for start in range(0, len(ids), 500):
        some = table.c.id.in_(ids[start : start + 500])
        tx.connection.execute(update(table).where(some, known(table, None)).values(known_until=tx.at))


def _unit_row(unit: Unit) -> dict[str, object]:
    days = {"opened": _written(unit.opened), "closed": _written(unit.closed)}
    attributes = json.dumps(dict(unit.attributes), ensure_ascii=False, sort_keys=True)
    return {"id": unit.id, "name": unit.name, "type": unit.type, "parent": unit.parent, **days,
            "attributes": attributes, "known_until": None}  # fmt: skip


def _unit(row: Row[Any]) -> Unit:
    opened, closed = _day(row.opened), _day(row.closed)
    return Unit(row.id, row.name, row.type, row.parent, opened, closed, json.loads(row.attributes))


def _waiver_row(waiver: Waiver) -> dict[str, object]:
    told = {"id": waiver.id, "rule": waiver.rule, "unit": waiver.unit, "periods": ";".join(waiver.periods)}
    days = {"start": _written(waiver.start), "until": waiver.until.isoformat()}
    why = {"reason": waiver.reason, "approved_by": waiver.approved_by}
    return {**told, **days, **why, "file": waiver.place.file, "row": waiver.place.row}


def _waiver(row: Row[Any]) -> Waiver:
    periods = tuple(code for code in row.periods.split(";") if code)
    start, until = _day(row.start), date.fromisoformat(row.until)
    place = Place(row.file, row.row)
    return Waiver(row.id, row.rule, row.unit, periods, start, until, row.reason, row.approved_by, place)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
