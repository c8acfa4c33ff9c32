"""No file can harm the process that reads it: each is refused with a sentence, or read."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from checker.intake.sources import LeftOut, Source
from checker.intake.workbook import cells as cells_module
from checker.intake.workbook import child as child_module
from checker.intake.workbook import directory as directory_module
from checker.intake.workbook.cells import read_cells
from checker.intake.workbook.child import _cell as child_cell
from checker.intake.workbook.child import limit, told
from checker.model.problem import Problem
from checker.model.worksheet import Grid, Odd
from tests.intake.workbook.hostile import BOOK, SHEET, bomb, encrypted, lying, parts, sheet, strings, zipped

A1 = '<c r="A1"><v>1</v></c>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY x "y">]>'
LAUGHS = "<!DOCTYPE l [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"  # fmt: skip
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
HUGE = "<row r='1'>" + "".join(f'<c r="A{n}" t="s"><v>0</v></c>' for n in range(1, 3001)) + "</row>"
CFB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)

DIRECTORY = {
    "an old xls, or a password": (CFB, "旧版 .xls"),
    "no zip": (b"unit,value\n", "不是 .xlsx"),
    "nothing": (b"", "不是 .xlsx"),
    "cut off": (zipped(parts())[:-40], "不完整"),
    "an empty zip": (b"PK\x03\x04" + bytes(40), "不完整"),
    "a zip of other things": (zipped({"a.txt": "x"}), "没有工作簿"),
    "macros": (zipped(parts(), ["xl/vbaProject.bin"]), "宏"),
    "macros in capitals": (zipped(parts(), ["XL/VBAPROJECT.BIN"]), "宏"),
    "old macros": (zipped(parts(), ["xl/macrosheets/sheet1.xml"]), "宏"),
    "links to other files": (zipped(parts(), ["xl/externalLinks/externalLink1.xml"]), "引用"),
    "data connections": (zipped(parts(), ["xl/connections.xml"]), "数据连接"),
    "embedded files": (zipped(parts(), ["xl/embeddings/oleObject1.bin"]), "嵌有"),
    "controls": (zipped(parts(), ["xl/activeX/activeX1.bin"]), "控件"),
    "many entries": (zipped(parts(), (f"xl/media/{n}.png" for n in range(600))), "部件"),
    "names outside": (zipped(parts(), ["../../evil.xml"]), "指向文件之外"),
    "absolute names": (zipped(parts(), ["/etc/passwd"]), "指向文件之外"),
    "names of Windows": (zipped(parts(), ["C:/evil.xml"]), "指向文件之外"),
    "a bomb": (bomb(210_000_000), "展开后超过"),
    "a password on a part": (encrypted(zipped(parts())), "密码"),
    "an unknown compression": (zipped(parts(), kind=zipfile.ZIP_BZIP2), "压缩方式"),
    "two parts of one name": (zipped(parts(), ["XL/workbook.xml"]), "出现两次"),
}  # fmt: skip
UNPACKED = {
    "a bomb that lies": (lying(60_000_000, 4000), "长度与目录不符"),
    "shorter than it says": (lying(4000, 60_000), "长度与目录不符"),
    "a DTD": (zipped(parts(sheet=sheet(A1, before=DOCTYPE))), "DTD"),
    "billion laughs": (zipped(parts(strings=LAUGHS + strings("<si><t>&i;</t></si>"))), "DTD"),
    "a DTD in the workbook": (zipped(parts() | {"xl/workbook.xml": DOCTYPE + BOOK}), "DTD"),
    "UTF-16": (zipped(parts(sheet=sheet(A1).encode("utf-16"))), "UTF-8"),
    "another encoding": (zipped(parts(sheet='<?xml version="1.0" encoding="UTF-7"?>' + sheet(A1))), "UTF-8"),
    "a cell at the far corner": (zipped(parts(sheet=sheet(FAR))), "1048576"),
    "an absurd dimension": (zipped(parts(sheet=sheet(A1, "A1:XFD1048576"))), "1048576"),
    "a wide and long area": (zipped(parts(sheet=sheet('<c r="IA90000"><v>1</v></c>'))), "太大"),
    "a huge count of texts": (zipped(parts(strings=strings("<si><t>x</t></si>", 2**31))), "文字太多"),
    "texts that multiply": (
        zipped(parts(sheet=sheet(HUGE), strings=strings(f"<si><t>{'x' * 40_000}</t></si>"))),
        "文字太多",
    ),
    "prefixes": (zipped(parts(sheet='<x:worksheet xmlns:x="a"><x:c r="ZZZ9999999"/></x:worksheet>')), "写法少见"),
    "cells without a place": (zipped(parts(sheet=sheet("<row><c><v>1</v></c></row>"))), "写法少见"),
    "single quotes": (zipped(parts(sheet=sheet("<c r=\"A1\" t='e'><v>#N/A</v></c>"))), "写法少见"),
    "an error in disguise": (zipped(parts(sheet=sheet('<c r="A1" t="e"><v>#N/A</v ></c>'))), "写法少见"),
    "a formula in disguise": (zipped(parts(sheet=sheet('<c r="A1"><f>1<!-- --></f></c>'))), "写法少见"),
    "no XML at all": (zipped(parts() | {"xl/workbook.xml": "nonsense"}), "读不懂"),
    "a sheet that is cut off": (zipped(parts(sheet="<worksheet><sheetData><row")), "读不懂"),
}  # fmt: skip


def refused(folder: Path, content: bytes, patience: float = 30) -> Problem:
    (folder / "a.xlsx").write_bytes(content)
    with pytest.raises(LeftOut) as caught:
        read_cells(Source(folder / "a.xlsx", "a.xlsx", 1), patience)
    (problem,) = caught.value.problems
    return problem


def read(folder: Path, content: bytes) -> list[Grid]:
    (folder / "a.xlsx").write_bytes(content)
    return read_cells(Source(folder / "a.xlsx", "a.xlsx", 1))


def test_what_the_others_are_made_of_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(parts())) == [Grid("a", [(1, ["x"])])]


@pytest.mark.parametrize("name", DIRECTORY)
def test_the_directory_alone_refuses(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_is_started(*_: object, **__: object) -> None:
        raise AssertionError("unpacked")

    monkeypatch.setattr("subprocess.Popen", nothing_is_started)
    content, said = DIRECTORY[name]
    problem = refused(tmp_path, content)
    assert said in problem.message.zh
    assert problem.hint.zh


@pytest.mark.parametrize("name", UNPACKED)
def test_what_unpacks_to_something_wrong_is_refused(tmp_path: Path, name: str) -> None:
    content, said = UNPACKED[name]
    problem = refused(tmp_path, content)
    assert problem.code == "malformed_file"
    assert said in problem.message.zh


@pytest.mark.parametrize("name", [name for name, (_, said) in UNPACKED.items() if said != "读不懂"])
def test_the_gates_need_no_parser_to_refuse(name: str) -> None:
    content, said = UNPACKED[name]
    (line,) = told(io.BytesIO(content))
    assert said in line["refused"].message.zh


def test_the_child_writes_lines_of_json(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(child_module, "limit", lambda: None)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(zipped(parts()))))
    child_module.main()
    assert capsys.readouterr().out == '"a"\n[1, ["x"]]\ntrue\n'


def test_a_file_of_a_kind_that_is_never_read_says_so(tmp_path: Path) -> None:
    for name in ("an old xls, or a password", "macros", "links to other files"):
        problem = refused(tmp_path, DIRECTORY[name][0])
        assert (problem.code, problem.place.row) == ("unsupported_file", None), name
        assert "a.xlsx" in problem.message.zh


def test_a_large_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory_module, "LARGEST_FILE", 100)
    assert "MB" in refused(tmp_path, zipped(parts())).message.zh


def test_a_child_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    assert "时间" in refused(tmp_path, zipped(parts()), patience=0).message.zh


def test_a_child_that_aborts_harms_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for harm in ("import os; os.abort()", "print('[1, [\"half', end='')", "raise MemoryError", "bytearray(10**12)"):
        monkeypatch.setattr(cells_module, "_START", harm)
        assert "读不懂" in refused(tmp_path, zipped(parts())).message.zh


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_child_bounds_its_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start = cells_module._START.replace("main()", "child.limit(); bytearray(1_500_000_000); child.main()")
    start = start.replace("import main", "import limit; import checker.intake.workbook.child as child")
    monkeypatch.setattr(cells_module, "_START", start)
    assert "内存" in refused(tmp_path, zipped(parts())).message.zh


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of a process are tried in a process of their own")
def test_limits_can_be_set() -> None:
    import resource

    if (child := os.fork()) == 0:
        limit()
        os._exit(0 if resource.getrlimit(resource.RLIMIT_CPU)[0] <= 30 else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(LeftOut) as caught:
        read_cells(Source(tmp_path, "a.xlsx", 1))
    assert "读不出来" in caught.value.problems[0].message.zh


def test_cells_that_a_parser_takes_for_empty_are_told(tmp_path: Path) -> None:
    row = (
        '<c r="B3" t="e"><f>NA()</f><v>#N/A</v></c><c r="C3"><f>A1</f><v></v></c><c r="D3"><f>A1</f></c>'
        '<c r="E3" t="str"><f>""</f><v></v></c><c r="F3"><f>1+1</f><v>2</v></c><c r="G3" t="b"><v>1</v></c>'
    )
    (grid,) = read(tmp_path, zipped(parts(sheet=sheet(f'<row r="3">{row}</row>', "B3:G3"))))
    assert grid.rows == [(3, ["", Odd("#N/A"), Odd("="), Odd("="), "", 2.0, True])]


def test_rows_and_columns_before_the_first_cell_count(tmp_path: Path) -> None:
    (grid,) = read(tmp_path, zipped(parts(sheet=sheet('<row r="9"><c r="C9"><v>5</v></c></row>', "C9"))))
    assert grid.rows == [(9, ["", "", 5.0])]


def test_parts_that_hold_no_cells_are_not_unpacked(tmp_path: Path) -> None:
    assert read(tmp_path, zipped(parts() | {"xl/theme/theme1.xml": DOCTYPE})) == [Grid("a", [(1, ["x"])])]
    assert SHEET in parts()


def test_the_child_says_sheets_rows_and_its_end_or_why_not() -> None:
    cells = '<row r="2"><c r="B2"><v>1.5</v></c><c r="C2" s="1"><v>45667.25</v></c></row>'
    said = list(told(io.BytesIO(zipped(parts(sheet=sheet(cells, "B2:C2"))))))
    assert said == ["a", [2, ["", 1.5, 45667.25]], True]
    assert next(told(io.BytesIO(DIRECTORY["macros"][0])))["refused"].message.zh == "带有宏"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (datetime(2025, 1, 2), "2025-01-02"),
        (datetime(2025, 1, 2, 3, 4, 5), "2025-01-02T03:04:05"),
        (date(2025, 1, 2), "2025-01-02"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        (float("inf"), ["inf"]),
        (object, [str(object)]),
        ("\ue000#N/A", ["#N/A"]),
    ],
)
def test_cells_are_told_as_text_number_truth_or_none_of_them(cell: object, written: object) -> None:
    assert child_cell(cell) == written
