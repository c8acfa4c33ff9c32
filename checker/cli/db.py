"""``checker db upgrade``: brings the service's database to this version."""

from __future__ import annotations

import click

from checker.cli.opening import opened_bare
from checker.store.migrating import upgrade


@click.group("db")
def command() -> None:
    """服务的数据库。The service's database."""


@command.command("upgrade")
@click.option("--database", default="checker.db", show_default=True, metavar="FILE|URL", envvar="CHECKER_DATABASE",
              help="SQLite 文件或 PostgreSQL 的 URL  an SQLite file or a URL of PostgreSQL")  # fmt: skip
def _upgrade(database: str) -> int:
    """升级到本版本（serve 启动时也会做）。先备份。Bring it to this version; `serve` does so too. Back it up first."""
    with opened_bare(database) as store:
        applied = upgrade(store)
    click.echo(f"已升级 upgraded: {', '.join(applied)}" if applied else "已是最新 up to date")
    return 0
