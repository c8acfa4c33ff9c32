"""``checker rules lint``: what is wrong with a rulebook, or doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from checker import __version__
from checker.authoring.check import Check
from checker.authoring.checks import CHECKS
from checker.authoring.linting import lint
from checker.authoring.notices import FORMATS, Report
from checker.cli.asking import FOLDER, PATH, lang_option, refuse_unknown
from checker.cli.output import deliver
from checker.model.language import Language, Text

CLEAN, FOUND = 0, 1


@click.command("lint")
@click.argument("folders", metavar="DIR...", nargs=-1, type=FOLDER)
@click.option("--format", "form", type=click.Choice([*FORMATS]), default="text", help="输出格式  output format")
@click.option("--output", type=PATH, help="写入文件  write to a file")
@click.option("--list", "listed", is_flag=True, help="列出所有检查  list the checks")
@click.option("--explain", metavar="CODE", help="说明一项检查，附错例和正例  explain a check, with examples")
@lang_option
def command(
    folders: tuple[Path, ...], form: str, output: Path | None, listed: bool, explain: str | None, lang: str
) -> int:
    """检查规则文件夹：写错的，和值得怀疑的，每处都报文件、行、列和出路。

    DIR 是规则文件夹，可以是几个，也可以是其中的文件。退出码：0 没有发现；1 有；2 用法有错。

    Lints rulebook folders (a file stands for its folder). Exit status: 0 nothing found; 1 something; 2 bad usage.
    """
    say = Language(lang)
    if explain is not None:
        refuse_unknown("--explain", [explain], CHECKS)
    if listed or explain:
        lines = _explained(CHECKS[explain], say) if explain else _listed(say)
        deliver([("\n".join(lines) + "\n").encode()], output)
        return CLEAN
    if not folders:
        raise click.UsageError("请给出规则文件夹  give the folder of a rulebook")
    if len(whole := list(dict.fromkeys(one if one.is_dir() else one.parent for one in folders))) > 1 and form != "text":
        raise click.UsageError(f"--format {form}：一次一个文件夹  one folder at a time")
    reports = [Report(folder, lint(folder), __version__, say) for folder in whole]
    deliver([FORMATS[form](report).encode() for report in reports], output)
    return FOUND if any(report.notices for report in reports) else CLEAN


def _listed(say: Language) -> Iterator[str]:
    widest = max(map(len, CHECKS))
    yield from (f"{code:<{widest}}  {check.title.said(say)}" for code, check in CHECKS.items())


def _explained(check: Check, say: Language) -> Iterator[str]:
    yield f"{check.code}  {check.title.said(say)}"
    for head, example in ((Text("错", "bad"), check.bad), (Text("对", "good"), check.good)):
        yield f"\n{head.said(say)}:"
        yield from (f"  {line}" for line in example.shown.splitlines())
    yield Text(
        f"\n在一条规则上不作这项检查，要写原因：\n  lint_off: {{{check.code}: 原因}}",
        f"\nTo exempt a rule, say why:\n  lint_off: {{{check.code}: reason}}",
    ).said(say)
