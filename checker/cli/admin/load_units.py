"""``checker admin load-units``: loads the registry."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened, show_problems
from checker.service.loading import Faulty, load_units

REFUSED = 2


@click.command("load-units")
@database_options
@click.argument("file", type=PATH)
def command(database: str, audit_key: Path | None, file: Path) -> int:
    """载入整份单位名册 FILE（units.csv）。与现有的比较，只记变化；名册里没有的单位从此不再存在，以往照旧可查。

    Loads the whole registry. What changed holds from now on; past days are still answered as they were known.
    """
    with opened(database, audit_key, migrate=True) as ground:
        try:
            changed = load_units(ground, file)
        except Faulty as faulty:
            show_problems(faulty.problems)
            return REFUSED
    click.echo(f"变化 changed: {changed}")
    return 0
