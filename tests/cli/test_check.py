"""``checker check`` as its users type it: options, exit status, and what goes where."""

from __future__ import annotations

import csv
import io
import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from checker.cli import check as check_command
from checker.cli import run

AS_OF = ["--as-of", "2025-12-31"]
PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"


def said(capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[str, str]:
    out, err = capsysbinary.readouterr()
    return out.decode(), err.decode()


def record(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str | Path) -> tuple[int, Any]:
    status = run(["check", *map(str, arguments), *AS_OF, "--format", "json"])
    return status, json.loads(capsysbinary.readouterr().out)


def test_a_county_is_checked_and_what_is_not_met_fails(
    county: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    status, found = record(capsysbinary, county)
    assert status == 1
    assert found["summary"]["unknown"] > 0
    assert found["problems"] == []
    assert (found["plan"]["id"], found["engine"], found["as_of"]) == ("pingluo-2021-2025", "durable", "2025-12-31")


def test_both_engines_say_the_same(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    plain, durable = (record(capsysbinary, county, "--engine", name)[1] for name in ("plain", "durable"))
    assert (plain.pop("engine"), durable.pop("engine")) == ("plain", "durable")
    assert plain == durable


def test_the_table_is_chinese_unless_asked_otherwise(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["check", str(county), *AS_OF]) == 1
    assert "截至 2025-12-31" in said(capsysbinary)[0]
    assert run(["check", str(county), *AS_OF, "--lang", "en"]) == 1
    assert "As of 2025-12-31" in said(capsysbinary)[0]


def test_csv_has_a_row_for_each_finding(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    _, found = record(capsysbinary, county)
    assert run(["check", str(county), *AS_OF, "--format", "csv"]) == 1
    rows = list(csv.DictReader(io.StringIO(said(capsysbinary)[0].removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == [finding["id"] for finding in found["findings"]]


def test_output_goes_to_a_file_and_nothing_to_the_screen(
    county: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    output = tmp_path / "findings.json"
    assert run(["check", str(county), *AS_OF, "--format", "json", "--output", str(output)]) == 1
    out, err = said(capsysbinary)
    assert (out, err.splitlines()[0]) == ("", "名册里没有单位可查：rural.demo-household")
    assert json.loads(output.read_bytes())["schema"] == "checker.findings/1"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert run(["check", str(county), *AS_OF, "--output", str(tmp_path / "no" / "such" / "folder")]) == 2
    assert "写不了" in said(capsysbinary)[1]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as-of", "2025-13-01"], "2025-06-30"),
        (["--engine", "abacus"], "abacus"),
        (["--unit", "schol"], "school"),
        (["--rule", "youth.lecture"], "youth.lectures"),
        (["--responsible", "science-asociation"], "science-association"),
        (["--responsible", "finance"], "finance"),
        (["--no-such"], "no-such"),
        (["--most", "-1"], "-1"),
    ],
)
def test_bad_usage_is_2_and_says_what_was_meant(
    county: Path, arguments: list[str], told: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run(["check", str(county), *arguments]) == 2
    out, err = said(capsysbinary)
    assert out == ""
    assert told in err


def test_no_data_no_command_and_help(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["check"]) == 2
    assert run(["no-such-command"]) == 2
    assert run(["--help"]) == 0
    assert "check data" in said(capsysbinary)[0]
    assert run(["check", "--help"]) == 0
    assert run(["--version"]) == 0


def test_faulty_input_is_2_with_the_problems_and_no_verdict(
    county: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with (county / "submissions" / "a.csv").open("a", encoding="utf-8") as file:
        file.write("一中,科普讲座次数,2024-2025-2,-1,\n")
    status, found = record(capsysbinary, county)
    assert (status, found["summary"], found["findings"], found["alerts"]) == (2, None, None, None)
    problem = found["problems"][0]
    assert (problem["code"], problem["file"], problem["row"], problem["column"]) == (
        "bad_value", "submissions/a.csv", 7, "数值",
    )  # fmt: skip
    status, kept = record(capsysbinary, county, "--keep-going")
    assert status == 1
    assert kept["problems"] == found["problems"]
    assert kept["summary"] is not None


def test_a_file_left_out_is_said_first(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    (county / "submissions" / "broken.csv").write_text("单位,指标\n", encoding="utf-8")
    (county / "elsewhere.csv").write_text("x\n", encoding="utf-8")
    assert run(["check", str(county), *AS_OF, "--keep-going"]) == 1
    out, _ = said(capsysbinary)
    assert out.index("未采用的文件") < out.index("承诺")
    assert "没有读取 elsewhere.csv" in out
    assert run(["check", str(county), *AS_OF, "--keep-going", "--format", "csv"]) == 1
    out, err = said(capsysbinary)
    assert "submissions/broken.csv" in err
    assert "elsewhere.csv" in err
    assert "missing_column" in err


def test_a_folder_or_file_that_is_not_there_is_2(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, found = record(capsysbinary, tmp_path / "nowhere")
    assert (status, found["problems"][0]["code"]) == (2, "missing_file")


def test_a_bad_rulebook_is_2(county: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, found = record(capsysbinary, county, "--rules", tmp_path)
    assert (status, found["plan"], found["findings"]) == (2, None, None)
    assert found["problems"][0]["code"] == "missing_file"
    assert run(["check", str(county), "--rules", str(tmp_path)]) == 2


def test_filters_act_before_summary_and_exit_status(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    status, found = record(capsysbinary, county, "--rule", "funding.budget-growth", "--unit", "县财政局")
    assert {finding["unit"] for finding in found["findings"]} == {"pingluo"}
    assert {finding["rule"] for finding in found["findings"]} == {"funding.budget-growth"}
    assert status == 1
    status, found = record(capsysbinary, county, "--rule", "funding.budget-growth", "--allow-unknown")
    assert status == 0
    _, found = record(capsysbinary, county, "--responsible", "chengguan", "--unit", "v1")
    assert {finding["unit"] for finding in found["findings"]} <= {"v1", "pingluo"}


def test_single_files_give_the_findings_they_suffice_for(
    county: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    files = [str(county / "submissions" / "b.yaml"), "--units", str(county / "units.csv")]
    status = run(["check", *files, *AS_OF, "--format", "json"])
    out, err = said(capsysbinary)
    verdicts = {(f["rule"], f["period"]): f["verdict"] for f in json.loads(out)["findings"]}
    assert verdicts == {
        ("youth.lectures", "2024-2025-2"): "not_met",
        ("youth.participation", "2024-2025-2"): "not_met",
    }
    assert status == 1
    assert "youth.lectures school" in err
    assert "rural.farmers pingluo 2021-2025" in err
    assert run(["check", *files, *AS_OF]) == 1
    assert "未检查" in said(capsysbinary)[0]
    _, everything = record(capsysbinary, *files, "--all")
    assert everything["summary"]["unknown"] > 10


def test_single_files_raise_alerts_from_what_they_suffice_for_alone(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "units.csv").write_text("id,name,type\ns,校,school\n", encoding="utf-8")
    for months, alerts in ((("2023-09", "2024-02"), 0), (("2023-2024-1", "2023-2024-2"), 1)):
        rows = "".join(f"s,science_lectures,{month},0\n" for month in months)
        (tmp_path / "s.csv").write_text(f"unit,indicator,period,value\n{rows}", encoding="utf-8")
        run(["check", str(tmp_path / "s.csv"), "--as-of", "2024-09-30", "--format", "json"])
        found = json.loads(said(capsysbinary)[0])
        assert len(found["alerts"]) == alerts
        assert len(found["findings"]) == 2 * alerts


def test_a_waiver_among_single_files_is_unneeded_where_all_it_covers_there_is_met(
    county: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (county / "s.csv").write_text(
        "unit,indicator,period,value\nschool,science_lectures,2024-2025-2,2\n", encoding="utf-8"
    )
    _, found = record(capsysbinary, county / "s.csv", county / "waivers.csv")
    assert [problem["code"] for problem in found["problems"]] == ["unneeded_waiver"]


def test_nothing_but_a_registry_is_bad_usage(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["check", str(county / "units.csv")]) == 2
    assert "没有要检查的数据" in said(capsysbinary)[1]


def test_a_name_that_several_units_bear_is_refused_with_their_ids(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "units.csv").write_text("id,name,type\ns1,校,school\ns2,校,school\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--unit", "校"]) == 2
    assert "s1, s2" in said(capsysbinary)[1]
    assert run(["check", str(tmp_path), "--unit", "s1", "--rule", "funding.budget-growth"]) == 0
    assert "没有选中任何结论" in said(capsysbinary)[1]


def test_drafts_are_judged_only_when_asked(capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> None:
    rules = Path(__file__).parents[2] / "fixtures" / "tiny-plan"
    (tmp_path / "units.csv").write_text("id,name,type\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--rules", str(rules), *AS_OF, "--include-drafts"]) == 0
    assert said(capsysbinary)[0] != ""


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_long_work_shows_how_far_it_is_on_a_terminal_only(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(check_command, "_LONG_WORK", 1)
    assert run(["check", str(county), *AS_OF]) == 1
    assert "正在判定" not in said(capsysbinary)[1]
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert run(["check", str(county), *AS_OF]) == 1
    assert "正在判定" in terminal.getvalue()


def test_the_day_is_read_from_the_clock_at_the_edge(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    run(["check", str(county), "--format", "json"])
    assert json.loads(said(capsysbinary)[0])["as_of"] >= time.strftime("%Y", time.gmtime())
