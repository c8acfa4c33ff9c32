"""``checker admin load-rulebook``: publishes a version of the rulebook."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened, show_problems
from checker.rulebook.loading import default_folder, load, texts_of
from checker.service.loading import OtherPlan, load_rulebook

REFUSED = 2


@click.command("load-rulebook")
@database_options
@click.argument("folder", type=PATH, required=False)
def command(database: str, audit_key: Path | None, folder: Path | None) -> int:
    """公布 FOLDER 里的规则（默认平罗县 2021-2025），从此刻起按它判定。一个数据库只放一个规划的各个版本。

    Publishes the rulebook of FOLDER; from now on it judges. One database holds the versions of one plan.
    """
    source = folder or default_folder()
    loaded = load(source)
    if loaded.rulebook is None:
        show_problems(loaded.problems)
        return REFUSED
    with opened(database, audit_key, migrate=True) as ground:
        try:
            is_new = load_rulebook(ground, loaded.rulebook, texts_of(source))
        except OtherPlan as other:
            raise click.UsageError("数据库里是另一个规划  the database holds another plan") from other
    click.echo(f"{'已公布 published' if is_new else '没有变化 unchanged'}: {loaded.rulebook.digest}")
    return 0
