"""``checker rules new``: a rulebook to start from."""

from __future__ import annotations

from pathlib import Path

import click

from checker.authoring.starting import STARTER, started
from checker.cli.asking import FOLDER, PATH
from checker.cli.output import deliver
from checker.model.identity import is_id
from checker.rulebook.loading import load


@click.command("new")
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--from", "source", type=FOLDER, help="照这个规则文件夹来写  the rulebook to copy from")
def command(folder: Path, source: Path | None) -> int:
    """新建一个规则文件夹：可以直接检查，照着改就行；文件夹名就是规划的编号。

    Starts a rulebook that lints clean: the small one that ships, or a copy of --from. The folder's name is its id.
    """
    name = folder.resolve().name
    if not is_id(name):
        raise click.UsageError(f"{name!r} 不能作规划的编号：用字母、汉字、数字和 . _ - :  cannot be a plan's id")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise click.UsageError(f"{folder} 已有内容，不会覆盖  is not empty, and is left alone")
    loaded = load(source or STARTER)
    if loaded.rulebook is None:
        raise click.UsageError(f"{source} 有错，先用 rules lint 查看  has faults; `rules lint` lists them")
    for path, text in started(source or STARTER, loaded, name).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        deliver([text.encode()], folder / path)
    click.echo(f"已写好 {folder}；接着改 plan.yaml、indicators.yaml 和各节  written; now change it, and lint it:")
    click.echo(f"checker rules lint {folder}")
    return 0
