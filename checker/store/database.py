"""One database: how it is opened, read as a snapshot, and written by one transaction at a time.

SQLite runs in WAL with ``BEGIN IMMEDIATE`` and ``synchronous=FULL``, so that what was acknowledged outlives a loss of
power; PostgreSQL takes the row of `clock` as its lock. Either way every writing transaction has an instant of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, select, update
from sqlalchemy.engine.interfaces import IsolationLevel

from checker.store.failing import understood
from checker.store.tables import CLOCK

Reading = Connection
"""A snapshot that is read from."""

_NETWORKED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "glusterfs", "ceph"})
_BUSY_MS = 30_000


class Unusable(Exception):  # noqa: N818 (says why a database cannot be used)
    """A database that must not or cannot be opened, and why."""


class Writing(NamedTuple):
    """The one writing transaction: its connection and its instant, later than that of every one before."""

    connection: Connection
    at: int


class Database:
    """A store at `url`; `clock` tells the time where an instant is needed."""

    def __init__(self, url: str, clock: Callable[[], datetime]) -> None:
        self.url = _url(url)
        self._clock = clock
        self._turn = Lock()
        if self.is_sqlite:
            _keep_private(Path(self.url.database or ""))
            self._readers, self._writer = (_sqlite(self.url, begin) for begin in ("BEGIN", "BEGIN IMMEDIATE"))
        else:
            self._readers = _postgresql(self.url, "REPEATABLE READ", pool_size=10, max_overflow=30)
            self._writer = _postgresql(self.url, "READ COMMITTED", pool_size=2, max_overflow=2)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of its own."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def engine(self) -> Engine:
        """The engine that migrations run on."""
        return self._writer

    def now(self) -> int:
        """Give the instant that the clock tells."""
        return moment(self._clock())

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """Open a snapshot: whatever is read within belongs together. Raises Unreachable."""
        with understood(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Writing]:
        """Open the writing transaction: committed whole at the end, or not at all where anything is raised.

        Raises Full where there is no room left, and Unreachable.
        """
        # Waiting for one's turn here is fair; SQLite's own waiting is not.
        with self._turn, understood(), self._writer.begin() as connection:
            last = connection.execute(select(CLOCK.c.last).with_for_update()).scalar_one()
            at = max(last + 1, self.now())
            connection.execute(update(CLOCK).values(last=at))
            yield Writing(connection, at)

    @contextmanager
    def alter(self) -> Iterator[Connection]:
        """Open a transaction outside of every order, for whoever makes or fills tables. Raises Full and Unreachable."""
        with understood(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close all connections."""
        self._readers.dispose()
        self._writer.dispose()


def moment(time: datetime) -> int:
    """Give `time` as microseconds since the first day of the year 1 in UTC, counted as `model.instant` counts."""
    offset = time.utcoffset()
    shift = int(offset.total_seconds()) if offset else 0
    seconds = time.toordinal() * 86400 + time.hour * 3600 + time.minute * 60 + time.second - shift
    return seconds * 1_000_000 + time.microsecond


def time_of(at: int) -> datetime:
    """Give the time in UTC that the instant `at` is."""
    return datetime.min.replace(tzinfo=UTC) + timedelta(microseconds=at - 86_400_000_000)


def _url(written: str) -> URL:
    if "://" not in written:
        return make_url("sqlite://").set(database=written)
    url = make_url(written)
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def _sqlite(url: URL, begin: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_MS / 1000, "check_same_thread": False}, pool_size=40)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where we say
        for pragma in ("journal_mode=WAL", "synchronous=FULL", f"busy_timeout={_BUSY_MS}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: URL, level: IsolationLevel, pool_size: int, max_overflow: int) -> Engine:
    """Give an engine that asks before it uses a connection again: the server may have been started anew meanwhile."""
    return create_engine(url, isolation_level=level, pool_size=pool_size, max_overflow=max_overflow, pool_pre_ping=True)


def _keep_private(path: Path) -> None:
    """Let a new database be its owner's alone. Raises Unusable where it must not lie there."""
    _refuse_network(path)
    try:
        path.touch(mode=0o600)
    except OSError as fault:
        raise Unusable(f"打不开 {path}：{fault.strerror}  cannot be opened") from fault


def _refuse_network(path: Path) -> None:
    """Raise Unusable where `path` lies on a network file system, whose locks cannot be trusted."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise Unusable(f"没有这个文件夹：{folder}  there is no such folder")
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return
    found = [line.split()[1:3] for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines()]
    above = [(point, kind) for point, kind in found if folder.is_relative_to(point)]
    point, kind = max(above, key=lambda one: len(one[0]), default=("/", ""))
    if kind in _NETWORKED:
        raise Unusable(f"{path} 在网络文件系统（{kind}）上，SQLite 不可靠  lies on a network file system ({point})")
