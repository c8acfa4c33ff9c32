"""Drafts of rulebooks, what publishing one would change, and what was published when; statements stand beside it."""

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, and let every rulebook published so far be a publication."""
    name = f"r0004.{op.get_bind().dialect.name}.sql"
    for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n\n"):
        op.execute(statement.strip())
