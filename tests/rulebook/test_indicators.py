"""indicators.yaml: every fault at its line and column."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import rewritten, said


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            "nature: flow",
            "nature: flaw",
            "indicators.yaml:6:13 nature 处是“flaw”，应为：flow、level之一 → 是不是 flow？",
        ),
        (
            "value: integer",
            "value: number",
            (
                "indicators.yaml:7:12 value 处是“number”，应为：integer、decimal、percent、boolean之一"
                " → 可用的有：boolean、decimal、integer、percent"
            ),
        ),
        (
            "reporter: [school]",
            "reporter: [school, shcool]",
            "indicators.yaml:9:93 没有这个单位类型：“shcool” → 是不是 school？",
        ),
        (
            "reporter: [school]",
            "reporter: []",
            "indicators.yaml:9:84 reporter 处是 0 项的列表，应为：至少 1 项 → 请补全",
        ),
        (
            "reporter: {department: books}",
            "reporter: {department: towns}",
            "indicators.yaml:10:97 没有这个部门代码：“towns” → 可用的有：books、money",
        ),
        (
            "reporter: school",
            "reporter: {departmnt: books}",
            (
                "indicators.yaml:8:15 缺少 department → 请补上 department: …\n"
                "indicators.yaml:8:16 不认识的键“departmnt” → 是不是 department？"
            ),
        ),
        (
            "  talks:",
            "  'ta lks':",
            (
                "indicators.yaml:2:3 ta lks 处是“ta lks”，"
                "应为：编号（字母、汉字、数字和 . _ - :，最多 64 个） → 例如 youth.lectures\n"
                "indicators.yaml:12:17 没有这个指标：“talks” → 是不是 ta lks？\n"
                "1.yaml:11:22 没有这个指标：“talks” → 是不是 ta lks？\n"
                "1.yaml:20:44 没有这个指标：“talks” → 是不是 ta lks？"
            ),
        ),
        ("at_most: pass", "at_most: passed", "indicators.yaml:12:33 没有这个指标：“passed” → 是不是 pass？"),
        (
            "checks:",
            "checks: {}\nchekcs:",
            (
                "indicators.yaml:11:9 checks 处是空的映射，应为：列表"
                " → 请写成 [甲, 乙] 或每行一个“- ”\n"
                "indicators.yaml:12:1 不认识的键“chekcs” → 是不是 checks？"
            ),
        ),
    ],
)
def test_an_indicator_says_what_its_schema_asks_for(old: str, new: str, problems: str) -> None:
    assert said(rewritten("indicators.yaml", old, new)) == problems
