"""Apache Spark as a session: the same statements, sent to ``spark.sql``.

The only file that knows pyspark, the optional extra ``spark``.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyspark.sql import SparkSession as Spark

from checker.engines.columnar.session import Stage, Table

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

    def keep(self, stage: Stage) -> None:
        """Compute `stage` and keep its result under its name."""
        # Without a checkpoint every later stage would compute the earlier ones again.
        self.spark.sql(stage.query).localCheckpoint().createOrReplaceTempView(stage.name)

    def rows(self, query: str) -> Iterator[tuple[object, ...]]:
        """Go through the rows that `query` gives."""
        return (tuple(row) for row in self.spark.sql(query).toLocalIterator())


def open_spark(master: str | None = None) -> SparkSession:
    """Give the session that is there (as under spark-submit), or one on `master`, by default as Spark is set up."""
    there = Spark.getActiveSession()
    if there is None:
        builder = Spark.builder.appName("checker").config("spark.ui.enabled", "false")
        there = (builder.master(master) if master else builder).getOrCreate()
    return SparkSession(there)
