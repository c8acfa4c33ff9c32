"""``checker admin load-data``: loads what was reported before the service came."""

from __future__ import annotations

from pathlib import Path

import click

from checker.cli.asking import PATH
from checker.cli.opening import database_options, opened, show_problems
from checker.service.loading import Faulty, load_data

REFUSED = 2


@click.command("load-data")
@database_options
@click.argument("folder", type=PATH)
def command(database: str, audit_key: Path | None, folder: Path) -> int:
    """载入数据文件夹 FOLDER：名册、以往的报送（保留各自的报送时间，视为已验收）和豁免。有错误就什么都不载入。

    Loads a data folder: registry, reports with their own times, accepted, and waivers. With errors, nothing is loaded.
    """
    with opened(database, audit_key, migrate=True) as ground:
        try:
            loaded = load_data(ground, folder)
        except Faulty as faulty:
            show_problems(faulty.problems)
            return REFUSED
    show_problems(loaded.doubts)
    click.echo(f"单位 units: {loaded.units}  数 facts: {loaded.facts}  豁免 waivers: {loaded.waivers}")
    return 0
