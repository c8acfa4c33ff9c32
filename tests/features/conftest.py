"""The steps of the specification. Each is used by many scenarios; none knows how anything is computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import given, parsers, then, when

from checker.engines.choosing import EngineName, choose
from tests.features.world import CODES, NOTHING, OUTCOMES, WORDS, Row, World, rulebook_of, without_places

ENGINES = [EngineName.PLAIN, EngineName.DURABLE, EngineName.DUCKDB]
Table = list[list[str]]


@pytest.fixture(params=ENGINES, autouse=True)
def engine(request: pytest.FixtureRequest) -> EngineName:
    name: EngineName = request.param
    if choose(name).name != name.value:
        pytest.skip("没有安装 durable-rules，这个引擎上没有查")
    return name


@pytest.fixture
def world(tmp_path: Path, engine: EngineName) -> World:
    return World(tmp_path, engine)


def _rows(table: Table) -> Iterator[Row]:
    header, *rows = table
    return (dict(zip(header, row, strict=True)) for row in rows)


def _code(word: str) -> str | None:
    return None if word == NOTHING else WORDS[word]


def _figure(written: str) -> str | None:
    return None if written == NOTHING else written


@given(parsers.parse("按“{plan}”的规划检查"))
def by_plan(world: World, plan: str) -> None:
    world.rulebook = rulebook_of(plan)


@given("有下列单位")
def units(world: World, datatable: Table) -> None:
    for row in _rows(datatable):
        world.add_unit(row)


@given(parsers.parse("“{parent}”下有{count:d}个“{kind}”"))
def many_units(world: World, parent: str, count: int, kind: str) -> None:
    world.add_units(parent, count, kind)


@given(parsers.parse("“{unit}”报送“{period}”的“{indicator}”为“{value}”"))
def reported(world: World, unit: str, period: str, indicator: str, value: str) -> None:
    world.report(unit, period, indicator, value)


@given(parsers.parse("其中{count:d}个“{kind}”报送“{period}”的“{indicator}”为“{value}”"))
def reported_by_many(world: World, count: int, kind: str, period: str, indicator: str, value: str) -> None:
    world.report_of_next(count, kind, period, indicator, value)


@given("报送了下列数据")
def reported_all(world: World, datatable: Table) -> None:
    for row in _rows(datatable):
        world.report(row["单位"], row["期间"], row["指标"], row["数值"], row.get("报送时间", ""))


@given(parsers.parse("“{unit}”对“{rule}”的豁免期限为“{until}”"))
def waived(world: World, unit: str, rule: str, until: str) -> None:
    world.waive(unit, rule, until)


@given("批准了下列豁免")
def waived_all(world: World, datatable: Table) -> None:
    for row in _rows(datatable):
        more = {"periods": row.get("期间", ""), "from": row.get("起", "")}
        world.waive(row["单位"], row["事项"], row["止"], **more)


@given(parsers.parse("输入是“{name}”"))
def broken_input(world: World, name: str) -> None:
    world.take(name)


@when(parsers.parse("截至“{day}”检查"))
def checked(world: World, day: str) -> None:
    world.check(day)


@when(parsers.parse("截至“{day}”检查，{manner}"))
def checked_so(world: World, day: str, manner: str) -> None:
    world.check(day, manner)


@then(parsers.parse("“{unit}”在“{period}”的“{rule}”是“{verdict}”"))
def verdict_is(world: World, unit: str, period: str, rule: str, verdict: str) -> None:
    finding = world.find(unit, period, rule)
    assert finding is not None, f"没有 {unit} 在 {period} 的结论"
    world.finding = finding
    assert finding["verdict"] == WORDS[verdict], finding


@then(parsers.parse("“{unit}”在“{period}”没有“{rule}”的结论"))
def no_finding(world: World, unit: str, period: str, rule: str) -> None:
    assert world.find(unit, period, rule) is None


@then(parsers.parse("还差“{shortfall}”"))
def shortfall_is(world: World, shortfall: str) -> None:
    assert world.finding["shortfall"] == _figure(shortfall), world.finding


@then(parsers.parse("原因是“{reason}”"))
def reason_is(world: World, reason: str) -> None:
    assert world.finding["reason"] == _code(reason), world.finding


@then(parsers.parse("不豁免时是“{underlying}”"))
def underlying_is(world: World, underlying: str) -> None:
    assert world.finding["underlying"] == _code(underlying), world.finding


@then(parsers.parse("进度是“{pace}”"))
def pace_is(world: World, pace: str) -> None:
    assert world.finding["pace"] == _code(pace), world.finding


@then(parsers.parse("实际值是“{value}”"))
def observed_is(world: World, value: str) -> None:
    observed = world.finding["observed"]
    assert (observed and observed["value"]) == _figure(value), world.finding


@then(parsers.parse("报齐后最多是“{value}”"))
def upper_bound_is(world: World, value: str) -> None:
    assert world.finding["bounds"][1] == _figure(value), world.finding


@then(parsers.parse("分子是“{numerator}”，分母是“{denominator}”"))
def parts_are(world: World, numerator: str, denominator: str) -> None:
    observed = world.finding["observed"] or {"numerator": None, "denominator": None}
    assert [observed["numerator"], observed["denominator"]] == [_figure(numerator), _figure(denominator)]


@then(parsers.parse("依据的豁免是“{waiver}”"))
def waiver_is(world: World, waiver: str) -> None:
    assert world.finding["waiver"] == _figure(waiver), world.finding


@then(parsers.parse("说明里有“{words}”"))
def explained(world: World, words: str) -> None:
    assert words in world.finding["explanation"], world.finding["explanation"]


@then(parsers.parse("建议里有“{words}”"))
def advised(world: World, words: str) -> None:
    assert any(words in said for said in world.advice()), world.advice()


@then(parsers.parse("为它要催报“{unit}”，到期日是“{due}”，状态是“{state}”"))
def reminded(world: World, unit: str, due: str, state: str) -> None:
    assert world.reminders() == ([] if unit == NOTHING else [(unit, due, state)])


@then("有下列提醒")
def alerted(world: World, datatable: Table) -> None:
    assert world.alerts() == list(_rows(datatable))


@then("没有提醒")
def not_alerted(world: World) -> None:
    assert world.alerts() == []


@then(parsers.parse("数据第{row:d}行被指出“{problem}”"))
def fault_named(world: World, row: int, problem: str) -> None:
    assert CODES[problem].value in world.faults(row), world.record["problems"]


@then("指出了下列问题")
def problems_named(world: World, datatable: Table) -> None:
    assert [row for row in _rows(datatable) if not world.names(row)] == [], world.record["problems"]


@then("没有指出问题")
def nothing_named(world: World) -> None:
    assert world.record["problems"] == []


@then("打乱各行、分成几份再报，结论一样")
def in_any_order(world: World) -> None:
    assert without_places(world.shuffled()) == without_places(world.record)


@then(parsers.parse("总的结论是“{outcome}”"))
def outcome_is(world: World, outcome: str) -> None:
    assert world.exit_status() == OUTCOMES[outcome], world.record["problems"]


@then(parsers.parse("“{number}”一节“{title}”没有量化承诺"))
def no_commitment(world: World, number: str, title: str) -> None:
    section = next(section for section in world.plan.sections if section.number == number)
    assert section.title.zh == title
    assert not section.rules
    assert section.no_commitment is not None
