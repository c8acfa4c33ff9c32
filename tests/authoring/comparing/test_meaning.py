"""Everything that a rulebook says and that changes is told; layout, order and spelling are not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from pydantic import BaseModel

from checker.authoring.comparing.describing import Kind, subjects
from checker.authoring.comparing.meaning import Change, How, changes
from checker.model.rulebook import Rulebook
from tests.rulebook.writing import SMALL, loaded, rewritten


def book(files: Mapping[str, str | bytes] = SMALL) -> Rulebook:
    told = loaded(files)
    assert told.rulebook is not None, told.problems
    return told.rulebook


def changed(file: str, old: str, new: str) -> list[Change]:
    return changes(book(), book(rewritten(file, old, new)))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("1.yaml", 'target: {at_least: "2"}', 'target: {at_least: "3"}', "a.talks target 不少于 2 次 → 不少于 3 次"),
        ("1.yaml", 'target: {at_least: "2"}', 'target: {more_than: "2"}', "a.talks target 不少于 2 次 → 超过 2 次"),
        (
            "1.yaml",
            'target: {at_least: "2"}',
            'target: [{at_least: "2"}, {from: 2023-06-01, at_least: "3"}]',
            "a.talks target 不少于 2 次 → 不少于 2 次；2023-06-01 起不少于 3 次",
        ),
        (
            "1.yaml",
            'target: {at_least: "2"}',
            'target: {at_least: {s: "2"}}',
            "a.talks target 不少于 2 次 → s 不少于 2 次",
        ),
        ("1.yaml", "{total: talks}", "{change: talks}", "a.talks measure 讲座合计 → 讲座比上一期的增减"),
        ("1.yaml", "{total: talks}", "{ratio: [talks, talks]}", "a.talks measure 讲座合计 → 讲座 ÷ 讲座"),
        (
            "1.yaml",
            'talks: {at_least: "1"}}',
            'talks: {at_least: "2"}}',
            ("a.open measure 学校中符合条件（开放等于 是、讲座不少于 1 次）的占比"
            " → 学校中符合条件（开放等于 是、讲座不少于 2 次）的占比"),
        ),
        ("1.yaml", "of_each: school", "of_each: {type: school, where: {size: [小, 大]}}",
         "a.talks of_each 每个学校 → 每个学校（size 为 小或大）"),
        ("1.yaml", "every: year", "every: plan", "a.talks every 每年 → 整个规划期"),
        ("1.yaml", 'at_least: "2"}\n', 'at_least: "2"}\n    force: strive\n', "a.talks force 应当 → 力争"),
        ("1.yaml", 'at_least: "2"}\n', 'at_least: "2"}\n    status: draft\n', "a.talks status 启用 → 草案"),
        ("1.yaml", 'at_least: "2"}\n', 'at_least: "2"}\n    answerable: money\n',
         "a.talks answerable 牵头部门 → 财政局"),
        ("1.yaml", "lead: [books, towns]", "lead: [money]", "一 lead 图书局、各镇 → 财政局"),
        ("indicators.yaml", "nature: flow", "nature: level", "talks nature 流量，逐期相加 → 状态，取最晚"),
        ("indicators.yaml", "value: integer", "value: decimal", "talks value 整数 → 小数"),
        ("indicators.yaml", "reporter: {department: books}", "reporter: {department: money}",
         "pass reporter 图书局 → 财政局"),
        ("indicators.yaml", "  - {indicator: talks, at_most: pass}", "  - {indicator: talks, at_most: talks}",
         "talks checks 合格率 → 讲座"),
        ("follow-ups.yaml", 'repeat: "2"', 'repeat: "3"',
         "again when 同一规则连续 2 期未达标 → 同一规则连续 3 期未达标"),
        ("follow-ups.yaml", 'repeat: "2"', 'cluster: "2"',
         "again when 同一规则连续 2 期未达标 → 同一期 2 条规则未达标"),
        ("follow-ups.yaml", "unit_types: all", "unit_types: [school]", "again unit_types 局、学校、镇 → 学校"),
        ("plan.yaml", "{from: 02-01, until: 08-31}", "{from: 03-01, until: 08-31}",
         "small calendar 学期：02-01—08-31 → 学期：03-01—08-31"),
        ("plan.yaml", "from: 2023-01-01, until", "from: 2022-01-01, until",
         "small asked.year 首日在 2023-01-01 至 2023-12-31 → 首日在 2022-01-01 至 2023-12-31"),
        ("plan.yaml", "window: 2023", "window: 2023-2024", "small window 2023 → 2023-2024"),
        ("plan.yaml", "every: town}", "every: office}", "towns every 镇 → 局"),
    ],
)  # fmt: skip
def test_one_change_is_told_in_words(file: str, old: str, new: str, told: str) -> None:
    (one,) = changed(file, old, new)
    assert f"{one.subject.id} {one.key} {one.old.zh} → {one.new.zh}" == told
    assert one.how is How.CHANGED


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("1.yaml", "section: 一", "# 注\nsection:   '一'"),
        ("1.yaml", 'at_least: "2"', "at_least: 2.0"),
        ("1.yaml", 'at_least: "90%"', "at_least: 90.0%"),
        ("1.yaml", 'where: {open: 是, talks: {at_least: "1"}}', 'where: {talks: {at_least: "1"}, open: true}'),
        ("indicators.yaml", "[school]", "school"),
    ],
)
def test_layout_and_spelling_are_no_change(file: str, old: str, new: str) -> None:
    assert changed(file, old, new) == []


def test_the_order_of_files_and_rules_is_no_change() -> None:
    head, first, second = SMALL["1.yaml"].replace("  - id", "§  - id").split("§")
    assert changes(book(), book({**SMALL, "1.yaml": head + second + first})) == []
    other = "section: 二\ntitle: 乙\nlead: [books]\nno_commitment: 无\nrules: []\n"
    assert changes(book({**SMALL, "2.yaml": other}), book({**SMALL, "0.yaml": other})) == []


def test_rules_that_come_and_go_are_told_with_what_they_ask() -> None:
    gone = {**SMALL, "1.yaml": SMALL["1.yaml"][: SMALL["1.yaml"].index("  - id: a.open")]}
    (one,) = changes(book(), book(gone))
    assert (one.how, one.subject.kind, one.subject.id, one.decides) == (How.REMOVED, Kind.RULE, "a.open", True)
    assert "目标：不少于 90%" in one.old.zh
    (one,) = changes(book(gone), book())
    assert one.how is How.ADDED


def test_kinds_of_period_that_are_asked_come_and_go() -> None:
    plan = SMALL["plan.yaml"].replace("asked:\n", "asked:\n  month: {from: 2023-01-01, until: 2023-12-31}\n")
    (one,) = changes(book(), book({**SMALL, "plan.yaml": plan}))
    assert (one.how, one.key, one.old.zh) == (How.ADDED, "asked.month", "")


def test_indicators_of_one_name_are_told_apart_by_their_codes() -> None:
    twin = "  lectures: {name: 讲座, unit: 次, counts: 场, nature: flow, value: integer, reporter: school}\nchecks:"
    files = {**SMALL, "indicators.yaml": SMALL["indicators.yaml"].replace("checks:", twin)}
    other = {**files, "1.yaml": SMALL["1.yaml"].replace("{total: talks}", "{total: lectures}")}
    (one,) = changes(book(files), book(other))
    assert one.old != one.new
    assert "lectures" in one.new.zh


def test_what_is_settled_and_withdrawn_is_told() -> None:
    coverage = "settled:\n  - {section: 一, clause: 甲, reason: 乙}\n"
    plan = SMALL["plan.yaml"] + "withdrawn: {rules: {a.old: 并入 a.talks}}\n"
    found = changes(book(), book({**SMALL, "coverage.yaml": coverage, "plan.yaml": plan}))
    assert [(one.subject.kind, one.subject.id) for one in found] == [
        (Kind.SETTLED, "一 甲"),
        (Kind.WITHDRAWN, "a.old"),
    ]


def test_every_part_of_a_rulebook_has_its_aspect() -> None:
    told = {
        kind: {aspect.key for one in subjects(book()) if one.kind is kind for aspect in one.aspects} for kind in Kind
    }
    fields = {name: set(model.model_fields) for name, model in _models().items()}
    elsewhere = {
        Kind.RULE: {"id", "lead", "targets"},
        Kind.SECTION: {"number", "rules"},
        Kind.INDICATOR: {"code"},
        Kind.FOLLOW_UP: {"id", "kind", "count"},
        Kind.PLAN: {"asked", "departments"},
    }
    for kind, names in fields.items():
        assert names - elsewhere[kind] <= told[kind], kind


def _models() -> dict[Kind, type[BaseModel]]:
    from checker.model.rulebook import FollowUp, Indicator, Plan, Rule, Section

    return {
        Kind.RULE: Rule,
        Kind.SECTION: Section,
        Kind.INDICATOR: Indicator,
        Kind.FOLLOW_UP: FollowUp,
        Kind.PLAN: Plan,
    }
