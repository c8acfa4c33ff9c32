"""``checker rules trace`` and ``draft``: how they end, what they read and what they write."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker.rulebook.loading import default_folder, load
from tests.authoring.tracing.texts import pingluo_file
from tests.cli.rules.conftest import Told

TEXT = "二、提升行动\n（一）青少年\n3.建设科普馆3座，培训约30人。\n"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "plan.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    return file


def test_the_plan_that_ships_is_complete(told: Told) -> None:
    status, out, _ = told("trace", default_folder(), "--document", pingluo_file())
    assert (status, out.splitlines()[-1]) == (0, "每处都有着落。")


def test_clauses_without_a_rule_are_found_and_end_in_1(told: Told, document: Path) -> None:
    status, out, _ = told("trace", default_folder(), "--document", document)
    assert status == 1
    assert "  二（一）3  第 3 行  [3座]  建设科普馆3座" in out.splitlines()
    status, out, _ = told("trace", default_folder(), "--document", document, "--format", "json", "--lang", "en")
    record = json.loads(out)
    assert (status, record["schema"], record["complete"]) == (1, "checker.trace/1", False)
    assert [(one["written"], one["figures"], one["standing"]) for one in record["clauses"]] == [
        ("3座", ["3"], "open"),
        ("约30人", ["30"], "open"),
    ]
    assert len(record["rules_astray"]) == len(load(default_folder()).rulebook.rules)  # type: ignore[union-attr]


def test_a_draft_is_shown_with_its_questions(told: Told, document: Path) -> None:
    status, out, err = told("draft", default_folder(), "--document", document)
    assert status == 0
    assert "# ==> 2-1-youth.yaml  rules" in out
    assert "  # - id: draft.二-一-3.2" in out
    assert "起草 1 条；1 条要先回答问题，写成注释；新指标 1 个，请补全" in err
    assert "“约30人”是约数" in err
    status, out, _ = told("draft", default_folder(), "--document", document, "--clause", "科普馆", "--lang", "en")
    assert "约30人" not in out


def test_a_folder_with_the_drafts_is_written_and_loads(told: Told, document: Path, tmp_path: Path) -> None:
    output = tmp_path / "new"
    assert told("draft", default_folder(), "--document", document, "--output", output)[0] == 0
    rulebook = load(output).rulebook
    assert rulebook is not None
    assert str(rulebook.rules["draft.二-一-3.1"].targets[0].figure) == "at_least 3"
    assert (output / "3-1-resources.yaml").read_bytes() == (default_folder() / "3-1-resources.yaml").read_bytes()
    status, _, err = told("draft", default_folder(), "--document", document, "--output", output)
    assert (status, "已经存在" in err) == (2, True)
    status, _, err = told("draft", output, "--document", document, "--output", output / "inside")
    assert (status, "规则文件夹里面" in err) == (2, True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    status, _, err = told("draft", default_folder(), "--document", document, "--output", tmp_path / "file" / "new")
    assert (status, "写不了" in err) == (2, True)


def test_nothing_to_draft_is_no_fault(told: Told, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("没有数", encoding="utf-8")
    status, out, err = told("draft", default_folder(), "--document", tmp_path / "plan.txt")
    assert (status, out, "起草 0 条" in err) == (0, "", True)


def test_what_stands_on_one_line_is_refused_in_words(told: Told, document: Path, tmp_path: Path, changed: Path) -> None:
    file = changed / "2-1-youth.yaml"
    head, rules = file.read_text(encoding="utf-8").split("rules:\n")
    one = rules.split("\n\n")[0].replace("  - id: youth.study-practice", "id: youth.study-practice")
    lines = [line.strip() for line in one.splitlines()]
    flow = ", ".join(lines[: lines.index("remedy:")])
    file.write_text(f"{head}rules: [{{{flow}}}]\n", encoding="utf-8")
    status, _, err = told("draft", changed, "--document", document, "--output", tmp_path / "new")
    assert (status, "写在一行里" in err) == (2, True), err
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("command", ["trace", "draft"])
@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "打不开"), (b"a\0b", "不是纯文本"), (b"\xff\xff\xff", "GB18030")],
)
def test_what_is_no_text_is_refused(
    command: str, content: bytes | None, words: str, told: Told, tmp_path: Path
) -> None:
    file = tmp_path / "plan.txt"
    if content is not None:
        file.write_bytes(content)
    status, _, err = told(command, default_folder(), "--document", file)
    assert (status, words in err) == (2, True)


@pytest.mark.parametrize("command", ["trace", "draft"])
def test_a_faulty_rulebook_is_said(command: str, told: Told, document: Path, tmp_path: Path) -> None:
    status, _, err = told(command, tmp_path / "none", "--document", document)
    assert (status, "有错" in err) == (2, True)


def test_a_clause_that_is_not_there_is_said(told: Told, document: Path) -> None:
    status, _, err = told("draft", default_folder(), "--document", document, "--clause", "没有")
    assert (status, "--clause" in err) == (2, True)
