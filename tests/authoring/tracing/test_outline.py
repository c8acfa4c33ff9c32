"""Sections in the plan's own numbering, whatever the numbering and wherever lines were broken."""

from __future__ import annotations

import pytest

from checker.authoring.tracing.outline import FRONT, outline, split_section

NUMBERED = """\
前言
一、目标
（一）近期
1.教育。学校
举办讲座。
2、卫生。
（1）城镇
①一类
②二类
（2）乡村
(二)远期
二、保障
"""


def sections(text: str) -> list[str]:
    return ["".join(paragraph.section) for paragraph in outline(text).paragraphs]


def test_sections_are_written_as_their_labels_one_after_the_other() -> None:
    assert sections(NUMBERED) == [
        "", "一", "一（一）", "一（一）1", "一（一）2", "一（一）2（1）", "一（一）2（1）①", "一（一）2（1）②",
        "一（一）2（2）", "一（二）", "二",
    ]  # fmt: skip


def test_titles_are_what_follows_the_label() -> None:
    titles = outline(NUMBERED).titles
    assert titles["一", "（一）"] == "近期"
    assert titles["一", "（一）", "1"] == "教育"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、目标\n全县达到\n1.2万人次。", ["一", "一"]),
        ("一、目标\n全县共办\n5、活动另计", ["一"]),
        ("一、目标\n共\n一、二、三产业融合，\n至少\n3次。", ["一", "一"]),
        ("一、目标\n1.1 基地\n1.2 人才\n2 措施", ["一", "一1.1", "一1.2", "一2"]),
        ("第一章 总则\n第一条 甲。\n第二章 目标\n第二条 乙。", ["第一章", "第一章第一条", "第二章", "第二章第二条"]),
        ("九、甲\n十、乙\n十一、丙\n十二、丁", ["九", "十", "十一", "十二"]),
        ("目 录\n一、目标…………1\n一、目标\n甲", ["", "一", "一"]),
    ],
)
def test_a_figure_at_the_start_of_a_line_is_no_label(text: str, expected: list[str]) -> None:
    found = sections(text)
    assert list(dict.fromkeys(found)) == list(dict.fromkeys(expected))


def test_lines_within_a_sentence_are_joined_and_know_where_they_stood() -> None:
    (paragraph,) = outline("培训不少\n　　于1 200\n人。").paragraphs
    assert paragraph.text == "培训不少于1200人。"
    assert paragraph.lines == (1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3)
    assert len(outline("讲座2次。\n比赛3场。\n——目标\n牵头部门：甲").paragraphs) == 4


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("二（一）3", ("二", "（一）", "3")),
        ("二(一)12", ("二", "（一）", "12")),
        ("十二（十一）3（1）①", ("十二", "（十一）", "3", "（1）", "①")),
        ("第二章第三条", ("第二章", "第三条")),
        ("2.1", ("2.1",)),
        (FRONT, ()),
    ],
)
def test_a_sections_number_is_split_into_its_labels(written: str, labels: tuple[str, ...]) -> None:
    assert split_section(written) == labels
