"""What ``check`` and the commands that follow from it ask alike: of whom, by which rules, and the Run that answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import click

from checker.checking import Question, check
from checker.cli.asking import Asking, Command, inputs_are_empty, refuse_unknown, refuse_unknown_units
from checker.cli.output import deliver
from checker.engines.selecting import Filters
from checker.model.fact import Data
from checker.model.language import Text
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.unit import Registry
from checker.reporting.table import Layout, to_table

REFUSED = 2
_OPTIONS = (
    click.option("--all", "check_all", is_flag=True, help="单个文件也检查全部规则  check everything on single files"),
    click.option("--unit", multiple=True, help="只看这个单位及其参与的结论  findings of and contributed to by a unit"),
    click.option("--rule", multiple=True, help="只看这条规则  findings of a rule"),
    click.option(
        "--responsible", multiple=True, help="只看这个牵头部门（代码）  findings of a lead department, by code"
    ),
)


def narrowing_options(command: Command) -> Command:
    """Give `command` the options that `Narrowing` holds besides those of `Asking`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class Studied(NamedTuple):
    """A Run that judged, the rulebook that it was judged by, and the data that it was judged on."""

    run: Run
    rulebook: Rulebook
    data: Data


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing(Asking):
    """What the user typed of it."""

    check_all: bool
    unit: tuple[str, ...]
    rule: tuple[str, ...]
    responsible: tuple[str, ...]

    def narrowed(self, rulebook: Rulebook) -> Question:
        """Give the question that was asked; fails as bad usage where a rule is unknown or there is nothing to check."""
        refuse_unknown("--rule", self.rule, rulebook.rules)
        if inputs_are_empty(self.inputs()):
            raise click.UsageError(
                "只给了单位名册，没有要检查的数据  only the registry was given, and nothing to check"
            )
        return replace(
            self.question(rulebook),
            partial=self.inputs().folder is None and not self.check_all,
            filters=Filters(frozenset(self.unit), frozenset(self.rule), frozenset(self.responsible)),
        )

    def refuse_strangers(self, rulebook: Rulebook, registry: Registry) -> None:
        """Fail as bad usage where a unit or a lead department that was typed is not known."""
        refuse_unknown_units(self.unit, registry)
        refuse_unknown("--responsible", self.responsible, _leads(rulebook, registry))

    def studied(self) -> Studied | None:
        """Give the Run that was asked for with its data; None where nothing could be judged, after saying why."""
        judge, rulebook = self.judge(), self.rulebook()
        if isinstance(rulebook, list):
            self._show(self.without_rulebook(rulebook, judge))
            return None
        run = check(rulebook, self.inputs(), self.narrowed(rulebook), judge)
        if run.data is None:
            self._show(run)
            return None
        self.refuse_strangers(rulebook, run.registry)
        self.whisper(run, faults=True)
        return Studied(run, rulebook, run.data)

    def whisper(self, run: Run, *, faults: bool) -> None:
        """Say beside the output what it has no place for, so that nothing is lost unnamed."""
        if run.left_out:
            names = ", ".join(run.left_out)
            self.say(Text(f"未采用的文件：{names}", f"files left out: {names}"))
        for name in run.stray:
            self.say(Text(f"没有读取 {name}：请放进 submissions/", f"{name} was not read: put it under submissions/"))
        for rule in run.unasked:
            self.say(Text(f"名册里没有单位可查：{rule}", f"no unit of the registry falls under {rule}"))
        for one in run.unchecked:
            what = f"{one.rule} {one.unit} {', '.join(one.periods)}"
            self.say(Text(f"未检查 {what}", f"not checked {what}"))
        for problem in run.errors if faults else ():
            place = f"{problem.place} {problem.code}: "
            self.say(Text(place + problem.message.zh, place + problem.message.en))

    def _show(self, run: Run) -> None:
        deliver([to_table(run, Layout(self.language)).encode()], None)


def _leads(rulebook: Rulebook, registry: Registry) -> set[str]:
    """Give what findings can name as responsible: codes of lead departments, and units that a leading group holds."""
    codes = {code for section in rulebook.sections for code in section.lead}
    groups = rulebook.plan.departments.groups
    members = {unit.id for code in codes if code in groups for unit in registry.of_type(groups[code].every)}
    return (codes - set(groups)) | members
