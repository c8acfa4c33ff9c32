"""Brings a database to the schema of this version, by Alembic migrations that lie in the package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from checker.store.database import Database, Unusable

_FOLDER = Path(__file__).parent / "migrations"


def upgrade(database: Database) -> list[str]:
    """Bring `database` to the newest schema and give the revisions that were applied, oldest first.

    Raises Unusable where the database belongs to a newer version.
    """
    scripts = ScriptDirectory(str(_FOLDER))
    with database.alter() as connection:
        before = _revision(connection)
        known = [script.revision for script in reversed(list(scripts.walk_revisions()))]
        if before is not None and before not in known:
            raise Unusable(f"数据库的版本 {before} 比程序新  the database is newer than this program")
        command.upgrade(_config(connection), "head")
    return known[known.index(before) + 1 :] if before else known


def is_current(database: Database) -> bool:
    """Whether `database` has the newest schema."""
    with database.read() as connection:
        return _revision(connection) == ScriptDirectory(str(_FOLDER)).get_current_head()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
