"""Several reports in one check: each goes into its file, the screen shows what it always does, slips are refused."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from checker.cli import reports, run
from checker.cli.reports import FORMATS

AS_OF = ["--as-of", "2025-12-31"]
MAGIC = {
    "table": b"\xe5\xb9\xb3", "json": b"{", "csv": b"\xef\xbb\xbfid", "html": b"<!doctype html>", "xlsx": b"PK",
    "markdown": b"# ", "sarif": b"{", "junit": b"<?xml", "changes": b"{",
}  # fmt: skip


def test_every_format_is_known_here() -> None:
    assert list(MAGIC) == list(FORMATS)


def test_all_of_them_at_once_and_the_table_on_the_screen(
    county: Path, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    saved = tmp_path / "saved.json"
    assert run(["check", str(county), *AS_OF, "--save", str(saved), "--output", str(tmp_path / "screen")]) == 1
    typed = [word for name in MAGIC for word in ("--report", f"{name}={tmp_path / name}")]
    assert run(["check", str(county), *AS_OF, "--baseline", str(saved), *typed]) == 1
    for name, magic in MAGIC.items():
        assert (tmp_path / name).read_bytes().startswith(magic), name
    assert (tmp_path / "table").read_bytes() == capsysbinary.readouterr().out


def test_a_report_says_the_same_as_the_format(county: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert (
        run(["check", str(county), *AS_OF, "--report", f"sarif={one}", "--format", "sarif", "--output", str(other)])
        == 1
    )
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("typed", ["html", "html=", "=x", "pdf=x.pdf"])
def test_what_is_no_report_is_refused(county: Path, capsysbinary: pytest.CaptureFixture[bytes], typed: str) -> None:
    assert run(["check", str(county), "--report", typed]) == 2
    assert "格式=文件" in capsysbinary.readouterr().err.decode()


def test_two_reports_into_one_file_are_refused(county: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["check", str(county), "--report", "html=x", "--report", "csv=x"]) == 2
    assert "写了两次" in capsysbinary.readouterr().err.decode()


def test_errors_in_the_input_are_in_every_report(county: Path, tmp_path: Path) -> None:
    (county / "submissions" / "broken.csv").write_text("单位,指标\n", encoding="utf-8")
    typed = [word for name in MAGIC if name != "changes" for word in ("--report", f"{name}={tmp_path / name}")]
    assert run(["check", str(county), *AS_OF, *typed]) == 2
    for name in ("table", "json", "html", "markdown", "sarif", "junit"):
        assert "missing_column" in (tmp_path / name).read_text(encoding="utf-8").replace("\\", ""), name
    assert json.loads((tmp_path / "sarif").read_bytes())["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_a_bad_rulebook_is_in_every_report(county: Path, tmp_path: Path) -> None:
    typed = [
        word
        for name in ("html", "sarif", "junit", "markdown", "xlsx")
        for word in ("--report", f"{name}={tmp_path / name}")
    ]
    (tmp_path / "rules").mkdir()
    assert run(["check", str(county), "--rules", str(tmp_path / "rules"), *typed]) == 2
    assert all((tmp_path / name).stat().st_size for name in ("html", "sarif", "junit", "markdown", "xlsx"))


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_workbook_is_not_thrown_at_a_terminal(
    county: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdout", _Terminal())
    assert run(["check", str(county), "--format", "xlsx"]) == 2
    assert "--output" in capsys.readouterr().err


def test_a_check_without_reports_loads_neither_templates_nor_workbooks(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("loaded in vain")

    monkeypatch.setattr(reports, "_html", refuse)
    monkeypatch.setattr(reports, "_xlsx", refuse)
    for name in ("jinja2", "xlsxwriter"):
        monkeypatch.setitem(sys.modules, name, None)
    assert run(["check", str(county), *AS_OF]) == 1
