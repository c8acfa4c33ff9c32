"""The whole check on volume: how long it takes beside SQL written by hand for the one plan, and how that grows.

Run ``python -m tests.benchmarks.volume`` (``--sizes 100000 1000000 100000000``); prints one table, ratios first, then
what users would pick instead on the part that this can express (`tests.benchmarks.rowwise`). Every line is a process of
its own on the same made-up nation, checked after everything is due: all of them find every kind of problem, judge and
count alike, and what the SQL by hand and DuckDB write is compared row for row, findings and alerts. SQL by hand knows
nothing of other plans, days and forms of figures, and says no sentence. `plain` and `durable` read through Python and
write nothing. `spark` runs where it is installed, and takes seconds to start.
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
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import duckdb

from checker.checking import Question, check
from checker.engines.choosing import EngineName, choose
from checker.engines.columnar.duck import Bounds, DuckSession
from checker.engines.columnar.session import Store
from checker.intake.reading import Inputs
from checker.model.rulebook import Rulebook
from checker.rulebook.loading import default_folder, load
from checker.volume.checking import alerts_beside, check_volume, parquet_files
from tests.benchmarks import rowwise
from tests.benchmarks.nation import write_nation

AS_OF = date(2026, 2, 1)
SIZES = (100_000, 1_000_000, 10_000_000)
MOST = {"plain": 1_000_000, "durable": 1_000_000, "spark": 1_000_000}
"""Above how many facts an engine is left out."""
SAID = ("met", "not_met", "unknown", "waived", "problems")
SCRIPT = Path(__file__).with_name("handwritten.sql")


def memory(folder: Path) -> str:
    """Give what DuckDB may take: 4 GB, and above a gigabyte of input 12 GB."""
    size = sum(path.stat().st_size for path in (folder / "submissions").iterdir())
    return "4GB" if size < 100_000_000 else "12GB"


def rulebook() -> Rulebook:
    loaded = load(default_folder()).rulebook
    assert loaded
    return loaded


def by_hand(folder: Path, output: Path) -> Counter[str]:
    paths = {
        "facts": [str(path) for path in sorted((folder / "submissions").glob("*.parquet"))],
        "units": folder / "units.csv",
        "waivers": folder / "waivers.csv",
        "output": output,
        "alerts": alerts_beside(output),
    }
    script = SCRIPT.read_text(encoding="utf-8").format(**paths)
    with duckdb.connect(
        ":memory:", config={"memory_limit": memory(folder), "preserve_insertion_order": False}
    ) as connection:
        connection.execute(script)
        found = (
            "select verdict, count(*) from finding group by verdict union all select 'problems', count(*) from problem"
        )
        return Counter(dict(connection.execute(found).fetchall()))


def columnar(folder: Path, output: Path) -> Counter[str]:
    inputs = Inputs(folder=folder)
    store = DuckSession(Bounds(memory(folder)), [*parquet_files(inputs), output, alerts_beside(output)])
    return on_volume(store, inputs, output)


def on_spark(folder: Path, output: Path) -> Counter[str]:
    from checker.engines.columnar.spark import open_spark

    return on_volume(open_spark("local[2]"), Inputs(folder=folder), output)


def on_volume(store: Store, inputs: Inputs, output: Path) -> Counter[str]:
    tally = check_volume(rulebook(), inputs, Question(AS_OF), store, output)
    assert tally.counts
    found = Counter({"problems": len(tally.problems)})
    return sum((Counter(counts._asdict()) for counts in tally.counts.values()), found)


def through_python(engine: EngineName) -> Callable[[Path, Path], Counter[str]]:
    def run(folder: Path, _: Path) -> Counter[str]:
        run = check(rulebook(), Inputs(folder=folder), Question(AS_OF), choose(engine))
        return Counter([finding.verdict.value for finding in run.findings or ()] + ["problems"] * len(run.problems))

    return run


ENGINES: dict[str, Callable[[Path, Path], Counter[str]]] = {
    "by hand": by_hand,
    "duckdb": columnar,
    "plain": through_python(EngineName.PLAIN),
    "durable": through_python(EngineName.DURABLE),
    "spark": on_spark,
}


def one(engine: str, folder: Path) -> None:
    """Check `folder` once and print seconds, processor seconds, megabytes, bytes written and verdicts."""
    output = folder / f"{engine.replace(' ', '-')}.parquet"
    started, used = time.perf_counter(), processor_seconds()
    counts = ENGINES[engine](folder, output)
    seconds, processor = time.perf_counter() - started, processor_seconds() - used
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    files = [*output.rglob("*"), output] if output.exists() else []
    written = sum(path.stat().st_size for path in files if path.is_file())
    verdicts = " ".join(f"{name}={counts[name]}" for name in SAID)
    sys.stdout.write(f"{seconds} {processor} {peak} {written} {verdicts}\n")


def processor_seconds() -> float:
    """Give what this process and, once it has ended, what it started has used."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(usage.ru_utime + usage.ru_stime for usage in map(resource.getrusage, kinds))


def compare(size: int, folder: Path) -> dict[str, float]:
    """Print the lines of one size and give the processor seconds of each engine."""
    facts = write_nation(folder, size, faults=False)
    used: dict[str, float] = {}
    said: set[str] = set()
    for engine in ENGINES:
        if size > MOST.get(engine, size) or (engine == "spark" and find_spec("pyspark") is None):
            continue
        command = [sys.executable, "-m", "tests.benchmarks.volume", "--one", engine, str(folder)]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split(maxsplit=4)
        seconds, processor, peak, written = (float(cell) for cell in told[:4])
        used[engine] = processor
        said.add(told[4])
        judged = sum(int(part.partition("=")[2]) for part in told[4].split()[:-1])
        sys.stdout.write(
            f"{processor / used['by hand']:7.2f} {engine:8} {facts:11,} {seconds:8.2f} {processor:8.2f} "
            f"{judged / seconds:11,.0f} {peak:8.0f} {written / 1e6:7.1f}\n"
        )
        sys.stdout.flush()
    assert len(said) == 1, said
    assert_equal(folder / "by-hand.parquet", folder / "duckdb.parquet")
    return used


SAME = (
    "rule, commitment, force, section, unit, unit_type, area, root, period, verdict, underlying, reason, pace, target, "
    "waiver"
)
BOUNDS = """
select count(*)
from '{hand}' as hand
join '{ours}' as ours using (rule, unit, period)
where hand.lower * cast(ours.unit_of as hugeint) is distinct from cast(ours.lower as hugeint) * hand.unit_of
    or hand.upper * cast(ours.unit_of as hugeint) is distinct from cast(ours.upper as hugeint) * hand.unit_of
    or cast(hand.shortfall as hugeint) * ours.unity is distinct from cast(ours.shortfall as hugeint)"""


def assert_equal(hand: Path, ours: Path) -> None:
    """Hold two files of findings, and the alerts beside them, equal row for row."""
    with duckdb.connect() as connection:
        for columns, one, other in (
            (SAME, hand, ours),
            (SAME, ours, hand),
            ("*", alerts_beside(hand), alerts_beside(ours)),
            ("*", alerts_beside(ours), alerts_beside(hand)),
        ):
            left = f"select {columns} from '{one}' except all select {columns} from '{other}' limit 3"
            assert connection.execute(left).fetchall() == []
        assert connection.execute(BOUNDS.format(hand=hand, ours=ours)).fetchall() == [(0,)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FOLDER"))
    asked = parser.parse_args()
    if asked.one:
        one(asked.one[0], Path(asked.one[1]))
        return
    sys.stdout.write("  ratio engine         facts  seconds      cpu  findings/s  peak MB disk MB\n")
    grown: list[tuple[int, float]] = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            grown.append((size, compare(size, Path(folder))["duckdb"]))
    for (small, few), (large, many) in pairwise(grown):
        exponent = math.log(many / few) / math.log(large / small)
        sys.stdout.write(f"duckdb from {small:,} to {large:,}: growth exponent {exponent:.2f}\n")
    rowwise.main()


if __name__ == "__main__":
    main()
