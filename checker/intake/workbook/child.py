"""The process that parses one workbook: it comes in on standard input, its cells go out as lines of JSON.

Whatever goes wrong in it, with a parser that aborts or memory that runs out, goes wrong here and not in the caller.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from checker.intake.workbook.directory import Refused
from checker.intake.workbook.unpacking import ODD, unpacked

MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 30


def main() -> None:
    """Write what standard input holds to standard output, within limits."""
    limit()
    lines = told(sys.stdin.buffer)
    for line in lines:
        sys.stdout.write(json.dumps(line, ensure_ascii=True, allow_nan=False) + "\n")
    sys.stdout.flush()


def limit() -> None:
    """Bound memory (bytes), processor time (seconds) and files of this process, where the platform can."""
    try:
        # Not on Windows; there the caller's clock is the only bound.
        import resource  # noqa: PLC0415
    except ImportError:
        return
    bounds = {"RLIMIT_AS": MOST_MEMORY, "RLIMIT_CPU": MOST_SECONDS, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in bounds.items():
        kind = getattr(resource, name, None)
        if kind is not None:
            _, hard = resource.getrlimit(kind)
            wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(kind, (wanted, hard))
            except (ValueError, OSError):  # macOS refuses some of them
                continue


def told(file: IO[bytes]) -> Iterator[Any]:
    """Go through what there is to say of a workbook.

    The name of each sheet, followed by its rows as number and cells; at the end true, or an object that says why the
    workbook is refused.
    """
    try:
        yield from _sheets(file)
    except Refused as fault:
        yield {"refused": fault.refusal}
        return
    yield True


def _sheets(file: IO[bytes]) -> Iterator[Any]:
    clean = unpacked(file)
    # Only here: what the gates refuse need not wait for the parser.
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415

    with CalamineWorkbook.from_filelike(clean) as workbook:
        for about in workbook.sheets_metadata:
            if about.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(about.name)
            yield about.name
            # What lies before the first cell is cut off.
            row, column = sheet.start or (0, 0)
            for number, cells in enumerate(sheet.to_python(), start=row + 1):
                written = [_cell(cell) for cell in cells]
                if any(cell != "" for cell in written):
                    yield [number, [""] * column + written]


def _cell(value: object) -> object:
    if isinstance(value, str):
        return [value[1:]] if value.startswith(ODD) else value
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        # An integer can be read as no float only where it is far too large.
        return float(value) if math.isfinite(value) else [str(value)]
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta | Decimal) else [str(value)]
