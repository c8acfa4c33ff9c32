"""The first schema: its statements stand beside it, one file for each database."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables, and let nobody change or delete audit records and history."""
    name = f"r0001.{op.get_bind().dialect.name}.sql"
    for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n\n"):
        op.execute(statement.strip())
