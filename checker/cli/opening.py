"""What every command of the service asks: which database, and where the key of its audit trail lies."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any, TypeVar

import click

from checker.cli.asking import PATH
from checker.engines.choosing import EngineName, choose
from checker.model.language import Text
from checker.model.problem import Problem
from checker.service.ground import BRAKE, Ground, Unprepared
from checker.service.trail import open_trail
from checker.store.database import Database, Unusable
from checker.store.failing import Full, Unreachable
from checker.store.migrating import is_current, upgrade

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--database", default="checker.db", show_default=True, metavar="FILE|URL", envvar="CHECKER_DATABASE",
        help="SQLite 文件，或 postgresql://用户:密码@主机/库  an SQLite file, or a URL of PostgreSQL",
    ),
    click.option(
        "--audit-key", type=PATH, envvar="CHECKER_AUDIT_KEY",
        help="审计密钥文件，默认在 SQLite 文件旁（.key）  file of the audit trail's key, default beside the database",
    ),
)  # fmt: skip


def database_options(command: Command) -> Command:
    """Give `command` the options `--database` and `--audit-key`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@contextmanager
def opened_bare(written: str) -> Iterator[Database]:
    """Open the database that was named, whatever is in it. Whatever an operator has to mend fails as bad usage."""
    try:
        database = Database(written, lambda: datetime.now(UTC))
    except ModuleNotFoundError as missing:
        raise click.UsageError("PostgreSQL: 请运行  run: pip install 'duixian[postgresql]'") from missing
    except Unusable as fault:
        raise click.UsageError(str(fault)) from fault
    try:
        yield database
    except (Unusable, Unprepared) as fault:
        raise click.UsageError(str(fault)) from fault
    except Full as fault:
        raise click.UsageError("磁盘已满，没有写入  no room left on the disk, nothing was written") from fault
    except Unreachable as fault:
        raise click.UsageError(f"数据库没有应答  the database gives no answer: {fault}") from fault
    finally:
        database.close()


@contextmanager
def opened(written: str, audit_key: Path | None, *, migrate: bool = False, brake: Fraction = BRAKE) -> Iterator[Ground]:
    """Open everything that a command works on; `migrate`: bring the database to this version first.

    `brake`: the share of findings that a publication may flip before their number has to be typed.
    Whatever an operator has to mend fails as bad usage.
    """
    with opened_bare(written) as database:
        if migrate:
            upgrade(database)
        if not is_current(database):
            raise click.UsageError("数据库不是这个版本的：请运行  run: checker db upgrade")
        trail = open_trail(database, key_of(database, audit_key))
        yield Ground(database, trail, choose(EngineName.AUTO), brake)


def key_of(database: Database, audit_key: Path | None) -> Path:
    """Give the file of the audit trail's key: the one named, else beside the database or in the folder one is in."""
    if audit_key is not None:
        return audit_key
    return Path(f"{database.url.database}.key") if database.is_sqlite else Path("checker-audit.key")


def show_problems(problems: Iterable[Problem]) -> None:
    """Say what is wrong with what was given, on standard error."""
    for problem in problems:
        message = Text(f"{problem.message.zh} → {problem.hint.zh}", problem.message.en)
        click.echo(f"{problem.place} {problem.code.value}: {message.zh}  {message.en}", err=True)
    sys.stderr.flush()
