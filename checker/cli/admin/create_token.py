"""``checker admin create-token``: makes an API token for an account."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.opening import database_options, opened
from checker.service.enrolling import Rejected, give_token


@click.command("create-token")
@database_options
@click.argument("name")
@click.option("--label", default="admin", show_default=True, help="用途  what it is for")
@click.option("--days", type=click.IntRange(1, 730), default=365, show_default=True, help="有效天数  how long it lasts")
def command(database: str, audit_key: Path | None, name: str, label: str, days: int) -> int:
    """给账号 NAME 发 API 令牌，只显示这一次，库里只存散列值。

    Makes an API token for the account NAME; it is shown this once and stored as a hash.
    """
    with opened(database, audit_key) as ground:
        try:
            token = give_token(ground, name, label, days)
        except Rejected as rejected:
            raise click.UsageError(f"{rejected.why.zh}  {rejected.why.en}") from rejected
    click.echo(token)
    return 0
