"""``checker rules what-if``: how many units would meet another target, and who flips."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from checker.authoring.outlook_report import outlooks_record, outlooks_text
from checker.authoring.tried_figures import figures_to_try
from checker.authoring.trying import outlooks
from checker.checking import sound_data
from checker.cli.asking import (
    Asking,
    as_of_option,
    data_argument,
    keep_going_option,
    lang_option,
    most_option,
    refuse_unknown,
    rules_option,
    units_option,
)
from checker.cli.output import deliver
from checker.cli.rules.reading import format_option, output_option
from checker.engines.plain import PlainJudge
from checker.model.number import normalised
from checker.model.rulebook import Rule, Rulebook
from checker.model.run import Run
from checker.model.target import Figure
from checker.reporting.json_format import steady_json
from checker.reporting.table import Layout, to_table

REFUSED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Asking):
    """What the user typed."""

    rule: str
    target: tuple[str, ...]
    period: str | None
    form: str
    output: Path | None
    most: int


@click.command("what-if")
@data_argument
@click.option("--rule", required=True, help="试哪条规则  the rule")
@click.option("--target", required=True, multiple=True, metavar="80%,85%", help="试哪些数  the figures to try")
@click.option("--period", help="只看这一期  only this period")
@units_option
@rules_option
@as_of_option
@keep_going_option
@format_option
@lang_option
@output_option
@most_option("最多列几项")
def command(**typed: object) -> int:
    """换个目标试试：每个数有多少单位达标，谁的结论会变。

    --target 写几个数，用逗号隔开（介于两数之间的目标写 3-5）；比较方式是规则现在的那种。

    Tries other figures for a rule: how many units would meet each, and whose verdict flips. Figures are separated by
    commas (a target between two is written 3-5) and compared as the rule compares now. Exit status: 0; 2 bad usage,
    rulebook or data.
    """
    options = Options(engine=PlainJudge.name, include_drafts=True, **typed)  # type: ignore[arg-type] # click has checked
    judge, rulebook = PlainJudge(), options.rulebook()
    if isinstance(rulebook, list):
        return _refused(options.without_rulebook(rulebook, judge), options)
    refuse_unknown("--rule", [options.rule], rulebook.rules)
    rule, question = rulebook.rules[options.rule], options.question(rulebook)
    if options.period:
        refuse_unknown("--period", [options.period], [one.code for one in rulebook.plan.periods(rule.every)])
    figures = _figures(rule, rulebook, options)
    data = sound_data(rulebook, options.inputs(), question, judge)
    if isinstance(data, Run):
        return _refused(data, options)
    found = outlooks(rulebook, data, rule, figures, question.as_of, options.period)
    if options.form == "json":
        record = outlooks_record(rule, found, question.as_of, options.language)
        deliver([steady_json(record)], options.output)
    else:
        text = outlooks_text(rulebook, rule, found, question.as_of, options.language, options.most)
        deliver([text.encode()], options.output)
    return 0


def _refused(run: Run, options: Options) -> int:
    click.echo(to_table(run, Layout(options.language, options.most)), err=True)
    return REFUSED


def _figures(rule: Rule, rulebook: Rulebook, options: Options) -> list[Figure]:
    """Give the figures that were typed; fails as bad usage where one is not a figure for `rule`."""
    typed = [text for one in options.target for text in normalised(one).split(",")]
    figures, problems = figures_to_try(rule, rulebook, typed)
    if problems:
        said = "；".join(dict.fromkeys(f"{one.message.zh}  {one.message.en}" for one in problems))
        raise click.UsageError(f"--target: {said}")
    if not figures:
        raise click.UsageError("--target: 没有数  no figure")
    return figures
