"""The cells of a workbook, parsed in a process of its own so that no file can harm this one."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from checker.intake.sources import LeftOut, Source
from checker.intake.workbook.directory import Refusal, Refused, directory
from checker.model.language import Text
from checker.model.worksheet import Cell, Grid, Odd

PATIENCE = 60.0
"""After how many seconds a process that has not finished is ended."""

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from checker.intake.workbook.child import main; main()"
)
_BROKEN = Refusal(
    Text(
        "读不懂：文件已损坏，或读取它要用的内存或时间太多",
        "not readable: it is broken, or takes too much memory or time",
    ),
    Text("请用 Excel 或 WPS 打开后另存为 .xlsx", "open it in Excel or WPS and save it as .xlsx"),
)


def read_cells(source: Source, patience: float = PATIENCE) -> list[Grid]:
    """Give the cells of each sheet of an XLSX file. Raises LeftOut where it is none, or one that is not read."""
    try:
        with source.path.open("rb") as file:
            directory(file)
            file.seek(0)
            return _parsed(file, patience)
    except Refused as fault:
        raise _left_out(source, fault.refusal) from None
    except OSError as fault:
        raise LeftOut([source.unreadable(fault)]) from None


def _left_out(source: Source, why: Refusal) -> LeftOut:
    if why.supported:
        return LeftOut([source.malformed(why.message, why.hint)])
    return LeftOut([source.unsupported(why.message, why.hint)])


def _parsed(file: IO[bytes], patience: float) -> list[Grid]:
    grids: list[Grid] = []
    rows: list[tuple[int, list[Cell]]] = []
    with _child(file, patience) as lines:
        for line in lines:
            said = json.loads(line)
            if isinstance(said, list):
                number, cells = said
                rows.append((number, [Odd(cell[0]) if isinstance(cell, list) else cell for cell in cells]))
            elif isinstance(said, str):
                rows = []
                grids.append(Grid(said, rows))
            elif isinstance(said, dict):
                message, hint, supported = said["refused"]
                raise Refused(Text(*message), Text(*hint), supported=supported)
            else:
                return grids
    raise Refused(_BROKEN.message, _BROKEN.hint)


@contextmanager
def _child(file: IO[bytes], patience: float) -> Iterator[Iterator[bytes]]:
    """Start the process on `file` and give its lines; a line that was cut off as it died is not among them."""
    command = [sys.executable, "-I", "-S", "-c", _START, json.dumps(sys.path)]
    with subprocess.Popen(  # noqa: S603 (our own interpreter and code)
        command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        clock = threading.Timer(patience, process.kill)
        clock.start()
        try:
            yield (line for line in process.stdout or () if line.endswith(b"\n"))
        finally:
            clock.cancel()
            process.kill()
