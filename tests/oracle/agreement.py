"""Holds the product against the oracle on generated plans and counties, in every field.

Run ``python -m tests.oracle.agreement 2000`` for many; a case that differs stays behind as a rulebook folder and a data
folder that ``checker check DATA --rules RULES --as-of DAY`` repeats.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from checker.checking import Question, check
from checker.engines.choosing import EngineName, choose
from checker.intake.reading import Inputs
from checker.model.language import Language
from checker.reporting.record import run_record
from checker.rulebook.loading import load
from tests import oracle

Record = dict[str, Any]
PROBLEM_KEYS = ("severity", "code", "file", "row", "column")


def product(folder: Path, as_of: date, engine: EngineName, *, drafts: bool, keep_going: bool) -> Record:
    """Give what the product says of a generated case, reduced to what the oracle speaks of."""
    loaded = load(folder / "rules")
    assert loaded.rulebook is not None, loaded.problems
    question = Question(as_of=as_of, include_drafts=drafts, keep_going=keep_going)
    inputs = Inputs(folder=folder / "data", files=(), units=None)
    record = run_record(check(loaded.rulebook, inputs, question, choose(engine)), Language.ZH)
    findings: Any = record["findings"]
    problems: Any = record["problems"]
    for finding in findings or ():
        assert finding.pop("explanation")
    return {
        "summary": record["summary"],
        "findings": findings,
        "alerts": record["alerts"],
        "problems": [{key: problem[key] for key in PROBLEM_KEYS} for problem in problems],
    }


def differences(mine: Record, theirs: Record) -> list[str]:
    """Give in words where two answers differ, at most a handful; empty where they are equal."""
    found = [f"{key}: {mine[key]!r} ≠ {theirs[key]!r}" for key in ("summary", "alerts") if mine[key] != theirs[key]]
    pairs = zip(mine["findings"] or [], theirs["findings"] or [], strict=False)
    for one, other in pairs:
        keys = [key for key in other if one.get(key) != other[key]]
        found += [f"{other['rule']} {other['unit']} {other['period']} {k}: {one.get(k)!r} ≠ {other[k]!r}" for k in keys]
    if len(mine["findings"] or []) != len(theirs["findings"] or []):
        found.append(f"{len(mine['findings'] or [])} findings ≠ {len(theirs['findings'] or [])}")
    twofold = {problem["file"] for problem in theirs["problems"] if problem["code"] == "unknown_column"}
    for problem in mine["problems"]:
        if problem["code"] == "missing_column" and problem["file"] in twofold:
            continue  # the oracle names one fault of a header, the product every one
        if problem not in theirs["problems"]:
            found.append(f"only the product: {problem}")
    for problem in theirs["problems"]:
        if problem not in mine["problems"]:
            found.append(f"only the oracle: {problem}")
    if not found and not twofold and mine["problems"] != theirs["problems"]:
        found.append("problems in another order")
    return found


def compare(seed: int, folder: Path, engines: tuple[EngineName, ...]) -> list[str]:
    """Generate the case of `seed` in `folder` and give where the product differs from the oracle."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    rng = random.Random(seed)
    faulty = seed % 2 == 1
    as_of = oracle.county.random_case(rng, folder, faulty=faulty)
    drafts, keep_going = seed % 3 == 0, faulty and seed % 4 == 1
    theirs: Record = oracle.check(
        folder / "rules", folder / "data", as_of, include_drafts=drafts, keep_going=keep_going
    )
    if any(problem["file"] == "units.csv" and problem["severity"] == "error" for problem in theirs["problems"]):
        return []  # the product goes on to read what was handed in, the oracle does not
    if load(folder / "rules").rulebook is None:
        return []  # the product refuses some plans that the oracle, which reads valid ones only, takes as they are
    found = []
    for engine in engines:
        mine = product(folder, as_of, engine, drafts=drafts, keep_going=keep_going)
        found += [f"seed {seed} {engine} as of {as_of}: {line}" for line in differences(mine, theirs)]
    return found


def main() -> None:
    """Compare as many cases as the first argument says; print what differs and keep the first case that does."""
    many, start = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    kept = Path(tempfile.mkdtemp(prefix="agreement-"))
    failed = 0
    for seed in range(start, start + many):
        found = compare(seed, kept / str(seed), (EngineName.PLAIN, EngineName.DURABLE))
        if found:
            failed += 1
            sys.stdout.write("\n".join(found[:8]) + f"\n  kept in {kept / str(seed)}\n")
        else:
            shutil.rmtree(kept / str(seed))
    sys.stdout.write(f"{many} cases, {failed} differ\n")


if __name__ == "__main__":
    main()
