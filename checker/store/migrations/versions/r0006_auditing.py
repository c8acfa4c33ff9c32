"""Samples that auditors draw, reporting periods that are signed off, and what of the inbox was read."""

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables; what was drawn and signed stays as it was."""
    name = f"r0006.{op.get_bind().dialect.name}.sql"
    for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n\n"):
        op.execute(statement.strip())
