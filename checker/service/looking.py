"""The findings of a day as they were known then, whole or one with its evidence; computed, never from memory.

Facts, units, waivers and rulebook are those known at the end of the day that is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from checker import __version__
from checker.advising.reminding import reminders
from checker.engines.assessing import Assessment
from checker.engines.deciding import Deciding
from checker.engines.plain import PlainJudge
from checker.engines.witnessing import Witnessing
from checker.explaining.dossier import Dossier
from checker.model.fact import Data
from checker.model.finding import Finding
from checker.model.language import Language
from checker.model.reminder import Reminder
from checker.model.rulebook import Rulebook
from checker.model.run import Run
from checker.model.spoils import Spoils
from checker.model.unit import Unit
from checker.service.ground import Ground
from checker.service.weighing import answering_units, records, standing_of
from checker.store.database import Reading
from checker.store.findings import Standing, Wanted


class Look:
    """A look at what was known at the end of `as_of`; None: at what is known now, as of today.

    `rulebook`: the digest of the published rulebook to judge by instead of the one in force on that day; raises
    Unpublished where there is none. `stands`: what the store holds is the answer.
    """

    def __init__(
        self, ground: Ground, reading: Reading, as_of: date | None = None, rulebook: str | None = None
    ) -> None:
        now = ground.rulebook(reading)
        self.today = ground.today(now, ground.database.now())
        self.end = None if as_of is None or as_of >= self.today else ground.end_of(as_of, now)
        self.as_of = self.today if self.end is None or as_of is None else as_of
        then = now if self.end is None else ground.rulebook(reading, self.end)
        self.rulebook: Rulebook = then if rulebook is None else ground.published(reading, rulebook)
        self.stands = self.end is None and self.rulebook is now
        self.registry = ground.registry(reading, self.end)
        self._ground, self._reading = ground, reading

    def run(self, wanted: Callable[[Finding], bool]) -> Run:
        """Give the Run of that day, of the findings that are `wanted`; alerts are derived before."""
        data = self._data(None)
        assessment = Assessment(self.rulebook, data, self.as_of, self._ground.judge)
        findings = tuple(assessment.findings())
        alerts = tuple(assessment.alerts())
        run = Run(
            version=__version__,
            as_of=self.as_of,
            engine=self._ground.judge.name,
            rulebook=self.rulebook,
            registry=self.registry,
            data_digest=data.digest(),
            findings=findings,
            alerts=alerts,
            problems=(),
            data=data,
        )
        return narrowed(run, wanted)

    def standing(self, wanted: Wanted) -> list[Standing]:
        """Give the findings of that day that are wanted, as the store would hold them, by unit and id."""
        data = self._data(None)
        findings = Assessment(self.rulebook, data, self.as_of, PlainJudge()).findings()
        named = [(finding.identity(self.rulebook.plan.id), finding) for finding in findings]
        kept = [(name, finding) for name, finding in named if self._is_wanted(name, finding, wanted)]
        deciding = Deciding(self.rulebook, data, self.as_of)
        shown = records((finding for _, finding in kept), self.rulebook, self.registry, self.as_of)
        found = (
            standing_of(name, finding, self.rulebook, self.as_of, record, deciding.digest(finding))
            for (name, finding), record in zip(kept, shown, strict=True)
        )
        return sorted(found, key=lambda one: (one.unit, one.id))

    def reminders(self) -> list[Reminder]:
        """Give every figure that is missing from a finding of that day, whoever has to report it."""
        data, plan = self._data(None), self.rulebook.plan
        findings = Assessment(self.rulebook, data, self.as_of, PlainJudge()).findings()
        return reminders(findings, Witnessing(self.rulebook, data, self.as_of), plan, self.registry, self.as_of)

    def dossier(self, name: str, unit: Unit, language: Language) -> dict[str, object] | None:
        """Give what the finding of that id, of `unit`, rests on; None where nobody asks it on that day."""
        data = self._data([unit])
        findings = Assessment(self.rulebook, data, self.as_of, PlainJudge(), among=[unit.id]).findings()
        finding = next((one for one in findings if one.identity(self.rulebook.plan.id) == name), None)
        if finding is None:
            return None
        evidence = Witnessing(self.rulebook, data, self.as_of).evidence(finding)
        return Dossier(self.rulebook, self.registry, Spoils(), language).record(evidence)

    def _is_wanted(self, name: str, finding: Finding, wanted: Wanted) -> bool:
        """Whether a finding of a past day is wanted, as the store decides it for today's."""
        exact = (
            (wanted.unit, finding.unit.id), (wanted.rule, finding.rule.id), (wanted.verdict, finding.verdict.value),
            (wanted.period, finding.period.code), (wanted.section, self.rulebook.section_of[finding.rule.id]),
        )  # fmt: skip
        if any(asked is not None and asked != came for asked, came in exact):
            return False
        if wanted.responsible is not None and wanted.responsible not in finding.responsible:
            return False
        if wanted.below is not None and finding.unit.id not in wanted.below:
            return False
        if wanted.units is None or finding.unit.id in wanted.units or name in wanted.also:
            return True
        return wanted.answering in answering_units(finding.answerable, finding.unit, self.registry, self.rulebook)

    def _data(self, among: Iterable[Unit] | None) -> Data:
        return self._ground.data(self._reading, among, self.end, self.rulebook)


def narrowed(run: Run, wanted: Callable[[Finding], bool]) -> Run:
    """Give `run` with the findings that are `wanted` alone, and the alerts of their units."""
    kept = tuple(finding for finding in run.findings or () if wanted(finding))
    units = {finding.unit.id for finding in kept}
    return replace(run, findings=kept, alerts=tuple(alert for alert in run.alerts or () if alert.unit in units))
