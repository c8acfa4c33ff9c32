"""Sections and rules: every fault at its line and column."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import rewritten, said


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            "of_each: school\n",
            "of_eech: school\n",
            ("1.yaml:5:5 缺少 of_each → 请补上 of_each: …\n1.yaml:9:5 不认识的键“of_eech” → 是不是 of_each？"),
        ),
        ("    every: year\n", "", "1.yaml:5:5 缺少 every → 请补上 every: …"),
        ("title: 第一节", "title:", "1.yaml:2:7 title 处是空的，应为：文字 → 请填写，或删去这个键"),
        (
            "title: 第一节",
            "title: [第一节]",
            "1.yaml:2:8 title 处是 1 项的列表，应为：文字或映射（键: 值） → 写法见 rules/README.md",
        ),
        (
            "title: 第一节",
            "title: {zh: 第一节, fr: un}",
            ("1.yaml:2:8 缺少 en → 请补上 en: …\n1.yaml:2:18 不认识的键“fr” → 可用的有：en、zh"),
        ),
        (
            "source: {clause: 每年讲座2次}",
            "source: 每年讲座2次",
            "1.yaml:8:13 source 处是“每年讲座2次”，应为：映射（键: 值） → 请写成 键: 值",
        ),
        (
            "lead: [books, towns]",
            "lead: books",
            "1.yaml:3:7 lead 处是“books”，应为：列表 → 请写成 [甲, 乙] 或每行一个“- ”",
        ),
        ("lead: [books, towns]", "lead: []", "1.yaml:3:7 lead 处是 0 项的列表，应为：至少 1 项 → 请补全"),
        ("lead: [books, towns]", "lead: [boks, towns]", "1.yaml:3:8 没有这个部门代码或统称：“boks” → 是不是 books？"),
        (
            "lead: [books, towns]",
            "lead: [pingluo:books]",
            (
                "1.yaml:3:8 lead[1] 处是“pingluo:books”，应为：部门代码：字母、汉字、数字和 . _ -，不含冒号"
                " → 例如 science-association"
            ),
        ),
        (
            "a.talks\n",
            "a talks\n",
            ("1.yaml:5:9 id 处是“a talks”，应为：编号（字母、汉字、数字和 . _ - :，最多 64 个） → 例如 youth.lectures"),
        ),
        ("a.open\n", "a.talks\n", "1.yaml:13:9 规则编号重复：a.talks（1.yaml:5 已有） → 请另取一个，或删去其中一个"),
        ("of_each: school", "of_each: schol", "1.yaml:9:14 没有这个单位类型：“schol” → 是不是 school？"),
        (
            "of_each: {type: town, where: {size: 大}}",
            "of_each: {type: twon, where: {size: [大, {a: b}]}}",
            (
                "1.yaml:17:21 没有这个单位类型：“twon” → 是不是 town？\n"
                "1.yaml:17:45 size[2] 处是映射，键为“a”，应为：文字 → 请写成一段文字"
            ),
        ),
        ("every: year", "every: yaer", "1.yaml:10:12 没有这个期间种类：“yaer” → 是不是 year？"),
        ("every: year", "every: term", "1.yaml:10:12 plan.yaml 的 asked 没有 term → 请在那里写明 term 从何时查到何时"),
        (
            "every: year",
            "every: month",
            "1.yaml:10:12 plan.yaml 的 asked 没有 month → 请在那里写明 month 从何时查到何时",
        ),
        (
            '    target: {at_least: "2"}',
            '    target: {at_least: "2"}\n    force: should',
            "1.yaml:13:12 force 处是“should”，应为：must、strive之一 → 可用的有：must、strive",
        ),
        (
            '    target: {at_least: "2"}',
            '    target: {at_least: "2"}\n    status: drft',
            "1.yaml:13:13 status 处是“drft”，应为：active、draft之一 → 是不是 draft？",
        ),
        (
            '    target: {at_least: "2"}',
            '    target: {at_least: "2"}\n    answerable: towns',
            "1.yaml:13:17 没有这个部门代码：“towns” → 可用的有：books、money",
        ),
        (
            '    target: {at_least: "2"}',
            '    target: {at_least: "2"}\n    reading: 我们的',
            "1.yaml:13:14 reading 处是“我们的”，应为：映射（键: 值） → 请写成 键: 值",
        ),
        (
            "title: 第一节",
            "title: 第一节\nno_commitment: 没有",
            "1.yaml:3:1 这一节有规则，不能再说没有承诺 → 请删去 no_commitment",
        ),
    ],
)
def test_a_rule_or_section_says_what_its_schema_asks_for(old: str, new: str, problems: str) -> None:
    assert said(rewritten("1.yaml", old, new)) == problems
