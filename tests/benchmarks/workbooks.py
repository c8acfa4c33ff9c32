"""How fast workbooks are made, read, checked and answered. Run ``python -m tests.benchmarks.workbooks``.

Each step is a command of its own, as its user types it; memory is the most that the command held, its child included.
It asserts nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from checker.intake.sources import LeftOut, Source
from checker.intake.workbook.cells import read_cells
from tests.intake.workbook.test_gates import DIRECTORY, UNPACKED

SIZES = (5_000, 50_000)
AS_OF = "2023-01-31"
KINDS = {"school": "2022-2023-1", "village": "2022"}


def values(kind: str, row: int) -> tuple[object, ...]:
    """Give the figures of one row, different from row to row."""
    if kind == "village":
        return row % 3, row % 2, 1, "是" if row % 5 else "否", "是"
    return row % 3, row % 4, 150 + row % 45, 200 + row % 37, row % 2


def measured(*arguments: str) -> str:
    """Run a command; give its seconds, those of the processor, and the megabytes of it or its child at their most."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "checker", *arguments], stdout=subprocess.DEVNULL)
    # The children of this process count those of theirs too, each by its own most.
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    busy = used.ru_utime + used.ru_stime
    memory, code = used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)
    return f"{seconds:8.2f} s {busy:8.2f} s busy {memory:8.0f} MB   exit {code}"


def registry(path: Path, kind: str, units: int) -> None:
    """Write a registry of so many units."""
    lines = "".join(f"u{n:05},{kind}{n},{kind},county\n" for n in range(units))
    path.write_text(f"id,name,type,parent\ncounty,县,county,\n{lines}", encoding="utf-8")


def fill(empty: Path, filled: Path, kind: str) -> None:
    """Fill in every figure of one sheet; the others are left out, as somebody who knows the form may do."""
    sheet = KINDS[kind]
    rows = CalamineWorkbook.from_path(str(empty)).get_sheet_by_name(sheet).to_python()
    with xlsxwriter.Workbook(str(filled), {"constant_memory": True}) as workbook:
        paper = workbook.add_worksheet(sheet)
        for row, cells in enumerate(rows):
            paper.write_row(row, 0, [*cells[:2], *values(kind, row), *cells[7:]] if row >= 4 else cells)


def refusals(files: Mapping[str, tuple[bytes, str]], path: Path) -> str:
    """Give the hostile file that took longest to refuse, with its seconds and those of the processor."""
    slowest = (0.0, 0.0, "")
    for name, (content, _) in files.items():
        path.write_bytes(content)
        began, before = time.perf_counter(), os.times()
        with suppress(LeftOut):
            read_cells(Source(path, path.name, 1))
        after = os.times()
        busy = sum(after[:4]) - sum(before[:4])
        slowest = max(slowest, (time.perf_counter() - began, busy, name))
    return f"{slowest[0]:8.2f} s {slowest[1]:8.2f} s busy   {slowest[2]}"


def main() -> None:
    """Print the table."""
    for kind, period in KINDS.items():
        for size in SIZES:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                units, empty, filled = folder / "units.csv", folder / "empty.xlsx", folder / "filled.xlsx"
                registry(units, kind, size)
                known = ("--units", str(units))
                asked = ("check", str(filled), *known, "--as-of", AS_OF)
                made = measured("template", "--unit-type", kind, "--period", period, *known, "-o", str(empty))
                sys.stdout.write(f"{kind} {size:6,} rows  template  {made}\n")
                fill(empty, filled, kind)
                sys.stdout.write(f"{kind} {size:6,} rows  check     {measured(*asked)}\n")
                answered = measured(*asked, "--annotate", str(folder / "answer.xlsx"))
                sys.stdout.write(f"{kind} {size:6,} rows  annotate  {answered}\n")
                sys.stdout.flush()
    # Last: a process remembers how large the one was that started it.
    with tempfile.TemporaryDirectory() as name:
        for said, files in (("directory", DIRECTORY), ("unpacking", UNPACKED)):
            sys.stdout.write(f"refused by its {said}, at most  {refusals(files, Path(name) / 'a.xlsx')}\n")


if __name__ == "__main__":
    main()
