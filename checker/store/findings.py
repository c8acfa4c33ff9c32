"""Findings as they stand now, and every change of one with what caused it.

A finding is identified by plan, rule, unit and period; beside it stands a digest of the facts that decided it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, tuple_, update

from checker.store.batches import batches
from checker.store.database import Reading, Writing
from checker.store.tables import ANSWERING, FINDINGS, HISTORY


class Cause(StrEnum):
    """What can change a finding."""

    DATA = "data"
    RULE = "rule"
    WAIVER = "waiver"
    REGISTRY = "registry"
    CALENDAR = "calendar"
    SOFTWARE = "software"


class Standing(NamedTuple):
    """One finding as it stands. `state` is its exact content, by which a change is told; `record` is what is shown."""

    id: str
    rule: str
    unit: str
    period: str
    verdict: str
    force: str
    section: str
    state: str
    record: str
    responsible: str
    facts_digest: str
    as_of: str
    changed: int
    causes: str
    run: int


class Change(NamedTuple):
    """What became of a finding: `verdict` None: it is no longer asked; `before` None: it is new."""

    seq: int
    finding: str
    at: int
    causes: str
    verdict: str | None
    before: str | None
    record: str
    facts_digest: str
    as_of: str
    run: int


class Wanted(NamedTuple):
    """Which findings are asked for; None or empty: any.

    `name`: its id; `units`: of these; `also`: or these ids, or what the unit `answering` answers for; `below`: of these
    among them.
    """

    name: str | None = None
    units: Sequence[str] | None = None
    also: Sequence[str] = ()
    answering: str | None = None
    unit: str | None = None
    rule: str | None = None
    verdict: str | None = None
    period: str | None = None
    section: str | None = None
    responsible: str | None = None
    below: Sequence[str] | None = None


class Order(StrEnum):
    """How findings are listed."""

    UNIT = "unit"
    CHANGED = "changed"
    NEWEST = "-changed"


_COLUMNS = [FINDINGS.c[name] for name in Standing._fields]
Position = tuple[str | int, str]


def page(reading: Reading, wanted: Wanted, order: Order, after: Position | None, most: int) -> list[Standing]:
    """Give at most so many findings in `order`, those after the position of the last one seen."""
    key = FINDINGS.c.unit if order is Order.UNIT else FINDINGS.c.changed
    asked = _where(select(*_COLUMNS), wanted)
    if order is Order.NEWEST:
        asked = asked.order_by(key.desc(), FINDINGS.c.id.desc())
        asked = asked if after is None else asked.where(tuple_(key, FINDINGS.c.id) < tuple_(*after))
    else:
        asked = asked.order_by(key, FINDINGS.c.id)
        asked = asked if after is None else asked.where(tuple_(key, FINDINGS.c.id) > tuple_(*after))
    return [Standing(*row) for row in reading.execute(asked.limit(most))]


def names(reading: Reading, wanted: Wanted) -> list[str]:
    """Give the ids of all findings that are wanted, in their own order."""
    return sorted(reading.execute(_where(select(FINDINGS.c.id), wanted)).scalars())


def of_names(reading: Reading, ids: Iterable[str]) -> Iterator[Standing]:
    """Go through the findings of these ids as they stand."""
    for some in batches(ids):
        for row in reading.execute(select(*_COLUMNS).where(FINDINGS.c.id.in_(some))):
            yield Standing(*row)


def find(reading: Reading, name: str) -> Standing | None:
    """Give the finding of that id as it stands."""
    row = reading.execute(select(*_COLUMNS).where(FINDINGS.c.id == name)).first()
    return Standing(*row) if row else None


def history(reading: Reading, name: str) -> list[Change]:
    """Give every change of a finding, the oldest first."""
    asked = select(HISTORY).where(HISTORY.c.finding == name).order_by(HISTORY.c.seq)
    return [Change(*row) for row in reading.execute(asked)]


def stood(reading: Reading, run: int) -> Iterator[str]:
    """Go through the records of the findings that stood when the run of that number was done."""
    last = select(func.max(HISTORY.c.seq)).where(HISTORY.c.run <= run).group_by(HISTORY.c.finding)
    asked = select(HISTORY.c.record).where(HISTORY.c.seq.in_(last), HISTORY.c.verdict.is_not(None))
    yield from reading.execute(asked.order_by(HISTORY.c.seq)).scalars().yield_per(2000)


def of_units(reading: Reading, units: Iterable[str] | None = None) -> Iterator[Standing]:
    """Go through the findings of `units`, or all, as they stand."""
    if units is None:
        for row in reading.execute(select(*_COLUMNS)).yield_per(2000):
            yield Standing(*row)
        return
    for some in batches(units):
        for row in reading.execute(select(*_COLUMNS).where(FINDINGS.c.unit.in_(some))):
            yield Standing(*row)


def counts(reading: Reading, wanted: Wanted, by: str) -> list[tuple[str, str, str, int]]:
    """Count findings by a column (`unit`, `section`, `period`), force and verdict."""
    column = FINDINGS.c[by]
    groups = (column, FINDINGS.c.force, FINDINGS.c.verdict)
    asked = _where(select(*groups, func.count()), wanted).group_by(*groups)
    return [(row[0], row[1], row[2], row[3]) for row in reading.execute(asked)]


def counts_by_department(reading: Reading, wanted: Wanted) -> list[tuple[str, str, str, int]]:
    """Count findings by each department that is responsible, force and verdict; one with two counts twice."""
    groups = (FINDINGS.c.responsible, FINDINGS.c.force, FINDINGS.c.verdict)
    asked = _where(select(*groups, func.count()), wanted).group_by(*groups)
    counted: dict[tuple[str, str, str], int] = {}
    for codes, force, verdict, number in reading.execute(asked):
        for code in codes.strip(";").split(";"):
            counted[code, force, verdict] = counted.get((code, force, verdict), 0) + number
    return [(*key, number) for key, number in counted.items()]


def stand(tx: Writing, findings: Sequence[Standing], before: dict[str, str], answering: dict[str, list[str]]) -> None:
    """Let `findings`, new or changed, stand from now on; `before` has the verdicts of those that stood.

    `answering` has the units that answer for a finding that is not their own.
    """
    if not findings:
        return
    for some in batches([one.id for one in findings if one.id in before]):
        tx.connection.execute(delete(FINDINGS).where(FINDINGS.c.id.in_(some)))
        tx.connection.execute(delete(ANSWERING).where(ANSWERING.c.finding.in_(some)))
    tx.connection.execute(insert(FINDINGS), [one._asdict() for one in findings])
    rows = [{"unit": unit, "finding": one.id} for one in findings for unit in answering.get(one.id, ())]
    if rows:
        tx.connection.execute(insert(ANSWERING), rows)
    tx.connection.execute(insert(HISTORY), [_change(one, one.verdict, before.get(one.id)) for one in findings])


def fall(tx: Writing, findings: Sequence[Standing]) -> None:
    """Let `findings` stand no longer, because nobody asks them any more; their history stays."""
    for some in batches([one.id for one in findings]):
        tx.connection.execute(delete(FINDINGS).where(FINDINGS.c.id.in_(some)))
        tx.connection.execute(delete(ANSWERING).where(ANSWERING.c.finding.in_(some)))
    if findings:
        tx.connection.execute(insert(HISTORY), [_change(one, None, one.verdict) for one in findings])


def move(tx: Writing, names: Sequence[str], as_of: str) -> None:
    """Note that these findings, unchanged, stand as of another day."""
    for some in batches(names):
        tx.connection.execute(update(FINDINGS).where(FINDINGS.c.id.in_(some)).values(as_of=as_of))


def _change(one: Standing, verdict: str | None, before: str | None) -> dict[str, object]:
    told = {"finding": one.id, "at": one.changed, "causes": one.causes, "verdict": verdict, "before": before}
    return {**told, "record": one.record, "facts_digest": one.facts_digest, "as_of": one.as_of, "run": one.run}


def _where(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    exact = {
        "id": wanted.name,
        "unit": wanted.unit,
        "rule": wanted.rule,
        "verdict": wanted.verdict,
        "period": wanted.period,
    }
    for name, value in {**exact, "section": wanted.section}.items():
        if value is not None:
            asked = asked.where(FINDINGS.c[name] == value)
    if wanted.below is not None:
        asked = asked.where(FINDINGS.c.unit.in_(wanted.below))
    if wanted.responsible is not None:
        asked = asked.where(FINDINGS.c.responsible.contains(f";{wanted.responsible};", autoescape=True))
    return asked if wanted.units is None else asked.where(_reach(wanted, wanted.units))


def _reach(wanted: Wanted, units: Sequence[str]) -> ColumnElement[bool]:
    parts: list[ColumnElement[bool]] = [FINDINGS.c.unit.in_(units)]
    if wanted.also:
        parts.append(FINDINGS.c.id.in_(wanted.also))
    if wanted.answering is not None:
        parts.append(FINDINGS.c.id.in_(select(ANSWERING.c.finding).where(ANSWERING.c.unit == wanted.answering)))
    return or_(*parts)
