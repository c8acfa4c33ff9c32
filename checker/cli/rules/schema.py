"""``checker rules schema``: what editors check a rulebook's files by."""

from __future__ import annotations

from pathlib import Path

import click

from checker.authoring.schemas import KINDS, file_name, schema_text
from checker.cli.asking import PATH
from checker.cli.output import deliver


@click.command("schema")
@click.argument("kind", type=click.Choice([*KINDS]), required=False)
@click.option("--output", type=PATH, help="写入文件；不写 KIND 时是文件夹  write to a file, or all to a folder")
def command(kind: str | None, output: Path | None) -> int:
    """规则文件的 JSON Schema：编辑器据此补全、检查，并显示每个键的说明。

    KIND 是 plan、indicators、section、follow-ups 或 coverage；不写就全部写入 --output 的文件夹。

    Gives the JSON Schema of one kind of file, or writes all of them to the folder --output.
    """
    if kind:
        deliver([schema_text(kind).encode()], output)
        return 0
    if output is None:
        raise click.UsageError(f"请写明哪一种：{'、'.join(KINDS)}，或 --output 文件夹  name a kind, or a folder")
    output.mkdir(parents=True, exist_ok=True)
    for each in KINDS:
        deliver([schema_text(each).encode()], output / file_name(each))
    return 0
