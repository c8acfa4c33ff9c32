"""DuckDB as a session: in memory, within bounds, and closed to everything outside.

With `checker/intake/parquet.py` the only place that knows duckdb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from checker.engines.columnar.session import COLUMNS, Cell, Scan, Stage, Table

_BETWEEN = "\x1f"
_FETCH = 10_000
_SMALLEST_JSON = 2**24
_LOOKED_AT = ("unit", "unit_type", "area", "root", "section", "verdict", "underlying")
_FINDINGS = "struct(unit varchar, verdict varchar, underlying varchar, source struct(section varchar))[]"


class Unreadable(Exception):  # noqa: N818 (not an error of the program: a file that is not what it should be)
    """A file that holds no findings, and why."""


class Bounds(NamedTuple):
    """What a session may take: memory as DuckDB writes it, and threads (0: as many as there are processors)."""

    memory: str = "3GB"
    threads: int = 0


_TYPES = ("VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "DECIMAL", "DOUBLE", "DATE", "TIMESTAMP")
USUAL = Bounds()


class DuckSession:
    """One check's tables in DuckDB, spilling to a folder of its own.

    It may touch nothing outside but `paths`, and fetches no extension.
    """

    name = "duckdb"

    def __init__(self, bounds: Bounds = USUAL, paths: Iterable[Path] = ()) -> None:
        self._spill = TemporaryDirectory(prefix="checker-")
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": bounds.memory,
            "temp_directory": self._spill.name,
            "preserve_insertion_order": False,
        }
        if bounds.threads:
            config["threads"] = bounds.threads
        self.connection = duckdb.connect(":memory:", config=config)
        allowed = ", ".join(literal(str(path.absolute())) for path in paths)
        self.connection.execute(f"set allowed_paths = [{allowed}]")
        self.connection.execute("set enable_external_access = false")
        self.connection.execute("set lock_configuration = true")
        self.connection.execute("create temp macro regexp_like(cell, pattern) as regexp_matches(cell, pattern)")

    def load(self, table: Table) -> None:
        """Keep the rows of `table` under its name."""
        columns = ", ".join(f"{name} {kind}" for name, kind in table.columns)
        self.connection.execute(f"create or replace temp table {table.name} ({columns})")
        if not table.rows:
            return
        packed = [
            _packed(kind, cells) for (_, kind), cells in zip(table.columns, zip(*table.rows, strict=True), strict=True)
        ]
        unpacked = ", ".join(f"unnest({query})" for query, _ in packed)
        self.connection.execute(f"insert into {table.name} select {unpacked}", [cells for _, cells in packed])

    def load_lines(self, name: str, lines: Sequence[str]) -> None:
        """Keep the `lines` under `name` with their numbers."""
        told = "select unnest(range(?)) as row, unnest(string_split(?, chr(10))) as line"
        self.connection.execute(f"create or replace temp table {name} as {told}", [len(lines), "\n".join(lines)])

    def keep(self, stage: Stage) -> None:
        """Compute `stage` and keep its result under its name."""
        self.connection.execute(f"create or replace temp table {stage.name} as {stage.query}")

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """Go through the rows that `query` gives; go to the end before anything else is asked."""
        found = self.connection.execute(query)
        while rows := found.fetchmany(_FETCH):
            yield from rows

    def columns(self, path: str) -> list[tuple[str, str]]:
        """Give the names and types of a file's columns; none where it is no table of plain values."""
        try:
            described = self.connection.execute(f"describe select * from {_parquet([path])}").fetchall()
        except duckdb.Error:
            return []
        columns = [(str(name), str(kind)) for name, kind, *_ in described]
        return columns if all(kind.startswith(_TYPES) and not kind.endswith("]") for _, kind in columns) else []

    def scan(self, scans: Sequence[Scan]) -> list[Scan]:
        """Make the records of all `scans` readable as ``raw``; files with the same columns are read together."""
        alike: dict[tuple[tuple[str, str, str], ...], list[Scan]] = defaultdict(list)
        for scan in scans:
            alike[scan.columns].append(scan)
        read: list[Scan] = []
        queries: list[str] = []
        for columns, same in alike.items():
            queries.append(_records(len(read), columns, [scan.path for scan in same]))
            read += same
        self.connection.execute(f"create or replace temp view raw as {' union all '.join(queries) or _NOTHING}")
        return read

    def reads(self, path: str) -> bool:
        """Whether every value in a file can be read."""
        try:
            # Hashed, because the largest of a column is told by the file's statistics without reading it.
            self.connection.execute(f"select max(hash(columns(*))) from {_parquet([path])}").fetchall()
        except duckdb.Error:
            return False
        return True

    def write(self, query: str, path: str) -> None:
        """Write the rows that `query` gives to a file whose suffix says how."""
        form = FORMATS[Path(path).suffix.lower()]
        self.connection.execute(f"copy ({query}) to {literal(path)} ({form}, use_tmp_file false)")

    def look(self, path: str) -> list[str]:
        """Make the findings in a file readable as ``written``, and give the names of their columns.

        Raises Unreadable.
        """
        listed, size = literal(path), max(Path(path).stat().st_size, _SMALLEST_JSON)
        parts = parts_of(Path(path))
        texts = "{" + ", ".join(f"{name}: 'varchar'" for name in _LOOKED_AT) + "}"
        read = {
            ".csv": f"select * from read_csv({listed}, all_varchar = true)",
            ".jsonl": f"select * from read_json({listed}, format = 'newline_delimited', columns = {texts})",
            ".json": f"select item.*, item.source.section as section from (select unnest(findings) as item "
            f"from read_json({listed}, maximum_object_size = {size}, columns = {{findings: '{_FINDINGS}'}}))",
        }.get(Path(path).suffix.lower(), f"select * from {_parquet([str(part) for part in parts])}")
        try:
            self.connection.execute(f"create or replace temp view written as {read}")
            columns = [str(name) for name, *_ in self.connection.execute("describe written").fetchall()]
            self.connection.execute("select max(verdict), max(underlying) from written")
        except duckdb.Error as fault:
            raise Unreadable(str(fault).split("\n", maxsplit=1)[0]) from None
        return columns

    def close(self) -> None:
        """Forget everything."""
        self.connection.close()
        self._spill.cleanup()


def parts_of(path: Path) -> list[Path]:
    """Give the files that make up `path`: itself, or the parts in the folder that Spark writes."""
    return sorted(path.glob("*.parquet")) if path.is_dir() else [path]


def _packed(kind: str, cells: Sequence[Cell]) -> tuple[str, object]:
    """Give the SQL of a list and its parameter: one text where it can be, for lists are handed over one by one."""
    if kind != "string":
        return f"cast(string_split(?, ',') as {kind}[])", ",".join(map(str, cells))
    texts = [str(cell) for cell in cells]
    together = _BETWEEN.join(texts)
    if together.count(_BETWEEN) == len(texts) - 1:
        return f"string_split(?, '{_BETWEEN}')", together
    return "cast(? as varchar[])", texts


def _parquet(paths: Sequence[str]) -> str:
    listed = ", ".join(literal(path) for path in paths)
    return f"read_parquet([{listed}], hive_partitioning = false, binary_as_string = true)"


def _records(first: int, columns: Sequence[tuple[str, str, str]], paths: Sequence[str]) -> str:
    told = {name: _text(column, kind) for name, column, kind in columns}
    cells = ", ".join(f"{told.get(name, literal(''))} as {name}" for name in COLUMNS)
    return f"select file_index + {first} as file, file_row_number + 1 as row, {cells} from {_parquet(paths)}"


def _text(name: str, kind: str) -> str:
    """Give the SQL of a cell as it would stand in a CSV; null where there is none."""
    column = '"' + name.replace('"', '""') + '"'
    if kind == "VARCHAR":
        return column
    if kind == "TIMESTAMP WITH TIME ZONE":
        # As text in UTC, without the package for time zones that duckdb would ask for.
        return f"strftime(make_timestamp(epoch_us({column})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    if kind.startswith("TIMESTAMP"):
        return f"replace(strftime({column}, '%Y-%m-%dT%H:%M:%S.%n'), '.000000000', '')"
    return f"cast({column} as varchar)"


def literal(text: str) -> str:
    """Give `text` as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


_NOTHING = "select 0 as file, 0 as row, " + ", ".join(f"'' as {name}" for name in COLUMNS) + " where false"
FORMATS = {".parquet": "format parquet", ".csv": "format csv, header", ".jsonl": "format json"}
"""How findings are written, by the suffix of the file."""
