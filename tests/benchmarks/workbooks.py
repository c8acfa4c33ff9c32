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
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

SIZES = (5_000, 50_000)
AS_OF = "2023-01-31"
KINDS = {"school": ("2022-2023-1", (1, 3, 90, 100, 1)), "village": ("2022", (1, 1, 1, "是", "否"))}


def measured(*arguments: str) -> str:
    """Run a command of the checker and give its seconds, and the megabytes of it and of its child at their most."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "checker", *arguments], stdout=subprocess.DEVNULL)
    # The children of this process count those of theirs too, each by its own most.
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    return f"{seconds:8.2f} s {used.ru_maxrss / 1024:8.0f} MB   exit {os.waitstatus_to_exitcode(status)}"


def registry(path: Path, kind: str, units: int) -> None:
    """Write a registry of so many units."""
    lines = "".join(f"u{n:05},{kind}{n},{kind},county\n" for n in range(units))
    path.write_text(f"id,name,type,parent\ncounty,县,county,\n{lines}", encoding="utf-8")


def fill(empty: Path, filled: Path, sheet: str, values: tuple[object, ...]) -> None:
    """Fill in every figure of one sheet; the others are left out, as somebody who knows the form may do."""
    rows = CalamineWorkbook.from_path(str(empty)).get_sheet_by_name(sheet).to_python()
    with xlsxwriter.Workbook(str(filled), {"constant_memory": True}) as workbook:
        paper = workbook.add_worksheet(sheet)
        for row, cells in enumerate(rows):
            written = [*cells, *[""] * (2 + len(values) - len(cells))]
            if row >= 4:
                written[2 : 2 + len(values)] = values
            paper.write_row(row, 0, written)


def main() -> None:
    """Print the table."""
    for kind, (period, values) in KINDS.items():
        for size in SIZES:
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                units, empty, filled = folder / "units.csv", folder / "empty.xlsx", folder / "filled.xlsx"
                registry(units, kind, size)
                known = ("--units", str(units))
                asked = ("check", str(filled), *known, "--as-of", AS_OF)
                made = measured("template", "--unit-type", kind, "--period", period, *known, "-o", str(empty))
                sys.stdout.write(f"{kind} {size:6,} rows  template  {made}\n")
                fill(empty, filled, period, values)
                sys.stdout.write(f"{kind} {size:6,} rows  check     {measured(*asked)}\n")
                answered = measured(*asked, "--annotate", str(folder / "answer.xlsx"))
                sys.stdout.write(f"{kind} {size:6,} rows  annotate  {answered}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
