"""The schema, the one writer, and what the database itself refuses."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from checker.store import database as opening
from checker.store.database import Database, Unusable, moment
from checker.store.migrating import is_current, upgrade
from checker.store.tables import METADATA
from tests.stores import Clock


def test_migrations_bring_a_database_to_exactly_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    assert is_current(database)
    assert upgrade(database) == []


def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(Unusable, match="9999"):
        upgrade(database)


def test_every_transaction_has_a_later_instant_even_when_the_clock_goes_back(database: Database, clock: Clock) -> None:
    instants, began = [], moment(clock.now)
    for hours in (0, 0, -5, 0):
        clock.move(hours=hours)
        with database.write() as tx:
            instants.append(tx.at)
    assert instants == sorted(set(instants))
    assert instants[0] == began


def test_what_fails_leaves_nothing(database: Database) -> None:
    def write_and_fail() -> None:
        with database.write() as tx:
            tx.connection.execute(text("insert into settings (name, value) values ('a', 'b')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with database.read() as reading:
        assert reading.execute(text("select count(*) from settings")).scalar_one() == 0


def test_a_reader_sees_one_snapshot(database: Database) -> None:
    count = text("select count(*) from settings")
    with database.read() as reading:
        before = reading.execute(count).scalar_one()
        with database.write() as tx:
            tx.connection.execute(text("insert into settings (name, value) values ('a', 'b')"))
        assert reading.execute(count).scalar_one() == before
    with database.read() as reading:
        assert reading.execute(count).scalar_one() == before + 1


def test_writers_take_turns(database: Database) -> None:
    instants: list[int] = []

    def write() -> None:
        for _ in range(20):
            with database.write() as tx:
                instants.append(tx.at)

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(instants)) == 160
    assert instants == sorted(instants)


@pytest.mark.parametrize(
    "statement",
    [
        "update audit set action = 'x'", "delete from audit", "update finding_history set verdict = 'met'",
        "delete from finding_history", "delete from facts", "update facts set value = '1'",
    ],
)  # fmt: skip
def test_the_database_refuses_to_forget(database: Database, statement: str) -> None:
    _one_row_each(database)
    with pytest.raises(DBAPIError, match=r"only grows|as they were reported"), database.write() as tx:
        tx.connection.execute(text(statement))


def _one_row_each(database: Database) -> None:
    rows = [
        "audit (seq, at, account, action, subject, detail, mac) values (1, 1, 0, 'a', 'b', '{}', 'c')",
        "finding_history (finding, at, causes, record, facts_digest, as_of, run) values ('f', 1, 'd', '{}', '', '', 1)",
        (
            "submissions (id, unit, state, by_account, on_behalf, file, content, created, changed, reason, version) "
            "values ('s', 'u', 'draft', 1, false, '', '', 1, 1, '', 1)"
        ),
        (
            "facts (submission, unit, indicator, period, evidence, note, file, known_from) "
            "values ('s', 'u', 'i', '2024', '', '', '', 1)"
        ),
    ]
    with database.write() as tx:
        for row in rows:
            tx.connection.execute(text(f"insert into {row}"))


def test_a_database_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kind = next(
        line.split()[2]
        for line in reversed(Path("/proc/mounts").read_text().splitlines())
        if tmp_path.is_relative_to(line.split()[1])
    )
    monkeypatch.setattr(opening, "_NETWORKED", frozenset({kind, "ext4", "overlay", "btrfs", "xfs", "tmpfs"}))
    with pytest.raises(Unusable, match="网络文件系统"):
        Database(str(tmp_path / "a.db"), Clock())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="没有这个文件夹"):
        Database(str(tmp_path / "none" / "a.db"), Clock())


def test_a_database_is_its_owners_alone(tmp_path: Path) -> None:
    Database(str(tmp_path / "a.db"), Clock()).close()
    assert (tmp_path / "a.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Unusable, match="打不开"):
        Database("/proc/a.db", Clock())
