"""How long policy staff wait: for lint, for a preview and for other targets, on copies of the made-up county.

``python -m tests.benchmarks.publishing [COUNTIES]`` prints the seconds of each, the start of its process included.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from checker.intake.reading import Inputs, read
from checker.model.fact import Data
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry
from checker.rulebook.loading import default_folder, load, load_texts, texts_of
from checker.service.apart.sandbox import Sandbox
from tests.benchmarks.service import ROOT
from tests.service.drafts import FILE, TWICE

AS_OF, PATIENCE = date(2025, 12, 31), 600.0


def counties(rulebook: Rulebook, count: int) -> Data:
    """Give the made-up county, so many times over, each with ids of its own."""
    data = read(Inputs(folder=Path(ROOT / "fixtures" / "pingluo")), rulebook).data
    assert data is not None
    names = [f"c{number}" for number in range(count)]
    units = [
        replace(unit, id=f"{name}:{unit.id}", parent=unit.parent and f"{name}:{unit.parent}")
        for name in names
        for unit in data.registry
    ]
    facts = [fact._replace(unit=f"{name}:{fact.unit}") for name in names for fact in data.facts]
    waivers = [
        replace(waiver, id=f"{name}:{waiver.id}", unit=f"{name}:{waiver.unit}")
        for name in names
        for waiver in data.waivers
    ]
    return Data(Registry(units), facts, waivers)


def timed(what: str, work: Callable[[], Any]) -> Any:
    """Do something, say how long it took, and give what it gave."""
    began = time.perf_counter()
    given = work()
    print(f"  {what}: {time.perf_counter() - began:.2f} s")  # noqa: T201 (what it is run for)
    return given


def main(count: int) -> None:
    """Print the figures."""
    old, files, sandbox = load(default_folder()).rulebook, texts_of(default_folder()), Sandbox()
    new = load_texts({**files, FILE: files[FILE].replace(TWICE, TWICE.replace('"2"', '"3"'))}).rulebook
    assert old is not None
    assert new is not None
    data = counties(old, count)
    print(f"{count} counties, {len(data.registry)} units, {len(data.facts)} facts")  # noqa: T201
    timed("lint", lambda: sandbox.run("examine", PATIENCE, files=files))
    told = timed("preview", lambda: sandbox.run("compare", PATIENCE, old=(old, data), new=(new, data), as_of=AS_OF))
    print(f"    {told['findings']} findings, {len(told['changed'])} would change")  # noqa: T201
    targets = [str(number) for number in range(1, 21)]
    asked = {"rulebook": old, "data": data, "rule": "youth.lectures", "targets": targets, "as_of": AS_OF}
    timed("20 targets", lambda: sandbox.run("outlook", PATIENCE, **asked, period=None))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
