"""``checker explain``: everything an auditor signs and a school may dispute."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from checker.checking import Question, explain
from checker.cli import run
from checker.engines.plain import PlainJudge
from checker.explaining.dossier import Dossier
from checker.intake.reading import Inputs
from checker.model.language import Language
from checker.reporting.dossier_format import dossiers_to_text
from checker.rulebook.loading import default_folder, load

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"
DUE = ["--as-of", "2026-02-01"]


def told(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str]:
    status = run(["explain", str(PINGLUO), *arguments])
    out, err = capsysbinary.readouterr()
    return status, (out + err).decode()


def dossiers(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> list[dict[str, Any]]:
    status, text = told(capsysbinary, *arguments, "--format", "json")
    assert status == 0
    found: list[dict[str, Any]] = json.loads(text)
    return found


def test_a_ratio_is_explained_down_to_file_and_row(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    asked = ["--rule", "youth.participation", "--unit", "school-002", "--period", "2024-2025-1"]
    status, text = told(capsysbinary, *DUE, *asked)
    assert status == 0
    for line in (
        "结论: 未达标",
        "平政办发〔2022〕45号 二（一）3 “参与科普活动学生人数达到85%以上”",
        "我们的理解: 按学校、按学期核算",
        "计算: 参与科普活动学生人数 849 / 在校学生人数 1000 = 84.9%",
        "下限与上限相同：应报的都已报",
        "目标: 不少于 85%  自 2021-01-01 起",
        "怎样才达标: 再增加 1 人，其余不变",
        "计入: 849  2024-2025-1 @2025-01-11  submissions/schools/2024-2025.csv:14",
    ):
        assert line in text


def test_without_a_period_every_finding_of_unit_and_rule_is_explained(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    found = dossiers(capsysbinary, *DUE, "--rule", "youth.lectures", "--unit", "school-003")
    assert [one["period"] for one in found][:2] == ["2022-2023-1", "2022-2023-2"]
    assert len(found) == 7


def test_a_finding_is_explained_by_its_id(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    by_name = dossiers(capsysbinary, *DUE, "--rule", "rural.farmers", "--unit", "平罗县")
    by_id = dossiers(capsysbinary, *DUE, "--finding", by_name[0]["id"])
    assert by_id == by_name
    assert by_id[0]["bounds"][1] is None
    assert "上限未定：还有 1 个应报的数没有报" in by_id[0]["bounds_words"]
    assert [part["unit"] for part in by_id[0]["parts"] if part["role"] == "silent"] != []


def test_a_share_names_the_units_that_count_and_those_that_do_not(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    found = dossiers(capsysbinary, *DUE, "--rule", "facilities.openness", "--unit", "pingluo")[0]
    roles = [part["role"] for part in found["parts"]]
    assert (roles.count("satisfies"), roles.count("fails")) == (13, 2)
    merged = dossiers(capsysbinary, *DUE, "--rule", "grassroots.villages", "--unit", "pingluo")[0]["parts"][-1]
    assert (merged["role"], merged["scope_words"]) == ("absent", "2024-01-01 撤销")
    assert found["parts"][0]["condition_words"] == "等于 是"
    assert found["to_be_met"] == "再增加 1 个科技类设施，其余不变"
    _, text = told(capsysbinary, *DUE, "--rule", "facilities.openness", "--unit", "pingluo", "--lang", "en")
    assert "satisfies (13)" in text
    assert "--whole lists all" in text
    _, whole = told(capsysbinary, *DUE, "--rule", "facilities.openness", "--unit", "pingluo", "--whole")
    assert "另有" not in whole


def test_a_waiver_a_correction_and_a_withdrawal_are_told(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    waived = dossiers(capsysbinary, *DUE, "--rule", "youth.lectures", "--unit", "school-033")
    assert [one["waiver"] for one in waived if one["waiver"]] != []
    _, text = told(capsysbinary, *DUE, "--rule", "youth.lectures", "--unit", "school-033")
    assert "不豁免时" in text
    assert "有效期 " in text
    assert "waivers.csv:" in text
    _, text = told(capsysbinary, *DUE, "--rule", "youth.lectures", "--unit", "school-028", "--period", "2024-2025-1")
    assert "已撤回: " in text
    assert "撤回: 撤回" in text
    _, text = told(capsysbinary, *DUE, "--rule", "youth.lectures", "--unit", "school-020", "--period", "2024-2025-1")
    assert "已被更正: " in text
    early = ["--as-of", "2025-01-31", "--unit", "school-018", "--period", "2024-2025-1"]
    _, text = told(capsysbinary, *early, "--rule", "youth.lectures")
    assert "当时尚未报送: " in text


def test_what_is_pending_says_its_pace_and_what_is_unknown_its_reason(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    _, text = told(capsysbinary, "--as-of", "2025-06-30", "--rule", "venues.regional-bases", "--unit", "pingluo")
    assert "进度: " in text
    _, text = told(
        capsysbinary, *DUE, "--rule", "youth.participation", "--unit", "school-066", "--period", "2024-2025-1"
    )
    assert "原因: 分母为 0" in text
    assert "怎样才达标: 分母不能为 0" in text


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "--finding"),
        (["--rule", "youth.lectures"], 2, "--unit"),
        (["--rule", "youth.lecture", "--unit", "school-001"], 2, "youth.lectures"),
        (["--rule", "youth.lectures", "--unit", "school-0001"], 2, "school-001"),
        (["--rule", "youth.lectures", "--unit", "pingluo"], 1, "没有这条结论"),
        (["--finding", "0" * 16], 1, "没有这条结论"),
        (["--rule", "r", "--unit", "u", "--rules", "."], 2, "plan.yaml"),
    ],
)
def test_what_cannot_be_explained_is_said(
    arguments: list[str], status: int, words: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    ended, text = told(capsysbinary, *DUE, *arguments)
    assert (ended, words in text) == (status, True), text


def test_single_files_that_do_not_suffice_explain_nothing_unless_asked(
    capsysbinary: pytest.CaptureFixture[bytes],
) -> None:
    files = [str(PINGLUO / "submissions" / "schools" / "2024-2025.csv"), "--units", str(PINGLUO / "units.csv")]
    early = ["--rule", "youth.lectures", "--unit", "school-003", "--period", "2022-2023-1"]
    assert run(["explain", *files, *DUE, *early]) == 1
    assert "未检查" in capsysbinary.readouterr().err.decode()
    assert run(["explain", *files, *DUE, *early, "--all"]) == 0
    assert "应报未报" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize("language", [*Language])
def test_every_finding_of_the_made_up_county_has_its_dossier(language: Language) -> None:
    book = load(default_folder()).rulebook
    assert book is not None
    judge, as_of = PlainJudge(), date(2025, 6, 30)
    ran, evidence = explain(book, Inputs(folder=PINGLUO), Question(as_of=as_of), judge, lambda _: True)
    dossier = Dossier(book, ran.registry, ran.spoils, language)
    records = [dossier.record(one) for one in evidence]
    assert len(records) == len(ran.findings or ()) > 2000
    assert all(record["explanation"] and record["bounds_words"] for record in records)
    assert dossiers_to_text(records, language).count("[") >= len(records)


def test_faulty_input_is_shown_instead(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["explain", str(tmp_path), "--finding", "0" * 16]) == 2
    assert "missing_file" in capsysbinary.readouterr().out.decode()


def test_a_unit_whose_record_was_set_aside_is_not_called_silent(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "units.csv").write_text("id,name,type\ns,一中,school\n", encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "a.csv").write_text(
        "unit,indicator,period,value\ns,science_lectures,2024-09,1\ns,science_lectures,2024-10,两次\n", encoding="utf-8"
    )
    asked = ["--rule", "youth.lectures", "--unit", "s", "--period", "2024-2025-1", "--keep-going"]
    assert run(["explain", str(tmp_path), *DUE, *asked]) == 0
    text = capsysbinary.readouterr().out.decode()
    assert "有记录被搁置，待更正 (1)" in text
    assert "被搁置的记录: submissions/a.csv:3" in text
    assert "应报未报" not in text
