"""Tables (任务分解): the figures of the parts have to carry the figure of the whole."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import SECTION, SMALL, loaded, said

PARTS = """\
  - id: b.parts
    commitment: C03
    title: 分解
    source: {clause: 分解}
    of_each: school
    every: year
    measure: {total: talks}
    target: TARGET
"""


def broken_down(whole: str, parts: str) -> dict[str, str | bytes]:
    """Give the small rulebook in which `b.parts`, with the target `parts`, breaks down `a.talks`, with `whole`."""
    section = SECTION.replace('target: {at_least: "2"}', f"target: {whole}") + PARTS.replace("TARGET", parts)
    return {**SMALL, "1.yaml": section}


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ('{at_least: "5"}', '{at_least: {s1: "2", s2: "3"}, parts_of: a.talks}'),
        ('{at_least: "5"}', '{at_least: {s1: "2.5", s2: "3"}, parts_of: a.talks}'),
        ('{more_than: "5"}', '{more_than: {s1: "5", s2: "0"}, parts_of: a.talks}'),
        ('{at_most: "5"}', '{at_most: {s1: "1", s2: "3"}, parts_of: a.talks}'),
        ('{less_than: "5"}', '{less_than: {s1: "2", s2: "3"}, parts_of: a.talks}'),
        ('{equals: "5"}', '{equals: {s1: "2", s2: "3"}, parts_of: a.talks}'),
        ('[{at_least: "5"}, {from: 2023-06-01, at_least: "6"}]', '{at_least: {s1: "6"}, parts_of: a.talks}'),
        (
            '[{at_least: "5"}, {from: 2023-06-01, at_least: "6"}]',
            '[{from: 2023-01-01, at_least: {s1: "5"}, parts_of: a.talks}, {from: 2023-07-01, at_least: "9"}]',
        ),
    ],
)
def test_parts_that_carry_the_whole_are_right(whole: str, parts: str) -> None:
    assert said(broken_down(whole, parts)) == ""


@pytest.mark.parametrize(
    ("whole", "parts", "problem"),
    [
        (
            '{at_least: "5"}',
            '{at_least: {s1: "2", s2: "2"}, parts_of: a.talks}',
            "1.yaml:29:54 各单位合计 4，与 a.talks 的 at_least 5 不符 → 请调整各单位的数",
        ),
        (
            '{at_most: "5"}',
            '{at_most: {s1: "5", s2: "1"}, parts_of: a.talks}',
            "1.yaml:29:53 各单位合计 6，与 a.talks 的 at_most 5 不符 → 请调整各单位的数",
        ),
        (
            '{equals: "5"}',
            '{equals: {s1: "5", s2: "0.5"}, parts_of: a.talks}',
            "1.yaml:29:54 各单位合计 5.5，与 a.talks 的 equals 5 不符 → 请调整各单位的数",
        ),
        (
            '[{at_least: "5"}, {from: 2023-06-01, at_least: "6"}]',
            '[{at_least: {s1: "5"}, parts_of: a.talks}]',
            "1.yaml:29:46 各单位合计 5，与 a.talks 的 at_least 6 不符 → 请调整各单位的数",
        ),
        (
            '{between: ["1", "5"]}',
            '{between: {s1: ["1", "5"]}, parts_of: a.talks}',
            "1.yaml:29:51 a.talks 没有可分解的 between 目标 → 两处应是同一种比较，且不是 between 或另一张表",
        ),
        (
            '{more_than: "5"}',
            '{at_least: {s1: "6"}, parts_of: a.talks}',
            "1.yaml:29:45 a.talks 没有可分解的 at_least 目标 → 两处应是同一种比较，且不是 between 或另一张表",
        ),
        (
            '{at_least: {s1: "5"}}',
            '{at_least: {s1: "6"}, parts_of: a.talks}',
            "1.yaml:29:45 a.talks 没有可分解的 at_least 目标 → 两处应是同一种比较，且不是 between 或另一张表",
        ),
        (
            '[{from: 2023-06-01, at_least: "5"}]',
            '[{from: 2023-01-01, at_least: {s1: "5"}, parts_of: a.talks}]',
            "1.yaml:29:64 a.talks 没有可分解的 at_least 目标 → 两处应是同一种比较，且不是 between 或另一张表",
        ),
    ],
)
def test_parts_that_do_not_carry_the_whole_are_named(whole: str, parts: str, problem: str) -> None:
    assert said(broken_down(whole, parts)) == problem


def test_parts_of_a_rule_with_faults_wait_until_that_is_mended() -> None:
    texts = broken_down("{at_least: 五}", '{at_least: {s1: "6"}, parts_of: a.talks}')
    assert said(texts).startswith("1.yaml:12:24 数值“五”")
    assert len(loaded(texts).problems) == 1


def test_a_table_with_a_faulty_figure_names_that_figure() -> None:
    texts = broken_down('{at_least: "5"}', '{at_least: {s1: "6", s2: 六}, parts_of: a.talks}')
    assert said(texts).startswith("1.yaml:29:38 数值“六”，应为：不带 % 的数")
