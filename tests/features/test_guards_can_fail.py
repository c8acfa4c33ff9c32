"""Each guard finds what it guards against: the same checks on a doctored specification."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.features.plans import rulebook_of
from tests.features.specification import Specification, definitions, surplus

PINGLUO = rulebook_of("平罗县")
SOUND = """# language: zh-CN
功能: 二（一） 青少年科学素质提升行动
  背景:
    假如按“平罗县”的规划检查

  @C03
  规则: “每学期举办科普讲座不少于2次”，目标：不少于 2 次
    场景大纲: 秋季学期举办讲座<次数>次
      假如“平罗中学”报送“2022-2023-1”的“科普讲座次数”为“<次数>”
      当截至“2023-01-31”检查
      那么“平罗中学”在“2022-2023-1”的“每学期举办科普讲座不少于2次”是“<结论>”
      并且进度是“进度正常”
      并且数据第2行被指出“重复报送”
      例子:
        | 次数 | 结论   |
        | 2    | 达标   |
        | 1    | 未达标 |
"""
LECTURES = "“每学期举办科普讲座不少于2次”，目标：不少于 2 次"


def specification(folder: Path, text: str = SOUND) -> Specification:
    file = folder / "doctored.feature"
    file.write_text(text, encoding="utf-8")
    return Specification([file])


def doctored(folder: Path, old: str, new: str) -> Specification:
    assert old in SOUND
    return specification(folder, SOUND.replace(old, new))


def test_a_rule_without_a_scenario_is_found(tmp_path: Path) -> None:
    untagged = specification(tmp_path).untagged(PINGLUO)
    assert "youth.lectures" not in untagged
    assert len(untagged) == len(PINGLUO.rules) - 1


def test_a_scenario_tagged_with_another_commitment_does_not_count(tmp_path: Path) -> None:
    assert "youth.lectures" in doctored(tmp_path, "@C03", "@C02").untagged(PINGLUO)


def test_a_tag_on_a_scenario_about_another_rule_does_not_count(tmp_path: Path) -> None:
    told = doctored(tmp_path, "的“每学期举办科普讲座不少于2次”", "的“每学期至少安排1次研学实践教育活动”")
    assert {"youth.lectures", "youth.study-practice"} <= set(told.untagged(PINGLUO))


@pytest.mark.parametrize(
    ("old", "new"),
    [("不少于 2 次", "不少于 3 次"), ("不少于 2 次", "超过 2 次"), ("“每学期举办科普讲座", "“每学年举办科普讲座")],
)
def test_a_block_that_says_another_figure_form_or_clause_is_found(tmp_path: Path, old: str, new: str) -> None:
    assert specification(tmp_path).strange_blocks(PINGLUO) == []
    told = doctored(tmp_path, LECTURES, LECTURES.replace(old, new))
    assert told.strange_blocks(PINGLUO) == [LECTURES.replace(old, new)]
    assert LECTURES in told.missing_blocks(PINGLUO)


@pytest.mark.parametrize(
    ("old", "new", "missing"),
    [
        ("| 未达标 |", "| 达标   |", "未达标"),
        ("进度正常", "进度落后", "进度正常"),
        ("重复报送", "不合情理", "重复报送"),
    ],
)
def test_a_word_that_no_step_says_is_found(tmp_path: Path, old: str, new: str, missing: str) -> None:
    assert missing not in specification(tmp_path).unshown_words()
    assert missing in doctored(tmp_path, old, new).unshown_words()


def test_a_problem_named_only_in_a_title_is_found(tmp_path: Path) -> None:
    assert "用不着豁免" in doctored(tmp_path, "举办讲座<次数>次", "举办讲座<次数>次，用不着豁免").unshown_words()


def test_a_measure_target_form_or_kind_of_period_without_a_verdict_is_found(tmp_path: Path) -> None:
    missing = specification(tmp_path).unshown_kinds()
    assert {"Ratio 达标", "Share 达标", "Change 达标", "at_most 达标", "equals 达标", "quarter 达标"} <= set(missing)
    assert {"Total 达标", "at_least 达标", "semester 未达标"}.isdisjoint(missing)
    assert {"Total 豁免", "at_least 未到期", "semester 无法判定"} <= set(missing)


def test_a_form_of_period_that_nobody_reports_is_found(tmp_path: Path) -> None:
    assert specification(tmp_path).unreported_periods() == ["年", "几年", "季度", "月", "日"]


def test_a_step_definition_that_nobody_or_only_one_step_uses_is_found(tmp_path: Path) -> None:
    unused = specification(tmp_path).unused(definitions())
    assert "没有提醒" in unused
    assert "进度是“{pace}”" not in unused
    once = specification(tmp_path, SOUND.replace("        | 1    | 未达标 |\n", ""))
    assert "进度是“{pace}”" in once.unused(definitions())


def test_one_step_definition_too_many_is_found() -> None:
    assert len(surplus(definitions(), len(definitions()) - 1)) == 1
    assert surplus(definitions(), len(definitions())) == []


def test_a_step_without_a_definition_is_found(tmp_path: Path) -> None:
    assert specification(tmp_path).not_one_definition() == []
    assert doctored(tmp_path, "进度是", "进展是").not_one_definition() == ["进展是“进度正常”"]
