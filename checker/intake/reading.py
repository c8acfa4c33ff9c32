"""The way in: files -> everything sound in them, and everything that is wrong with them.

Follows "Input data" of the contract.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from checker.intake.contradictions import Settled, settle
from checker.intake.facts import Gathering
from checker.intake.layout import Inputs, Layout, lay_out
from checker.intake.lookups import Lookups
from checker.intake.plausibility import warnings
from checker.intake.registry import Register, read_register
from checker.intake.sources import LeftOut
from checker.intake.submissions import take_submission
from checker.intake.waivers import read_waivers
from checker.model.fact import Data, Spoiled
from checker.model.problem import Code, Place, Problem, in_order
from checker.model.rulebook import Plan, Rulebook
from checker.model.unit import Registry
from checker.model.worksheet import Sheet

__all__ = ["Inputs", "Intake", "read"]

_LEAVES_OUT = frozenset(
    {Code.MISSING_FILE, Code.UNSUPPORTED_FILE, Code.MALFORMED_FILE, Code.UNKNOWN_COLUMN, Code.MISSING_COLUMN}
)


@dataclass(frozen=True)
class Intake:
    """What a reading gave.

    `data` holds everything sound, with faulty facts set aside and their keys spoiled; None where the registry has
    faults, for without it nothing can be judged. `problems` stand in the contract's order. `left_out` are the files
    that were not used at all, `stray` those that lie where nothing is read. `sheets`: those of each workbook, by
    its name in places, where they were to be kept.
    """

    data: Data | None
    problems: list[Problem]
    left_out: tuple[str, ...]
    stray: tuple[str, ...]
    sheets: Mapping[str, Sequence[Sheet]] = field(default_factory=dict)


def read(inputs: Inputs, rulebook: Rulebook, *, keep_sheets: bool = False) -> Intake:
    """Give the data of `inputs` under `rulebook`, with every problem in every file at once; nothing is raised."""
    layout = lay_out(inputs)
    problems = list(layout.problems)
    register = _register(layout, rulebook.plan, problems)
    units = {unit.id: unit for unit in register.units} if register else None
    gathering = Gathering(Lookups(rulebook, units), problems=problems, sheets={} if keep_sheets else None)
    among = None if units is None else lambda _: units
    waivers = read_waivers(layout.waivers, rulebook, among, gathering.problems)
    for source in layout.submissions:
        try:
            take_submission(source, gathering)
        except LeftOut as fault:
            gathering.problems += fault.problems
    settled = settle(gathering.facts, rulebook)
    spoiled = frozenset(gathering.spoiled.union(settled.spoiled))
    doubts = warnings(settled, spoiled, rulebook, units or {})
    found = in_order([*gathering.problems, *settled.problems, *doubts])
    left_out = dict.fromkeys(problem.place.file for problem in found if problem.code in _LEAVES_OUT)
    sound = register is not None and not register.problems
    aside = _set_aside(gathering, settled)
    data = Data(Registry((units or {}).values()), settled.facts, waivers, spoiled, aside) if sound else None
    return Intake(data, found, tuple(left_out), layout.stray, gathering.sheets or {})


def _set_aside(gathering: Gathering, settled: Settled) -> dict[Spoiled, tuple[Place, ...]]:
    """Give where the records of each spoiled key stand, in the order of reading."""
    places = {key: list(found) for key, found in gathering.set_aside.items()}
    for key, fact in zip(settled.spoiled, settled.refused, strict=True):
        places.setdefault(key, []).append(fact.place)
    return {key: tuple(sorted(found, key=lambda place: (place.order, place.row or 0))) for key, found in places.items()}


def _register(layout: Layout, plan: Plan, problems: list[Problem]) -> Register | None:
    """Give the registry as far as it could be read, or None where it could not be opened at all."""
    if layout.units is None:
        return None
    try:
        register = read_register(layout.units, plan)
    except LeftOut as fault:
        problems += fault.problems
        return None
    problems += register.problems
    return register
