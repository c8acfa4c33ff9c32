"""``checker remind``: who has not reported what, what it decides and when it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from checker.advising.reminding import reminders
from checker.cli.asking import PATH, data_options, most_option, refuse_unknown_units
from checker.cli.narrowing import REFUSED, Narrowing, narrowing_options
from checker.cli.output import deliver
from checker.engines.selecting import Filters
from checker.engines.witnessing import Witnessing
from checker.explaining.reminder import ReminderRow, reminder_row
from checker.model.reminder import Reminder
from checker.model.run import Run
from checker.reporting.reminder_format import reminders_to_csv, reminders_to_text

FOUND = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Narrowing):
    """What the user typed."""

    format: str
    output: Path | None
    most: int


def _xlsx(rows: list[ReminderRow], run: Run, options: Options) -> Iterable[bytes]:
    # Imported here because only workbooks need it.
    from checker.reporting.reminder_xlsx import reminders_to_xlsx  # noqa: PLC0415

    return [reminders_to_xlsx(rows, run.as_of, options.language)]


_FORMATS: dict[str, Callable[[list[ReminderRow], Run, Options], Iterable[bytes]]] = {
    "text": lambda rows, run, options: [
        reminders_to_text(rows, run.as_of.isoformat(), options.language, options.most).encode()
    ],
    "csv": lambda rows, _, options: reminders_to_csv(rows, options.language),
    "xlsx": _xlsx,
}


@click.command("remind")
@data_options
@click.option("--format", type=click.Choice([*_FORMATS]), default="text", help="输出格式  output format")
@click.option("--output", type=PATH, help="写入文件  write to a file")
@narrowing_options
@most_option("每个乡镇或部门最多几行")
def command(**typed: object) -> int:
    """催报：哪个单位还没有报什么，决定哪些承诺，什么时候到期；按乡镇和部门列出。

    --unit 在这里指这个单位及其下属。退出码：0 都报了；1 有没报的；2 输入或用法有错；3 内部错误。

    Lists by township and department who has not reported what, which commitments it decides, and when it is due;
    --unit means that unit and those below it. Exit status: 0 everything is reported; 1 something is missing; 2 bad
    usage or input.
    """
    options = Options(**typed)  # type: ignore[arg-type] # click has checked each by its option's type
    studied = replace(options, unit=()).studied()
    if studied is None:
        return REFUSED
    run, rulebook, data = studied
    refuse_unknown_units(options.unit, run.registry)
    witnessing = Witnessing(rulebook, data, run.as_of)
    found = reminders(run.findings or (), witnessing, rulebook.plan, run.registry, run.as_of)
    wanted = Filters(frozenset(options.unit)).resolved(run.registry).units
    rows = [
        reminder_row(one, rulebook, run.registry, options.language) for one in found if _stands_below(one, wanted, run)
    ]
    deliver(_FORMATS[options.format](rows, run, options), options.output)
    return FOUND if rows else 0


def _stands_below(reminder: Reminder, wanted: frozenset[str], run: Run) -> bool:
    """Whether the unit that is reminded is one of those `wanted` or stands below one; none wanted: all are."""
    return not wanted or any(one.id in wanted for one in run.registry.above(reminder.unit))
