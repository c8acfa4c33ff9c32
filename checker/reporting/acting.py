"""What has to be acted on, the worst first."""

from __future__ import annotations

from fractions import Fraction

from checker.model.finding import Finding, Verdict
from checker.model.rulebook import Force, Rulebook
from checker.model.run import Run

_ACTED_ON = {Verdict.NOT_MET: 0, Verdict.UNKNOWN: 1}


def calls_for_action(finding: Finding) -> bool:
    """Whether somebody has to do something about it now."""
    return finding.verdict in _ACTED_ON


def to_act_on(run: Run, rulebook: Rulebook) -> list[Finding]:
    """Give the findings that call for action: binding ones first, not met before unknown, the widest gap first."""
    places = {rule: place for place, rule in enumerate(rulebook.rules)}
    return sorted(filter(calls_for_action, run.findings or ()), key=lambda one: _worst(one, places))


def _worst(finding: Finding, places: dict[str, int]) -> tuple[bool, int, Fraction, int]:
    place = places[finding.rule.id]
    return finding.rule.force is Force.STRIVE, _ACTED_ON[finding.verdict], _attained(finding), place


def _attained(finding: Finding) -> Fraction:
    """Give how far the lower bound lies from its target, as a negative part of it, so that the worst sorts first."""
    if finding.lower is None or not finding.figure.low:
        return Fraction(-1) if finding.lower is None else Fraction(0)
    return -abs(Fraction(finding.figure.low - finding.lower) / finding.figure.low)
