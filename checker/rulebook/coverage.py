"""coverage.yaml -> the quantified clauses of the plan that no rule carries, each with the reason."""

from __future__ import annotations

from checker.model.coverage import Settled
from checker.model.language import Text
from checker.rulebook.coverage_schema import CoverageFile
from checker.rulebook.faults import read
from checker.rulebook.plan import text_of
from checker.rulebook.source import Spot, quoted


def compile_coverage(spot: Spot) -> tuple[Settled, ...]:
    """Give what the file of `spot` settles, complaining of what is wrong."""
    file = read(spot, CoverageFile)
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(file.settled if file else ()):
        if (entry.section, entry.clause) in seen:
            clause = quoted(entry.clause)
            (spot / "settled" / number / "clause").complain(
                Text(f"{entry.section} 的{clause.zh}上面已有", f"{clause.en} of {entry.section} stands above already"),
                Text("请删去其中一个", "delete one of them"),
            )
        seen.add((entry.section, entry.clause))
    entries = file.settled if file else ()
    return tuple(Settled(section=one.section, clause=one.clause, reason=text_of(one.reason)) for one in entries)
