"""``checker admin verify-audit``: says whether the audit trail is as it was written."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened
from checker.service.trail import export_head, read_head
from checker.store.audit import Audit, Broken
from checker.store.database import Reading

BROKEN = 1


@click.command("verify-audit")
@database_options
@click.option("--head", type=PATH, help="与先前导出的链头比对：发现截尾和回退  compare with a head exported before")
@click.option(
    "--export",
    type=PATH,
    help="核对之后把链头导出到这里；那里的旧链头先比对  export the head, having compared the old one there",
)
def command(database: str, audit_key: Path | None, head: Path | None, export: Path | None) -> int:
    """核对整条审计链，说出第一条不对的记录。退出码：0 完好；1 有改动；2 用法。

    截尾和回退只有与先前导出的链头比对才看得出：--head，或每天 --export 到同一个文件；不符就不覆盖它，退出码 1。
    特意恢复过旧备份的，查清之后移走旧链头。

    Verifies the whole chain and names the first broken record. A cut tail or a database that was rolled back shows
    against a head exported before alone: with --head, or with --export to the same file every day, which is left as it
    is where they differ. After restoring an old backup on purpose, move the old head away. Exit status: 0 whole;
    1 broken; 2 usage.
    """
    with opened(database, audit_key) as ground:
        known = read_head(head) if head else None
        with ground.database.read() as reading:
            broken = ground.audit.verify(reading, known)
            if broken is None and export is not None:
                broken = _exported(ground.audit, reading, export)
            newest = ground.audit.head(reading)
    if broken is not None:
        click.echo(f"第 {broken.seq} 条：{broken.why.zh}  record {broken.seq}: {broken.why.en}")
        return BROKEN
    click.echo(f"完好 whole: {newest.seq}")
    return 0


def _exported(audit: Audit, reading: Reading, file: Path) -> Broken | None:
    try:
        return export_head(audit, reading, file)
    except OSError as fault:
        raise click.UsageError(f"写不了 {file}  cannot be written ({fault.strerror})") from fault
