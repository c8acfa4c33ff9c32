"""``checker check``: which units keep which commitments."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from checker.checking import Progress, Question, check
from checker.cli.asking import PATH, Asking, data_options, inputs_are_empty, refuse_unknown, refuse_unknown_units
from checker.cli.output import deliver
from checker.engines.choosing import EngineName
from checker.engines.selecting import Filters
from checker.model.finding import Finding
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.unit import Registry
from checker.repeating import save
from checker.reporting.csv_format import to_csv
from checker.reporting.json_format import to_json
from checker.reporting.table import Layout, to_table

_LONG_WORK = 20_000
_RAW = {"auto": (".parquet", ".jsonl"), "duckdb": (".parquet", ".csv", ".jsonl"), "spark": (".parquet",)}
"""Which suffixes ask each engine for raw columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Asking):
    """What the user typed."""

    format: str
    output: Path | None
    save: Path | None
    allow_unknown: bool
    check_all: bool
    unit: tuple[str, ...]
    rule: tuple[str, ...]
    responsible: tuple[str, ...]
    most: int

    @property
    def on_volume(self) -> bool:
        """Whether findings are asked for as raw columns: by duckdb or Spark, into a file whose suffix says so."""
        suffixes = _RAW.get(self.engine, ())
        return self.format == "table" and self.output is not None and self.output.suffix.lower() in suffixes


_FORMATS: dict[str, Callable[[Run, Options], Iterable[bytes]]] = {
    "table": lambda run, options: [to_table(run, Layout(options.language, options.most)).encode()],
    "json": lambda run, options: to_json(run, options.language),
    "csv": lambda run, options: to_csv(run, options.language),
}


@click.command("check")
@data_options
@click.option("--format", type=click.Choice([*_FORMATS]), default="table", help="输出格式  output format")
@click.option("--output", type=PATH, help="写入文件  write to a file")
@click.option("--save", type=PATH, help="另存一份可重做的记录  keep a record for `checker repeat`")
@click.option("--allow-unknown", is_flag=True, help="无法判定不算失败  unknown does not fail")
@click.option("--all", "check_all", is_flag=True, help="单个文件也检查全部规则  check everything on single files")
@click.option("--unit", multiple=True, help="只看这个单位及其参与的结论  findings of and contributed to by a unit")
@click.option("--rule", multiple=True, help="只看这条规则  findings of a rule")
@click.option("--responsible", multiple=True, help="只看这个牵头部门（代码）  findings of a lead department, by code")
@click.option(
    "--most",
    type=click.IntRange(0),
    default=40,
    show_default=True,
    help="每个列表（错误在内）最多几项，0 为全部  list length",
)
def command(**typed: object) -> int:
    """检查数据：哪些单位兑现了哪些承诺，哪些没有，差多少。

    DATA 是数据文件夹，或几个文件（配合 --units）。

    退出码：0 没有未达标和无法判定的；1 有；2 输入或用法有错；3 内部错误。

    Checks a data folder, or single files with --units. Exit status: 0 nothing is not met or unknown; 1 something is;
    2 bad usage or input; 3 internal error.
    """
    options = Options(**typed)  # type: ignore[arg-type] # click has checked each by its option's type
    if options.on_volume:
        return _on_volume(options)
    run, question = _run(options)
    if options.save and question:
        deliver([save(run, question, options.language)], options.save)
    deliver(_FORMATS[options.format](run, options), options.output)
    if options.format != "table":
        _whisper(run, options)
    return run.exit_status(options.allow_unknown)


def _run(options: Options) -> tuple[Run, Question | None]:
    judge, rulebook = options.judge(), options.rulebook()
    if isinstance(rulebook, list):
        return options.without_rulebook(rulebook, judge), None
    refuse_unknown("--rule", options.rule, rulebook.rules)
    question = replace(
        options.question(rulebook),
        partial=options.inputs().folder is None and not options.check_all,
        filters=Filters(frozenset(options.unit), frozenset(options.rule), frozenset(options.responsible)),
    )
    if inputs_are_empty(options.inputs()):
        raise click.UsageError("只给了单位名册，没有要检查的数据  only the registry was given, and nothing to check")
    run = check(rulebook, options.inputs(), question, judge, _progress(options))
    if run.findings is not None:
        refuse_unknown_units(options.unit, run.registry)
        refuse_unknown("--responsible", options.responsible, _leads(rulebook, run.registry))
        if not run.findings:
            options.say(Text("没有选中任何结论", "no finding was selected"))
    return run, question


def _on_volume(options: Options) -> int:
    rulebook = options.rulebook()
    if isinstance(rulebook, list) or options.output is None:
        run, _ = _run(replace(options, engine=EngineName.PLAIN.value))
        deliver(_FORMATS["table"](run, options), None)
        return run.exit_status()
    if options.unit or options.rule or options.responsible or options.save or options.inputs().folder is None:
        raise click.UsageError(
            f"写 {options.output.suffix} 时检查整个文件夹，不筛选  the raw columns are of a whole folder, unfiltered"
        )
    # Imported here because only volume needs the columnar rooms.
    from checker.cli.volume import check_on_volume, open_store  # noqa: PLC0415
    from checker.volume.checking import alerts_beside, parquet_files  # noqa: PLC0415

    inputs, question = options.inputs(), options.question(rulebook)
    paths = [*parquet_files(inputs), options.output, alerts_beside(options.output)]
    store = open_store(options.engine, options.spark_master, paths)
    tally = check_on_volume(rulebook, inputs, question, store, options.output, options.language)
    return tally.exit_status(options.allow_unknown)


def _leads(rulebook: Rulebook, registry: Registry) -> set[str]:
    """Give what findings can name as responsible: codes of lead departments, and units that a leading group holds."""
    codes = {code for section in rulebook.sections for code in section.lead}
    groups = rulebook.plan.departments.groups
    members = {unit.id for code in codes if code in groups for unit in registry.of_type(groups[code].every)}
    return (codes - set(groups)) | members


def _progress(options: Options) -> Progress:
    def show(findings: Iterable[Finding], size: int) -> Iterable[Finding]:
        if size < _LONG_WORK or not sys.stderr.isatty():
            yield from findings
            return
        label = Text("正在判定", "Judging").said(options.language)
        with click.progressbar(findings, length=size, label=label, file=sys.stderr) as shown:
            yield from shown

    return show


def _whisper(run: Run, options: Options) -> None:
    """Say beside JSON and CSV what they have no key for, so that nothing is lost unnamed."""
    if run.left_out:
        names = ", ".join(run.left_out)
        options.say(Text(f"未采用的文件：{names}", f"files left out: {names}"))
    for name in run.stray:
        options.say(Text(f"没有读取 {name}：请放进 submissions/", f"{name} was not read: put it under submissions/"))
    for rule in run.unasked:
        options.say(Text(f"名册里没有单位可查：{rule}", f"no unit of the registry falls under {rule}"))
    for one in run.unchecked:
        what = f"{one.rule} {one.unit} {', '.join(one.periods)}"
        options.say(Text(f"未检查 {what}", f"not checked {what}"))
    for problem in run.errors if options.format == "csv" else ():
        place = f"{problem.place} {problem.code}: "
        options.say(Text(place + problem.message.zh, place + problem.message.en))
