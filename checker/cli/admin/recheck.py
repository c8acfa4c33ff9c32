"""``checker admin recheck``: proves that a full check changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.opening import database_options, opened
from checker.engines.choosing import EngineName, choose
from checker.engines.judging import Judge
from checker.service.rechecking import recheck
from checker.service.rolling import Rolling

DIFFERS = 1
_SHOWN = 20


@click.command("recheck")
@database_options
@click.option(
    "--engine", type=click.Choice([name.value for name in EngineName if name is not EngineName.SPARK]), default="auto",
    help="auto：装了 duckdb 就用它  duckdb where it is installed",
)  # fmt: skip
def command(database: str, audit_key: Path | None, engine: str) -> int:
    """先做完待做的汇总，再对全部数据重判一遍，与现存的每条结论、每个预警逐字段比对。什么都不改。

    退出码：0 全部一致；1 有不同。

    Finishes what is outstanding, checks everything anew, and compares every field of every finding and alert. Exit
    status: 0 all agree; 1 something differs.
    """
    with opened(database, audit_key) as ground:
        Rolling(ground).finish()
        with ground.database.read() as reading:
            as_of = ground.today(ground.rulebook(reading), ground.database.now())
        checked = recheck(ground, _judge(EngineName(engine)), as_of)
    for one in checked.differences[:_SHOWN]:
        click.echo(f"{one.what}\n  现存 stands: {one.stands}\n  重判 found:  {one.found}")
    click.echo(
        f"结论 findings: {checked.findings}  预警 alerts: {checked.alerts}  "
        f"不同 differences: {len(checked.differences)}  {checked.as_of} {checked.engine}"
    )
    return DIFFERS if checked.differences else 0


def _judge(name: EngineName) -> Judge:
    try:
        return choose(EngineName.DUCKDB if name is EngineName.AUTO else name)
    except ImportError as missing:
        if name is EngineName.AUTO:
            return choose(name)
        raise click.UsageError("--engine duckdb: 请运行  run: pip install 'duixian[parquet]'") from missing
