"""``checker notice``: files, names of files, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from checker.cli import run
from tests.reporting.test_notice import on_paper

PINGLUO = Path(__file__).parents[2] / "fixtures" / "pingluo"
DUE = ["--as-of", "2026-02-01", "--date", "2026-02-01"]


def ended(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = run(["notice", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@on_paper
def test_one_unit_gets_a_pdf(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "n.pdf"
    assert ended(capsys, PINGLUO, *DUE, "--unit", "露川小学", "-o", file) == (0, "已写出 1 份\n")
    assert file.read_bytes().startswith(b"%PDF")


def test_everyone_who_answers_gets_a_file_of_a_safe_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "a" / "b"
    asked = [PINGLUO, *DUE, "--all", "--format", "docx", "--rule", "funding.budget-growth", "-o", folder]
    assert ended(capsys, *asked) == (0, "已写出 1 份\n")
    assert [file.name for file in folder.iterdir()] == ["0201-A12537-finance.docx"]


def test_ids_that_a_system_takes_for_something_else_become_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    (data / "submissions").mkdir(parents=True)
    units = (
        "id,name,type,parent,stage\np,县,county,,\n..,点,school,p,小学\na:b,甲,school,p,小学\na_b,乙,school,p,小学\n"
    )
    (data / "units.csv").write_text(units, encoding="utf-8")
    (data / "submissions" / "a.csv").write_text("unit,indicator,period,value\n", encoding="utf-8")
    folder = tmp_path / "out"
    asked = [data, *DUE, "--all", "--format", "docx", "--rule", "youth.lectures", "-o", folder]
    status, said = ended(capsys, *asked)
    assert (status, said.splitlines()[-1]) == (0, "已写出 3 份")
    names = sorted(file.name for file in folder.iterdir())
    assert len({name.casefold() for name in names}) == 3
    assert all(name.startswith("0201-") and ":" not in name and "/" not in name for name in names)
    assert not [file for file in tmp_path.iterdir() if file.suffix]


def test_number_prefix_issuer_and_days_are_on_the_letter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "n.docx"
    more = ["--number-prefix", "平科改", "--issuer", "平罗县科协", "--within", 10]
    assert ended(capsys, PINGLUO, *DUE, *more, "--unit", "school-002", "-o", file)[0] == 0
    texts = [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]
    assert texts[:2] == ["平罗县科协", "平科改〔2026〕0201-7E4127号"]
    assert any("请于2026年2月11日前完成整改" in text for text in texts)


def test_the_county_is_told_what_is_asked_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "n.docx"
    assert ended(capsys, PINGLUO, *DUE, "--unit", "平罗县", "-o", file)[0] == 0
    assert "平罗县：" in [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


def test_with_nothing_to_put_right_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "n.docx"
    status, said = ended(capsys, PINGLUO, *DUE, "--unit", "school-001", "-o", file)
    assert (status, file.exists()) == (1, False)
    assert "没有需要整改的事项" in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", "n.pdf"], "请给出 --unit 或 --all"),
        (["--all", "--unit", "school-002", "-o", "n.pdf"], "请给出 --unit 或 --all"),
        (["--unit", "school-002", "-o", "n.txt"], "请写成 .pdf 或 .docx"),
        (["--unit", "nobody", "-o", "n.docx"], "没有 'nobody'"),
        (["--unit", "school-002", "-o", "n.docx", "--date", "2026-2-1"], "不是一个日期"),
    ],
)
def test_bad_usage_is_a_sentence(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said = ended(capsys, PINGLUO, "--as-of", "2026-02-01", *arguments)
    assert status == 2
    assert words in said
    assert not Path(arguments[-1]).exists()


def test_a_file_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "taken"
    file.touch()
    status, said = ended(capsys, PINGLUO, *DUE, "--all", "--format", "docx", "-o", file)
    assert (status, "不能作为文件夹" in said) == (2, True)


@pytest.mark.parametrize(("kind", "library"), [("docx", "docx"), ("pdf", "weasyprint")])
def test_without_the_extra_it_says_what_to_install(
    kind: str, library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.delitem(sys.modules, f"checker.reporting.notice_{kind}", raising=False)
    status, said = ended(capsys, PINGLUO, *DUE, "--unit", "school-002", "-o", f"n.{kind}")
    assert (status, "pip install 'duixian[notice]'" in said) == (2, True)


def test_without_its_libraries_of_the_system_it_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library pango')", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "checker.reporting.notice_pdf", raising=False)
    status, said = ended(capsys, PINGLUO, *DUE, "--unit", "school-002", "-o", "n.pdf")
    assert (status, "apt install libpango" in said) == (2, True)


@on_paper
def test_without_a_chinese_font_it_fails_and_writes_nothing(tmp_path: Path) -> None:
    no_fonts = tmp_path / "fonts.conf"
    latin = "/usr/share/fonts/truetype/dejavu"
    no_fonts.write_text(f"<fontconfig><dir>{latin}</dir><cachedir>{tmp_path}/c</cachedir></fontconfig>", "utf-8")
    file = tmp_path / "n.pdf"
    command = [sys.executable, "-m", "checker", "notice", str(PINGLUO), *DUE, "--unit", "school-002", "-o", str(file)]
    ended = subprocess.run(
        command, env={**os.environ, "FONTCONFIG_FILE": str(no_fonts)}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2, ended.stderr
    assert "没有中文字体 Noto Serif CJK SC" in ended.stderr
    assert "apt install fonts-noto-cjk" in ended.stderr
    assert not file.exists()


def test_bad_input_gives_2_and_no_letter(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (county / "units.csv").unlink()
    assert ended(capsys, county, *DUE, "--all", "--format", "docx", "-o", county / "out")[0] == 2
    assert not (county / "out").exists()
