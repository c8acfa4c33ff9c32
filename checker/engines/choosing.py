"""Which engine serves: for ordinary data durable-rules where it is installed, else the plain one."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec

from checker.engines.columnar.engine import ColumnarEngine
from checker.engines.judging import Judge
from checker.engines.plain import PlainJudge


class EngineName(StrEnum):
    """What a user can ask for; the choice never changes a finding."""

    AUTO = "auto"
    PLAIN = "plain"
    DURABLE = "durable"
    DUCKDB = "duckdb"
    SPARK = "spark"


def choose(name: EngineName, spark_master: str | None = None) -> Judge:
    """Give the engine of that name; the plain one where durable-rules is not installed or cannot be imported.

    Raises ImportError where duckdb or pyspark is asked for and not installed.
    """
    if name is EngineName.DUCKDB:
        # Imported here because loading duckdb takes longer than checking a county, and it is an optional extra.
        from checker.engines.columnar.duck import DuckSession  # noqa: PLC0415

        return ColumnarEngine(name.value, DuckSession)
    if name is EngineName.SPARK:
        # Imported here because Spark takes seconds to start, and it is an optional extra.
        from checker.engines.columnar.spark import open_spark  # noqa: PLC0415

        return ColumnarEngine(name.value, lambda: open_spark(spark_master))
    if name is EngineName.PLAIN or find_spec("durable") is None:
        return PlainJudge()
    try:
        # Imported here because compiling its rules costs start-up time, and it fails to import on Python 3.13.
        from checker.engines.durable import DurableJudge  # noqa: PLC0415
    except ImportError:
        return PlainJudge()
    return DurableJudge()
