"""``checker admin verify-audit``: says whether the audit trail is as it was written."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened
from checker.service.trail import read_head, write_head

BROKEN = 1


@click.command("verify-audit")
@database_options
@click.option("--head", type=PATH, help="与先前导出的链头比对：发现截尾和回退  compare with a head exported before")
@click.option("--export", type=PATH, help="核对之后把链头导出到这里  export the head after verifying")
def command(database: str, audit_key: Path | None, head: Path | None, export: Path | None) -> int:
    """核对整条审计链，说出第一条不对的记录。退出码：0 完好；1 有改动；2 用法。

    Verifies the whole chain and names the first broken record. A cut tail or a database that was rolled back shows with
    --head alone. Exit status: 0 whole; 1 broken; 2 usage.
    """
    with opened(database, audit_key) as ground:
        known = read_head(head) if head else None
        with ground.database.read() as reading:
            broken = ground.audit.verify(reading, known)
            newest = ground.audit.head(reading)
        if broken is not None:
            click.echo(f"第 {broken.seq} 条：{broken.why.zh}  record {broken.seq}: {broken.why.en}")
            return BROKEN
        if export is not None:
            write_head(export, newest)
    click.echo(f"完好 whole: {newest.seq}")
    return 0
