"""``checker admin create-user``: makes an account."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from checker.cli.opening import database_options, opened
from checker.service.enrolling import Enrolled, Rejected, enrol
from checker.store.accounts import Role


@click.command("create-user")
@database_options
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="角色  role")
@click.option("--full-name", default="", help="姓名  name of the person")
@click.option("--unit", help="所在单位的编号，填报账号必填  its own unit")
@click.option("--area", help="审核范围：此单位及以下，审核账号必填  the tree that an auditor looks after")
@click.option("--password-stdin", is_flag=True, help="从标准输入读密码  read the password from standard input")
def command(
    database: str, audit_key: Path | None, name: str, role: str, full_name: str, unit: str | None, area: str | None,
    password_stdin: bool,
) -> int:  # fmt: skip
    """新建账号 NAME。不给密码时打印一次性代码，本人用它设密码（一天内）。

    Makes an account. Without a password a code is printed, with which its owner sets one within a day.
    """
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    enrolled = Enrolled(name, full_name or name, Role(role), unit, area)
    with opened(database, audit_key, migrate=True) as ground:
        try:
            code = enrol(ground, enrolled, password)
        except Rejected as rejected:
            raise click.UsageError(f"{rejected.why.zh}  {rejected.why.en}") from rejected
    click.echo(f"已建 made: {name}" if code is None else f"一次性代码 code: {code}")
    return 0
