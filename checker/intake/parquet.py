"""Parquet, for volume: the columns of facts, each typed value turned into the text that a CSV would hold.

The only file of this room that knows duckdb. Nothing is fetched from anywhere, and nothing but the one file is opened.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from checker.intake.header import Header, Shape, read_header
from checker.intake.sources import LeftOut, Source
from checker.model.language import Text

if TYPE_CHECKING:
    import duckdb

_TYPES = ("VARCHAR", "BOOLEAN", "DECIMAL", "DOUBLE", "FLOAT", "DATE", "TIMESTAMP", "ENUM", '"NULL"')
_PATTERN = frozenset("*?[")


class ParquetTable(NamedTuple):
    """A header and the records below it, numbered from 1; records of empty cells are left out."""

    header: Header
    records: list[tuple[int, list[str]]]


def read_parquet(source: Source, shape: Shape) -> ParquetTable:
    """Give the records of a Parquet file. Raises LeftOut, also where duckdb is not installed."""
    try:
        # Only for Parquet: loading it takes longer than checking a county, and it is an optional extra.
        import duckdb  # noqa: PLC0415
    except ImportError:
        message = Text(
            "是 Parquet，这里没有安装读取它的 duckdb", "is Parquet; duckdb, which reads it, is not installed"
        )
        hint = Text("请运行 pip install 'duixian[parquet]'", "run pip install 'duixian[parquet]'")
        raise LeftOut([source.unsupported(message, hint)]) from None
    try:
        with _readable(source.path) as path, _closed_to_all_but(path) as connection:
            return _read(source, shape, connection, path)
    except (duckdb.Error, OSError, UnicodeDecodeError) as fault:
        why = str(fault).split("\n", maxsplit=1)[0]
        hint = Text("请重新导出", "export it again")
        raise LeftOut([source.malformed(Text(f"不是 Parquet：{why}", f"not Parquet: {why}"), hint)]) from None


@contextmanager
def _readable(path: Path) -> Iterator[str]:
    """Give a path that duckdb takes for one file: it reads some signs in paths as patterns."""
    absolute = str(path.absolute())
    if not _PATTERN & set(absolute):
        yield absolute
        return
    with tempfile.TemporaryDirectory() as folder:
        yield shutil.copyfile(path, str(Path(folder) / "copy.parquet"))


@contextmanager
def _closed_to_all_but(path: str) -> Iterator[duckdb.DuckDBPyConnection]:
    # Only for Parquet, see read_parquet.
    import duckdb  # noqa: PLC0415

    with duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    ) as connection:
        connection.execute(f"set allowed_paths = [{_literal(path)}]")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection


def _read(source: Source, shape: Shape, connection: duckdb.DuckDBPyConnection, path: str) -> ParquetTable:
    table = f"read_parquet({_literal(path)}, hive_partitioning = false, binary_as_string = true)"
    columns = connection.execute(f"describe select * from {table}").fetchall()  # noqa: S608 (the path is escaped)
    header = read_header(source, [str(name) for name, *_ in columns], shape)
    strange = [(name, kind) for name, kind, *_ in columns if not _is_plain(kind)]
    if strange:
        name, kind = strange[0]
        message = Text(f"列 {name} 的类型是 {kind}，读不了", f"the column {name} is of type {kind}, which is not read")
        raise LeftOut([source.malformed(message, Text("请存成文字或数字", "store it as text or numbers"))])
    chosen = ", ".join(_selected(name, kind) for name, kind, *_ in columns)
    rows = connection.execute(f"select {chosen} from {table}").fetchall()  # noqa: S608 (names are escaped)
    texts = ((number, [_text(value) for value in row]) for number, row in enumerate(rows, start=1))
    return ParquetTable(header, [(number, cells) for number, cells in texts if "".join(cells).strip()])


def _is_plain(kind: str) -> bool:
    return not kind.endswith("]") and (kind.startswith(_TYPES) or kind.endswith("INT") or kind == "INTEGER")


def _selected(name: str, kind: str) -> str:
    """Give the SQL that yields a column in a type that Python takes over exactly."""
    column = '"' + name.replace('"', '""') + '"'
    if kind == "TIMESTAMP WITH TIME ZONE":
        # An instant: as text in UTC, without the package for time zones that duckdb would ask for.
        return f"strftime(make_timestamp(epoch_us({column})), '%Y-%m-%dT%H:%M:%S.%fZ')"
    if kind == "TIMESTAMP_NS":
        return f"strftime({column}, '%Y-%m-%dT%H:%M:%S.%n')"
    # The shortest text of a 32-bit figure is what was meant; as a double it would show its binary rounding.
    return f"cast({column} as varchar)" if kind == "FLOAT" else column


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _text(value: object) -> str:
    """Give a value as it would stand in a CSV."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value if isinstance(value, str) else repr(value)
