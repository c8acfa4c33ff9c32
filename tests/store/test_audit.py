"""The audit trail: whoever changes, cuts or rolls it back is found, and the record is named."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from checker.store.audit import Audit, Head, entries
from checker.store.database import Database

KEY = Audit(b"k" * 32)
UNLOCK = {
    "sqlite": ["drop trigger audit_no_update", "drop trigger audit_no_delete"],
    "postgresql": ["drop trigger audit_only_grows on audit"],
}


def grow(database: Database, count: int, word: str = "submit") -> None:
    for number in range(count):
        with database.write() as tx:
            KEY.record(tx, 7, word, f"submission:{number}", {"数": number})


def head(database: Database) -> Head:
    with database.read() as reading:
        return KEY.head(reading)


def verify(database: Database, exported: Head | None = None) -> tuple[int, str] | None:
    with database.read() as reading:
        broken = KEY.verify(reading, exported)
    return (broken.seq, broken.why.zh) if broken else None


def tamper(database: Database, *statements: str) -> None:
    """Do what only somebody with the database in hands can do."""
    with database.engine.begin() as connection:
        for statement in [*UNLOCK[database.url.get_backend_name()], *statements]:
            connection.execute(text(statement))


def test_a_chain_that_nobody_touched_verifies_and_reaches_its_head(database: Database) -> None:
    assert verify(database) is None
    grow(database, 5)
    exported = head(database)
    assert exported.seq == 5
    assert verify(database, exported) is None
    grow(database, 2)
    assert verify(database, exported) is None
    with database.read() as reading:
        assert [(one.seq, one.subject) for one in entries(reading, 3, 2)] == [(4, "submission:3"), (5, "submission:4")]
        assert [one.seq for one in entries(reading, 0, 9, "submission:1")] == [2, 7]


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("update audit set detail = '{}' where seq = 3", 3),
        ("update audit set at = at + 1 where seq = 1", 1),
        ("update audit set account = 8 where seq = 5", 5),
        ("update audit set action = 'accept' where seq = 2", 2),
        ("update audit set mac = (select mac from audit where seq = 1) where seq = 4", 4),
        ("delete from audit where seq = 2", 2),
        ("delete from audit where seq = 1", 1),
    ],
)
def test_the_first_record_that_was_tampered_with_is_named(database: Database, statement: str, seq: int) -> None:
    grow(database, 5)
    tamper(database, statement)
    found = verify(database)
    assert found is not None
    assert found[0] == seq


def test_records_that_changed_places_are_found(database: Database) -> None:
    grow(database, 4)
    away, back = "update audit set seq = seq + 10 where seq in (2, 3)", "update audit set seq = 15 - seq where seq > 10"
    tamper(database, away, back)
    assert verify(database) == (2, "这条记录或它的次序被改过")


def test_a_cut_tail_shows_against_the_exported_head_alone(database: Database) -> None:
    grow(database, 5)
    exported = head(database)
    tamper(database, "delete from audit where seq > 3")
    assert verify(database) is None
    assert verify(database, exported) == (4, "链到第 3 条为止，导出时有 5 条：尾部被截去，或数据库被回退")


def test_a_database_rolled_back_and_grown_again_shows_against_the_exported_head(database: Database) -> None:
    grow(database, 5)
    exported = head(database)
    tamper(database, "delete from audit where seq > 3")
    grow(database, 4, "accept")
    assert verify(database) is None
    assert verify(database, exported) == (5, "与导出的链头不同：数据库被换过或回退过")


def test_a_head_that_somebody_made_up_is_refused(database: Database) -> None:
    grow(database, 2)
    forged = head(database)._replace(seq=1)
    assert verify(database, forged) == (1, "导出的链头不是用这个密钥封的")


def test_another_key_verifies_nothing(database: Database) -> None:
    grow(database, 1)
    with database.read() as reading:
        broken = Audit(b"x" * 32).verify(reading)
    assert broken is not None
    assert broken.seq == 1
