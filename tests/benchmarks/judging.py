"""How fast findings are judged through the product, and whether time is linear and memory flat.

Run ``python -m tests.benchmarks.judging``; prints a table, asserts nothing. Each line is a process of its own. Findings
stream: what grows is what the engine keeps, not the list of findings that a caller might make of them.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from checker.engines.assessing import Assessment
from checker.engines.choosing import EngineName, choose
from checker.model.fact import Data, Fact
from checker.model.problem import Place
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry, Unit
from checker.rulebook.loading import default_folder, load

SIZES = (10_000, 50_000, 200_000)
RULES_OF_A_SCHOOL = 4
AS_OF = date(2026, 2, 1)
FIGURES = {
    "study_practice_sessions": 1,
    "science_lectures": 2,
    "students_participating": 90,
    "students_enrolled": 100,
    "science_teachers": 1,
}


def facts(rulebook: Rulebook, schools: int) -> Iterator[Fact]:
    """Go through the facts of `schools` schools; one in fifty has no lecture."""
    place = Place("benchmark", 1)
    for period in rulebook.plan.periods("semester"):
        for number in range(schools):
            for indicator, value in FIGURES.items():
                told = 0 if number % 50 == 0 and indicator == "science_lectures" else value
                yield Fact(f"s{number}", indicator, period, told, None, place)


def resident() -> float:
    """Give the megabytes that this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def measure(engine: str, findings: int) -> str:
    """Judge about `findings` findings and give a line of figures."""
    rulebook = load(default_folder()).rulebook
    assert rulebook is not None
    schools = -(-findings // (RULES_OF_A_SCHOOL * len(rulebook.plan.periods("semester"))))
    units = [Unit("county", "县", "county"), *(Unit(f"s{n}", f"s{n}", "school", "county") for n in range(schools))]
    data = Data(Registry(units), list(facts(rulebook, schools)))
    started = time.perf_counter()
    assessment = Assessment(rulebook, data, AS_OF, choose(EngineName(engine)))
    known, before = time.perf_counter(), resident()
    judged, most = 0, before
    for judged, _ in enumerate(assessment.findings(), start=1):
        if judged % 5000 == 0:
            most = max(most, resident())
    alerts = len(list(assessment.alerts()))
    ended = time.perf_counter()
    speed = judged / (ended - known)
    return (
        f"{engine:8} {judged:9,} {known - started:9.2f} {ended - known:9.2f} {speed:11,.0f} {most - before:11.1f}"
        f" {alerts:7,}"
    )


def main() -> None:
    """Print the table, or the one line that a process of its own is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FINDINGS"))
    asked = parser.parse_args().one
    if asked:
        sys.stdout.write(measure(asked[0], int(asked[1])) + "\n")
        return
    sys.stdout.write("engine    findings   know s   judge s  findings/s  growth MB  alerts\n")
    sys.stdout.flush()
    for engine in (EngineName.PLAIN, EngineName.DURABLE):
        for size in SIZES:
            command = [sys.executable, "-m", "tests.benchmarks.judging", "--one", engine.value, str(size)]
            subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
