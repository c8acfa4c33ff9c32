"""CSV files of a data folder, row by row, and problems: semantics.md, "Input data"."""

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Row:
    """A record: the file's number in reading order, its path, the line on which it begins, its cells by name."""

    rank: int
    file: str
    line: int
    cells: dict[str, str]
    headers: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass
class Problems:
    """The problems found so far: "one problem per record and code, ordered by file as read, row, code"."""

    found: dict[tuple[int, int, str], dict[str, object]] = field(default_factory=dict)

    def error(self, row: Row, code: str, column: str | None = None) -> None:
        """An error at a record; `column` is the name of the cell, shown as its header text."""
        header = None if column is None else row.headers.get(column, column)
        self.place("error", code, row.rank, row.file, row.line, header)

    def warn(self, row: Row, code: str) -> None:
        """A warning that concerns a record."""
        self.place("warning", code, row.rank, row.file, row.line, None)

    def place(self, severity: str, code: str, rank: int, file: str, line: int | None, column: str | None) -> None:
        """A problem at any place; the first of a record and code stands."""
        problem: dict[str, object] = {
            "severity": severity,
            "code": code,
            "file": file,
            "row": line,
            "column": column,
        }
        self.found.setdefault((rank, line or 0, code), problem)

    def listed(self) -> list[dict[str, object]]:
        """All, in order."""
        return [self.found[key] for key in sorted(self.found)]

    @property
    def errors(self) -> bool:
        """True when at least one problem is of severity error."""
        return any(problem["severity"] == "error" for problem in self.found.values())


def is_id(text: str) -> bool:
    """Reads: "Letters (Chinese too), digits and . _ - :, at most 64, NFC"."""
    fits = all(sign.isalpha() or sign in "0123456789._-:" for sign in text)
    return 1 <= len(text) <= 64 and fits and unicodedata.normalize("NFC", text) == text


@dataclass(frozen=True)
class Shape:
    """The columns that a kind of file must have and may have, by header text."""

    names: dict[str, str]
    required: tuple[str, ...]
    open_ended: bool = False


def _lines(text: str) -> Iterable[tuple[int, list[str]]]:
    """Each record with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    for cells in reader:
        yield line, [cell.strip() for cell in cells]
        line = reader.line_num + 1


def _header(shape: Shape, cells: list[str]) -> tuple[list[str], str | None, str | None]:
    """The canonical column names, and the code and column of what is wrong with the header."""
    if not shape.open_ended:
        unknown = next((cell for cell in cells if cell not in shape.names), None)
        if unknown is not None:
            return [], "unknown_column", unknown
    names = [shape.names.get(cell, cell) for cell in cells]
    missing = any(name not in names for name in shape.required)
    return names, "missing_column" if missing else None, None


def read_table(folder: Path, file: str, rank: int, shape: Shape, problems: Problems) -> list[Row]:
    """The records of one file; a file with a faulty header or a row too long is left out whole."""
    records = list(_lines((folder / file).read_bytes().decode("utf-8-sig")))
    if not records:
        problems.place("error", "missing_column", rank, file, 1, None)
        return []
    names, fault, column = _header(shape, records[0][1])
    if fault is not None:
        problems.place("error", fault, rank, file, 1, column)
        return []
    headers = dict(zip(names, records[0][1], strict=True))
    rows = []
    for line, cells in records[1:]:
        if len(cells) > len(names):
            problems.place("error", "malformed_file", rank, file, line, None)
            return []
        if any(cells):
            rows.append(Row(rank, file, line, dict(zip(names, cells, strict=False)), headers))
    return rows
