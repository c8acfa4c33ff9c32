"""What the failures of a database mean to whoever works with it: there is no room, or there is no answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

_NO_ROOM = frozenset({
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP,
})  # fmt: skip
_SILENT = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN})
_DISK_FULL = "53100"
_STATES = ("08", "53", "57P")
"""Beginnings of the SQLSTATEs that tell of a lost connection, of too many, and of a server that is stopping."""


class Full(Exception):  # noqa: N818 (says what is the matter with a disk)
    """There is no room left to write, and nothing was written."""


class Unreachable(Exception):  # noqa: N818 (says what is the matter with a server)
    """The database gives no answer: whatever was being written may be stored or not, never half."""


@contextmanager
def understood() -> Iterator[None]:
    """Let what a database fails with be Full or Unreachable where it means that; anything else is raised as it is."""
    try:
        yield
    except NoConnection as fault:
        raise Unreachable(str(fault)) from fault
    except DBAPIError as fault:
        if _is_full(fault.orig):
            raise Full from fault
        if isinstance(fault, OperationalError) and (fault.connection_invalidated or _is_silent(fault.orig)):
            raise Unreachable(str(fault.orig)) from fault
        raise


def _is_full(fault: object) -> bool:
    return _code(fault) in _NO_ROOM or getattr(fault, "sqlstate", None) == _DISK_FULL


def _is_silent(fault: object) -> bool:
    """Whether nobody answered: a server that was never reached gives no SQLSTATE at all."""
    if isinstance(fault, sqlite3.Error):
        return _code(fault) & 0xFF in _SILENT
    state: str | None = getattr(fault, "sqlstate", None)
    return state is None or state.startswith(_STATES)


def _code(fault: object) -> int:
    code: int | None = getattr(fault, "sqlite_errorcode", None)
    return code or 0
