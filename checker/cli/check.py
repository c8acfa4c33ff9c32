"""``checker check``: which units keep which commitments."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click

from checker.baseline.comparing import Incomparable, changed_since
from checker.baseline.earlier import Earlier, read_earlier
from checker.checking import Progress, Question, check_read, witnessed
from checker.cli.asking import PATH, data_options, most_option
from checker.cli.narrowing import Narrowing, narrowing_options
from checker.cli.output import deliver
from checker.cli.reports import FORMATS, Report, parse_reports, refuse_unwritable, wanted_evidence, write_reports
from checker.engines.choosing import EngineName
from checker.intake.reading import read
from checker.model.finding import Finding
from checker.model.language import Text
from checker.model.run import Run
from checker.model.worksheet import Sheet
from checker.repeating import save
from checker.reporting.table import Layout

_LONG_WORK = 20_000
_RAW = {"auto": (".parquet", ".jsonl"), "duckdb": (".parquet", ".csv", ".jsonl"), "spark": (".parquet",)}
"""Which suffixes ask each engine for raw columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Narrowing):
    """What the user typed."""

    format: str
    output: Path | None
    report: tuple[Report, ...]
    baseline: Path | None
    save: Path | None
    annotate: Path | None
    allow_unknown: bool
    most: int

    @property
    def layout(self) -> Layout:
        """How lists are shown."""
        return Layout(self.language, self.most)

    @property
    def reports(self) -> tuple[Report, ...]:
        """Everything to write, files first, so that a screen that is closed loses none of them."""
        return (*self.report, Report(self.format, self.output))

    @property
    def on_volume(self) -> bool:
        """Whether findings are asked for as raw columns: by duckdb or Spark, into a file whose suffix says so."""
        suffixes = _RAW.get(self.engine, ())
        return self.format == "table" and self.output is not None and self.output.suffix.lower() in suffixes


@click.command("check")
@data_options
@click.option("--format", type=click.Choice([*FORMATS]), default="table", help="输出格式  output format")
@click.option("--output", type=PATH, help="写入文件  write to a file")
@click.option(
    "--report",
    metavar="FORMAT=FILE",
    multiple=True,
    callback=parse_reports,
    help="另写一份报告，可重复  write a report too; may be repeated",
)
@click.option("--baseline", type=PATH, help="与早先 --save 或 json 的结果比较  compare with an earlier --save or json")
@click.option("--save", type=PATH, help="另存一份可重做的记录  keep a record for `checker repeat`")
@click.option(
    "--annotate", type=PATH, help="填好的 .xlsx 的回执：标出错误，附检查结果  answer a filled-in .xlsx with another"
)
@click.option("--allow-unknown", is_flag=True, help="无法判定不算失败  unknown does not fail")
@narrowing_options
@most_option("每个列表（错误在内）最多几项")
def command(**typed: object) -> int:
    """检查数据：哪些单位兑现了哪些承诺，哪些没有，差多少。

    DATA 是数据文件夹，或几个文件（配合 --units）。

    退出码：0 没有未达标和无法判定的；1 有；2 输入或用法有错；3 内部错误。

    Checks a data folder, or single files with --units. Exit status: 0 nothing is not met or unknown; 1 something is;
    2 bad usage or input; 3 internal error.
    """
    options = Options(**typed)  # type: ignore[arg-type] # click has checked each by its option's type
    # A check ends soon and keeps nearly all that it makes, so that not looking for circles costs no memory.
    click.get_current_context().call_on_close(partial(gc.set_threshold, *gc.get_threshold()))
    gc.set_threshold(10_000_000, 50, 100)
    if options.on_volume:
        return _on_volume(options)
    refuse_unwritable(options.reports, options.baseline is not None)
    earlier = _earlier(options)
    run, question, sheets = _run(options)
    if earlier and question:
        run = _compared(earlier, run, question, options)
    if options.save and question:
        deliver([save(run, question, options.language)], options.save)
    if options.annotate:
        _annotate(run, options, sheets, options.annotate)
    write_reports(options.reports, witnessed(run, wanted_evidence(options.reports)), options.layout)
    if options.format != "table":
        options.whisper(run, faults=options.format == "csv")
    return run.exit_status(options.allow_unknown)


class Checked(NamedTuple):
    """A Run, what was asked unless there was no rulebook to ask by, and the sheets of each workbook that was read."""

    run: Run
    question: Question | None = None
    sheets: Mapping[str, Sequence[Sheet]] = {}


def _run(options: Options) -> Checked:
    if options.annotate:
        # As in _annotate.
        from checker.cli.annotate import refuse_to_annotate  # noqa: PLC0415

        refuse_to_annotate(options.inputs(), options.annotate)
    judge, rulebook = options.judge(), options.rulebook()
    if isinstance(rulebook, list):
        return Checked(options.without_rulebook(rulebook, judge))
    question = options.narrowed(rulebook)
    intake = read(options.inputs(), rulebook, keep_sheets=options.annotate is not None)
    run = check_read(rulebook, intake, question, judge, _progress(options))
    if run.findings is not None:
        options.refuse_strangers(rulebook, run.registry)
        if not run.findings:
            options.say(Text("没有选中任何结论", "no finding was selected"))
    return Checked(run, question, intake.sheets)


def _earlier(options: Options) -> Earlier | None:
    if options.baseline is None:
        return None
    try:
        earlier = read_earlier(options.baseline.read_bytes())
    except OSError as fault:
        raise click.UsageError(f"--baseline: 读不了 {options.baseline}  cannot be read ({fault.strerror})") from fault
    if earlier is None:
        raise click.UsageError(
            f"--baseline: {options.baseline} 不是 check --save 或 --format json 写出的结论"
            "  holds no findings written by check --save or --format json"
        )
    return earlier


def _compared(earlier: Earlier, run: Run, question: Question, options: Options) -> Run:
    try:
        return changed_since(earlier, run, question)
    except Incomparable as reason:
        raise click.UsageError(f"--baseline: {reason.why.said(options.language)}") from reason


def _annotate(run: Run, options: Options, sheets: Mapping[str, Sequence[Sheet]], output: Path) -> None:
    # Only here: what writes workbooks takes longer to load than most checks.
    from checker.cli.annotate import answer_of  # noqa: PLC0415

    if answer := answer_of(run, options.inputs(), sheets, options.language):
        deliver([answer], output)


def _on_volume(options: Options) -> int:
    rulebook = options.rulebook()
    if isinstance(rulebook, list) or options.output is None:
        run = _run(replace(options, engine=EngineName.PLAIN.value)).run
        deliver(FORMATS["table"].write(run, options.layout), None)
        return run.exit_status()
    narrowed = options.unit or options.rule or options.responsible or options.inputs().folder is None
    if narrowed or options.save or options.report or options.baseline:
        raise click.UsageError(
            f"写 {options.output.suffix} 时检查整个文件夹，不筛选，也没有别的输出"
            "  the raw columns are of a whole folder, unfiltered, and the only output"
        )
    # Imported here because only volume needs the columnar rooms.
    from checker.cli.volume import check_on_volume, open_store  # noqa: PLC0415
    from checker.volume.checking import alerts_beside, parquet_files  # noqa: PLC0415

    inputs, question = options.inputs(), options.question(rulebook)
    paths = [*parquet_files(inputs), options.output, alerts_beside(options.output)]
    store = open_store(options.engine, options.spark_master, paths)
    tally = check_on_volume(rulebook, inputs, question, store, options.output, options.language)
    return tally.exit_status(options.allow_unknown)


def _progress(options: Options) -> Progress:
    def show(findings: Iterable[Finding], size: int) -> Iterable[Finding]:
        if size < _LONG_WORK or not sys.stderr.isatty():
            yield from findings
            return
        label = Text("正在判定", "Judging").said(options.language)
        with click.progressbar(findings, length=size, label=label, file=sys.stderr) as shown:
            yield from shown

    return show
