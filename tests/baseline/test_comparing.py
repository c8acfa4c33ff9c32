"""What cannot be compared is refused with a sentence; what is compared is shown in every report."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from checker.baseline.inputs import Kept
from checker.cli import run
from checker.repeating import read_saved
from tests.baseline.conftest import Desk

DAY = "2024-10-15"
RESOLVES = "two,science_lectures,2023-2024-1,1,", "two,science_lectures,2023-2024-1,2,"


def refused(desk: Desk, capsysbinary: pytest.CaptureFixture[bytes], *options: str) -> str:
    capsysbinary.readouterr()
    assert desk.check(DAY, "--baseline", desk.saved, *options) == 2
    out, err = capsysbinary.readouterr()
    assert out == b""
    return err.decode()


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda record: record["output"]["findings"][1].update(verdict="met"), "重做不出它自己的结论"),
        (lambda record: record["output"]["plan"].update(id="other"), "另一个规划"),
        (lambda record: record.update(partial=True), "单个文件的检查不能"),
        (lambda record: record.update(units=["one"]), "问得不同"),
        (lambda record: record["output"].update(findings=None), "不是 check --save"),
        (lambda record: record.pop("as_of"), "不是 check --save"),
        (lambda record: record["inputs"].update(facts=["one science_lectures 2024"]), "不是 check --save"),
        (lambda record: record["inputs"].update(facts=["one lectures 2024 1/0 -"]), "不是 check --save"),
        (lambda record: record["inputs"]["units"][0].update(parent="one"), "不是 check --save"),
        (lambda record: record["output"]["findings"][1].update(verdict="fine"), "不是 check --save"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(
    desk: Desk, capsysbinary: pytest.CaptureFixture[bytes], edit: Callable[[dict[str, object]], object], said: str
) -> None:
    desk.keep(DAY)
    record = json.loads(desk.saved.read_bytes())
    edit(record)
    desk.saved.write_text(json.dumps(record), encoding="utf-8")
    assert said in refused(desk, capsysbinary)


def test_json_that_contradicts_its_own_digests_is_refused(
    desk: Desk, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    desk.keep(DAY)
    desk.saved = desk.printed
    record = json.loads(desk.printed.read_bytes())
    del record["findings"][0]
    desk.saved.write_text(json.dumps(record), encoding="utf-8")
    assert "问得不同" in refused(desk, capsysbinary)


def test_what_is_no_file_or_no_check_is_refused(desk: Desk, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert "读不了" in refused(desk, capsysbinary)
    desk.saved.write_bytes(b"\xff")
    assert "不是 check --save" in refused(desk, capsysbinary)


def test_changes_need_a_baseline(desk: Desk, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert desk.check(DAY, "--format", "changes") == 2
    assert "--baseline" in capsysbinary.readouterr().err.decode()


def test_input_with_errors_is_not_compared(desk: Desk) -> None:
    desk.keep(DAY)
    desk.write("submissions/b.csv", "unit,indicator\n")
    out = desk.data.parent / "out"
    assert desk.check(DAY, "--baseline", desk.saved, "--format", "changes", "--output", out) == 2
    assert json.loads(out.read_bytes())["changes"] is None


def test_the_inputs_that_are_kept_judge_alike(desk: Desk) -> None:
    desk.keep(DAY)
    saved = read_saved(desk.saved.read_bytes())
    assert saved is not None
    assert saved.inputs is not None
    assert Kept.model_validate_json(saved.inputs.model_dump_json()) == saved.inputs
    assert len(saved.inputs.data().facts) == 3


def test_a_record_of_older_days_without_inputs_is_taken_by_its_digests(desk: Desk) -> None:
    desk.keep(DAY)
    record = json.loads(desk.saved.read_bytes())
    del record["inputs"]
    desk.saved.write_text(json.dumps(record), encoding="utf-8")
    desk.change("submissions/a.csv", *RESOLVES)
    assert desk.found(DAY)["two", "2023-2024-1"]["causes"] == ["registry", "data"]


def test_faulty_records_set_aside_are_a_change_of_data(desk: Desk) -> None:
    desk.keep(DAY)
    desk.change("submissions/a.csv", "one,science_lectures,2023-2024-1,2,", "one,science_lectures,2023-2024-1,x,")
    out = desk.data.parent / "out"
    assert desk.check(DAY, "--baseline", desk.saved, "--keep-going", "--report", f"changes={out}") == 1
    (change,) = json.loads(out.read_bytes())["changes"]
    assert (change["causes"], change["now"]["verdict"]) == (["data"], "unknown")


@pytest.mark.parametrize("name", ["table", "html", "markdown", "sarif", "xlsx"])
def test_every_report_shows_what_became_of_a_finding_and_why(desk: Desk, name: str) -> None:
    desk.keep(DAY)
    desk.change("submissions/a.csv", *RESOLVES)
    out = desk.data.parent / f"out.{name}"
    assert desk.check(DAY, "--baseline", desk.saved, "--report", f"{name}={out}") == 1
    assert SHOWN[name](out)


def test_what_is_no_longer_asked_is_listed_apart(desk: Desk) -> None:
    desk.keep(DAY)
    desk.change("units.csv", "two,二中,school,chengguan,,", "two,二中,school,chengguan,2024-09-01,")
    out = desk.data.parent / "out"
    assert desk.check(DAY, "--baseline", desk.saved, "--format", "markdown", "--output", out) in (0, 1)
    told = out.read_text(encoding="utf-8")
    assert "不再检查 4" in told
    assert r"\[不再检查\] 二中 2023-2024-1 每学期举办科普讲座不少于2次：未达标（原因：名册）" in told
    page = desk.data.parent / "page"
    assert desk.check(DAY, "--baseline", desk.saved, "--report", f"html={page}", "--lang", "en") in (0, 1)
    assert "no longer asked" in page.read_text(encoding="utf-8")


def test_what_is_merely_possible_says_so(desk: Desk) -> None:
    desk.keep(DAY)
    desk.change("submissions/a.csv", *RESOLVES)
    out = desk.data.parent / "out"
    assert desk.check(DAY, "--baseline", desk.printed, "--format", "markdown", "--output", out) == 1
    assert "未达标 → 达标（原因：可能是名册、数据）" in out.read_text(encoding="utf-8")


def _sarif(out: Path) -> bool:
    results = json.loads(out.read_bytes())["runs"][0]["results"]
    resolved = [one for one in results if one["baselineState"] == "absent"]
    assert {one["baselineState"] for one in results} == {"absent", "unchanged"}
    return [one["kind"] for one in resolved] == ["pass"] and resolved[0]["properties"]["causes"] == ["data"]


def _xlsx(out: Path) -> bool:
    rows = list(load_workbook(out)["变化"].iter_rows(values_only=True))
    return rows[1][:2] == ("已解决", "二中") and rows[1][7] == "数据"


SHOWN: dict[str, Callable[[Path], bool]] = {
    "table": lambda out: "[已解决] 二中 2023-2024-1" in out.read_text(encoding="utf-8"),
    "html": lambda out: bool(re.search(r"已解决.*二中 2023-2024-1", out.read_text(encoding="utf-8"))),
    "markdown": lambda out: "未达标 → 达标（原因：数据）" in out.read_text(encoding="utf-8"),
    "sarif": _sarif,
    "xlsx": _xlsx,
}


def test_the_volume_way_takes_neither_baseline_nor_report(
    desk: Desk, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    raw = [str(desk.data), "--engine", "duckdb", "--output", str(desk.data.parent / "raw.parquet")]
    assert run(["check", *raw, "--report", "html=x.html"]) == 2
    assert "别的输出" in capsysbinary.readouterr().err.decode()
