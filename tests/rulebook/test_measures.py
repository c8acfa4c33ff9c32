"""What a rule may measure."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import rewritten, said


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("{total: talks}", "{total: talk}", "1.yaml:11:22 没有这个指标：“talk” → 是不是 talks？"),
        ("{total: talks}", "{total: open}", "1.yaml:11:22 open 是 是/否，不能相加 → 请用 share 数出达到的单位"),
        (
            "{total: talks}",
            "{ratio: [talks, open]}",
            "1.yaml:11:30 open 是 是/否，不能相加 → 请用 share 数出达到的单位",
        ),
        ("{total: talks}", "{ratio: [talks]}", "1.yaml:11:22 ratio 处是 1 项的列表，应为：至少 2 项 → 请补全"),
        (
            "{total: talks}",
            "{ratio: [talks, talks, talks]}",
            "1.yaml:11:22 ratio 处是 3 项的列表，应为：最多 2 项 → 请删去多余的",
        ),
        ("{total: talks}", "{totl: talks}", "1.yaml:11:15 不认识的键“totl” → 是不是 total？"),
        (
            "{total: talks}",
            "{total: talks, change: talks}",
            (
                "1.yaml:11:14 measure 处是映射，键为“total, change”，"
                "应为：total, ratio, share, change 中恰好一个 → 请只留一个"
            ),
        ),
        (
            "{total: talks}",
            "{}",
            ("1.yaml:11:14 measure 处是空的映射，应为：total, ratio, share, change 中恰好一个 → 请只留一个"),
        ),
        (
            "    every: year\n    measure: {total: talks}",
            "    every: plan\n    measure: {change: talks}",
            "1.yaml:11:15 整个规划期没有上一期，不能算增减 → 请把 every 改为 year 等",
        ),
    ],
)
def test_a_measure_is_refused_where_it_cannot_be_computed(old: str, new: str, problems: str) -> None:
    assert said(rewritten("1.yaml", old, new)) == problems


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("share: {of: school,", "share: {of: town,", "1.yaml:20:19 town 不能在 town 之下 → 请数下级的单位类型"),
        (
            "share: {of: school,",
            "share: {of: office,",
            (
                "1.yaml:20:35 open 由 school 报送，不由 office → 条件只能用被数单位自己报的指标\n"
                "1.yaml:20:44 talks 由 school 报送，不由 office → 条件只能用被数单位自己报的指标"
            ),
        ),
        ("share: {of: school,", "share: {of: shcool,", "1.yaml:20:19 没有这个单位类型：“shcool” → 是不是 school？"),
        (
            "where: {open: 是,",
            "where: {pass: {at_least: '1%'},",
            "1.yaml:20:35 pass 由 books 报送，不由 school → 条件只能用被数单位自己报的指标",
        ),
        ("where: {open: 是,", "where: {opne: 是,", "1.yaml:20:35 没有这个指标：“opne” → 是不是 open？"),
        ("where: {open: 是,", "where: {open: 有,", "1.yaml:20:41 “有”不是 是/否 → 请写 是 或 否"),
        (
            "where: {open: 是,",
            "where: {open: {equals: '1'},",
            "1.yaml:20:41 open 是 是/否，不能比较大小 → 请写 是 或 否",
        ),
        ('talks: {at_least: "1"}}', "talks: 1}", '1.yaml:20:51 talks 是数，条件应写成一种比较 → 例如 {at_least: "1"}'),
        (
            'talks: {at_least: "1"}}',
            'talks: {at_least: "1%"}}',
            ("1.yaml:20:62 数值“1%”，应为：不带 % 的数，如 2、0.5、1.2万 → 数字最多 12 位整数、6 位小数，不带正负号"),
        ),
        ('talks: {at_least: "1"}}', 'talks: {at_leest: "1"}}', "1.yaml:20:52 不认识的键“at_leest” → 是不是 at_least？"),
    ],
)
def test_a_share_counts_units_below_by_what_they_report_themselves(old: str, new: str, problems: str) -> None:
    assert said(rewritten("1.yaml", old, new)) == problems
