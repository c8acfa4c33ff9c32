"""``checker repeat``: asks a saved Run's question again and says whether every byte agrees."""

from __future__ import annotations

from pathlib import Path

import click

from checker.checking import check
from checker.cli.asking import PATH, inputs_of
from checker.engines.choosing import EngineName, choose
from checker.model.language import Text
from checker.repeating import compare, read_saved
from checker.reporting.table import Layout, to_table
from checker.rulebook.loading import default_folder, load

AGREES, DIFFERS, REFUSED = 0, 1, 2


@click.command("repeat")
@click.argument("saved", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("data", nargs=-1, required=True, type=PATH)
@click.option("--units", type=PATH, help="单位名册  the registry beside single files")
@click.option("--rules", type=PATH, help="规则文件夹，默认平罗县 2021-2025  folder of a rulebook")
def command(saved: Path, data: tuple[Path, ...], units: Path | None, rules: Path | None) -> int:
    """重做一次保存过的检查，逐字节比对；不同时说明是规则、数据、程序还是引擎不同。

    Repeats a check that was saved with `check --save` and compares every byte; where they differ it says which input
    does. Exit status: 0 every byte agrees; 1 something differs; 2 bad usage, rulebook or data.
    """
    then = read_saved(saved.read_bytes())
    if then is None:
        raise click.UsageError(f"{saved} 不是 check --save 保存的记录  was not written by check --save")
    loaded = load(rules or default_folder())
    if loaded.rulebook is None:
        raise click.UsageError("规则有错，先用 check 查看  the rulebook has faults; `check` lists them")
    engine = EngineName(then.engine) if then.engine in [*EngineName] else EngineName.AUTO
    run = check(loaded.rulebook, inputs_of(data, units), then.question(), choose(engine))
    comparison = compare(then, run)
    for difference in comparison.differences:
        click.echo(difference.said(then.language))
    if run.findings is None and then.output.get("findings") is not None:
        click.echo(to_table(run, Layout(then.language)), err=True)
        return REFUSED
    verdict = Text("每个字节都一致", "every byte agrees") if comparison.agrees else Text("不一致", "they do not agree")
    click.echo(verdict.said(then.language))
    return AGREES if comparison.agrees else DIFFERS
