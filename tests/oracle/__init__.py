"""An independent, brute-force reading of the contract (design/semantics.md), to hold the engines against.

`check` answers as `checker check … --format json` must; `county.random_case` writes a tiny random case.
Nothing here may import the product: its only worth is that it was written from the contract alone.
"""

from datetime import date
from pathlib import Path

from . import county
from .alerts import alerts
from .clashes import settle
from .facts import read_facts
from .judge import findings, summary, warn_unneeded
from .measures import World
from .registry import read_units
from .rulebook import load
from .tables import Problems
from .waivers import read_waivers

__all__ = ["check", "county"]


def check(
    rulebook_dir: Path, data_dir: Path, as_of: date, include_drafts: bool = False, keep_going: bool = False
) -> dict[str, object]:
    """`summary`, `findings`, `alerts` (all None when an error stops the check) and `problems`, as data."""
    book, problems = load(rulebook_dir), Problems()
    nothing: dict[str, object] = {"summary": None, "findings": None, "alerts": None}
    registry = read_units(data_dir, book, problems)
    if registry is None:
        return nothing | {"problems": problems.listed()}
    waivers = read_waivers(data_dir, book, registry, problems)
    facts = settle(read_facts(data_dir, book, registry, problems), book, problems)
    if problems.errors and not keep_going:
        return nothing | {"problems": problems.listed()}
    world = World(book, registry, facts, as_of)
    found = findings(world, waivers, include_drafts)
    warn_unneeded(world, found, waivers, problems)
    return {
        "summary": summary(found),
        "findings": [finding.data for finding in found],
        "alerts": alerts(found, book, registry),
        "problems": problems.listed(),
    }
