"""Rules in words: everything that somebody who has to keep one needs, in both languages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checker.authoring.handbook import to_html, to_markdown, to_text
from checker.authoring.sheets import further_sheets, rule_sheet
from checker.model.coverage import Settled
from checker.model.language import Language, Text
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import load
from tests.rulebook.test_shipped_plan import shipped
from tests.rulebook.test_tiny_plan import tiny
from tests.rulebook.writing import loaded, rewritten


def _said(rule: str, rulebook: Rulebook, say: Language = Language.ZH) -> str:
    return to_text(rule_sheet(rulebook.rules[rule], rulebook), say)


def test_a_ratio_is_told_whole() -> None:
    assert _said("youth.participation", shipped()) == (
        "参与科普活动学生人数达到85%以上\n"
        "  编号：youth.participation（C04，应当）\n"
        "  原文：平罗县全民科学素质行动规划纲要实施方案（2021—2025年） 二（一）3“参与科普活动学生人数达到85%以上”\n"
        "  我们的理解：按学校、按学期核算；原文也可以理解为全县合计\n"
        "  要求谁：每个学校，每学期（2022-2023-1 – 2025-2026-1，共 7 期）\n"
        "  计算：参与科普活动学生人数 ÷ 在校学生人数（各自本单位及其下级合计）\n"
        "  目标：不少于 85%\n"
        "  报什么：参与科普活动学生人数（students_participating，人）：本学期到目前为止至少参加过一次的不同学生；"
        "取期内最晚的数；由每个学校报送\n"
        "    在校学生人数（students_enrolled，人）：在册学生；取期内最晚的数；由每个学校报送\n"
        "  谁负责：学校自己（牵头：县教体局、县科协）\n"
        "  未达到时：扩大活动覆盖面，缺口人数见检查结果\n"
    )


def test_a_draft_is_told_in_english() -> None:
    assert _said("library.cinema", tiny(), Language.EN) == (
        "One film evening a year (still a draft)\n"
        "  Id: library.cinema (T05, must; a draft, judged only when asked for)\n"
        "  Clause: Tiny reading plan (2023–2024) 甲3 “每馆每年放映一次”\n"
        "  Who is asked: each library, each year (2023 – 2024, 2 periods)\n"
        "  Formula: reading events (added over the unit and all below it)\n"
        "  Target: at least 1 events\n"
        "  What is reported: reading events (events, events): events held in the period; adds up over the periods; "
        "reported by each library\n"
        "  Who answers: the library itself (lead: Reading Bureau)\n"
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("grassroots.communities", "下级社区中符合全部条件的个数 ÷ 社区总数；条件：有科普活动室为是；"),
        ("grassroots.communities", "科普信息员人数不少于 1 人"),
        ("grassroots.communities", "（C25，力争，另计）"),
        ("funding.budget-growth", "本期财政预算科普经费（元） − 上一期财政预算科普经费（元）"),
        ("funding.budget-growth", "谁负责：县财政局（牵头：县科协）"),
        ("rural.farmers", "谁负责：各乡镇、县农业农村局、县人社局"),
        ("literacy.citizens", "整个规划期 2021-2025"),
    ],
)
def test_each_measure_has_its_words(rule: str, words: str) -> None:
    assert words in _said(rule, shipped())


def test_dates_tables_and_narrowed_scopes_are_told() -> None:
    assert "自 2024-01-01 起不少于 120 册次" in _said("library.loans", tiny())
    assert "北片 不少于 600 张；南片 不少于 400 张（分解自 region.new-cards）" in _said("district.new-cards", tiny())
    assert "每个图书馆（规模：大、中），每年" in _said("library.inspections", tiny())


def test_a_condition_may_ask_that_something_is_not_so() -> None:
    rulebook = loaded(rewritten("1.yaml", "{open: 是, talks", "{open: 否, talks")).rulebook
    assert rulebook is not None
    assert "开放为否" in _said("a.open", rulebook)


def test_what_stands_beside_the_rules_is_told() -> None:
    settled = Settled(section="三（三）2", clause="覆盖率", reason=Text("没有数字", "no figure"))
    rulebook = shipped().model_copy(update={"settled": (settled,)})
    follow_ups, clauses = (to_text(sheet, Language.ZH) for sheet in further_sheets(rulebook))
    assert "连续两期未达到：同一条规则连续 2 期未达到（" in follow_ups
    assert "同期三条以上未达到：同一期有 3 条规则未达到（" in follow_ups
    assert clauses == "不立规则的条款\n  三（三）2“覆盖率”：没有数字\n"
    assert list(further_sheets(rulebook.model_copy(update={"settled": (), "follow_ups": ()}))) == []


@pytest.mark.parametrize("say", Language)
@pytest.mark.parametrize("rulebook", [shipped(), tiny()], ids=["shipped", "tiny"])
def test_every_section_and_rule_is_in_the_handbook(rulebook: Rulebook, say: Language) -> None:
    markdown, html = to_markdown(rulebook, say), to_html(rulebook, say)
    assert markdown.count("\n### ") == html.count("<h3 ") == len(rulebook.rules)
    assert markdown.count("\n## ") == html.count("<h2 ") == len(rulebook.sections) + len(list(further_sheets(rulebook)))
    for rule in rulebook.rules:
        assert f'id="{rule}"' in html


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_fetches_nothing_and_lets_no_text_become_markup() -> None:
    nasty = "<script>alert(1)</script> **x** \u202e"
    rule = shipped().rules["youth.lectures"].model_copy(update={"title": Text(nasty, nasty)})
    section = shipped().sections[1].model_copy(update={"rules": (rule,)})
    rulebook = shipped().model_copy(update={"sections": (section,)})
    html, markdown = to_html(rulebook, Language.ZH), to_markdown(rulebook, Language.ZH)
    balance = _Balance()
    balance.feed(html)
    assert balance.open == []
    assert not re.search("<script|src=|href=|url\\(|\u202e", html)
    assert "\\<script\\>alert(1)\\</script\\> \\*\\*x\\*\\*" in markdown
    assert '<html lang="zh-CN">' in html


def test_a_rulebook_outside_the_repository_is_told_alike(tmp_path: Path) -> None:
    for path in (Path(__file__).parents[2] / "fixtures" / "tiny-plan").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    rulebook = load(tmp_path).rulebook
    assert rulebook is not None
    assert to_markdown(rulebook, Language.ZH) == to_markdown(tiny(), Language.ZH)
