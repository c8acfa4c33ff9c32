"""What separates a finding from its target, in words: how much, and whether it is too little or too much.

Follows "Shortfall" of the contract.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from checker.explaining.words import unit_of
from checker.model.finding import Finding
from checker.model.language import Text
from checker.model.number import Number, ValueKind, shown_up, simplest
from checker.model.rulebook import Change, Rulebook, Total
from checker.model.target import CEILINGS, Form


class Gap(NamedTuple):
    """How much has to be added, or to come off where it is `too_much`.

    `beyond`: more than that, for the figure itself has to be passed; `none`: any amount does.
    """

    amount: Text
    too_much: bool
    beyond: bool
    none: bool


def gap_of(finding: Finding, rulebook: Rulebook) -> Gap | None:
    """Give what separates `finding` from its target; None where nothing does or there are no bounds."""
    if finding.shortfall is None:
        return None
    beyond = finding.lower is not None and finding.lower > finding.figure.high
    too_much = beyond or finding.figure.form in CEILINGS
    strict = finding.figure.form in (Form.MORE_THAN, Form.LESS_THAN) and not rulebook.counts_whole(finding.rule.measure)
    return Gap(_amount(finding.shortfall, finding, rulebook), too_much, strict, finding.shortfall == 0)


def _amount(shortfall: Number, finding: Finding, rulebook: Rulebook) -> Text:
    measure = finding.rule.measure
    if isinstance(measure, Total | Change) and rulebook.indicators[measure.indicator].value is ValueKind.PERCENT:
        points = shown_up(simplest(Fraction(shortfall) * 100))
        return Text(f"{points} 个百分点", f"{points} percentage points")
    unit, value = unit_of(measure, rulebook), shown_up(shortfall)
    return Text(f"{value} {unit.zh}", f"{value} {unit.en}")
