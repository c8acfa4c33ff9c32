"""Which engine serves: for ordinary data durable-rules where it is installed, else the plain one; DuckDB for volume."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib.util import find_spec

from checker.engines.columnar.engine import ColumnarEngine
from checker.engines.judging import Case, Judge, Outcome
from checker.engines.plain import PlainJudge

MANY = 500_000
"""From so many facts on `auto` takes DuckDB, where that is installed."""


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
    if name is EngineName.AUTO:
        return AutoJudge(choose(EngineName.DURABLE))
    if name is EngineName.PLAIN or find_spec("durable") is None:
        return PlainJudge()
    try:
        # Imported here because compiling its rules costs start-up time, and it fails to import on Python 3.13.
        from checker.engines.durable import DurableJudge  # noqa: PLC0415
    except ImportError:
        return PlainJudge()
    return DurableJudge()


class AutoJudge:
    """The judge for ordinary data, until it is known how many facts there are."""

    def __init__(self, ordinary: Judge) -> None:
        self._ordinary, self.name = ordinary, ordinary.name

    def judge(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        """Give one outcome for each case, in the order of `cases`."""
        return self._ordinary.judge(cases)

    def alerts(self, counts: Iterable[tuple[int, int]]) -> Iterator[bool]:
        """Give for each pair (count, needed) whether the follow-up fires, in order."""
        return self._ordinary.alerts(counts)

    def suited(self, facts: int) -> Judge:
        """Give the judge for so many facts."""
        volume = facts >= MANY and find_spec("duckdb") is not None
        return choose(EngineName.DUCKDB) if volume else self._ordinary


def suited(judge: Judge, facts: int) -> Judge:
    """Give the judge that serves for so many facts: `judge` itself unless the choice was left open."""
    return judge.suited(facts) if isinstance(judge, AutoJudge) else judge
