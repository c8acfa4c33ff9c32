"""`checker rules new`, `show` and `doc` at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.cli import run

ROOT = Path(__file__).parents[2]
TINY = str(ROOT / "fixtures" / "tiny-plan")
UNITS = "id,name,type,parent\nx,某县,county,\nx:education,教育局,department,x\ns1,一小,school,x\n"
FACTS = "unit,indicator,period,value\ns1,lectures,2025-2026-2,2\nx:education,teachers_trained,2026,90\n"


def test_what_it_starts_lints_clean_and_checks(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    folder, data = tmp_path / "我县-2026", tmp_path / "data"
    assert run(["rules", "new", str(folder)]) == 0
    assert run(["rules", "lint", str(folder)]) == 0
    (data / "submissions").mkdir(parents=True)
    (data / "units.csv").write_text(UNITS, encoding="utf-8")
    (data / "submissions" / "a.csv").write_text(FACTS, encoding="utf-8")
    assert run(["check", str(data), "--rules", str(folder), "--as-of", "2026-09-01"]) == 0
    assert "达标" in capsysbinary.readouterr().out.decode()
    assert (folder / "plan.yaml").read_text(encoding="utf-8").count("\nid: 我县-2026\n") == 1


@pytest.mark.parametrize("source", [TINY, str(ROOT / "rules" / "pingluo-2021-2025")])
def test_a_copy_says_the_same_under_an_id_of_its_own_and_names_its_schemas(source: str, tmp_path: Path) -> None:
    from checker.rulebook.loading import load

    folder = tmp_path / "mine"
    assert run(["rules", "new", str(folder), "--from", source]) == 0
    old, new = load(Path(source)).rulebook, load(folder).rulebook
    assert old is not None
    assert new == old.model_copy(update={"plan": old.plan.model_copy(update={"id": "mine"})})
    for path in folder.glob("*.yaml"):
        first, *rest = path.read_text(encoding="utf-8").splitlines()
        assert (folder / first.partition("# yaml-language-server: $schema=")[2]).is_file()
        assert "yaml-language-server" not in "".join(rest)


@pytest.mark.parametrize("written", ['id: "tiny"  # 编号', "id: 'tiny'", "id:   tiny # id: x"])
def test_the_id_is_replaced_however_it_was_written(written: str, tmp_path: Path) -> None:
    from checker.rulebook.loading import load

    (tmp_path / "old").mkdir()
    for path in Path(TINY).iterdir():
        text = path.read_text(encoding="utf-8").replace("id: tiny\n", written + "\n")
        (tmp_path / "old" / path.name).write_text(text, encoding="utf-8")
    assert run(["rules", "new", str(tmp_path / "b2"), "--from", str(tmp_path / "old")]) == 0
    rulebook = load(tmp_path / "b2").rulebook
    assert rulebook is not None
    assert rulebook.plan.id == "b2"


def test_nothing_is_written_over_and_faults_are_not_copied(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("", encoding="utf-8")
    assert run(["rules", "new", str(tmp_path / "full")]) == 2
    assert run(["rules", "new", str(tmp_path / "a b")]) == 2
    assert run(["rules", "new", str(tmp_path / "new"), "--from", str(tmp_path / "full")]) == 2
    assert not (tmp_path / "new").exists()
    assert capsys.readouterr().err.count("Error") == 3


def test_a_rule_is_shown_or_all_are_listed(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["rules", "show", "library.events", "--rules", TINY]) == 0
    assert "目标：在 3 至 5 次 之间" in capsysbinary.readouterr().out.decode()
    assert run(["rules", "show", "--lang", "en"]) == 0
    assert capsysbinary.readouterr().out.decode().count("\n") == 32


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_a_rulebook_is_written_by_the_suffix_of_its_file(suffix: str, tmp_path: Path) -> None:
    output = tmp_path / f"handbook{suffix}"
    assert run(["rules", "doc", "-o", str(output), "--rules", TINY]) == 0
    assert "小镇阅读计划" in output.read_text(encoding="utf-8")


def test_bad_usage_is_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "show", "youth.lecture"]) == 2
    assert run(["rules", "show", "--rules", str(tmp_path)]) == 2
    assert run(["rules", "doc", "-o", str(tmp_path / "a.pdf")]) == 2
    said = capsys.readouterr().err
    assert "youth.lectures" in said
    assert "规则有 3 处错" in said
    assert ".md 或 .html" in said
