"""``checker rules diff``: what a change of the rules means, in words and in verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import click

from checker.authoring.comparing.flipping import Flips, flips_between
from checker.authoring.comparing.meaning import changes
from checker.authoring.comparing.report import Comparison, Side, comparison_record, comparison_text
from checker.authoring.comparing.revision import NoRevision, load_revision
from checker.checking import Question, check
from checker.cli.asking import (
    PATH,
    as_of_option,
    drafts_option,
    inputs_of,
    keep_going_option,
    lang_option,
    most_option,
)
from checker.cli.output import deliver
from checker.cli.rules.reading import format_option, output_option, sound
from checker.engines.plain import PlainJudge
from checker.model.language import Language, Text
from checker.model.number import normalised, parse_number
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.json_format import steady_json
from checker.reporting.table import Layout, to_table
from checker.rulebook.loading import Loaded, load

FINE, CHANGED_TOO_MUCH, REFUSED = 0, 1, 2
_GIT = "git:"


def _limit(_: click.Context, __: click.Parameter, typed: str | None) -> Fraction | None:
    read = parse_number(normalised(typed)) if typed is not None else None
    if typed is not None and (read is None or not read[1]):
        raise click.BadParameter(f"{typed!r} 应为带 % 的数，如 5%  expected a percentage such as 5%")
    return Fraction(read[0]) if read else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user typed."""

    old: str
    new: str
    data: tuple[Path, ...]
    as_of: date | None
    include_drafts: bool
    keep_going: bool
    fail_above: Fraction | None
    form: str
    lang: str
    output: Path | None
    most: int

    @property
    def language(self) -> Language:
        """The language of everything that is shown."""
        return Language(self.lang)

    def say(self, text: Text) -> None:
        """Say something beside the output."""
        click.echo(text.said(self.language), err=True)


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--data", multiple=True, type=PATH, help="用这份数据比较结论，可多次  compare verdicts on this data")
@as_of_option
@click.option("--fail-above", metavar="5%", callback=_limit, help="变化的结论超过此比例则退出码 1  exit 1 above it")
@drafts_option
@keep_going_option
@format_option
@lang_option
@output_option
@most_option("最多列几项")
def command(**typed: object) -> int:
    """比较两份规则：意思改了什么，哪些单位的哪些结论会变，变好还是变差。

    OLD、NEW 是规则文件夹，或 git:版本（对方的文件夹在那个版本的样子），或 git:版本:文件夹。

    Compares two rulebooks: what changed in meaning, and with --data which findings of which units change verdict.
    OLD and NEW are folders, git:REV (the folder of the other, as it was then) or git:REV:FOLDER. Exit status: 0
    compared; 1 more findings change than --fail-above; 2 bad usage, rulebook or data.
    """
    options = Options(**typed)  # type: ignore[arg-type] # click has checked each by its option's type
    if options.fail_above is not None and not options.data:
        raise click.UsageError("--fail-above 要有 --data 才能计算  needs --data to be computed on")
    old = sound(_load(options.old, options.new), options.old, options.language, options.most)
    new = sound(_load(options.new, options.old), options.new, options.language, options.most)
    if old is None or new is None:
        return REFUSED
    as_of = options.as_of or datetime.now(new.plan.zone).date()
    by_data = _by_data(old, new, as_of, options)
    if by_data is None:
        return REFUSED
    sides = Side(options.old, old), Side(options.new, new)
    comparison = Comparison(*sides, changes(old, new), as_of, by_data, options.fail_above)
    if options.form == "json":
        deliver([steady_json(comparison_record(comparison, options.language))], options.output)
    else:
        deliver([comparison_text(comparison, options.language, options.most).encode()], options.output)
    return CHANGED_TOO_MUCH if comparison.fails else FINE


def _load(typed: str, other: str) -> Loaded:
    if not typed.startswith(_GIT):
        return load(Path(typed))
    revision, folder = _revision(typed)
    if folder is None:
        folder = _revision(other)[1] if other.startswith(_GIT) else other
    if not folder or not revision:
        raise click.UsageError(f"{typed}：请写成 git:版本:文件夹  write git:REV:FOLDER")
    try:
        return load_revision(revision, Path(folder))
    except NoRevision as fault:
        raise click.UsageError(f"{typed}：{fault.said.zh}  {fault.said.en}") from fault


def _revision(typed: str) -> tuple[str, str | None]:
    revision, colon, folder = typed.removeprefix(_GIT).partition(":")
    return revision, folder if colon else None


def _by_data(old: Rulebook, new: Rulebook, as_of: date, options: Options) -> dict[str, Flips] | None:
    """Give the changed findings for each data set, or None after saying why some data cannot be judged."""
    found: dict[str, Flips] = {}
    for data in options.data:
        inputs = inputs_of((data,), None)
        question = Question(as_of, options.include_drafts, options.keep_going, partial=inputs.folder is None)
        before, after = (check(rulebook, inputs, question, PlainJudge()) for rulebook in (old, new))
        for run, source in ((before, options.old), (after, options.new)):
            _whisper(run, f"{data} × {source}", options)
        if before.findings is None or after.findings is None:
            return None
        found[str(data)] = flips_between(before.findings, after.findings)
    return found


def _whisper(run: Run, what: str, options: Options) -> None:
    if run.findings is None:
        options.say(Text(f"{what}：数据有错，没有判定", f"{what}: the data has errors, nothing was judged"))
        click.echo(to_table(run, Layout(options.language, options.most)), err=True)
    elif run.errors:
        options.say(
            Text(
                f"{what}：搁置了 {len(run.errors)} 条有错的记录（checker check 逐条列出）",
                f"{what}: {len(run.errors)} faulty record(s) set aside (checker check lists them)",
            )
        )
