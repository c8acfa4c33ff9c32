"""Databases for tests: each test gets an empty one of either kind, with a clock that the test moves."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from checker.store.database import Database
from checker.store.migrating import upgrade
from tests import postgres

KINDS = ("sqlite", "postgresql")


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = field(default_factory=lambda: datetime(2025, 6, 30, 4, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if not postgres.is_installed():
        pytest.skip(postgres.ABSENT)
    with postgres.server() as url:
        yield url


def fresh_url(kind: str, folder: Path, request: pytest.FixtureRequest) -> str:
    """Give the URL of an empty database of that kind."""
    name = f"test_{secrets.token_hex(6)}"
    if kind == "sqlite":
        return f"sqlite:///{folder / name}.db"
    server: str = request.getfixturevalue("postgres_url")
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"create database {name}"))
    engine.dispose()
    return server.removesuffix("postgres") + name


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    store = Database(fresh_url(request.param, tmp_path, request), clock)
    upgrade(store)
    yield store
    store.close()
