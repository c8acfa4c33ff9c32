"""Backups: taken while others write, restored to an equal database, and never half."""

from __future__ import annotations

import gzip
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.store.backup import Damaged, back_up, contents, restore
from checker.store.database import Database
from checker.store.journal import set_setting
from checker.store.migrating import upgrade
from tests.store.test_audit import KEY, grow, verify
from tests.stores import KINDS, Clock, fresh_url


@pytest.fixture(params=KINDS)
def other(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Database]:
    store = Database(fresh_url(request.param, tmp_path, request), clock)
    upgrade(store)
    yield store
    store.close()


def rows(database: Database) -> list[object]:
    with database.read() as reading:
        return list(contents(reading))


def test_a_backup_restores_to_an_equal_database_of_either_kind(
    database: Database, other: Database, tmp_path: Path
) -> None:
    grow(database, 30)
    saved = tmp_path / "saved"
    assert back_up(database, saved) == 31
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert restore(other, saved) == 31
    assert rows(other) == rows(database)
    grow(other, 1)
    assert verify(other) is None


def test_a_backup_under_load_holds_one_instant(database: Database, other: Database, tmp_path: Path) -> None:
    """Each transaction writes two rows that say the same; a backup between them would hold two that differ."""
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            with database.write() as tx:
                set_setting(tx, "one", str(number))
                KEY.record(tx, 0, "count", str(number), {"padding": "x" * 1000})
                set_setting(tx, "two", str(number))

    grow(database, 50)
    thread = threading.Thread(target=write)
    thread.start()
    try:
        for turn in range(5):
            back_up(database, tmp_path / f"saved{turn}")
    finally:
        stop.set()
        thread.join()
    restore(other, tmp_path / "saved4")
    found = {row[0]: row[1] for table, row in rows(other) if table == "settings"}  # type: ignore[misc,has-type]
    assert found["one"] == found["two"]
    assert verify(other) is None


def test_only_an_empty_database_is_restored_to(database: Database, tmp_path: Path) -> None:
    grow(database, 1)
    back_up(database, tmp_path / "saved")
    with pytest.raises(Damaged, match="不是空的"):
        restore(database, tmp_path / "saved")


@pytest.mark.parametrize("harm", ["cut", "cut_lines", "changed", "not_gzip", "other_version"])
def test_a_damaged_backup_restores_nothing(database: Database, other: Database, tmp_path: Path, harm: str) -> None:
    grow(database, 5)
    saved = tmp_path / "saved"
    back_up(database, saved)
    content = saved.read_bytes()
    lines = gzip.decompress(content).splitlines(keepends=True)
    saved.write_bytes({
        "cut": content[:-20],
        "cut_lines": gzip.compress(b"".join(lines[:-2])),
        "changed": gzip.compress(b"".join(lines).replace(b"submit", b"accept")),
        "not_gzip": b"hello",
        "other_version": gzip.compress(b"".join([lines[0].replace(b"backup/1", b"backup/9"), *lines[1:]])),
    }[harm])  # fmt: skip
    before = rows(other)
    with pytest.raises(Damaged):
        restore(other, saved)
    assert rows(other) == before


def test_a_backup_that_fails_leaves_no_file(database: Database, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        back_up(database, tmp_path / "none" / "saved")
    assert list(tmp_path.glob("*saved*")) == []
