"""``checker admin backup``: a snapshot of everything in one file."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened
from checker.store.backup import back_up


@click.command("backup")
@database_options
@click.argument("output", type=PATH)
def command(database: str, audit_key: Path | None, output: Path) -> int:
    """把某一刻的全部内容写入 OUTPUT，只有本人可读；服务可照常运行。审计密钥不在其中，请另行保管。

    Writes one instant of everything to OUTPUT, readable by its owner alone, while the service goes on. The key of the
    audit trail is not part of it: keep it elsewhere.
    """
    with opened(database, audit_key) as ground:
        try:
            rows = back_up(ground.database, output)
        except OSError as fault:
            raise click.UsageError(f"写不了 {output}  cannot be written ({fault.strerror})") from fault
    click.echo(f"行 rows: {rows}")
    return 0
