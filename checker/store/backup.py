"""A backup: every table of one snapshot in one compressed file, the same for SQLite and PostgreSQL.

The first line says what it is, then come the rows of each table, and the last line counts and seals them, so that a
file that was cut is never taken for a whole one.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import LargeBinary, Table, delete, func, insert, select

from checker.model.language import Text
from checker.store.batches import batches
from checker.store.database import Database, Reading
from checker.store.tables import CLOCK, METADATA

_FORMAT = "checker.backup/1"
_BATCH = 1000


class Damaged(Exception):  # noqa: N818 (says why a file is not restored)
    """A file that is no whole backup of this version, or a database that is not empty."""

    def __init__(self, why: Text) -> None:
        super().__init__(str(why))
        self.why = why


def back_up(database: Database, output: Path) -> int:
    """Write a snapshot of `database` to `output`, readable by its owner alone, and give how many rows it has.

    Others may go on writing meanwhile. Raises OSError; a half-written file never bears the name `output`.
    """
    beside = output.with_name(f".{output.name}.partial")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=3, mtime=0) as file, database.read() as reading:
                rows = _write(file, _lines(reading))
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(output)
    finally:
        beside.unlink(missing_ok=True)
    return rows


def restore(database: Database, source: Path) -> int:
    """Fill the empty `database` from `source` and give how many rows it has now. Raises Damaged and OSError."""
    with database.alter() as connection:
        if any(connection.execute(select(table).limit(1)).first() for table in _tables() if table is not CLOCK):
            raise Damaged(Text("数据库不是空的，不能恢复到它里面", "the database is not empty"))
        connection.execute(delete(CLOCK))
        return sum(_load(connection, table, rows) for table, rows in _read(source))


def contents(reading: Reading) -> Iterator[tuple[str, list[Any]]]:
    """Go through every row of every table in an order of its own, by which two databases are compared."""
    for table in _tables():
        for row in reading.execute(select(table).order_by(*table.primary_key.columns)).yield_per(_BATCH):
            yield table.name, [base64.b64encode(cell).decode() if isinstance(cell, bytes) else cell for cell in row]


def _tables() -> list[Table]:
    return METADATA.sorted_tables


def _lines(reading: Reading) -> Iterator[bytes]:
    yield json.dumps({"format": _FORMAT, "tables": {t.name: [c.name for c in t.columns] for t in _tables()}}).encode()
    for name, row in contents(reading):
        yield json.dumps([name, row], ensure_ascii=False).encode()


def _write(file: gzip.GzipFile, lines: Iterator[bytes]) -> int:
    whole, rows = hashlib.sha256(), -1
    for line in lines:
        whole.update(line)
        file.write(line + b"\n")
        rows += 1
    file.write(json.dumps({"rows": rows, "sha256": whole.hexdigest()}).encode() + b"\n")
    return rows


def _read(source: Path) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Go through the rows of a backup in batches of one table; the last line is checked before the end."""
    whole, rows, last = hashlib.sha256(), -1, b""
    pending: list[dict[str, Any]] = []
    table: Table | None = None
    for line in _unpacked(source):
        if last:
            whole.update(last)
            rows += 1
            if rows == 0:
                _refuse_strange(last)
            else:
                name, cells = json.loads(last)
                if table is not None and (name != table.name or len(pending) == _BATCH):
                    yield table, pending
                    pending = []
                table = METADATA.tables[name]
                pending.append(_row(table, cells))
        last = line
    if not last or json.loads(last) != {"rows": rows, "sha256": whole.hexdigest()}:
        raise Damaged(Text("备份不完整或被改过", "the backup is cut or was changed"))
    if table is not None and pending:
        yield table, pending


def _unpacked(source: Path) -> Iterator[bytes]:
    try:
        with gzip.open(source, "rb") as file:
            yield from (line.rstrip(b"\n") for line in file)
    except (EOFError, gzip.BadGzipFile) as fault:
        raise Damaged(Text(f"不是完整的备份：{fault}", f"not a whole backup: {fault}")) from fault


def _refuse_strange(line: bytes) -> None:
    expected = {"format": _FORMAT, "tables": {t.name: [c.name for c in t.columns] for t in _tables()}}
    if json.loads(line) != expected:
        raise Damaged(Text("备份来自另一个版本", "the backup is of another version"))


def _row(table: Table, cells: list[Any]) -> dict[str, Any]:
    names = zip(table.columns, cells, strict=True)
    return {c.name: base64.b64decode(v) if isinstance(c.type, LargeBinary) else v for c, v in names}


def _load(connection: Reading, table: Table, rows: list[dict[str, Any]]) -> int:
    for some in batches(rows, _BATCH):
        connection.execute(insert(table), some)
    if connection.dialect.name == "postgresql" and (counted := table.autoincrement_column) is not None:
        # Rows came with their numbers, so the next number has to be told.
        sequence = func.pg_get_serial_sequence(table.name, counted.name)
        connection.execute(select(func.setval(sequence, func.max(counted))).where(sequence.is_not(None)))
    return len(rows)
