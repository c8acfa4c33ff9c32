"""How fast a rulebook loads and data is read. Run ``python -m tests.benchmarks.reading``; it asserts nothing."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from checker.intake.reading import Inputs, read
from checker.rulebook.loading import default_folder, load

SIZES = (10_000, 100_000, 400_000)
SEMESTERS = ("2022-2023-1", "2022-2023-2", "2023-2024-1", "2023-2024-2", "2024-2025-1")


def write(folder: Path, rows: int) -> None:
    """Write schools with about `rows` facts of lectures and students."""
    schools = rows // (2 * len(SEMESTERS))
    lines = [
        f"s{n},{code},{when},{value},2025-06-30,,"
        for n in range(schools)
        for when in SEMESTERS
        for code, value in (("science_lectures", 2), ("students_enrolled", 300))
    ]
    (folder / "submissions").mkdir(parents=True)
    units = "id,name,type,parent\ncounty,县,county,\n" + "".join(f"s{n},s{n},school,county\n" for n in range(schools))
    (folder / "units.csv").write_text(units, encoding="utf-8")
    header = "unit,indicator,period,value,reported_at,evidence,note\n"
    (folder / "submissions" / "facts.csv").write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the table."""
    began = time.perf_counter()
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    sys.stdout.write(f"rulebook {time.perf_counter() - began:.3f} s\nrows      seconds   rows/s\n")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            write(Path(name), size)
            began = time.perf_counter()
            facts = len((read(Inputs(folder=Path(name)), rulebook).data or sys.exit("not read")).facts)
            seconds = time.perf_counter() - began
            sys.stdout.write(f"{facts:7,} {seconds:9.2f} {facts / seconds:10,.0f}\n")


if __name__ == "__main__":
    main()
