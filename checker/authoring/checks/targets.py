"""Checks of targets over time: each dated one takes effect, no unit drops out of a table, parts carry their whole.

The grid of dates is that of the periods asked: the target in force on a period's last day counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar

from checker.authoring.check import Example, Notice, RuleCheck
from checker.authoring.checks.sample import rule
from checker.model.language import Text
from checker.model.number import shown
from checker.model.rulebook import Rule, Rulebook
from checker.model.target import Form, Target
from checker.rulebook.sections import Placed
from checker.rulebook.source import Path
from checker.rulebook.targets import reaches

_TABLE = '{{from: 2021-01-01, at_least: {{school-1: "{0}", school-2: "{1}"}}}}'


def _grid(rule: Rule, rulebook: Rulebook) -> list[date]:
    return [period.last for period in rulebook.plan.periods(rule.every)]


def _path(rule: Rule, target: Target, placed: Placed) -> Path:
    """Give where `target` is written: one alone stands right under its key."""
    number = rule.targets.index(target)
    listed = placed.spot.source.at((*placed.spot.path, "target", number)) is not None
    return ("target", number) if listed else ("target",)


class IdleTarget(RuleCheck):
    """A dated target is in force at the end of no period."""

    code: ClassVar = "idle_target"
    title: ClassVar = Text("从不适用的目标", "a target that is never in force")
    bad: ClassVar = Example(
        rule(target='[{at_least: "1"}, {from: »2023-03-01, at_least: "2"}, {from: 2023-04-01, at_least: "2"}]')
    )
    good: ClassVar = Example(rule(target='[{at_least: "1"}, {from: 2023-09-01, at_least: "2"}]'))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Say of each such target that no period ends while it is in force."""
        rule = placed.rule
        if len(rule.targets) == 1:
            return
        counting = {id(rule.target_on(day)) for day in _grid(rule, rulebook)}
        for target in rule.targets:
            if id(target) not in counting:
                message = Text(
                    f"目标“{target.figure or '分解表'}”从不适用：没有一期在它有效时结束",
                    f"the target {target.figure or 'of a table'} never counts: no period ends while it is in force",
                )
                hint = Text(
                    "期间最后一天有效的目标才算；请改 from 或删去这一项",
                    "what is in force on a period's last day counts: change from, or delete it",
                )
                path = _path(rule, target, placed)
                yield self.at(placed, (*path, "from") if target.start else path, (message, hint))


class DroppedUnit(RuleCheck):
    """A later table leaves a unit out that an earlier one asks."""

    code: ClassVar = "dropped_unit"
    title: ClassVar = Text("后一张分解表漏了前一张里的单位", "a later table leaves out a unit of the one before")
    bad: ClassVar = Example(rule(target=f'[{_TABLE.format(1, 2)}, {{from: 2023-09-01, »at_least: {{school-1: "2"}}}}]'))
    good: ClassVar = Example(
        rule(target=f"[{_TABLE.format(1, 2)}, {_TABLE.format(2, 2).replace('2021-01', '2023-09')}]")
    )

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:  # noqa: ARG002 (a RuleCheck)
        """Say of each later table which units it leaves out."""
        dated = sorted(placed.rule.targets, key=lambda target: target.start or date.min)
        for one, other in pairwise(dated):
            if one.table and other.table and (lost := [unit for unit in one.table if unit not in other.table]):
                names = ", ".join(lost)
                message = Text(
                    f"自 {other.start} 起不再要求 {names}", f"from {other.start} on nothing is asked of {names}"
                )
                hint = Text("请补上，或在 lint_off 里写明原因", "add them, or say why under lint_off")
                form = next(iter(other.table.values())).form.value
                path = (*_path(placed.rule, other, placed), form)
                yield self.at(placed, path, (message, hint), at_key=True)


class ShortParts(RuleCheck):
    """The parts of a table stop carrying the whole once either changes."""

    code: ClassVar = "short_parts"
    title: ClassVar = Text("分解表各单位之和达不到总数", "the parts of a table do not reach the whole")
    bad: ClassVar = Example(
        rule(id="whole", of_each="county", target='[{at_least: "3"}, {from: 2024-01-01, at_least: "4"}]', title="讲座",
             source="{clause: 讲座}")
        + rule(title="讲座", source="{clause: 讲座}",
               target='{from: 2021-01-01, at_least: {school-1: "1", school-2: "2"}, parts_of: »whole}')
    )  # fmt: skip
    good: ClassVar = Example(bad.rules.replace("»", "").replace('school-2: "2"', 'school-2: "3"'))

    def look(self, placed: Placed, rulebook: Rulebook) -> Iterator[Notice]:
        """Say of each table on which day its parts first fall short."""
        for target in placed.rule.targets:
            whole = rulebook.rules.get(target.parts_of or "")
            if whole and (short := _short_on(placed.rule, target, whole, rulebook)):
                day, total, figure = short
                message = Text(
                    f"{day} 时各单位合计 {total}，与 {whole.id} 的 {figure} 不符",
                    f"on {day} the parts add up to {total}, which does not carry {whole.id}: {figure}",
                )
                hint = Text("请自该日起另列一张分解表", "add a table from that day on")
                yield self.at(placed, (*_path(placed.rule, target, placed), "parts_of"), (message, hint))


def _short_on(rule: Rule, target: Target, whole: Rule, rulebook: Rulebook) -> tuple[date, str, str] | None:
    parts = list((target.table or {}).values())
    total = sum(figure.low for figure in parts)
    for day in sorted({*_grid(rule, rulebook), *_grid(whole, rulebook)}):
        goal = whole.target_on(day)
        if rule.target_on(day) is not target or goal is None or goal.figure is None:
            continue
        if goal.figure.form is not parts[0].form or goal.figure.form is Form.BETWEEN:
            continue
        if not reaches(goal.figure.form, total, goal.figure):
            return day, shown(total), str(goal.figure)
    return None
