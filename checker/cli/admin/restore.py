"""``checker admin restore``: fills an empty database from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened_bare
from checker.store.backup import Damaged, restore
from checker.store.migrating import upgrade

FAILED = 1


@click.command("restore")
@database_options
@click.argument("source", type=PATH)
def command(database: str, audit_key: Path | None, source: Path) -> int:  # noqa: ARG001 (every command has the option)
    """从备份 SOURCE 恢复到空数据库（SQLite 与 PostgreSQL 可以互换）。先停服务；之后用 verify-audit --head 核对。

    Fills an empty database, of either kind, from a backup. Stop the service first, and verify the audit trail after.
    """
    with opened_bare(database) as store:
        upgrade(store)
        try:
            rows = restore(store, source)
        except Damaged as damaged:
            click.echo(f"没有恢复：{damaged.why.zh}  nothing was restored: {damaged.why.en}", err=True)
            return FAILED
        except OSError as fault:
            raise click.UsageError(f"读不出 {source}  cannot be read ({fault.strerror})") from fault
    click.echo(f"行 rows: {rows}")
    return 0
