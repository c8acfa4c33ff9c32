"""``checker advise``: the least change of the figures that would make each finding met."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from checker.advising.adviser import Adviser
from checker.cli.asking import PATH, data_options, most_option
from checker.cli.narrowing import REFUSED, Narrowing, narrowing_options
from checker.cli.output import deliver
from checker.reporting.advice_format import advice_to_json, advice_to_text

FOUND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Narrowing):
    """What the user typed."""

    format: str
    output: Path | None
    most: int


@click.command("advise")
@data_options
@click.option("--format", type=click.Choice(["text", "json"]), default="text", help="输出格式  output format")
@click.option("--output", type=PATH, help="写入文件  write to a file")
@narrowing_options
@most_option("每部分最多几项")
def command(**typed: object) -> int:
    """怎样才达标：逐条给出最小的改变，少一点就不达标；没报的先报。未到期的，另给每期的进度。

    退出码：0 没有需要改变的；1 有；2 输入或用法有错；3 内部错误。

    Gives for each finding that is not met the least change that would make it met: who has to report, add or take
    away how much, and for a share the fewest units, closest first. Exit status: 0 nothing has to change; 1 something
    has; 2 bad usage or input.
    """
    options = Options(**typed)  # type: ignore[arg-type] # click has checked each by its option's type
    studied = options.studied()
    if studied is None:
        return REFUSED
    run, rulebook, data = studied
    adviser = Adviser(rulebook, data, run.as_of)
    given = [advice for advice in map(adviser.advice, run.findings or ()) if advice]
    if options.format == "json":
        content = advice_to_json(run, rulebook, given, options.language)
    else:
        content = advice_to_text(run, rulebook, given, options.language, options.most).encode()
    deliver([content], options.output)
    return FOUND if given else 0
