"""What the columnar engine asks of a database, and the one text that every database runs unchanged.

The portable subset: ``cast()``, ``count(case …)``, explicit ``group by``, no quoted identifiers, no words of one
dialect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

Cell = int | str | None
Row = tuple[Cell, ...]
COLUMNS = ("unit", "indicator", "period", "value", "reported_at", "evidence", "note")
"""The columns of ``raw`` records besides `file` and `row`."""


class Table(NamedTuple):
    """Rows that Python hands to the database: `columns` are pairs of a name and ``int``, ``bigint`` or ``string``."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: Sequence[Row]


def numbers(names: str) -> tuple[tuple[str, str], ...]:
    """Give columns of numbers of things, and of days, under `names`, separated by spaces."""
    return tuple((name, "int") for name in names.split())


def amounts(names: str) -> tuple[tuple[str, str], ...]:
    """Give columns of whole numbers of any size that values have under `names`, separated by spaces."""
    return tuple((name, "bigint") for name in names.split())


def strings(names: str) -> tuple[tuple[str, str], ...]:
    """Give columns of texts under `names`, separated by spaces."""
    return tuple((name, "string") for name in names.split())


class Stage(NamedTuple):
    """One named step: a query, whose result later steps read under that name. `says` cites what it follows."""

    name: str
    says: str
    query: str


class Session(Protocol):
    """A database that holds the tables of one check."""

    @property
    def name(self) -> str:
        """The engine's name, as a Run records it."""

    def load(self, table: Table) -> None:
        """Keep the rows of `table` under its name."""

    def load_lines(self, name: str, lines: Sequence[str]) -> None:
        """Keep the `lines` of a text, none with a line break, under `name` with their numbers as `row`, from 0."""

    def keep(self, stage: Stage) -> None:
        """Compute `stage` and keep its result under its name, instead of an earlier one."""

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """Go through the rows that `query` gives; one query at a time."""


class Scan(NamedTuple):
    """A Parquet file of facts: its name for the caller, and which of its columns holds what.

    `columns` are triples: the name in the contract, the name in the file and the type in the file.
    """

    file: int
    path: str
    columns: tuple[tuple[str, str, str], ...]


class Store(Session, Protocol):
    """A session that reads Parquet files of facts and writes tables as files."""

    def columns(self, path: str) -> list[tuple[str, str]]:
        """Give the names and types of a file's columns; none where it is no table of plain values."""

    def scan(self, scans: Sequence[Scan]) -> list[Scan]:
        """Make the records of all `scans` readable as ``raw``, as texts; give them as ``raw.file`` numbers them."""

    def reads(self, path: str) -> bool:
        """Whether every value in a file can be read."""

    def write(self, query: str, path: str) -> None:
        """Write the rows that `query` gives to a file whose suffix says how."""

    def close(self) -> None:
        """Let go of everything that the store holds."""


class Shelf(Session, Protocol):
    """A session that reads files of findings."""

    def look(self, path: str) -> list[str]:
        """Make the findings in a file readable as ``written``, and give the names of their columns."""
