"""``checker admin …``: what the operator of a service does on its machine. One command per file."""

from __future__ import annotations

import click

from checker.cli.lazily import Commands, LazyGroup

COMMANDS: Commands = {
    "load-rulebook": ("checker.cli.admin.load_rulebook", "公布一个规则版本  publish a version of the rulebook"),
    "load-units": ("checker.cli.admin.load_units", "载入单位名册，只记变化  load the registry"),
    "load-data": ("checker.cli.admin.load_data", "载入以往的数据文件夹  load what was reported before"),
    "create-user": ("checker.cli.admin.create_user", "新建账号  make an account"),
    "create-token": ("checker.cli.admin.create_token", "给账号发令牌  make an API token"),
    "backup": ("checker.cli.admin.backup", "备份，服务可照常运行  back up, also under load"),
    "restore": ("checker.cli.admin.restore", "恢复到空数据库  restore into an empty database"),
    "verify-audit": ("checker.cli.admin.verify_audit", "核对审计链  verify the audit trail, or export its head"),
    "recheck": ("checker.cli.admin.recheck", "全部重判并与现存结论比对  recheck everything, and compare"),
}


@click.group("admin", cls=LazyGroup, commands_by_name=COMMANDS)
def command() -> None:
    """服务的管理，在服务所在的机器上运行。每一步都记入审计链。

    What the operator does, on the machine of the service; each step has its audit record.
    """
