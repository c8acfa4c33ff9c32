"""``checker check --save`` and ``checker repeat``: the same question gives the same bytes, or says what differs."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from checker import repeating
from checker.cli import run
from checker.rulebook.loading import default_folder

AS_OF = ["--as-of", "2025-12-31"]


@pytest.fixture
def saved(county: Path, tmp_path: Path) -> Path:
    kept = tmp_path / "run.json"
    assert (
        run(["check", str(county), *AS_OF, "--format", "json", "--output", str(tmp_path / "x"), "--save", str(kept)])
        == 1
    )
    return kept


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str]:
    status = run(["repeat", *map(str, arguments)])
    out, err = capsys.readouterr()
    return status, out + err


def test_the_same_data_gives_the_same_bytes(saved: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, saved, county) == (0, "每个字节都一致\n")


def test_rows_and_files_in_another_order_give_the_same_bytes(
    saved: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("units.csv", "submissions/a.csv"):
        header, *rows = (county / name).read_text(encoding="utf-8").splitlines()
        (county / name).write_text("\n".join([header, *reversed(rows)]), encoding="utf-8")
    (county / "submissions" / "b.yaml").rename(county / "submissions" / "0.yaml")
    assert told(capsys, saved, county)[0] == 0


def test_other_data_is_named(saved: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = county / "submissions" / "a.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2024-2025-1,2,", "2024-2025-1,1,"), encoding="utf-8")
    status, text = told(capsys, saved, county)
    assert status == 1
    assert "数据不同：当时 sha256:" in text
    assert "结论不同：1 处" in text
    assert "规则不同" not in text


def test_another_rulebook_and_another_tool_are_named(
    saved: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(default_folder(), rules)
    youth = rules / "2-1-youth.yaml"
    youth.write_text(youth.read_text(encoding="utf-8").replace('at_least: "2"', 'at_least: "3"'), encoding="utf-8")
    status, text = told(capsys, saved, county, "--rules", rules)
    assert (status, "规则不同" in text, "数据不同" in text) == (1, True, False)
    older = json.loads(saved.read_bytes())
    older["output"]["tool"]["version"] = "0.0.1"
    saved.write_text(json.dumps(older), encoding="utf-8")
    status, text = told(capsys, saved, county)
    assert (status, "程序不同：当时 0.0.1" in text) == (1, True)


def test_a_record_that_was_edited_is_named(saved: Path, county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edited = json.loads(saved.read_bytes())
    edited["output"]["plan"]["title"] = "另一个名称"
    saved.write_text(json.dumps(edited), encoding="utf-8")
    status, text = told(capsys, saved, county)
    assert (status, "记录本身的写法变了" in text) == (1, True)


def test_data_that_can_no_longer_be_judged_is_shown(
    saved: Path, county: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (county / "units.csv").unlink()
    status, text = told(capsys, saved, county)
    assert status == 2
    assert "missing_file" in text
    assert "汇总不同" in text


def test_what_is_no_saved_run_is_bad_usage(county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.json"
    other.write_text("{}", encoding="utf-8")
    assert told(capsys, other, county)[0] == 2
    assert told(capsys, tmp_path / "absent.json", county)[0] == 2
    other.write_bytes(b"\xff")
    assert told(capsys, other, county)[0] == 2
    assert repeating.read_saved(b"[]") is None


def test_a_faulty_rulebook_is_bad_usage(
    saved: Path, county: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, saved, county, "--rules", tmp_path)[0] == 2
