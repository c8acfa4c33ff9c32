"""follow-ups.yaml: every fault at its line and column."""

from __future__ import annotations

import pytest

from tests.rulebook.writing import rewritten, said


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ('repeat: "2"', 'repeat: "0"', 'follow-ups.yaml:2:36 repeat 处是“0”，应为：次数，1 至 999 → 例如 "2"'),
        (
            'repeat: "2"',
            'repeat: "2", cluster: "3"',
            (
                "follow-ups.yaml:2:5 follow_ups[1] 处是映射，键为“id, title, repeat, cluster, unit_types”，"
                "应为：repeat, cluster 中恰好一个 → 请只留一个"
            ),
        ),
        (
            'repeat: "2", ',
            "",
            (
                "follow-ups.yaml:2:5 follow_ups[1] 处是映射，键为“id, title, unit_types”，"
                "应为：repeat, cluster 中恰好一个 → 请只留一个"
            ),
        ),
        (
            "unit_types: all",
            "unit_types: every",
            ("follow-ups.yaml:2:53 unit_types 处是“every”，应为：all、列表或 {except: 列表} → 例如 all"),
        ),
        (
            "unit_types: all",
            "unit_types: [schools]",
            "follow-ups.yaml:2:54 没有这个单位类型：“schools” → 是不是 school？",
        ),
        (
            "unit_types: all",
            "unit_types: {except: [school, city]}",
            "follow-ups.yaml:2:71 没有这个单位类型：“city” → 可用的有：office、school、town",
        ),
        (
            "unit_types: all",
            "unit_types: {except: [school, town, office]}",
            "follow-ups.yaml:2:53 没有剩下任何单位类型 → 请少排除几个",
        ),
        (
            "unit_types: all}",
            'unit_types: all}\n  - {id: again, title: x, cluster: "1", unit_types: all}',
            "follow-ups.yaml:3:10 后续措施编号重复：again → 请另取编号",
        ),
    ],
)
def test_a_follow_up_says_what_its_schema_asks_for(old: str, new: str, problems: str) -> None:
    assert said(rewritten("follow-ups.yaml", old, new)) == problems
