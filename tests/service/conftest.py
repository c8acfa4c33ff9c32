"""A small county in service: on either database, with an account of each kind, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.engines.plain import PlainJudge
from checker.service.ground import Ground
from checker.store.audit import Audit
from checker.store.database import Database
from checker.store.migrating import upgrade
from tests.service.office import Office, prepare
from tests.stores import Clock, clock, database, postgres_url

__all__ = ["clock", "database", "postgres_url"]


@pytest.fixture
def office(database: Database, clock: Clock, tmp_path: Path) -> Iterator[Office]:
    """A service on each database in turn."""
    yield from prepare(Ground(database, Audit(b"k" * 32), PlainJudge()), clock, tmp_path)


@pytest.fixture
def desk_office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A service on SQLite alone, for what has nothing to do with the database."""
    store = Database(str(tmp_path / "a.db"), clock)
    upgrade(store)
    yield from prepare(Ground(store, Audit(b"k" * 32), PlainJudge()), clock, tmp_path)
    store.close()
