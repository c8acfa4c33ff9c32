"""``checker admin load-rulebook``: publishes a version of the rulebook."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened, show_problems
from checker.rulebook.loading import default_folder, load, texts_of
from checker.service.loading import OtherPlan, SecondPersonNeeded, load_rulebook

REFUSED = 2


@click.command("load-rulebook")
@database_options
@click.argument("folder", type=PATH, required=False)
@click.option(
    "--alone",
    metavar="REASON",
    help="已有规则仍在这里公布，不经预览和第二人；写明理由，记入审计  publish though there are rules already, and why",
)
def command(database: str, audit_key: Path | None, folder: Path | None, alone: str | None) -> int:
    """公布第一版规则：FOLDER 里的（默认平罗县 2021-2025），从此刻起按它判定。一个数据库只放一个规划的各个版本。

    以后的版本在服务里起草、预览，由第二人公布；不得已时用 --alone。

    Publishes the first rulebook, that of FOLDER; from now on it judges. One database holds the versions of one plan.
    Later ones are drafted and previewed in the service, and published by a second person, or else with --alone.
    """
    if alone is not None and not alone.strip():
        raise click.UsageError("--alone 要写明理由  needs a reason")
    source = folder or default_folder()
    loaded = load(source)
    if loaded.rulebook is None:
        show_problems(loaded.problems)
        return REFUSED
    with opened(database, audit_key, migrate=True) as ground:
        try:
            is_new = load_rulebook(ground, loaded.rulebook, texts_of(source), (alone or "").strip())
        except OtherPlan as other:
            raise click.UsageError("数据库里是另一个规划  the database holds another plan") from other
        except SecondPersonNeeded as needed:
            raise click.UsageError(
                "已有规则：请在服务里起草，由第二人公布；不得已时用 --alone 写明理由  there are rules already: draft "
                "others in the service and let a second person publish them, or name a reason with --alone"
            ) from needed
    click.echo(f"{'已公布 published' if is_new else '没有变化 unchanged'}: {loaded.rulebook.digest}")
    return 0
