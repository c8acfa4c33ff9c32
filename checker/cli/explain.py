"""``checker explain``: what one finding rests on, down to every fact with its file and row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import click

from checker.checking import explain
from checker.cli.asking import PATH, Asking, data_options, refuse_unknown, refuse_unknown_units
from checker.cli.output import deliver
from checker.explaining.dossier import Dossier
from checker.model.finding import Finding
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.reporting.dossier_format import dossiers_to_json, dossiers_to_text
from checker.reporting.table import Layout, to_table

FOUND_NOTHING, REFUSED = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Options(Asking):
    """What the user typed."""

    rule: str | None
    unit: str | None
    period: str | None
    finding: str | None
    format: str
    output: Path | None
    whole: bool
    check_all: bool

    def wants(self, finding: Finding, plan: str) -> bool:
        """Whether `finding` is one that was asked for."""
        if self.finding:
            return finding.identity(plan) == self.finding
        named = self.unit in (finding.unit.id, finding.unit.name)
        return named and finding.rule.id == self.rule and self.period in (None, finding.period.code)


@click.command("explain")
@data_options
@click.option("--rule", help="规则  the rule")
@click.option("--unit", help="单位编号或名称  the unit, by id or name")
@click.option("--period", help="期间，默认全部  the period, default all")
@click.option("--finding", help="结论编号，代替前三项  the id of a finding instead")
@click.option("--format", type=click.Choice(["text", "json"]), default="text", help="输出格式  output format")
@click.option("--output", type=PATH, help="写入文件  write to a file")
@click.option("--all", "check_all", is_flag=True, help="单个文件也说明全部结论  explain everything on single files")
@click.option("--whole", is_flag=True, help="全部列出，不截短  cut no list")
def command(**typed: object) -> int:
    """说明一条结论：依据、计算、每个数的出处、谁没有报、怎样才达标。

    Explains a finding: its clause, its numbers, where each was read, who is silent, and what would make it met. Exit
    status: 0 explained; 1 there is no such finding; 2 bad usage or input.
    """
    options = Options(**typed)  # type: ignore[arg-type] # click has checked each by its option's type
    if not (options.finding or (options.rule and options.unit)):
        raise click.UsageError("请给出 --rule 和 --unit，或 --finding  give --rule and --unit, or --finding")
    judge, rulebook = options.judge(), options.rulebook()
    if isinstance(rulebook, list):
        return _refused(options.without_rulebook(rulebook, judge), options)
    refuse_unknown("--rule", [options.rule] if options.rule else [], rulebook.rules)
    partial = options.inputs().folder is None and not options.check_all
    question = replace(options.question(rulebook), partial=partial)
    plan = rulebook.plan.id
    run, evidence = explain(rulebook, options.inputs(), question, judge, lambda one: options.wants(one, plan))
    if run.findings is None:
        return _refused(run, options)
    _refuse_unknown_unit(options, run)
    dossier = Dossier(rulebook, run.registry, run.spoils, options.language)
    records = [dossier.record(one) for one in evidence]
    _show(records, options)
    return 0 if records else _nothing(options, rulebook, run)


def _show(records: list[dict[str, object]], options: Options) -> None:
    if options.format == "json":
        deliver([dossiers_to_json(records)], options.output)
    else:
        deliver([dossiers_to_text(records, options.language, options.whole).encode()], options.output)


def _refused(run: Run, options: Options) -> int:
    deliver([to_table(run, Layout(options.language)).encode()], None)
    return REFUSED


def _refuse_unknown_unit(options: Options, run: Run) -> None:
    if options.unit:
        refuse_unknown_units([options.unit], run.registry)


def _nothing(options: Options, rulebook: Rulebook, run: Run) -> int:
    if any(one.rule == options.rule for one in run.unchecked):
        options.say(Text("未检查：所给文件里的数据不够判定（--all 照样说明）",
                         "not checked: these files do not hold enough (--all explains it all the same)"))  # fmt: skip
        return FOUND_NOTHING
    asked = options.finding or " ".join(filter(None, (options.rule, options.unit, options.period)))
    click.echo(f"没有这条结论：{asked}（{rulebook.plan.id}）  there is no such finding", err=True)
    return FOUND_NOTHING
