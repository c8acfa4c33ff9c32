"""The files of a rulebook's folder: which there are, and whether they can be read at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.model.language import Language
from checker.model.problem import Code
from checker.rulebook import faults
from checker.rulebook.keys import keys_at
from checker.rulebook.loading import default_folder, load
from checker.rulebook.rule_schema import SectionFile
from checker.rulebook.schema import PlanFile
from tests.rulebook.writing import PLAN, SECTION, SMALL, loaded, rewritten, said

FOLDER = "规则文件夹要有 plan.yaml、indicators.yaml 和每节一个 .yaml 文件"


def test_a_sound_folder_gives_a_rulebook_and_no_problems() -> None:
    small = loaded(SMALL)
    assert small.problems == []
    assert small.rulebook is not None
    assert list(small.rulebook.rules) == ["a.talks", "a.open"]


def test_follow_ups_may_be_left_out() -> None:
    small = loaded({name: text for name, text in SMALL.items() if name != "follow-ups.yaml"})
    assert small.rulebook is not None
    assert small.rulebook.follow_ups == ()


def test_files_of_other_kinds_are_left_alone() -> None:
    assert loaded({**SMALL, "README.md": "# {"}).problems == []


def test_missing_files_are_all_named_at_once() -> None:
    lines = said({"follow-ups.yaml": SMALL["follow-ups.yaml"]}).splitlines()
    assert lines[:2] == [
        f"plan.yaml 缺少 plan.yaml → {FOLDER}",
        f"indicators.yaml 缺少 indicators.yaml → {FOLDER}",
    ]
    assert lines[2].endswith(f" 没有任何一节的文件 → {FOLDER}")
    assert {problem.code for problem in loaded({}).problems} == {Code.MISSING_FILE}


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    (problem,) = load(tmp_path / "nowhere").problems
    assert (problem.code, problem.place.file, problem.place.row) == (Code.MISSING_FILE, "nowhere", None)


def test_a_file_in_place_of_a_folder_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    assert [problem.code for problem in load(tmp_path / "plan.yaml").problems] == [Code.MISSING_FILE]


@pytest.mark.parametrize("name", ["2.yml", "2.YAML", "2.yaml.txt", "2.json"])
def test_a_file_that_is_not_read_is_not_passed_over_in_silence(name: str) -> None:
    small = loaded({**SMALL, name: SECTION})
    assert [(p.code, p.place.file) for p in small.problems] == [(Code.UNSUPPORTED_FILE, name)]
    assert said({**SMALL, name: SECTION}).startswith(f"{name} 规则文件夹里的 {name} 没有读取 → 规则文件请命名为 ")


def test_notes_and_hidden_files_may_lie_in_the_folder() -> None:
    assert loaded({**SMALL, "README.md": "怎样写", ".gitkeep": ""}).problems == []


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "2.yaml:1:1 文件是空的 → 请写上内容或删去文件"),
        ("# 只有注释\n", "2.yaml:1:1 文件是空的 → 请写上内容或删去文件"),
        ("a: 1\n---\nb: 2\n", "2.yaml:3:1 文件里不止一个文档 → 请删去 --- 或拆成几个文件"),
        ("a: 1\na: 2\n", "2.yaml:2:1 键重复：a（第 1 行已有） → 请合并或删去其中一个"),
        ("a: *b\n", "2.yaml:1:4 不可用引用：*b → 请把内容写全，或给以 & 或 * 开头的文字加引号"),
        ("section: 二\ntitle: 第二节".encode("gb18030"), "2.yaml:1:10 不是 UTF-8 编码 → 请用 UTF-8 编码另存"),
        (
            "# 一行\ntitle: 第".encode() + "二节".encode("gb18030"),
            "2.yaml:2:9 不是 UTF-8 编码 → 请用 UTF-8 编码另存",
        ),
        (b"x" * 1_000_001, "2.yaml:1:1 文件太大：至少 1000001 字节，最多 1000000 → 请拆成几个文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_malformed(content: str | bytes, problem: str) -> None:
    texts = {**SMALL, "2.yaml": content}
    assert said(texts) == problem
    assert [p.code for p in loaded(texts).problems] == [Code.MALFORMED_FILE]


def test_a_folder_with_the_name_of_a_file_is_not_read(tmp_path: Path) -> None:
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "2.yaml").mkdir()
    assert [(p.code, p.place.file) for p in load(tmp_path).problems] == [(Code.UNSUPPORTED_FILE, "2.yaml")]


@pytest.mark.parametrize("content", ["只有文字", "[一, 二]"])
def test_a_file_that_is_no_mapping_says_so(content: str) -> None:
    line, *_ = said({**SMALL, "plan.yaml": content}).splitlines()
    assert line.startswith("plan.yaml:1:1 文件 处是")
    assert line.endswith("应为：映射（键: 值） → 请写成 键: 值")


def test_a_byte_order_mark_is_no_fault() -> None:
    assert loaded({**SMALL, "plan.yaml": "\ufeff" + PLAN}).problems == []


def test_problems_stand_in_order_of_file_line_and_column() -> None:
    texts = {
        **SMALL,
        "plan.yaml": PLAN.replace("title: 小规划", "titel: 小规划"),
        "indicators.yaml": SMALL["indicators.yaml"].replace("counts: 场", "cuonts: 场"),
        "1.yaml": SECTION.replace('at_least: "2"', "at_least: 两次").replace("    title: 每年讲座2次\n", ""),
    }
    assert said(texts).splitlines() == [
        "plan.yaml:1:1 缺少 title → 请补上 title: …",
        "plan.yaml:2:1 不认识的键“titel” → 是不是 title？",
        "indicators.yaml:3:5 缺少 counts → 请补上 counts: …",
        "indicators.yaml:5:5 不认识的键“cuonts” → 是不是 counts？",
        "1.yaml:5:5 缺少 title → 请补上 title: …",
        "1.yaml:11:24 数值“两次”，应为：不带 % 的数，如 2、0.5、1.2万 → 数字最多 12 位整数、6 位小数，不带正负号",
    ]


def test_a_plan_that_cannot_be_read_makes_no_name_look_unknown() -> None:
    assert said({**SMALL, "plan.yaml": "a: [1"}).startswith(
        "plan.yaml:1:1 不是 YAML：方括号或花括号里缺少逗号或右括号 → "
    )
    assert len(loaded({**SMALL, "plan.yaml": "a: [1"}).problems) == 1
    assert len(loaded({**SMALL, "indicators.yaml": "a: [1"}).problems) == 1


def test_an_asked_that_cannot_be_read_makes_no_rule_look_wrong() -> None:
    texts = rewritten("plan.yaml", "{from: 2023-01-01, until: 2023-12-31}", "2023")
    assert said(texts) == "plan.yaml:12:9 year 处是“2023”，应为：映射（键: 值） → 请写成 键: 值"


def test_a_calendar_that_cannot_be_read_makes_no_kind_look_unknown() -> None:
    texts = rewritten("plan.yaml", "calendar:\n  term:", "calendar:\n- term:")
    texts["1.yaml"] = SECTION.replace("every: year", "every: term")
    assert said(texts) == "plan.yaml:7:1 calendar 处是 1 项的列表，应为：映射（键: 值） → 请写成 键: 值"


def test_a_section_and_a_rule_stand_in_one_file_only() -> None:
    assert said({**SMALL, "2.yaml": SECTION}).splitlines() == [
        "2.yaml:1:10 节号重复：一（1.yaml:1 已有） → 请另取一个，或删去其中一个",
        "2.yaml:5:9 规则编号重复：a.talks（1.yaml:5 已有） → 请另取一个，或删去其中一个",
        "2.yaml:13:9 规则编号重复：a.open（1.yaml:13 已有） → 请另取一个，或删去其中一个",
    ]


def test_a_section_without_rules_says_why() -> None:
    bare = "section: 二\ntitle: 第二节\nlead: [books]\n"
    assert said({**SMALL, "2.yaml": bare}) == (
        "2.yaml:1:1 这一节没有规则，也没有说明为什么 → 请补上 rules，或写 no_commitment: 说明"
    )
    assert loaded({**SMALL, "2.yaml": bare + "rules: []\nno_commitment: 没有数字\n"}).problems == []
    assert said({**SMALL, "2.yaml": bare + "rules: 没有\n"}) == (
        "2.yaml:4:8 rules 处是“没有”，应为：列表 → 请写成 [甲, 乙] 或每行一个“- ”"
    )


def test_a_yaml_tag_of_the_schema_is_an_ordinary_unknown_key() -> None:
    assert "2.yaml:1:1 不认识的键“<text>” → 可用的有：" in said({**SMALL, "2.yaml": "<text>: 1\n"})


def test_a_rule_without_a_readable_id_is_no_rule_that_can_be_named() -> None:
    section = SECTION[: SECTION.index("  - id: a.open")].replace("id: a.talks", "id: [a]")
    section = section.replace('{at_least: "2"}', '{at_least: {s1: "2"}, parts_of: a.talks}')
    assert said({**SMALL, "1.yaml": section}).splitlines() == [
        "1.yaml:5:9 id 处是 1 项的列表，应为：文字 → 请写成一段文字",
        "1.yaml:12:45 没有这个规则：“a.talks” → 请先定义它",
    ]


def test_a_fault_that_has_no_wording_of_its_own_is_still_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(faults._EXPECTED, "window")
    line = said(rewritten("plan.yaml", "window: 2023", "window: soon"))
    assert line.startswith("plan.yaml:4:9 window 处是“soon”，应为：符合格式的内容（")


def test_keys_of_a_place_are_read_off_the_schema() -> None:
    assert keys_at(SectionFile, ("rules", 0, "measure")) == ["total", "ratio", "share", "change"]
    assert keys_at(SectionFile, ("rules", 0, "of_each", "<mapping>")) == ["type", "where"]
    assert keys_at(PlanFile, ("calendar", "semester", "parts", 1)) == ["from", "until"]
    assert keys_at(PlanFile, ("calendar", "semester", "nothing", 1)) == []
    assert keys_at(PlanFile, ("departments", "codes")) == []


def test_long_texts_are_cut_in_messages() -> None:
    line = said(rewritten("1.yaml", "every: year", f"every: {'y' * 64}"))
    assert line.startswith(f"1.yaml:10:12 没有这个期间种类：“{'y' * 40}…”")


def test_many_known_names_are_cut_in_hints() -> None:
    codes = ", ".join(f"c{n:02d}: 局" for n in range(20))
    texts = rewritten("plan.yaml", "money: 财政局", codes)
    texts["1.yaml"] = SECTION.replace("lead: [books", "lead: [zzzzzz")
    assert said(texts) == (
        "1.yaml:3:8 没有这个部门代码或统称：“zzzzzz”"
        " → 可用的有：books、c00、c01、c02、c03、c04、c05、c06、c07、c08、c09、c10…"
    )


def test_every_message_and_hint_is_there_in_english() -> None:
    (problem,) = loaded(rewritten("1.yaml", "every: year", "every: yaer")).problems
    assert problem.message.said(Language.EN) == 'unknown kind of period: "yaer"'
    assert problem.hint.said(Language.EN) == "did you mean year?"


def test_the_default_folder_stands_beside_the_package_where_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert default_folder() == Path(__file__).resolve().parents[2] / "rules" / "pingluo-2021-2025"
    installed = tmp_path / "checker" / "rules" / "pingluo-2021-2025"
    installed.mkdir(parents=True)
    monkeypatch.setattr("checker.rulebook.loading.__file__", str(tmp_path / "checker" / "rulebook" / "loading.py"))
    assert default_folder() == installed
