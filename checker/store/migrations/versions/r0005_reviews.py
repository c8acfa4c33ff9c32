"""Reviews of findings with all that was done to them, rectification orders, and waivers with who asked and approved."""

from pathlib import Path

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables, and let everything be weighed once, so that what fails already is put up for review."""
    name = f"r0005.{op.get_bind().dialect.name}.sql"
    for statement in Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n\n"):
        op.execute(statement.strip())
