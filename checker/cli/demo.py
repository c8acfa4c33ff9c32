"""``checker demo``: the service with a made-up county in it, to be tried at once."""

from __future__ import annotations

import socket
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import click

from checker.cli.asking import day_typed
from checker.engines.choosing import EngineName, choose
from checker.rulebook.loading import default_folder
from checker.service.demonstrating import PEOPLE, TODAY, clock_of, county_folder, password, prepare
from checker.service.ground import Ground
from checker.service.serving import Serving, serve
from checker.service.trail import open_trail
from checker.store.database import Database
from checker.store.migrating import upgrade

_HOST = "127.0.0.1"


@click.command("demo")
@click.option(
    "--today", metavar="YYYY-MM-DD", callback=day_typed,
    help=f"当作哪一天，默认 {TODAY}  which day to take for today",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="端口  port")
def command(today: date | None, port: int) -> int:
    """试用：虚构的平罗县、每种角色的账号，几秒钟就能登录；数据放在临时文件夹，Ctrl-C 结束即删。

    Serves a made-up county with an account of each kind, on this machine alone, from a temporary folder that is gone
    once it ends (Ctrl-C).
    """
    port = _free(port)
    day, secret = today or TODAY, password()
    with tempfile.TemporaryDirectory(prefix="checker-demo-") as folder:
        place = Path(folder)
        clock = clock_of(day, lambda: datetime.now(UTC))
        database = Database(str(place / "demo.db"), clock)
        try:
            upgrade(database)
            trail = open_trail(database, place / "demo.key")
            ground = Ground(database, trail, choose(EngineName.AUTO))
            prepare(ground, default_folder(), county_folder(), day, secret)
            _say(f"http://{_HOST}:{port}/", day, secret)
            with suppress(KeyboardInterrupt):  # the way to end it
                serve(ground, Serving(_HOST, port, place / "head", is_quiet=True))
        finally:
            database.close()
    return 0


def _free(port: int) -> int:
    """Give `port`, or any free one for 0. Fails as bad usage where somebody listens there."""
    try:
        with socket.create_server((_HOST, port)) as listening:
            free: int = listening.getsockname()[1]
            return free
    except OSError as fault:
        raise click.UsageError(f"端口 {port} 被占用，请用 --port 另选  in use: choose another by --port") from fault


def _say(address: str, day: date, secret: str) -> None:
    click.echo(f"{address}  今天当作 today is {day}")
    click.echo(f"密码都是 everybody's password: {secret}\n")
    for person, words in PEOPLE:
        click.echo(f"  {person.name:<10} {words.zh}  {words.en}")
    click.echo("\n请用 Chrome、Edge 或 Firefox 打开；Ctrl-C 结束，数据随之删除。Open it in Chrome, Edge or Firefox.")
