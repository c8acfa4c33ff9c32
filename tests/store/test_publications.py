"""What was published before publications were kept is one, and which of several judged is told by their instants."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from checker.store import publications
from checker.store.database import Database
from checker.store.migrating import _config, upgrade
from checker.store.publications import Publication
from tests.stores import KINDS, Clock, fresh_url


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_earlier_version_published_goes_on_judging(
    kind: str, tmp_path: Path, clock: Clock, request: pytest.FixtureRequest
) -> None:
    database = Database(fresh_url(kind, tmp_path, request), clock)
    with database.engine.begin() as connection:
        command.upgrade(_config(connection), "0001")
        for digest, at, account in (("sha256:b", 20, None), ("sha256:a", 10, 3)):
            values = {"digest": digest, "at": at, "account": account}
            statement = "insert into rulebooks values (:digest, 'p', '{}', :at, :account)"
            connection.execute(text(statement), values)
    upgrade(database)
    with database.read() as reading:
        found = publications.listed(reading)
        assert [(one.digest, one.in_force, one.by_account) for one in found] == [
            ("sha256:a", 10, 3),
            ("sha256:b", 20, 0),
        ]
        assert publications.files_of(reading, found[0].seq) == {}
    database.close()


def one(seq: int, in_force: int, withdrawn: int | None = None) -> Publication:
    return Publication(seq, f"sha256:{seq}", 1, in_force, 1, None, "", 0, 0, 0, withdrawn)


@pytest.mark.parametrize(("end", "judging"), [(5, 1), (11, 1), (20, 1), (21, 2), (31, 2), (41, 4)])
def test_the_last_that_came_into_force_judges_and_the_first_for_days_before(end: int, judging: int) -> None:
    versions = [one(1, 10), one(2, 20), one(3, 30, withdrawn=25), one(4, 40)]
    found = publications.before(versions, end)
    assert found is not None
    assert found.seq == judging


def test_where_nothing_was_published_nothing_judges() -> None:
    assert publications.before([], 5) is None
