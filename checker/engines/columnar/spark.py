"""Apache Spark as a session: the same statements, sent to ``spark.sql``.

The only file that knows pyspark, the optional extra ``spark``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame
from pyspark.sql import SparkSession as Spark

from checker.engines.columnar.session import COLUMNS, Scan, Stage, Table

_STRICT = {"spark.sql.ansi.enabled": "true", "spark.sql.decimalOperations.allowPrecisionLoss": "false"}


class SparkSession:
    """One check's tables as views of a Spark session; overflow is an error there too."""

    name = "spark"

    def __init__(self, spark: Spark) -> None:
        self.spark = spark
        for key, value in _STRICT.items():
            spark.conf.set(key, value)

    def load(self, table: Table) -> None:
        """Keep the rows of `table` under its name."""
        schema = ", ".join(f"{name} {kind}" for name, kind in table.columns)
        self.spark.createDataFrame(list(table.rows), schema).createOrReplaceTempView(table.name)

    def load_lines(self, name: str, lines: Sequence[str]) -> None:
        """Keep the `lines` under `name` with their numbers."""
        self.load(Table(name, (("row", "bigint"), ("line", "string")), list(enumerate(lines))))

    def keep(self, stage: Stage) -> None:
        """Compute `stage` and keep its result under its name."""
        # Without a checkpoint every later stage would compute the earlier ones again.
        self.spark.sql(stage.query).localCheckpoint().createOrReplaceTempView(stage.name)

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """Go through the rows that `query` gives."""
        return (tuple(row) for row in self.spark.sql(query).toLocalIterator())

    def columns(self, path: str) -> list[tuple[str, str]]:
        """Give the names and types of a file's columns; none where it is no table of plain values."""
        try:
            fields = self.spark.read.parquet(path).dtypes
        except PySparkException:
            return []
        return fields if all(kind.startswith(_TYPES) for _, kind in fields) else []

    def scan(self, scans: Sequence[Scan]) -> list[Scan]:
        """Make the records of all `scans` readable as ``raw``, as texts; give them as ``raw.file`` numbers them."""
        records: DataFrame | None = None
        for number, scan in enumerate(scans):
            told = {name: _text(column, kind) for name, column, kind in scan.columns}
            cells = (f"{told.get(name, _EMPTY)} as {name}" for name in COLUMNS)
            read = self.spark.read.parquet(scan.path).selectExpr(
                f"{number} as file", "_metadata.row_index + 1 as row", *cells
            )
            records = read if records is None else records.unionAll(read)
        if records is None:
            names = ", ".join(f"'' as {name}" for name in COLUMNS)
            records = self.spark.sql(f"select 0 as file, 0 as row, {names} where false")
        records.createOrReplaceTempView("raw")
        return list(scans)

    def reads(self, path: str) -> bool:
        """Whether every value in a file can be read."""
        try:
            self.spark.read.parquet(path).selectExpr("max(hash(*))").collect()
        except PySparkException:
            return False
        return True

    def write(self, query: str, path: str) -> None:
        """Write the rows that `query` gives as a folder of Parquet files."""
        self.spark.sql(query).write.mode("overwrite").parquet(path)

    def close(self) -> None:
        """Leave the session to whoever started it."""


_TYPES = ("string", "boolean", "tinyint", "smallint", "int", "bigint", "decimal", "double", "date", "timestamp")
_EMPTY = "cast('' as string)"


def _text(name: str, kind: str) -> str:
    """Give the SQL of a cell as it would stand in a CSV; null where there is none."""
    column = "`" + name.replace("`", "``") + "`"
    if kind == "timestamp":
        return f"date_format(to_utc_timestamp({column}, current_timezone()), \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'\")"
    if kind == "timestamp_ntz":
        return f"date_format({column}, \"yyyy-MM-dd'T'HH:mm:ss.SSSSSS\")"
    return f"cast({column} as string)"


def open_spark(master: str | None = None) -> SparkSession:
    """Give the session that is there (as under spark-submit), or one on `master`, by default as Spark is set up."""
    there = Spark.getActiveSession()
    if there is None:
        builder = Spark.builder.appName("checker").config("spark.ui.enabled", "false")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        there = (builder.master(master) if master else builder).getOrCreate()
    return SparkSession(there)
