"""The steps that hand a county in and check it, a plugin of pytest. None knows how anything is computed.

Whoever runs features gives the fixtures `rulebooks`, those that scenarios may name (a single one needs no naming), and
`inputs`, where the data folders lie that scenarios name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, when

from checker.authoring.testing.county import Row
from checker.authoring.testing.mismatch import meant
from checker.authoring.testing.world import World
from checker.engines.judging import Judge
from checker.engines.plain import PlainJudge
from checker.model.language import Text
from checker.model.rulebook import Rulebook

Table = list[list[str]]
_COLUMN = Text("列", "column")


@pytest.fixture(scope="session")
def judges() -> Sequence[Judge]:
    """The engines that judge every check, and must agree."""
    return (PlainJudge(),)


@pytest.fixture
def world(tmp_path: Path, rulebooks: Sequence[Rulebook], judges: Sequence[Judge], inputs: Path) -> World:
    """The world of one scenario, empty at first."""
    return World(tmp_path, rulebooks, judges, inputs)


def rows_of(table: Table) -> Iterator[Row]:
    """Go through the rows of a table, by header."""
    header, *rows = table
    return (dict(zip(header, row, strict=True)) for row in rows)


@given(parsers.parse("按“{plan}”的规划检查"))
def by_plan(world: World, plan: str) -> None:
    """Name the plan that the scenario is about."""
    world.choose(plan)


@given("有下列单位")
def units(world: World, datatable: Table) -> None:
    """Add units: 单位, 类型, 上级, 设立, 撤销 and any attributes."""
    for row in rows_of(datatable):
        world.county.add_unit(row, world.plan)


@given(parsers.parse("“{parent}”下有{count:d}个“{kind}”"))
def many_units(world: World, parent: str, count: int, kind: str) -> None:
    """Add units of one type, numbered from 1."""
    world.county.add_units(parent, count, kind, world.plan)


@given(parsers.parse("“{unit}”报送“{period}”的“{indicator}”为“{value}”"))
def reported(world: World, unit: str, period: str, indicator: str, value: str) -> None:
    """Report one figure."""
    world.county.report(unit, period, indicator, value)


@given(parsers.parse("其中{count:d}个“{kind}”报送“{period}”的“{indicator}”为“{value}”"))
def reported_by_many(world: World, count: int, kind: str, period: str, indicator: str, value: str) -> None:
    """Report one figure by each of the next numbered units."""
    world.county.report_of_next(count, kind, period, indicator, value)


@given("报送了下列数据")
def reported_all(world: World, datatable: Table) -> None:
    """Report figures: 单位, 期间, 指标, 数值 and 报送时间."""
    for row in rows_of(datatable):
        unit, period, indicator, value = (meant(column, row, _COLUMN) for column in ("单位", "期间", "指标", "数值"))
        world.county.report(unit, period, indicator, value, row.get("报送时间", ""))


@given(parsers.parse("“{unit}”对“{rule}”的豁免期限为“{until}”"))
def waived(world: World, unit: str, rule: str, until: str) -> None:
    """Waive one rule for one unit."""
    world.county.waive(unit, world.rule(rule), until, world.plan)


@given("批准了下列豁免")
def waived_all(world: World, datatable: Table) -> None:
    """Waive rules: 单位, 事项, 期间, 起 and 止."""
    for row in rows_of(datatable):
        more = {"periods": row.get("期间", ""), "from": row.get("起", "")}
        unit, title, until = (meant(column, row, _COLUMN) for column in ("单位", "事项", "止"))
        world.county.waive(unit, world.rule(title), until, world.plan, **more)


@given(parsers.parse("输入是“{name}”"))
def given_input(world: World, name: str) -> None:
    """Take a data folder as it lies there."""
    world.take(name)


@when(parsers.parse("截至“{day}”检查"))
def checked(world: World, day: str) -> None:
    """Check as of a day."""
    world.check(day)


@when(parsers.parse("截至“{day}”检查，{manner}"))
def checked_so(world: World, day: str, manner: str) -> None:
    """Check as of a day in another manner."""
    world.check(day, manner)
