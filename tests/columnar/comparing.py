"""Holds a columnar session equal to the plain engine, in every field of every finding, alert and waiver."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from checker.engines.assessing import Assessment
from checker.engines.columnar.assessing import ColumnarAssessment
from checker.engines.columnar.engine import ColumnarEngine
from checker.engines.columnar.session import Session
from checker.engines.plain import PlainJudge
from checker.intake.sources import LeftOut, Source
from checker.intake.submissions import FACTS
from checker.intake.table import read_table
from checker.model.fact import Data
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import load
from tests import oracle


class Case(NamedTuple):
    """A generated case: its rulebook, its data folder and what is asked of it."""

    rulebook: Rulebook
    folder: Path
    as_of: date
    drafts: bool


def generated(seed: int, folder: Path) -> Case | None:
    """Write the case of `seed`; None where the product refuses its plan. Odd seeds sow every kind of error."""
    as_of = oracle.county.random_case(random.Random(seed), folder, faulty=seed % 2 == 1)
    rulebook = load(folder / "rules").rulebook
    return Case(rulebook, folder / "data", as_of, seed % 3 == 0) if rulebook else None


def differences(rulebook: Rulebook, data: Data, as_of: date, session: Session, drafts: bool = False) -> list[str]:
    """Give in words where the two differ; empty where they are equal."""
    columnar = ColumnarEngine(session.name, lambda: session).assess(rulebook, data, as_of, drafts)
    return list(between(columnar, Assessment(rulebook, data, as_of, PlainJudge(), drafts)))


def between(columnar: ColumnarAssessment, plain: Assessment) -> Iterator[str]:
    """Go through the differences of two assessments, in words."""
    mine, theirs = list(columnar.findings()), list(plain.findings())
    if not len(mine) == len(theirs) == columnar.size():
        yield f"{len(mine)} findings ≠ {len(theirs)}, size {columnar.size()}"
    for one, other in zip(mine, theirs, strict=False):
        where = f"{other.rule.id} {other.unit.id} {other.period.code}"
        for name in other._fields:
            if getattr(one, name) != getattr(other, name):
                yield f"{where} {name}: {getattr(one, name)!r} ≠ {getattr(other, name)!r}"
    for name in ("alerts", "unneeded_waivers"):
        found, expected = list(getattr(columnar, name)()), list(getattr(plain, name)())
        if found != expected:
            yield f"{name} {found!r} ≠ {expected!r}"


def as_parquet(folder: Path) -> None:
    """Turn the CSV submissions of a data folder into Parquet, each cell as it is written; broken ones stay."""
    for path in sorted((folder / "submissions").rglob("*.csv")):
        try:
            header, records = read_table(Source(path, path.name, 1), FACTS)
        except LeftOut:
            continue
        with duckdb.connect() as connection:
            columns = ", ".join(f'"{name}" varchar' for name in header.written)
            connection.execute(f"create table fact ({columns})")
            if records:
                marks = ", ".join("?" * len(header.written))
                connection.executemany(f"insert into fact values ({marks})", [cells for _, cells in records])
            connection.execute(f"copy fact to '{path.with_suffix('.parquet')}'")
        path.unlink()
