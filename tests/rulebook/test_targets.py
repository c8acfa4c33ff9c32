"""What a rule's target may be."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import rewritten, said


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            'target: {at_least: "2"}',
            'target: {at_least: "2", parts_of: a.open}',
            "1.yaml:12:29 parts_of 只用于分解表 → 请把 at_least 写成 单位: 数 的表",
        ),
        (
            'target: {at_least: "2"}',
            'target: {at_least: {s1: "2"}, parts_of: a.opne}',
            "1.yaml:12:45 没有这个规则：“a.opne” → 是不是 a.open？",
        ),
        (
            'target: {at_least: "2"}',
            'target: {at_least: {s1: "2"}, parts_of: a.talks}',
            ("1.yaml:12:45 a.talks 没有可分解的 at_least 目标 → 两处应是同一种比较，且不是 between 或另一张表"),
        ),
        (
            'target: {at_least: "2"}',
            'target: {at_most: {s1: "2"}, parts_of: a.open}',
            ("1.yaml:12:44 a.open 没有可分解的 at_most 目标 → 两处应是同一种比较，且不是 between 或另一张表"),
        ),
    ],
)
def test_a_figure_that_is_broken_down_has_to_be_reached_by_its_parts(old: str, new: str, problems: str) -> None:
    assert said(rewritten("1.yaml", old, new)) == problems


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            'target: {at_least: "2"}',
            "target: {at_least: 两次}",
            ("1.yaml:12:24 数值“两次”，应为：不带 % 的数，如 2、0.5、1.2万 → 数字最多 12 位整数、6 位小数，不带正负号"),
        ),
        (
            'target: {at_least: "2"}',
            'target: {at_least: "2%"}',
            ("1.yaml:12:24 数值“2%”，应为：不带 % 的数，如 2、0.5、1.2万 → 数字最多 12 位整数、6 位小数，不带正负号"),
        ),
        (
            'target: {at_least: "90%"}',
            'target: {at_least: "0.9"}',
            ("1.yaml:21:24 数值“0.9”，应为：带 % 的数，如 85% → 数字最多 12 位整数、6 位小数，不带正负号"),
        ),
        (
            'target: {at_least: "2"}',
            'target: {at_least: "2", at_most: "3"}',
            (
                "1.yaml:12:13 target 处是映射，键为“at_least, at_most”，"
                "应为：at_least, more_than, at_most, less_than, between, equals 中恰好一个 → 请只留一个"
            ),
        ),
        (
            'target: {at_least: "2"}',
            "target: {}",
            (
                "1.yaml:12:13 target 处是空的映射，"
                "应为：at_least, more_than, at_most, less_than, between, equals 中恰好一个 → 请只留一个"
            ),
        ),
        (
            'target: {at_least: "2"}',
            'target: "2"',
            "1.yaml:12:13 target 处是“2”，应为：列表或映射（键: 值） → 写法见 rules/README.md",
        ),
        ('target: {at_least: "2"}', 'target: {between: ["5", "3"]}', "1.yaml:12:23 5 大于 3 → 请写成 [小, 大]"),
        (
            'target: {at_least: "2"}',
            'target: {between: ["5", x]}',
            ("1.yaml:12:29 数值“x”，应为：不带 % 的数，如 2、0.5、1.2万 → 数字最多 12 位整数、6 位小数，不带正负号"),
        ),
        (
            'target: {at_least: "2"}',
            'target: {between: "5"}',
            "1.yaml:12:23 between 处是“5”，应为：列表或映射（键: 值） → 写法见 rules/README.md",
        ),
        (
            'target: {at_least: "2"}',
            'target: {between: ["5"]}',
            "1.yaml:12:23 between 处是 1 项的列表，应为：至少 2 项 → 请补全",
        ),
        (
            'target: {at_least: "2"}',
            'target: {at_least: {"s 1": "2", s2: "2", s3: zwei}}',
            ("1.yaml:12:25 s 1 处是“s 1”，应为：编号（字母、汉字、数字和 . _ - :，最多 64 个） → 例如 youth.lectures"),
        ),
    ],
)
def test_a_figure_has_the_form_that_its_measure_needs(old: str, new: str, problems: str) -> None:
    assert said(rewritten("1.yaml", old, new)) == problems


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ('target: {at_least: "2"}', "target: []", "1.yaml:12:13 target 处是 0 项的列表，应为：至少 1 项 → 请补全"),
        (
            'target: {at_least: "2"}',
            'target: {from: 2023-02-30, at_least: "2"}',
            "1.yaml:12:20 from 处是“2023-02-30”，应为：日期 YYYY-MM-DD → 例如 2022-09-01",
        ),
        (
            'target: {at_least: "2"}',
            'target: {from: 2024-01-01, at_least: "2"}',
            (
                "1.yaml:12:13 2023 的最后一天 2023-12-31 没有适用的目标，最早的自 2024-01-01 起"
                " → 请让第一项更早，或不写 from"
            ),
        ),
        (
            'target: {at_least: "2"}',
            'target: [{at_least: "2"}, {at_least: "3"}]',
            "1.yaml:12:31 第二项起要写明自何日适用 → 请补上 from: YYYY-MM-DD",
        ),
        (
            'target: {at_least: "2"}',
            'target: [{from: 2023-01-01, at_least: "2"}, {from: 2023-01-01, at_least: "3"}]',
            "1.yaml:12:56 2023-01-01 起已有目标 → 请改日期或删去一项",
        ),
        (
            'target: {at_least: "2"}',
            'target: [{from: 2023-01-01, at_least: "x"}, {from: 2023-02-01, at_least: "3"}]',
            ("1.yaml:12:43 数值“x”，应为：不带 % 的数，如 2、0.5、1.2万 → 数字最多 12 位整数、6 位小数，不带正负号"),
        ),
    ],
)
def test_a_target_from_a_date_on_leaves_no_asked_period_without_one(old: str, new: str, problems: str) -> None:
    assert said(rewritten("1.yaml", old, new)) == problems
