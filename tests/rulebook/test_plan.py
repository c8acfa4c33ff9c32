"""plan.yaml: every fault at its line and column."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import rewritten, said


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        (
            "id: small",
            "id: 'sm all'",
            (
                "plan.yaml:1:5 id 处是“sm all”，应为：编号（字母、汉字、数字和 . _ - :，最多 64 个）"
                " → 例如 youth.lectures"
            ),
        ),
        ("id: small\n", "", "plan.yaml:1:1 缺少 id → 请补上 id: …"),
        (
            "window: 2023",
            "window: 2023-2022",
            ("plan.yaml:4:9 window 处是“2023-2022”，应为：一年或几年，如 2024 或 2021-2025 → 先小后大"),
        ),
        (
            "window: 2023",
            "window: 2023-Q1",
            "plan.yaml:4:9 window 处是“2023-Q1”，应为：一年或几年，如 2024 或 2021-2025 → 先小后大",
        ),
        (
            "window: 2023",
            "window: 1066",
            "plan.yaml:4:9 window 处是“1066”，应为：1900 至 2200 年之间 → 例如 2022-09-01",
        ),
        (
            "Asia/Shanghai",
            "Asia/Shanghia",
            "plan.yaml:5:12 time_zone 处是“Asia/Shanghia”，应为：时区名称 → 例如 Asia/Shanghai",
        ),
        (
            "Asia/Shanghai",
            "../../etc/passwd",
            "plan.yaml:5:12 time_zone 处是“../../etc/passwd”，应为：时区名称 → 例如 Asia/Shanghai",
        ),
        (
            "window: 2023",
            "window: 2023\ngrace_days: -1",
            'plan.yaml:5:13 grace_days 处是“-1”，应为：天数，0 至 999 → 例如 "10"',
        ),
        (
            "window: 2023",
            "window: 2023\nissued: 2023-13-01",
            "plan.yaml:5:9 issued 处是“2023-13-01”，应为：日期 YYYY-MM-DD → 例如 2022-09-01",
        ),
        ("until: 08-31", "until: 08-32", "plan.yaml:10:30 until 处是“08-32”，应为：月-日 MM-DD → 例如 09-01"),
        ("  term:", "  year:", "plan.yaml:7:3 year 是固有的期间种类 → 请另取名字"),
        (
            "- {from: 02-01, until: 08-31}",
            "- {from: 02-01, until: 08-31}\n      - {from: 08-31, until: 01-31}",
            "plan.yaml:10:7 各段有重叠，或长于一年 → 每段应在下一段开始之前结束",
        ),
        (
            "until: 2023-12-31}",
            "until: 2022-12-31}",
            ("plan.yaml:12:9 year 处是映射，键为“from, until”，应为：from 不晚于 until → 请对调两个日期"),
        ),
        (
            "year: {from: 2023-01-01, until: 2023-12-31}",
            "year: {from: 2023-01-02, until: 2023-12-31}",
            "plan.yaml:12:3 没有 year 的首日在 2023-01-02 至 2023-12-31 之间 → 请放宽 from 和 until",
        ),
        (
            "year: {from: 2023-01-01, until: 2023-12-31}",
            "yaer: {from: 2023-01-01, until: 2023-12-31}",
            (
                "plan.yaml:12:3 没有这个期间种类：“yaer” → 是不是 year？\n"
                "1.yaml:10:12 plan.yaml 的 asked 没有 year → 请在那里写明 year 从何时查到何时"
            ),
        ),
        (
            "  year: {from: 2023-01-01, until: 2023-12-31}",
            "  year: {from: 2023-01-01, until: 2023-12-31}\n  plan: {from: 2023-01-01, until: 2023-12-31}",
            "plan.yaml:13:3 plan 总是整个规划期，不用写 → 请删去这一项",
        ),
        (
            "until: 2023-12-31}",
            "until: 9999-12-31}",
            "plan.yaml:12:35 until 处是“9999-12-31”，应为：1900 至 2200 年之间 → 例如 2022-09-01",
        ),
        (
            "  - school: 学校",
            "  - town: 又一个镇\n    school: 学校",
            "plan.yaml:15:5 单位类型重复：town（第 1 组已有） → 每个单位类型只写一次",
        ),
        ("unit_type: office", "unit_type: offices", "plan.yaml:18:14 没有这个单位类型：“offices” → 是不是 office？"),
        ("below: town", "below: city", "plan.yaml:19:10 没有这个单位类型：“city” → 可用的有：office、school、town"),
        (
            "{books: 图书局, money: 财政局}",
            "{'a:books': 图书局, books: 图书局}",
            (
                "plan.yaml:20:11 a:books 处是“a:books”，应为：部门代码：字母、汉字、数字和 . _ -，不含冒号"
                " → 例如 science-association"
            ),
        ),
        (
            "every: town",
            "every: village",
            "plan.yaml:22:30 没有这个单位类型：“village” → 可用的有：office、school、town",
        ),
        (
            "    towns:",
            "    books:",
            (
                "plan.yaml:22:5 代码重复：books 既是部门又是统称 → 请改其中一个\n"
                "1.yaml:3:15 没有这个部门代码或统称：“towns” → 可用的有：books、money"
            ),
        ),
        (
            "calendar:\n",
            "calendar:\n  half: {name: 半年, parts: [{from: 01-01, until: 06-30}]}\n",
            "plan.yaml:7:3 calendar 处是映射，键为“half, term”，应为：最多 1 项 → 请删去多余的",
        ),
    ],
)
def test_the_plan_says_what_its_schema_asks_for(old: str, new: str, problems: str) -> None:
    assert said(rewritten("plan.yaml", old, new)) == problems
