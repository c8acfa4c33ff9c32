"""The files of the audit trail that lie outside the database: its key, and the head that is exported every day."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from checker.model.language import Text
from checker.store.audit import Audit, Broken, Head, entries
from checker.store.database import Database, Reading, Unusable

_BYTES = 32


def open_trail(database: Database, key: Path) -> Audit:
    """Give the trail whose key lies in the file `key`, made now where the trail is still empty. Raises Unusable."""
    if not key.exists():
        with database.read() as reading:
            if entries(reading, 0, 1):
                raise Unusable(f"没有审计密钥 {key}：请从保管处取回  the key of the audit trail is missing")
        _write_own(key, secrets.token_hex(_BYTES).encode())
    held = key.read_bytes().strip()
    if len(held) < _BYTES:
        raise Unusable(f"{key} 不是审计密钥  is no key of an audit trail")
    return Audit(held)


def export_head(audit: Audit, reading: Reading, file: Path) -> Broken | None:
    """Export the head of the trail to `file`, unless it lost the one that lies there: then give what is wrong.

    So an exported head outlives a database that was cut or rolled back. Raises Unusable and OSError.
    """
    if file.exists() and (broken := audit.held(reading, read_head(file))):
        return broken
    _write_head(file, audit.head(reading))
    return None


def _write_head(file: Path, head: Head) -> None:
    """Write an exported head so that a half-written one is never taken for it."""
    beside = file.with_name(f".{file.name}.partial")
    beside.unlink(missing_ok=True)
    _write_own(beside, (json.dumps(head._asdict()) + "\n").encode())
    beside.replace(file)


def read_head(file: Path) -> Head:
    """Give the head that was written to `file`. Raises Unusable where there is none."""
    try:
        return Head(**json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as fault:
        said = Text(f"{file} 不是导出的链头", f"{file} is no exported head")
        raise Unusable(f"{said.zh}  {said.en}") from fault


def _write_own(file: Path, content: bytes) -> None:
    """Write a file that only its owner reads and that was not there before."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
