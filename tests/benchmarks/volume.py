"""The whole check on volume: how long it takes beside SQL written by hand for the one plan, and how that grows.

Run ``python -m tests.benchmarks.volume`` (``--sizes 100000 1000000``); prints one table, asserts that all counted the
same verdicts. Every line is a process of its own on the same made-up nation, checked after everything is due; all of
them read Parquet and units.csv, look for every kind of problem, judge and write Parquet. What differs: SQL by hand
knows nothing of other plans, waivers, dates or spoiled keys, and names no problem in words. `plain` and `durable` read
through Python and render nothing.
"""

from __future__ import annotations

import argparse
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb

from checker.checking import Question, check
from checker.engines.choosing import EngineName, choose
from checker.engines.columnar.duck import Bounds, DuckSession
from checker.intake.reading import Inputs
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import default_folder, load
from checker.volume.checking import alerts_beside, check_volume, parquet_files
from tests.benchmarks.nation import write_nation

AS_OF = date(2026, 2, 1)
SIZES = (100_000, 1_000_000, 10_000_000)
MOST_IN_PYTHON = 100_000
MEMORY = "4GB"
SCRIPT = Path(__file__).with_name("handwritten.sql")


def rulebook() -> Rulebook:
    loaded = load(default_folder()).rulebook
    assert loaded
    return loaded


def by_hand(folder: Path, output: Path) -> Counter[str]:
    files = [str(path) for path in sorted((folder / "submissions").glob("*.parquet"))]
    script = SCRIPT.read_text(encoding="utf-8").format(facts=files, units=folder / "units.csv", output=output)
    with duckdb.connect(":memory:", config={"memory_limit": MEMORY, "preserve_insertion_order": False}) as connection:
        connection.execute(script)
        assert connection.execute("select count(*) from problem").fetchall() == [(0,)]
        return Counter(dict(connection.execute("select verdict, count(*) from finding group by verdict").fetchall()))


def columnar(folder: Path, output: Path) -> Counter[str]:
    inputs = Inputs(folder=folder)
    store = DuckSession(Bounds(MEMORY), [*parquet_files(inputs), output, alerts_beside(output)])
    tally = check_volume(rulebook(), inputs, Question(AS_OF), store, output)
    assert tally.counts
    assert not tally.problems
    return sum((Counter(counts._asdict()) for counts in tally.counts.values()), Counter[str]())


def through_python(engine: EngineName) -> Callable[[Path, Path], Counter[str]]:
    def run(folder: Path, _: Path) -> Counter[str]:
        findings = check(rulebook(), Inputs(folder=folder), Question(AS_OF), choose(engine)).findings
        return Counter(finding.verdict.value for finding in findings or ())

    return run


ENGINES: dict[str, Callable[[Path, Path], Counter[str]]] = {
    "by hand": by_hand,
    "duckdb": columnar,
    "plain": through_python(EngineName.PLAIN),
    "durable": through_python(EngineName.DURABLE),
}


def one(engine: str, folder: Path) -> None:
    """Check `folder` once and print seconds, processor seconds, megabytes, bytes written and verdicts."""
    output = folder / "findings.parquet"
    started, used = time.perf_counter(), time.process_time()
    counts = ENGINES[engine](folder, output)
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    written = output.stat().st_size if output.exists() else 0
    output.unlink(missing_ok=True)
    verdicts = " ".join(f"{name}={counts[name]}" for name in ("met", "not_met", "unknown"))
    sys.stdout.write(f"{seconds} {processor} {peak} {written} {verdicts}\n")


def compare(size: int, folder: Path) -> dict[str, float]:
    """Print the lines of one size and give the processor seconds of each engine."""
    facts = write_nation(folder, size, faults=False)
    used: dict[str, float] = {}
    said: set[str] = set()
    for engine in ENGINES:
        if engine in ("plain", "durable") and size > MOST_IN_PYTHON:
            continue
        command = [sys.executable, "-m", "tests.benchmarks.volume", "--one", engine, str(folder)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split(maxsplit=4)
        seconds, processor, peak, written = (float(cell) for cell in told[:4])
        used[engine] = processor
        said.add(told[4])
        judged = sum(int(part.partition("=")[2]) for part in told[4].split())
        sys.stdout.write(
            f"{facts:11,} {engine:8} {processor / used['by hand']:7.2f} {seconds:8.2f} {processor:8.2f} "
            f"{judged / seconds:11,.0f} {peak:8.0f} {written / 1e6:7.1f}\n"
        )
        sys.stdout.flush()
    assert len(said) == 1, said
    return used


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FOLDER"))
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]))
        return
    sys.stdout.write("      facts engine     ratio  seconds      cpu  findings/s  peak MB disk MB\n")
    grown: list[tuple[int, float]] = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            grown.append((size, compare(size, Path(folder))["duckdb"]))
    for (small, few), (large, many) in pairwise(grown):
        exponent = math.log(many / few) / math.log(large / small)
        sys.stdout.write(f"duckdb from {small:,} to {large:,}: growth exponent {exponent:.2f}\n")


if __name__ == "__main__":
    main()
