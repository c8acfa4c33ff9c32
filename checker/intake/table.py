"""CSV: the records of a text, each with the line on which it begins, strictly.

Not Python's `csv`: its limit on the size of a cell belongs to the whole process, and it does not say on which line a
record with line breaks in its cells began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.documents.node import TextError
from checker.intake.header import Header, Shape, read_header
from checker.intake.sources import LeftOut, Source
from checker.model.language import Text
from checker.model.problem import Problem

LONGEST_CELL = 1_000_000
"""How many characters a cell may have."""

_QUOTED = re.compile(r'"((?:[^"]++|"")*+)"(?=[,\n]|\Z)')
_BARE = re.compile(r"[^,\n]*")

Record = tuple[int, list[str]]
"""The line on which a record begins, and its cells as written."""


class Table(NamedTuple):
    """A header and the records below it; records of empty cells are left out, short ones filled with ""."""

    header: Header
    records: list[Record]


def read_table(source: Source, shape: Shape) -> Table:
    """Give the records of a CSV file. Raises LeftOut with all that is wrong with its header and its form."""
    problems: list[Problem] = []
    records = _sound(source, source.table_text(), problems)
    _, first = next(records, (1, []))
    width = len(first)
    kept: list[Record] = []
    for row, cells in records:
        if len(cells) != width:
            if len(cells) > width and "".join(cells).strip():
                problems.append(_too_long(source, row, len(cells), width))
            cells.extend([""] * (width - len(cells)))
        if "".join(cells).strip():
            kept.append((row, cells))
    try:
        header = read_header(source, first, shape)
    except LeftOut as fault:
        raise LeftOut([*fault.problems, *problems]) from None
    if problems:
        raise LeftOut(problems)
    return Table(header, kept)


def _sound(source: Source, text: str, problems: list[Problem]) -> Iterator[Record]:
    """Go through the records as far as the text is sound; note in `problems` where it ceases to be."""
    try:
        yield from split(text)
    except TextError as fault:
        problems.append(source.malformed(fault.message, fault.hint, fault.row))


def _too_long(source: Source, row: int, came: int, expected: int) -> Problem:
    return source.malformed(
        Text(
            f"这一行有 {came} 格，表头只有 {expected} 列", f"this row has {came} cells, the header {expected} columns"
        ),
        Text("请删去多余的逗号；文字里的逗号要连文字一起加双引号", "delete commas; quote a text that holds a comma"),
        row,
    )


def split(text: str) -> Iterator[Record]:
    """Go through the records of `text`. Raises TextError, with the line, for what is not CSV."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    at, row, end = 0, 1, len(text)
    while at < end:
        stop = text.find("\n", at)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if '"' in line:
            cells, stop = _cells(text, at, row)
            began, row = row, row + text.count("\n", at, stop) + 1
        else:
            cells = line.split(",")
            began, row = row, row + 1
        if stop - at > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
            message = Text(f"有一格超过 {LONGEST_CELL} 个字符", f"a cell has more than {LONGEST_CELL} characters")
            raise TextError(message, Text("请检查引号是否成对", "check that quotes come in pairs"), began)
        yield began, cells
        at = stop + 1


def _cells(text: str, at: int, row: int) -> tuple[list[str], int]:
    """Give the cells of the record that begins at `at` and where it ends."""
    began = at
    cells: list[str] = []
    while True:
        if text.startswith('"', at):
            match = _QUOTED.match(text, at)
            if match is None:
                raise _open_quote(row + text.count("\n", began, at))
            cells.append(match[1].replace('""', '"'))
        else:
            match = _BARE.match(text, at)
            cells.append(match[0] if match else "")
        at = match.end() if match else at
        if not text.startswith(",", at):
            return cells, at
        at += 1


def _open_quote(row: int) -> TextError:
    return TextError(
        Text("双引号没有成对，或引号后面还有文字", "a double quote is not closed, or text follows a closed one"),
        Text(
            "整格用双引号括起，文字里的双引号写成两个",
            "put the whole cell in double quotes, and write a quote within as two",
        ),
        row,
    )
