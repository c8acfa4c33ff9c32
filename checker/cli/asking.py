"""What ``check`` and ``explain`` ask alike: which data, by which rulebook, as of which day, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

import click

from checker import __version__
from checker.checking import Question
from checker.engines.choosing import EngineName, choose
from checker.engines.judging import Judge
from checker.intake.reading import Inputs
from checker.model.language import Language, Text
from checker.model.period import parse_date
from checker.model.problem import Problem
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.unit import Registry
from checker.rulebook.loading import default_folder, load

Command = TypeVar("Command", bound=Callable[..., Any])


def day_typed(_: click.Context, __: click.Parameter, typed: str | None) -> date | None:
    """Give the day that was typed as an option; fails as bad usage where it is none."""
    day = parse_date(typed) if typed is not None else None
    if typed is not None and day is None:
        raise click.BadParameter(f"{typed!r} 不是一个日期；请写成 2025-06-30 这样  is not a day such as 2025-06-30")
    return day


PATH = click.Path(path_type=Path)
FOLDER = click.Path(path_type=Path, exists=True)
data_argument = click.argument("data", nargs=-1, required=True, type=PATH)
units_option = click.option(
    "--units", type=PATH, help="单位名册，默认取文件旁的 units.csv  the registry beside single files"
)
rules_option = click.option("--rules", type=PATH, help="规则文件夹，默认平罗县 2021-2025  folder of a rulebook")
as_of_option = click.option(
    "--as-of", metavar="YYYY-MM-DD", callback=day_typed, help="截至哪一天，默认今天  as of which day, default today"
)
lang_option = click.option(
    "--lang", type=click.Choice([name.value for name in Language]), default="zh", help="语言  language"
)
drafts_option = click.option("--include-drafts", is_flag=True, help="也判定草案规则  judge draft rules too")
keep_going_option = click.option(
    "--keep-going", is_flag=True, help="搁置有错的记录，其余照常检查  set faulty records aside"
)


def most_option(what: str) -> Callable[[Command], Command]:
    """Give the option of how long lists may be, which `what` names."""
    return click.option(
        "--most", type=click.IntRange(0), default=40, show_default=True, help=f"{what}，0 为全部  list length"
    )


_OPTIONS = (
    data_argument,
    units_option,
    rules_option,
    as_of_option,
    click.option(
        "--engine", type=click.Choice([name.value for name in EngineName]), default="auto", help="判定引擎  engine"
    ),
    click.option("--spark-master", help="Spark 主节点，如 local[2]  Spark master, for --engine spark"),
    lang_option,
    drafts_option,
    keep_going_option,
)


def data_options(command: Command) -> Command:
    """Give `command` the argument and options that `Asking` holds."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What the user typed of it."""

    data: tuple[Path, ...]
    units: Path | None
    rules: Path | None
    as_of: date | None
    engine: str
    lang: str
    include_drafts: bool
    keep_going: bool
    spark_master: str | None = None

    @property
    def language(self) -> Language:
        """The language of everything that is shown."""
        return Language(self.lang)

    def say(self, text: Text) -> None:
        """Say something beside the output."""
        click.echo(text.said(self.language), err=True)

    def inputs(self) -> Inputs:
        """Give the folder or the single files to read."""
        return inputs_of(self.data, self.units)

    def judge(self) -> Judge:
        """Give the engine that was asked for, or the plain one, and say so, where durable-rules is not installed."""
        try:
            judge = choose(EngineName(self.engine), self.spark_master)
        except ImportError as missing:
            extra = {"duckdb": "parquet"}.get(self.engine, self.engine)
            message = f"--engine {self.engine}: 请运行  run: pip install 'duixian[{extra}]'"
            raise click.UsageError(message) from missing
        if self.engine != EngineName.PLAIN and judge.name == EngineName.PLAIN:
            self.say(
                Text(
                    "这里没有装 durable-rules，由 plain 引擎判定，结论相同",
                    "durable-rules is not installed here; the plain engine serves, with equal findings",
                )
            )
        return judge

    def rulebook(self) -> Rulebook | list[Problem]:
        """Give the rulebook, or everything that is wrong with it."""
        loaded = load(self.rules or default_folder())
        return loaded.problems if loaded.rulebook is None else loaded.rulebook

    def question(self, rulebook: Rulebook) -> Question:
        """Give the question that was asked; the clock is read here, in the plan's zone, and nowhere else."""
        today = self.as_of or datetime.now(rulebook.plan.zone).date()
        return Question(as_of=today, include_drafts=self.include_drafts, keep_going=self.keep_going)

    def without_rulebook(self, problems: Iterable[Problem], judge: Judge) -> Run:
        """Give the Run that says why there is no rulebook."""
        today = self.as_of or datetime.now().astimezone().date()
        return Run(__version__, today, judge.name, None, Registry(()), None, None, None, tuple(problems))


def sound_rulebook(folder: Path | None) -> Rulebook:
    """Give the rulebook of `folder`, or the one that ships; fails as bad usage where it has faults."""
    loaded = load(folder or default_folder())
    if loaded.rulebook is None:
        first = loaded.problems[0]
        many = len(loaded.problems)
        raise click.UsageError(
            f"规则有 {many} 处错，先用 rules lint 查看  the rulebook has {many} faults, `rules lint` lists them: "
            f"{first.place} {first.message}"
        )
    return loaded.rulebook


def inputs_of(data: tuple[Path, ...], units: Path | None) -> Inputs:
    """Give the folder, or the single files, that `data` names."""
    if len(data) == 1 and not data[0].is_file():
        return Inputs(folder=data[0], files=(), units=units)
    return Inputs(folder=None, files=data, units=units)


def inputs_are_empty(inputs: Inputs) -> bool:
    """Whether single files were given and none of them but the registry."""
    registry = inputs.units or (inputs.files[0].parent / "units.csv" if inputs.files else None)
    return inputs.folder is None and all(registry is not None and file == registry for file in inputs.files)


def refuse_unknown_units(typed: Iterable[str], registry: Registry) -> None:
    """Fail as bad usage where one of `typed` is neither a unit's id nor a name that one unit alone bears."""
    named = registry.by_name(set(typed) - registry.ids)
    for name, ids in named.items():
        if len(ids) > 1:
            few = ", ".join(ids[:5])
            raise click.UsageError(f"--unit: {len(ids)} 个单位叫 {name!r}，请写编号 {few}  several bear it; give an id")
    refuse_unknown("--unit", typed, [*registry.ids, *named, *(unit.name for unit in registry)])


def refuse_unknown(option: str, typed: Iterable[str], known: Iterable[str]) -> None:
    """Fail as bad usage, with the names that come close, where one of `typed` is not `known`."""
    names = set(known)
    for name in typed:
        if name not in names:
            close = ", ".join(get_close_matches(name, names, 3))
            meant = f"，是不是 {close}？" if close else ""
            raise click.UsageError(
                f"{option}: 没有 {name!r}{meant}  no such name{f', did you mean {close}?' if close else ''}"
            )
