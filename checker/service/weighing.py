"""Judges some units on what counts now, and tells what changed of their findings and why."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from checker import __version__
from checker.engines.assessing import Assessment
from checker.engines.deciding import Deciding
from checker.model.fact import Data
from checker.model.finding import Alert, Finding, Verdict
from checker.model.language import Language
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.unit import Registry, Unit
from checker.reporting.record import finding_records
from checker.reviewing.moving import Seen
from checker.service.following import UP_FOR_REVIEW, Sighting, follow
from checker.service.ground import Ground
from checker.store import findings as standing
from checker.store import journal, reviews
from checker.store.database import Reading, Writing
from checker.store.findings import Cause, Standing

Causes = Mapping[str, Collection[Cause]]
"""For each unit that is judged, what may have changed its findings."""

RULEBOOK = "rulebook"
"""The setting that holds the digest of the rulebook that everything was last asked to be weighed by."""
_THOROUGH = frozenset({Cause.RULE, Cause.SOFTWARE, Cause.REGISTRY})


@dataclass(frozen=True, slots=True)
class Weighed:
    """What judging gave, compared with what stood; nothing is stored yet."""

    rulebook: Rulebook
    as_of: date
    findings: tuple[Finding, ...]
    alerts: tuple[Alert, ...]
    changed: tuple[Standing, ...]
    gone: tuple[Standing, ...]
    seen: tuple[Seen, ...]
    moved: tuple[tuple[str, str], ...]
    before: Mapping[str, str]
    answering: Mapping[str, list[str]]
    units: frozenset[str]
    causes: frozenset[Cause]


def weigh(ground: Ground, reading: Reading, causes: Causes, as_of: date) -> Weighed:
    """Judge the units of `causes` as of a day and compare with what stands. Units that are gone have no findings."""
    rulebook, registry = ground.rulebook(reading), ground.registry(reading)
    units = [unit for unit in map(registry.get, causes) if unit is not None]
    data = ground.data(reading, units)
    assessment = Assessment(rulebook, data, as_of, ground.judge, among=[unit.id for unit in units])
    found = tuple(assessment.findings())
    stood = {one.id: one for one in standing.of_units(reading, causes)}
    comparing = _Comparing(rulebook, data, as_of, causes)
    names = [finding.identity(rulebook.plan.id) for finding in found]
    changed, moved = comparing.changes(list(zip(names, found, strict=True)), stood)
    asked = set(names)
    gone = tuple(
        one._replace(causes=comparing.told(one.unit, one, None)) for one in stood.values() if one.id not in asked
    )
    answering = {
        one.id: sorted(answering_units(finding.answerable, finding.unit, registry, rulebook) - {one.unit})
        for one, finding in changed
    }
    return Weighed(
        rulebook=rulebook,
        as_of=as_of,
        findings=found,
        alerts=tuple(assessment.alerts()),
        changed=tuple(one for one, _ in changed),
        gone=gone,
        seen=_seen(reading, rulebook, data, list(zip(names, found, strict=True)), [one for one, _ in changed], causes),
        moved=tuple(moved),
        before={one.id: one.verdict for one in stood.values()},
        answering=answering,
        units=frozenset(causes),
        causes=frozenset(cause for some in causes.values() for cause in some),
    )


def pending(reading: Reading, rulebook: Rulebook) -> set[Cause]:
    """Give what may have changed every finding and has not been weighed yet: whoever weighs a unit first meets it."""
    told = {Cause(cause) for cause in journal.everywhere(reading)}
    return told | ({Cause.RULE} if journal.setting(reading, RULEBOOK) not in (None, rulebook.digest) else set())


def settle(
    ground: Ground, tx: Writing, weighed: Weighed, apart: Collection[str] = (), submission: str | None = None
) -> int:
    """Let what was weighed stand from now on, units `apart` excepted, and give the number of the run."""
    changed = [one for one in weighed.changed if one.unit not in apart]
    gone = [one for one in weighed.gone if one.unit not in apart]
    run = journal.Run(
        seq=0, at=tx.at, causes=_joined(weighed.causes), as_of=weighed.as_of.isoformat(),
        rulebook=weighed.rulebook.digest, version=__version__, engine=ground.judge.name,
        judged=len(weighed.findings), changed=len(changed) + len(gone), submission=submission,
    )  # fmt: skip
    number = journal.add_run(tx, run)
    fresh = [one._replace(changed=tx.at, run=number) for one in changed]
    standing.stand(tx, fresh, dict(weighed.before), dict(weighed.answering))
    standing.fall(tx, [one._replace(changed=tx.at, run=number) for one in gone])
    standing.move(tx, [name for name, unit in weighed.moved if unit not in apart], weighed.as_of.isoformat())
    units = weighed.units.difference(apart)
    journal.set_alerts(tx, units, [alert for alert in weighed.alerts if alert.unit in units])
    ended = [Seen(one.id, one.rule, one.unit, one.period, None) for one in gone]
    follow(ground, tx, [*(one for one in weighed.seen if one.unit not in apart), *ended], number)
    return number


def _seen(
    reading: Reading, rulebook: Rulebook, data: Data, named: Sequence[tuple[str, Finding]], changed: Sequence[Standing],
    causes: Causes,
) -> tuple[Seen, ...]:  # fmt: skip
    """Give what reviews may follow from: what changed, and what is met now that its figures may have been accepted."""
    digests = {one.id: one.facts_digest for one in changed}
    unsettled = reviews.unsettled(reading, causes)
    sighting = Sighting(reading, rulebook, data)

    def concerns(name: str, finding: Finding) -> bool:
        if name in digests or (name in unsettled and finding.verdict is Verdict.MET):
            return True
        # Whatever fails is put up for review, also what was judged before there were reviews.
        return finding.verdict in UP_FOR_REVIEW and not _THOROUGH.isdisjoint(causes[finding.unit.id])

    return tuple(sighting.of(name, finding, digests.get(name)) for name, finding in named if concerns(name, finding))


def exact_state(finding: Finding) -> str:
    """Give everything that was decided of `finding`, exactly, as text by which two are compared."""
    numbers = (finding.lower, finding.upper, finding.numerator, finding.denominator, finding.shortfall)
    words = (finding.verdict, finding.underlying, finding.reason, finding.pace)
    told = [None if one is None else str(one) for one in (*words, *numbers, finding.figure, finding.waiver)]
    silent = [[one.indicator, one.period, list(one.units), one.total] for one in finding.silent]
    return json.dumps([*told, finding.responsible, finding.answerable, silent], ensure_ascii=False)


def records(findings: Iterable[Finding], rulebook: Rulebook, registry: Registry, as_of: date) -> list[str]:
    """Give what is shown of each finding: the contract's keys, its sentence in both languages, and who answers."""
    found = tuple(findings)
    run = Run(__version__, as_of, "", rulebook, registry, None, found, (), ())
    both = zip(finding_records(run, Language.ZH), finding_records(run, Language.EN), found, strict=True)
    return [
        json.dumps(
            {**zh, "explanation": {"zh": zh["explanation"], "en": en["explanation"]},
             "answerable": list(finding.answerable)},
            ensure_ascii=False,
        )
        for zh, en, finding in both
    ]  # fmt: skip


class _Comparing:
    """Compares what was found with what stood, and says what caused a difference."""

    def __init__(self, rulebook: Rulebook, data: Data, as_of: date, causes: Causes) -> None:
        self._rulebook, self._registry, self._as_of, self._causes = rulebook, data.registry, as_of, causes
        self._deciding = Deciding(rulebook, data, as_of)

    def changes(
        self, found: Sequence[tuple[str, Finding]], stood: Mapping[str, Standing]
    ) -> tuple[list[tuple[Standing, Finding]], list[tuple[str, str]]]:
        """Give the findings that changed as they will stand, and those (with their units) that moved to another day."""
        doubted: list[tuple[str, Finding, str, str]] = []
        moved: list[tuple[str, str]] = []
        for name, finding in found:
            held, state, digest = stood.get(name), exact_state(finding), self._deciding.digest(finding)
            if held is None or held.state != state or held.facts_digest != digest or self._is_thorough(finding):
                doubted.append((name, finding, state, digest))
            elif held.as_of != self._as_of.isoformat():
                moved.append((name, finding.unit.id))
        shown = records((one[1] for one in doubted), self._rulebook, self._registry, self._as_of)
        changed: list[tuple[Standing, Finding]] = []
        for (name, finding, state, digest), record in zip(doubted, shown, strict=True):
            held = stood.get(name)
            if held and (held.state, held.facts_digest, held.record) == (state, digest, record):
                moved += [(name, finding.unit.id)] if held.as_of != self._as_of.isoformat() else []
            else:
                causes = self.told(finding.unit.id, held, digest)
                held_as = (record, digest, causes)
                changed.append((standing_of(name, finding, self._rulebook, self._as_of, *held_as), finding))
        return changed, moved

    def told(self, unit: str, held: Standing | None, digest: str | None) -> str:
        """Give the causes of a change, as far as they can be told apart.

        What may have changed it is known; the facts that decided it tell whether data is among it.
        """
        possible = set(self._causes[unit])
        if held is None or held.as_of < self._as_of.isoformat():
            possible |= {Cause.CALENDAR} if held else set()
        if held is not None and digest is not None and Cause.DATA in possible:
            possible = {Cause.DATA} if digest != held.facts_digest else (possible - {Cause.DATA}) or possible
        return _joined(possible)

    def _is_thorough(self, finding: Finding) -> bool:
        return not _THOROUGH.isdisjoint(self._causes[finding.unit.id])


def standing_of(
    name: str, finding: Finding, rulebook: Rulebook, as_of: date, record: str, digest: str, causes: str = ""
) -> Standing:
    """Give `finding` as the store holds it, not yet part of a run."""
    rule = finding.rule
    return Standing(
        id=name, rule=rule.id, unit=finding.unit.id, period=finding.period.code, verdict=finding.verdict.value,
        force=rule.force.value, section=rulebook.section_of[rule.id], state=exact_state(finding), record=record,
        responsible=f";{';'.join(finding.responsible)};", facts_digest=digest, as_of=as_of.isoformat(),
        changed=0, causes=causes, run=0,
    )  # fmt: skip


def _joined(causes: Iterable[Cause]) -> str:
    return ";".join(sorted(cause.value for cause in causes))


def answering_units(answerable: Iterable[str], unit: Unit, registry: Registry, rulebook: Rulebook) -> set[str]:
    """Give the ids of the units that answer for a finding of `unit`: codes become the departments of its area."""
    return {one.id for code in answerable for one in _bearing(code, unit, registry, rulebook)}


def _bearing(code: str, unit: Unit, registry: Registry, rulebook: Rulebook) -> list[Unit]:
    if (named := registry.get(code)) is not None:
        return [named]
    for above in registry.above(unit):
        departments = registry.below(above, rulebook.plan.departments.unit_type)
        if found := [one for one in departments if one.code == code]:
            return found
    return []
