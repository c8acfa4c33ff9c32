"""``checker rules …``: what policy staff do to a rulebook. One command per file."""

from __future__ import annotations

import click

from checker.cli.lazily import Commands, LazyGroup

COMMANDS: Commands = {
    "test": ("checker.cli.rules.test", "用中文特性测试规则  run features against the rules"),
    "mutate": ("checker.cli.rules.mutate", "写错一处，特性看得出吗  would the features notice a slip"),
}


@click.group("rules", cls=LazyGroup, commands_by_name=COMMANDS)
def command() -> None:
    """改规则的工具：检查、测试、比较、对照原文。

    The workbench for whoever writes rules: lint, test, compare, trace to the plan's text.
    """
