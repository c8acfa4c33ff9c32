"""The command line: one noun per file; parse, call one function, print, exit.

Exit status follows "Findings as data" of the contract: 0, 1, 2, 3, 130 and 141, and nothing else ever gives 1.
"""

from __future__ import annotations

import gc
import io
import os
import sys
import tempfile
import traceback
from pathlib import Path

import click

from checker import __version__
from checker.cli.lazily import LazyGroup
from checker.cli.output import OutputClosed

USAGE, INTERNAL, INTERRUPTED, CLOSED = 2, 3, 130, 141
_COMMANDS = {
    "check": ("checker.cli.check", "检查数据：哪些单位兑现了哪些承诺  check data against a plan"),
    "repeat": ("checker.cli.repeat", "重做保存过的检查并逐字节比对  repeat a saved check"),
    "explain": ("checker.cli.explain", "说明一条结论的依据  explain what a finding rests on"),
    "demo": (
        "checker.cli.demo",
        "试用：虚构的县、每种角色的账号，一条命令  try it: a made-up county, an account of each kind",
    ),
    "serve": ("checker.cli.serve", "运行服务：报送、结论、审计，HTTP 接口  run the service"),
    "db": ("checker.cli.db", "服务的数据库：升级  the service's database"),
    "admin": ("checker.cli.admin", "服务的管理：账号、名册、规则、备份、审计  run by the operator"),
    "template": ("checker.cli.template", "生成 Excel 填报模板  make a workbook to report in"),
    "advise": ("checker.cli.advise", "怎样才达标：最小的改变  the least change that would do"),
    "remind": ("checker.cli.remind", "催报：谁还没有报什么  who has not reported what"),
    "notice": ("checker.cli.notice", "整改通知书，PDF 或 Word  rectification notices, PDF or Word"),
    "rules": ("checker.cli.rules", "改规则的工具  the workbench for rules"),
    "summary": ("checker.cli.summary", "汇总结论文件：各级各节达标率  rates from a file of findings"),
}


@click.group(cls=LazyGroup, commands_by_name=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="checker")
def cli() -> None:
    """兑现：逐单位检查公开规划里的量化承诺。

    Checks the quantified commitments of public plans, unit by unit.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the contract's status."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Give the exit status of the command line; everything that can go wrong ends in a sentence, not a traceback."""
    _speak_plainly()
    # Facts and findings by the hundred thousand hold no circles; looking for some takes a third of the time.
    gc.set_threshold(100_000, 50, 100)
    try:
        status = cli.main(arguments, prog_name="checker", standalone_mode=False)
        if sys.stdout is not None:
            sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as mistake:
        mistake.show()
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断 interrupted", err=True)
        return INTERRUPTED
    except (OutputClosed, BrokenPipeError, SystemExit):
        # click answers a closed pipe with SystemExit(1), but 1 is said of findings only.
        return _closed()
    except Exception:  # the last resort of a program must catch everything
        return _internal_error()


def _speak_plainly() -> None:
    """Let a terminal without Chinese show escapes instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _closed() -> int:
    # Python would complain once more while flushing at exit.
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return CLOSED


def _internal_error() -> int:
    handle, name = tempfile.mkstemp(prefix="checker-", suffix=".log")
    os.close(handle)
    Path(name).write_text(traceback.format_exc(), encoding="utf-8")
    click.echo(
        f"内部错误，没有给出结论；详情见 {name}\nInternal error, no verdict was given; details in {name}", err=True
    )
    return INTERNAL
