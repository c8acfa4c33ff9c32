"""``checker check --engine duckdb --output findings.parquet``: findings as raw columns, of data of any size."""

from __future__ import annotations

from pathlib import Path

import click

from checker.checking import Question
from checker.engines.columnar.session import Store
from checker.intake.layout import Inputs
from checker.model.language import Language, Text
from checker.model.problem import Severity
from checker.model.rulebook import Force, Rulebook
from checker.volume.checking import Tally, check_volume


def open_store(engine: str, spark_master: str | None, paths: list[Path]) -> Store:
    """Give the store of `engine`; it may touch `paths`. Fails as bad usage where the engine is not installed."""
    try:
        # Only here: both take long to load, and they are optional extras.
        if engine == "spark":
            from checker.engines.columnar.spark import open_spark  # noqa: PLC0415

            return open_spark(spark_master)
        # As above.
        from checker.engines.columnar.duck import DuckSession  # noqa: PLC0415
    except ImportError as missing:
        extra = {"spark": "spark"}.get(engine, "parquet")
        raise click.UsageError(f"--engine {engine}: 请运行  run: pip install 'duixian[{extra}]'") from missing
    return DuckSession(paths=paths)


def check_on_volume(
    rulebook: Rulebook, inputs: Inputs, question: Question, store: Store, output: Path, language: Language
) -> Tally:
    """Write the findings to `output`, say every problem and the counts beside it, and give them."""
    tally = check_volume(rulebook, inputs, question, store, output)
    store.close()
    for problem in tally.problems:
        error = problem.severity is Severity.ERROR
        word = (Text("错误", "error") if error else Text("提示", "warning")).said(language)
        click.echo(f"{word} {problem.place} {problem.code}: {problem.message.said(language)}", err=True)
    for name in tally.stray:
        said = Text(f"没有读取 {name}：请放进 submissions/", f"{name} was not read: put it under submissions/")
        click.echo(said.said(language), err=True)
    for force in Force if tally.counts else ():
        counts = tally.counts[force]._asdict() if tally.counts else {}
        click.echo(f"{force}: " + ", ".join(f"{verdict} {many}" for verdict, many in counts.items()), err=True)
    return tally
