"""Proves that what stands is what a full check of everything stored would find, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from checker.engines.assessing import Assessment
from checker.engines.columnar.engine import ColumnarEngine
from checker.engines.deciding import Deciding
from checker.engines.judging import Judge
from checker.model.finding import Alert, Finding
from checker.service.ground import Ground
from checker.service.weighing import exact_state
from checker.store import findings as standing
from checker.store import journal
from checker.store.database import Reading
from checker.store.findings import Standing


class Difference(NamedTuple):
    """A finding or alert that does not stand as a full check finds it; None where there is none."""

    what: str
    stands: str | None
    found: str | None


class Rechecked(NamedTuple):
    """How many findings and alerts were compared, as of which day, by which engine, and what differs."""

    findings: int
    alerts: int
    as_of: date
    engine: str
    differences: tuple[Difference, ...]


def recheck(ground: Ground, judge: Judge, as_of: date) -> Rechecked:
    """Check everything that is stored with `judge` as of a day and compare; nothing is changed."""
    with ground.database.read() as reading:
        rulebook, data = ground.rulebook(reading), ground.data(reading)
        assessment = (
            judge.assess(rulebook, data, as_of, False)
            if isinstance(judge, ColumnarEngine)
            else Assessment(rulebook, data, as_of, judge)
        )
        found = {finding.identity(rulebook.plan.id): finding for finding in assessment.findings()}
        alerts = set(assessment.alerts())
        stood = {one.id: one for one in standing.of_units(reading)}
        deciding = Deciding(rulebook, data, as_of)
        differences = [*_findings(stood, found, deciding), *_alerts(reading, alerts)]
    return Rechecked(len(found), len(alerts), as_of, judge.name, tuple(differences))


def _findings(stood: dict[str, Standing], found: dict[str, Finding], deciding: Deciding) -> Iterator[Difference]:
    for name in sorted(stood.keys() | found.keys()):
        held, finding = stood.get(name), found.get(name)
        stands = f"{held.state} {held.facts_digest}" if held else None
        finds = f"{exact_state(finding)} {deciding.digest(finding)}" if finding else None
        if stands != finds:
            yield Difference(f"finding {name}", stands, finds)


def _alerts(reading: Reading, found: set[Alert]) -> Iterator[Difference]:
    stood = {one.alert for one in journal.alerts_of(reading, None)}
    for alert in sorted(stood ^ found, key=repr):
        told = f"{alert.follow_up} {alert.unit} {alert.rule or ''} {' '.join(alert.periods)}"
        yield Difference(f"alert {told}", told if alert in stood else None, told if alert in found else None)
