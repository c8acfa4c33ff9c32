"""One quick Spark on one core, for tests; only where the optional extra `spark` is installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checker.engines.columnar.spark import SparkSession

_QUICK = {
    "spark.sql.shuffle.partitions": "1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.adaptive.enabled": "false",
}


@contextmanager
def quick_spark() -> Iterator[SparkSession]:
    """Give a session that ends with the block. Raises ImportError where pyspark is not installed."""
    import pyspark.sql

    builder = pyspark.sql.SparkSession.builder.master("local[1]")
    for key, value in _QUICK.items():
        builder = builder.config(key, value)
    started = builder.getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    yield SparkSession(started)
    started.stop()
