"""What an operator loads: rulebooks, the registry of units, and what was reported before the service came.

Each is one transaction with its audit record; what follows from it is left to the roll-up.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from checker.intake.reading import Inputs, read
from checker.intake.registry import read_register
from checker.intake.sources import LeftOut, Source
from checker.model.fact import Data, Fact
from checker.model.instant import after
from checker.model.problem import Problem, Severity
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit
from checker.service.ground import Ground
from checker.store import county, journal, publications, submissions
from checker.store.audit import SYSTEM
from checker.store.database import Writing
from checker.store.findings import Cause
from checker.store.publications import Publication
from checker.store.submissions import State, Submission

IMPORTED = "import"


class Faulty(Exception):  # noqa: N818 (an answer, not a failure)
    """What was given has errors, and nothing was loaded."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


class OtherPlan(Exception):  # noqa: N818 (an answer, not a failure)
    """The database holds another plan; it has room for the versions of one."""


class SecondPersonNeeded(Exception):  # noqa: N818 (an answer, not a failure)
    """Rules are published already: others are drafted, previewed and published by a second person."""


class Loaded(NamedTuple):
    """How many units changed, how many facts and waivers came in, and what is doubtful about them."""

    units: int
    facts: int
    waivers: int
    doubts: list[Problem]


def load_rulebook(ground: Ground, rulebook: Rulebook, files: Mapping[str, str] | None = None, alone: str = "") -> bool:
    """Publish the first `rulebook`, made of `files`, and say whether it is new. Raises OtherPlan, SecondPersonNeeded.

    `alone`: why it is published though it is not the first, with no preview and by nobody else; it stays on record.
    """
    with ground.database.write() as tx:
        held = publications.before(publications.listed(tx.connection), tx.at + 1)
        newest = held and held.digest
        if newest == rulebook.digest:
            return False
        if newest is not None and ground.rulebook(tx.connection).plan.id != rulebook.plan.id:
            raise OtherPlan
        if newest is not None and not alone:
            raise SecondPersonNeeded
        publication = Publication(
            seq=0, digest=rulebook.digest, published=tx.at, in_force=tx.at, by_account=SYSTEM, draft=None, reason=alone,
            findings=0, changed=0, flipped=0, withdrawn=None,
        )  # fmt: skip
        publications.publish(tx, publication, rulebook, files or {})
        journal.ask_for(tx, None, Cause.RULE.value)
        told = {"title": rulebook.plan.title.zh, "before": newest, "alone": newest is not None, "reason": alone}
        ground.audit.record(tx, SYSTEM, "rulebook.publish", f"rulebook:{rulebook.digest}", told)
    return True


def load_units(ground: Ground, file: Path) -> int:
    """Let the units of a registry be those from now on and give how many changed. Raises Faulty and Unprepared."""
    with ground.database.read() as reading:
        plan = ground.rulebook(reading).plan
    try:
        register = read_register(Source(file, file.name, 0), plan)
    except LeftOut as fault:
        raise Faulty(list(fault.problems)) from None
    if register.problems:
        raise Faulty(register.problems)
    with ground.database.write() as tx:
        return _set_units(ground, tx, register.units)


def load_data(ground: Ground, folder: Path, known_on: date | None = None) -> Loaded:
    """Load a data folder as it was reported before: units, facts with their own instants, and waivers.

    One accepted submission for each unit. `known_on`: leave out facts that came after that day. Raises Faulty and
    Unprepared; nothing is loaded then.
    """
    with ground.database.read() as reading:
        rulebook = ground.rulebook(reading)
    intake = read(Inputs(folder=folder), rulebook)
    errors = [problem for problem in intake.problems if problem.severity is Severity.ERROR]
    if errors or intake.data is None:
        raise Faulty(errors)
    data = intake.data if known_on is None else _as_known(intake.data, known_on, rulebook)
    with ground.database.write() as tx:
        changed = _set_units(ground, tx, list(data.registry))
        _import(tx, data)
        county.add_waivers(tx, data.waivers, since=0)
        journal.ask_for(tx, None, Cause.DATA.value)
        told = {"facts": len(data.facts), "waivers": len(data.waivers), "digest": data.digest()}
        ground.audit.record(tx, SYSTEM, "data.load", f"folder:{folder.name}", told)
    return Loaded(changed, len(data.facts), len(data.waivers), intake.problems)


def _as_known(data: Data, day: date, rulebook: Rulebook) -> Data:
    end = after(day, rulebook.plan.zone)
    known = [one for one in data.facts if (one.period.first <= day if one.reported is None else one.reported < end)]
    return Data(data.registry, known, data.waivers)


def _set_units(ground: Ground, tx: Writing, units: list[Unit]) -> int:
    changed = county.set_units(tx, units)
    if changed:
        kept = {unit.id for unit in units}
        journal.ask_for(tx, None, Cause.REGISTRY.value)
        for name in changed:
            if name not in kept:
                journal.ask_for(tx, name, Cause.REGISTRY.value)
        ground.audit.record(tx, SYSTEM, "units.load", "units", {"units": len(units), "changed": changed[:1000]})
    return len(changed)


def _import(tx: Writing, data: Data) -> None:
    by_unit: dict[str, list[Fact]] = defaultdict(list)
    for fact in data.facts:
        by_unit[fact.unit].append(fact)
    for unit, facts in by_unit.items():
        submission = Submission(
            id=secrets.token_hex(8), unit=unit, state=State.ACCEPTED, before_lock=None, by_account=SYSTEM,
            on_behalf=False, file=IMPORTED, created=tx.at, reported=tx.at, changed=tx.at, reason="",
            unlocked_until=None, version=1,
        )  # fmt: skip
        submissions.add(tx, submission, b"")
        submissions.add_facts(tx, submission.id, facts)
