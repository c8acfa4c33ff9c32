"""What has to be acted on, the worst first."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from checker.model.finding import Finding, Verdict
from checker.model.number import Number
from checker.model.rulebook import Force, Rulebook
from checker.model.run import Run

_Gap = tuple[Number | None, Number]
"""A lower bound and the figure that it has to reach."""

_ACTED_ON = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 1}


def calls_for_action(finding: Finding) -> bool:
    """Whether somebody has to do something about it now."""
    return finding.verdict in _ACTED_ON


def to_act_on(run: Run, rulebook: Rulebook) -> list[Finding]:
    """Give the findings that call for action: binding ones first, not met before unknown, the widest gap first."""
    places = {rule: place for place, rule in enumerate(rulebook.rules)}
    found = [finding for finding in run.findings or () if calls_for_action(finding)]
    ranks = _ranks((finding.lower, finding.figure.low) for finding in found)

    def worst(finding: Finding) -> tuple[bool, int, int, int]:
        rule, rank = finding.rule, ranks[finding.lower, finding.figure.low]
        return rule.force is Force.STRIVE, _ACTED_ON[finding.verdict], rank, places[rule.id]

    return sorted(found, key=worst)


def _ranks(gaps: Iterable[_Gap]) -> dict[_Gap, int]:
    """Give the place of each gap among all, the widest first: many units share one, and fractions compare slowly."""
    attained = {gap: _attained(*gap) for gap in set(gaps)}
    ranks = {part: rank for rank, part in enumerate(sorted(set(attained.values())))}
    return {gap: ranks[part] for gap, part in attained.items()}


def _attained(lower: Number | None, target: Number) -> Fraction:
    """Give how far the lower bound lies from its target, as a negative part of it, so that the worst sorts first."""
    if lower is None or not target:
        return Fraction(-1) if lower is None else Fraction(0)
    return -abs(Fraction(target - lower) / target)
