"""What other figures would do to one rule: measured once, judged against each.

Follows "Verdicts" of the contract; a figure that is tried stands in for the rule's own in every period and for every
unit that the rule asks, in the rule's own form.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from checker.authoring.comparing.flipping import Flip, Flips, flips_between
from checker.engines.assessing import Assessment
from checker.engines.judging import Case, Outcome
from checker.engines.plain import PlainJudge
from checker.model.fact import Data
from checker.model.finding import Finding, Verdict
from checker.model.rulebook import Rule, Rulebook
from checker.model.run import Counts, counts_of
from checker.model.target import Figure


class Outlook(NamedTuple):
    """How the findings of a rule stand under one figure, None being the rule's own.

    `units_meeting`: units with a finding that is met and none that is not met or unknown, of `units` that are asked.
    """

    figure: Figure | None
    counts: Counts
    units_meeting: int
    units: int
    flips: Flips

    @property
    def changed(self) -> tuple[Flip, ...]:
        """The findings that change verdict."""
        return self.flips.changed


class _Trying:
    """Judges by the rule's own figure, and keeps what each of `figures` would make of the same case."""

    name = PlainJudge.name

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._plain, self._figures = PlainJudge(), tuple(figures)
        self.tried: list[tuple[Verdict, ...]] = []

    def judge(self, cases: Iterable[Case]) -> Iterator[Outcome]:
        for case in cases:
            instead = (case._replace(form=one.form, low=one.low, high=one.high) for one in self._figures)
            self.tried.append(tuple(outcome.verdict for outcome in self._plain.judge(instead)))
            yield from self._plain.judge([case])

    def alerts(self, counts: Iterable[tuple[int, int]]) -> Iterator[bool]:
        return self._plain.alerts(counts)


def outlooks(
    rulebook: Rulebook, data: Data, rule: Rule, figures: Iterable[Figure], as_of: date, period: str | None = None
) -> list[Outlook]:
    """Give how `rule` stands on `data`, first under its own figure, then under each of `figures`.

    `period`: the code of the only period that is looked at. A draft is tried like any other rule.
    """
    wanted = tuple(figures)
    trying = _Trying(wanted)
    assessment = Assessment(_alone(rulebook, rule), data, as_of, trying, include_drafts=True)
    own = list(assessment.findings())
    sets = [own]
    for number in range(len(wanted)):
        tried = zip(own, trying.tried, strict=True)
        sets.append([finding._replace(verdict=verdicts[number]) for finding, verdicts in tried])
    kept = [[finding for finding in found if period in (None, finding.period.code)] for found in sets]
    return [_outlook(figure, kept[0], found) for figure, found in zip((None, *wanted), kept, strict=True)]


def _alone(rulebook: Rulebook, rule: Rule) -> Rulebook:
    """Give `rulebook` with `rule` as its only one."""
    sections = (section.model_copy(update={"rules": (rule,)}) for section in rulebook.sections if rule in section.rules)
    parts = {name: getattr(rulebook, name) for name in Rulebook.model_fields}
    return Rulebook(**{**parts, "sections": tuple(sections)})


def _outlook(figure: Figure | None, own: list[Finding], found: list[Finding]) -> Outlook:
    by_unit: dict[str, Counter[Verdict]] = {}
    for finding in found:
        by_unit.setdefault(finding.unit.id, Counter())[finding.verdict] += 1
    meeting = sum(
        bool(verdicts[Verdict.MET] and not verdicts[Verdict.NOT_MET] and not verdicts[Verdict.UNKNOWN])
        for verdicts in by_unit.values()
    )
    return Outlook(figure, counts_of(found), meeting, len(by_unit), flips_between(own, found))
