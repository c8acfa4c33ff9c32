"""Audit samples: what was drawn from what, by which seed, and what was found; what was drawn never changes."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select, update

from checker.store.auditing_tables import SAMPLED, SAMPLES
from checker.store.database import Reading, Writing


class Outcome(StrEnum):
    """What an auditor found at the place itself: the finding agrees with it or differs."""

    AGREES = "agrees"
    DIFFERS = "differs"


class Sample(NamedTuple):
    """One sample. `confidence` and `margin` are exact shares as text; `digest` names what it was drawn from.

    `area`: the unit whose tree it was drawn in; `filters`: what else was asked of the findings, as JSON.
    """

    id: str
    title: str
    seed: str
    confidence: str
    margin: str
    area: str
    filters: str
    size: int
    population: int
    digest: str
    as_of: str
    by_account: int
    at: int


class Sampled(NamedTuple):
    """One finding of a sample as it stood then, in the order drawn, and what was found; `outcome` None: not yet."""

    sample: str
    place: int
    finding: str
    rule: str
    unit: str
    period: str
    verdict: str
    record: str
    facts_digest: str
    outcome: Outcome | None
    note: str
    by_account: int | None
    at: int | None
    version: int


_COLUMNS = [SAMPLES.c[name] for name in Sample._fields]
_SAMPLED = [SAMPLED.c[name] for name in Sampled._fields]


def add(tx: Writing, sample: Sample, drawn_from: Sequence[str], drawn: Sequence[Sampled]) -> None:
    """Keep a sample with the ids of what it was drawn from, so that it can be drawn again."""
    tx.connection.execute(insert(SAMPLES).values(**sample._asdict(), drawn_from="\n".join(drawn_from)))
    tx.connection.execute(insert(SAMPLED), [one._asdict() for one in drawn])


def find(reading: Reading, name: str) -> Sample | None:
    """Give the sample of that id."""
    row = reading.execute(select(*_COLUMNS).where(SAMPLES.c.id == name)).first()
    return Sample(*row) if row else None


def drawn_from(reading: Reading, name: str) -> list[str]:
    """Give the ids of the findings that a sample was drawn from."""
    held: str = reading.execute(select(SAMPLES.c.drawn_from).where(SAMPLES.c.id == name)).scalar_one()
    return held.split("\n")


def listed(reading: Reading, areas: Sequence[str] | None, after: int | None, most: int) -> list[Sample]:
    """Give the samples drawn in `areas` (None: any), the newest first, those before the instant `after`."""
    asked = select(*_COLUMNS).order_by(SAMPLES.c.at.desc()).limit(most)
    asked = asked if areas is None else asked.where(SAMPLES.c.area.in_(areas))
    return [Sample(*row) for row in reading.execute(asked if after is None else asked.where(SAMPLES.c.at < after))]


def sampled(reading: Reading, name: str, after: int = -1, most: int | None = None) -> list[Sampled]:
    """Give the findings of a sample in the order drawn, those after a place, at most so many."""
    asked = select(*_SAMPLED).where(SAMPLED.c.sample == name, SAMPLED.c.place > after)
    return [_sampled(row) for row in reading.execute(asked.order_by(SAMPLED.c.place).limit(most))]


def one_sampled(reading: Reading, name: str, finding: str) -> Sampled | None:
    """Give one finding of a sample."""
    row = reading.execute(select(*_SAMPLED).where(SAMPLED.c.sample == name, SAMPLED.c.finding == finding)).first()
    return _sampled(row) if row else None


def outcomes(reading: Reading, name: str) -> dict[str | None, int]:
    """Count the findings of a sample by what was found; None: nothing yet."""
    asked = select(SAMPLED.c.outcome, func.count()).where(SAMPLED.c.sample == name).group_by(SAMPLED.c.outcome)
    return {row[0]: row[1] for row in reading.execute(asked)}


def enter(tx: Writing, held: Sampled, version: int, outcome: Outcome, note: str, account: int) -> Sampled | None:
    """Enter what was found, if nobody else has meanwhile, and give it as it is then."""
    where = (SAMPLED.c.sample == held.sample, SAMPLED.c.place == held.place, SAMPLED.c.version == version)
    values = {"outcome": outcome.value, "note": note, "by_account": account, "at": tx.at, "version": version + 1}
    if tx.connection.execute(update(SAMPLED).where(*where).values(**values)).rowcount != 1:
        return None
    return held._replace(outcome=outcome, note=note, by_account=account, at=tx.at, version=version + 1)


def _sampled(row: Sequence[Any]) -> Sampled:
    bare = Sampled(*row)
    return bare._replace(outcome=Outcome(bare.outcome) if bare.outcome else None)
