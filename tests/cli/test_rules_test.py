"""``checker rules test`` on a plan and features outside the repository."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from checker.cli import run
from tests.authoring.plans import EVENTS, changed, county

SCENARIO = """  场景: 只此一个
    假如有下列单位
      | 单位 | 类型   | 上级 |
      | 北馆 | 图书馆 |      |
"""


def ran(folder: Path, capsys: pytest.CaptureFixture[str], text: str, *options: str) -> tuple[int, str, str]:
    plan, features = county(folder, events=text)
    status = run(["rules", "test", str(plan), "--features", str(features), *options])
    said = capsys.readouterr()
    return status, said.out, said.err


def failing(folder: Path, capsys: pytest.CaptureFixture[str], *steps: str) -> str:
    head = f"# language: zh-CN\n功能: 一\n{SCENARIO}"
    status, said, _ = ran(folder, capsys, head + "".join(f"    {step}\n" for step in steps))
    assert status == 1
    return said


def test_features_that_hold_give_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, _ = ran(tmp_path, capsys, EVENTS)
    assert status == 0
    assert "2 个场景，成立 2，不成立 0；14 条规则，1 条有场景" in said
    assert "没有场景讲 library.loans" in said


def test_a_scenario_that_does_not_hold_gives_1_and_is_named_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, _ = ran(tmp_path, capsys, EVENTS.replace("| 3    | 达标   |", "| 6    | 达标   |"), "--lang", "en")
    assert status == 1
    assert "events.feature:11" in said
    assert "是“达标”\n  does not hold: the verdict is 'not_met', not 'met'" in said
    assert "2 scenarios, 1 hold, 1 do not" in said


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("那么没有提醒", "还没有检查"),
        ("当截至“昨天”检查", "“昨天”不是一个日期"),
        ("当截至“2023-04-10”检查，随便", "没有叫“随便”的检查方式"),
        ("假如输入是“无此”", "没有输入“无此”"),
        ("假如“北馆”下有2个“村”", "没有叫“村”的单位类型"),
        ("假如“北馆”对“没有的事”的豁免期限为“2024-01-01”", "没有叫“没有的事”的事项"),
        ("假如其中1个“图书馆”报送“2023”的“读者人数”为“1”", "只剩 0 个图书馆还没有报送"),
        ("假如报送了下列数据\n      | 单位 |\n      | 北馆 |", "没有叫“期间”的列；有 单位"),
        ("那么还差“1”", "前面没有说是哪一条结论"),
        ("那么“甲”一节“图书馆”没有量化承诺", "“图书馆”有 5 条规则"),
        ("那么有这样一步", "没有这样的步骤：有这样一步"),
    ],
)
def test_a_step_that_makes_no_sense_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], step: str, fault: str
) -> None:
    assert fault in failing(tmp_path, capsys, step)


@pytest.mark.parametrize(
    ("step", "fault"),
    [
        ("那么“北馆”在“2024”的“每季度举办3至5次读书活动”是“达标”", "没有 北馆 2024 的结论"),
        ("那么“北馆”在“2023-Q1”的“每季度举办3至5次读书活动”是“达 标”", "没有叫“达 标”的说法；有 达标"),
        ("那么“北馆”在“2023-Q1”没有“每季度举办3至5次读书活动”的结论", "结论是"),
        ("那么总的结论是“通过”", "总的结论是“不通过”，不是“通过”"),
        ("那么数据第2行被指出“重复报送”", "没有问题"),
        ("那么有下列提醒\n      | 提醒 |\n      | 有   |", "提醒是 无"),
    ],
)
def test_what_is_the_case_instead_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], step: str, fault: str
) -> None:
    assert fault in failing(tmp_path, capsys, "当截至“2023-04-10”检查", step)


def test_data_that_is_refused_says_where_it_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    reported = "假如“北馆”报送“2023”的“书”为“1”"
    judged = "那么“北馆”在“2023-Q1”的“每季度举办3至5次读书活动”是“达标”"
    said = failing(tmp_path, capsys, reported, "当截至“2023-04-10”检查", judged)
    assert "数据有错，没有判定：submissions/facts.csv:2 [indicator] 规则里没有指标“书”" in said


def test_scenarios_about_another_plan_are_left_out_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = EVENTS.replace("    假如有下列单位", "    假如按“{plan}”的规划检查\n    并且有下列单位")
    plan, features = county(tmp_path, here=named.format(plan="小镇阅读"), there=named.format(plan="平罗县"))
    assert run(["rules", "test", str(plan), "--features", str(features)]) == 0
    assert "另有 2 个场景讲的是别的规划，没有运行" in capsys.readouterr().out
    (features / "here.feature").unlink()
    assert run(["rules", "test", str(plan), "--features", str(features)]) == 2
    assert "没有一个场景讲“小镇阅读计划”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("胡说\n", "events.feature 读不懂"),
        (f"# language: zh-CN\n功能: 一\n{SCENARIO}{SCENARIO}", "events.feature:7 有两个场景都叫“只此一个”"),
        (f"# language: zh-CN\n功能: 一\n  规则: 二\n{SCENARIO}  规则: 三\n{SCENARIO}", "有两个场景都叫“只此一个”"),
        ("# language: zh-CN\n功能: 一\n", "文件里没有场景"),
    ],
)
def test_features_that_cannot_be_run_give_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, fault: str
) -> None:
    status, _, said = ran(tmp_path, capsys, text)
    assert status == 2
    assert fault in said


def test_a_folder_without_features_and_a_faulty_rulebook_give_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, features = county(tmp_path)
    assert run(["rules", "test", str(plan), "--features", str(features)]) == 2
    assert "文件里没有场景" in capsys.readouterr().err
    changed(plan, "3-region.yaml", "every: quarter", "every: fortnight")
    assert run(["rules", "test", str(plan), "--features", str(features)]) == 2
    assert "3-region.yaml" in capsys.readouterr().err


@pytest.mark.parametrize(("named", "status"), [("读书活动", 1), ("library.events", 0)])
def test_of_several_rules_with_one_title_one_is_named_by_its_id(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: str, status: int
) -> None:
    plan, features = county(tmp_path, events=EVENTS.replace("每季度举办3至5次读书活动", named))
    changed(plan, "1-libraries.yaml", "{zh: 每季度举办3至5次读书活动,", "{zh: 读书活动,")
    changed(plan, "1-libraries.yaml", "{zh: 每年闭馆少于10天,", "{zh: 读书活动,")
    assert run(["rules", "test", str(plan), "--features", str(features)]) == status
    assert ("请写编号：library.events、library.days-closed" in capsys.readouterr().out) is bool(status)


def test_features_may_lie_anywhere_with_the_mark_that_some_editors_put_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan, features = county(tmp_path)
    folder = features / "甲's [1]"
    folder.mkdir()
    (folder / "a.feature").write_text(EVENTS.replace("| 3    | 达标", "| 6    | 达标"), encoding="utf-8-sig")
    assert run(["rules", "test", str(plan), "--features", str(features)]) == 1
    assert "甲's [1]/a.feature:11" in capsys.readouterr().out


def test_a_scenario_that_breaks_outside_its_steps_is_never_taken_for_one_that_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.authoring.testing.running._line", lambda step: step.no_such_thing)
    status, said, _ = ran(tmp_path, capsys, EVENTS)
    assert (status, said) == (3, "")


def test_without_pytest_the_user_is_told_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "checker.authoring.testing.running", None)
    status, _, said = ran(tmp_path, capsys, EVENTS)
    assert status == 2
    assert "pip install 'duixian[authoring]'" in said


def test_settings_and_plugins_of_where_the_user_stands_change_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    assert ran(tmp_path, capsys, EVENTS)[0] == 0


class Page(HTMLParser):
    """What a page links to and loads, and the texts of its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.said: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_the_page_tells_every_scenario_with_its_result_and_stands_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.html"
    text = EVENTS.replace("| 3    | 达标   |", "| 6    | 达标   |")
    assert ran(tmp_path, capsys, text, "--html", str(file))[0] == 1
    page = Page(file.read_text(encoding="utf-8"))
    assert page.links == ["#f1"]
    assert not {"script", "link", "img", "b"} & set(page.tags)
    assert "图书馆 <b>的</b> 活动" in page.said
    assert {"2 个场景，成立 1，不成立 1", "2，不成立 1", "没有场景", "@_T01 @没见过的标签"} <= set(page.said)
    assert "结论是“未达标”，不是“达标”" in page.said
    assert "library.events" in page.said


def test_the_page_speaks_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "page.html"
    assert ran(tmp_path, capsys, EVENTS, "--html", str(file), "--lang", "en")[0] == 0
    text = file.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "2 scenarios, 2 hold, 0 do not" in text
    assert "Tiny reading plan" in text
