"""What the commands of the workbench ask and read alike: a rulebook without faults, and a plan's text."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from checker import __version__
from checker.cli.asking import PATH
from checker.engines.plain import PlainJudge
from checker.model.language import Language, Text
from checker.model.problem import Problem
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.unit import Registry
from checker.reporting.table import Layout, to_table
from checker.rulebook.loading import Loaded, load

document_option = click.option("--document", required=True, type=PATH, help="规划原文，纯文本  the plan's text, plain")
format_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="输出格式  output format"
)
output_option = click.option("--output", type=PATH, help="写入文件  write to a file")
_ENCODINGS = ("utf-8-sig", "gb18030")
_LONGEST = 10_000_000


def sound_rulebook(folder: Path, language: Language) -> Rulebook | None:
    """Give the rulebook of `folder`, or None after saying everything that is wrong with it."""
    return sound(load(folder), str(folder), language)


def sound(loaded: Loaded, name: str, language: Language, most: int = 0) -> Rulebook | None:
    """Give the rulebook that was loaded from what is called `name`, or None after saying what is wrong with it."""
    if loaded.rulebook is None:
        click.echo(Text(f"{name} 有错：", f"{name} has faults:").said(language), err=True)
        click.echo(to_table(_faulty(loaded.problems), Layout(language, most)), err=True)
    return loaded.rulebook


def plan_text(document: Path) -> str:
    """Give the text of a plan's `document`, in UTF-8 or GB18030; fails as bad usage where there is none."""
    try:
        with document.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as fault:
        raise click.UsageError(f"{document} 打不开  cannot be opened ({fault.strerror})") from fault
    if len(content) > _LONGEST or b"\0" in content:
        raise click.UsageError(f"{document} 不是纯文本，请先另存为 .txt  is no plain text, save it as .txt first")
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.UsageError(f"{document} 不是 UTF-8 或 GB18030 编码  is neither UTF-8 nor GB18030")


def _faulty(problems: list[Problem]) -> Run:
    today = datetime.now().astimezone().date()
    return Run(__version__, today, PlainJudge.name, None, Registry(()), None, None, None, tuple(problems))
