"""``checker rules …``: what policy staff do to a rulebook. One command per file."""

from __future__ import annotations

import click

from checker.cli.lazily import Commands, LazyGroup

COMMANDS: Commands = {
    "new": ("checker.cli.rules.new", "新建规则文件夹  a rulebook to start from"),
    "show": ("checker.cli.rules.show", "用文字说明一条规则  a rule in words"),
    "doc": ("checker.cli.rules.doc", "把规则写成给人看的文件  a rulebook in words, as a file"),
    "schema": ("checker.cli.rules.schema", "规则文件的 JSON Schema，供编辑器用  for editors"),
    "lint": ("checker.cli.rules.lint", "检查规则：写错的和值得怀疑的  what is wrong or doubtful"),
    "diff": ("checker.cli.rules.diff", "规则改了什么，哪些结论会变  what a change of the rules means"),
    "what-if": ("checker.cli.rules.what_if", "换个目标，多少单位达标  how many would meet another target"),
    "trace": ("checker.cli.rules.trace", "对照原文：哪句没有规则  clauses of the plan's text without a rule"),
    "draft": ("checker.cli.rules.draft", "给没有规则的语句起草规则  draft rules for them"),
    "test": ("checker.cli.rules.test", "用中文特性测试规则  run features against the rules"),
    "mutate": ("checker.cli.rules.mutate", "写错一处，特性看得出吗  would the features notice a slip"),
}


@click.group("rules", cls=LazyGroup, commands_by_name=COMMANDS)
def command() -> None:
    """改规则的工具：检查、测试、比较、对照原文。

    The workbench for whoever writes rules: lint, test, compare, trace to the plan's text.
    """
