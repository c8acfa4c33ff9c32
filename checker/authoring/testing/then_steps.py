"""The steps that expect something of a check, a plugin of pytest. None knows how anything is computed."""

from __future__ import annotations

from collections.abc import Callable

from pytest_bdd import parsers, then

from checker.authoring.testing.answer import Answer, Record
from checker.authoring.testing.county import Row
from checker.authoring.testing.given_steps import Table, rows_of
from checker.authoring.testing.mismatch import Mismatch, meant
from checker.authoring.testing.vocabulary import CODES, NOTHING, OUTCOMES, WORDS
from checker.authoring.testing.world import World
from checker.model.language import Language, Text
from checker.model.run import Run
from checker.reporting.record import run_record


def _shown(value: object) -> object:
    return NOTHING if value is None else next((zh for zh, word in WORDS.items() if word == value), value)


def _is_told(what: Text, told: object, found: object) -> Text | None:
    if told == found:
        return None
    zh, en = f"{what.zh}是“{_shown(found)}”，不是“{_shown(told)}”", f"{what.en} is {found!r}, not {told!r}"
    return Text(zh, en)


def _detail(world: World, what: Text, told: object, seen: Callable[[Record], object]) -> None:
    world.expect_of_finding(lambda finding, _: _is_told(what, told, seen(finding)))


def _code(word: str) -> str | None:
    return None if word == NOTHING else meant(word, WORDS, Text("说法", "word"))


def _figure(written: str) -> str | None:
    return None if written == NOTHING else written


@then(parsers.parse("“{unit}”在“{period}”的“{rule}”是“{verdict}”"))
def verdict_is(world: World, unit: str, period: str, rule: str, verdict: str) -> None:
    """Look at a finding and expect its verdict."""
    world.look_at(unit, period, rule)
    _detail(world, Text("结论", "the verdict"), _code(verdict), lambda finding: finding["verdict"])


@then(parsers.parse("“{unit}”在“{period}”没有“{rule}”的结论"))
def no_finding(world: World, unit: str, period: str, rule: str) -> None:
    """Expect that nobody is judged."""
    asked = world.look_at(unit, period, rule)

    def absent(answer: Answer) -> Text | None:
        return answer.refusal or _is_told(Text("结论", "the finding"), None, answer.finding(asked))

    world.expect(absent, asked)


@then(parsers.parse("还差“{shortfall}”"))
def shortfall_is(world: World, shortfall: str) -> None:
    """Expect the shortfall."""
    _detail(world, Text("还差的", "the shortfall"), _figure(shortfall), lambda finding: finding["shortfall"])


@then(parsers.parse("原因是“{reason}”"))
def reason_is(world: World, reason: str) -> None:
    """Expect the reason why nothing is decided."""
    _detail(world, Text("原因", "the reason"), _code(reason), lambda finding: finding["reason"])


@then(parsers.parse("不豁免时是“{underlying}”"))
def underlying_is(world: World, underlying: str) -> None:
    """Expect the verdict under the waiver."""
    _detail(world, Text("不豁免时", "the underlying verdict"), _code(underlying), lambda finding: finding["underlying"])


@then(parsers.parse("进度是“{pace}”"))
def pace_is(world: World, pace: str) -> None:
    """Expect the pace."""
    _detail(world, Text("进度", "the pace"), _code(pace), lambda finding: finding["pace"])


@then(parsers.parse("实际值是“{value}”"))
def observed_is(world: World, value: str) -> None:
    """Expect the observed value."""
    what = Text("实际值", "the observed value")
    _detail(world, what, _figure(value), lambda finding: finding["observed"] and finding["observed"]["value"])


@then(parsers.parse("报齐后最多是“{value}”"))
def upper_bound_is(world: World, value: str) -> None:
    """Expect the upper bound."""
    _detail(world, Text("上限", "the upper bound"), _figure(value), lambda finding: finding["bounds"][1])


@then(parsers.parse("分子是“{numerator}”，分母是“{denominator}”"))
def parts_are(world: World, numerator: str, denominator: str) -> None:
    """Expect the parts of a ratio or share."""

    def parts(finding: Record) -> object:
        observed = finding["observed"] or {"numerator": None, "denominator": None}
        return [observed["numerator"], observed["denominator"]]

    _detail(world, Text("分子、分母", "the parts"), [_figure(numerator), _figure(denominator)], parts)


@then(parsers.parse("依据的豁免是“{waiver}”"))
def waiver_is(world: World, waiver: str) -> None:
    """Expect the waiver that was used."""
    _detail(world, Text("依据的豁免", "the waiver"), _figure(waiver), lambda finding: finding["waiver"])


@then(parsers.parse("由“{departments}”牵头"))
def leads_are(world: World, departments: str) -> None:
    """Expect who leads the finding that was looked at last."""
    what = Text("牵头的", "the lead")
    world.expect_of_finding(
        lambda finding, answer: _is_told(what, departments, answer.names_of(finding["responsible"]))
    )


@then(parsers.parse("说明里有“{words}”"))
def explained(world: World, words: str) -> None:
    """Expect words in the explanation."""

    def said(finding: Record, _: Answer) -> Text | None:
        there = finding["explanation"]
        return None if words in there else Text(f"说明里没有“{words}”：{there}", f"not in the explanation: {there}")

    world.expect_of_finding(said)


@then(parsers.parse("建议里有“{words}”"))
def advised(world: World, words: str) -> None:
    """Expect words in the advice."""

    def said(finding: Record, answer: Answer) -> Text | None:
        there = "；".join(answer.advice(finding["id"]))
        return None if words in there else Text(f"建议里没有“{words}”：{there}", f"not in the advice: {there}")

    world.expect_of_finding(said)


@then(parsers.parse("为它要催报“{unit}”，到期日是“{due}”，状态是“{state}”"))
def reminded(world: World, unit: str, due: str, state: str) -> None:
    """Expect who has to be reminded, by when, and whether that has passed."""
    told = [] if unit == NOTHING else [(unit, due, state)]
    what = Text("要催报的", "who is to be reminded")
    world.expect_of_finding(lambda finding, answer: _is_told(what, told, answer.reminders(finding["id"])))


def _alerts_are(world: World, told: list[Row]) -> None:
    def test(answer: Answer) -> Text | None:
        found = answer.alerts()
        return answer.refusal or (
            None if found == told else Text(f"提醒是 {found or NOTHING}", f"the alerts are {found or 'none'}")
        )

    world.expect(test)


@then("有下列提醒")
def alerted(world: World, datatable: Table) -> None:
    """Expect these alerts and no others: 提醒, 单位, 事项, 期间 and 提请."""
    _alerts_are(world, list(rows_of(datatable)))


@then("没有提醒")
def not_alerted(world: World) -> None:
    """Expect no alert."""
    _alerts_are(world, [])


@then(parsers.parse("数据第{row:d}行被指出“{problem}”"))
def fault_named(world: World, row: int, problem: str) -> None:
    """Expect a problem with one row of the reported figures."""
    code = meant(problem, CODES, Text("问题", "problem"))
    world.expect(lambda answer: None if code.value in answer.faults(row) else answer.problems())


@then("指出了下列问题")
def problems_named(world: World, datatable: Table) -> None:
    """Expect these problems, among others: 文件, 行, 列 and 意思."""
    told = list(rows_of(datatable))
    world.expect(lambda answer: None if all(map(answer.names, told)) else answer.problems())


@then("没有指出问题")
def nothing_named(world: World) -> None:
    """Expect no problem at all."""
    world.expect(lambda answer: answer.problems() if answer.run.problems else None)


def _without_places(run: Run) -> Record:
    """Give what does not depend on the order of rows and files: everything but the places of problems."""
    return {**run_record(run, Language.ZH), "problems": sorted(problem.code for problem in run.problems)}


@then("打乱各行、分成几份再报，结论一样")
def in_any_order(world: World) -> None:
    """Expect the same of the same county in another order of rows and files."""
    if _without_places(world.answer.run) != _without_places(world.shuffled()):
        raise Mismatch(Text("换了次序，结论就不一样", "another order gives another answer"))


@then(parsers.parse("总的结论是“{outcome}”"))
def outcome_is(world: World, outcome: str) -> None:
    """Expect the outcome as a whole."""
    status, allow_unknown = meant(outcome, OUTCOMES, Text("结论", "outcome")), world.allow_unknown
    names = {code: name for name, code in OUTCOMES.items()}

    def test(answer: Answer) -> Text | None:
        found = answer.run.exit_status(allow_unknown)
        return _is_told(Text("总的结论", "the outcome"), outcome, names[found]) if found != status else None

    world.expect(test)


@then(parsers.parse("“{number}”一节“{title}”没有量化承诺"))
def no_commitment(world: World, number: str, title: str) -> None:
    """Expect a section without rules that says why."""
    sections = {section.number: section for section in world.plan.sections}
    section = meant(number, sections, Text("节", "section"))
    if section.title.zh != title or section.rules or section.no_commitment is None:
        raise Mismatch(
            Text(
                f"“{section.title.zh}”有 {len(section.rules)} 条规则",
                f"{section.title.en} has {len(section.rules)} rules",
            )
        )
