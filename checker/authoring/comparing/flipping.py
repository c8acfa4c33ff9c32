"""Which findings of which units change verdict from one Run to another, both ways."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from checker.model.finding import Finding, Verdict
from checker.model.period import Period
from checker.model.rulebook import Rule
from checker.model.unit import Unit


class Way(StrEnum):
    """Which way a verdict went: away from `met` or to `not_met`; the other way; neither; or asked on one side only."""

    WORSE = "worse"
    BETTER = "better"
    SIDEWAYS = "sideways"
    ASKED = "asked"
    DROPPED = "dropped"


class Flip(NamedTuple):
    """One finding whose verdict changed; a verdict is None where the finding is not asked for."""

    rule: Rule
    unit: Unit
    period: Period
    old: Verdict | None
    new: Verdict | None

    @property
    def way(self) -> Way:
        """Which way it went."""
        if self.old is None or self.new is None:
            return Way.ASKED if self.old is None else Way.DROPPED
        if self.old is Verdict.MET or self.new is Verdict.NOT_MET:
            return Way.WORSE
        return Way.BETTER if self.new is Verdict.MET or self.old is Verdict.NOT_MET else Way.SIDEWAYS


class Flips(NamedTuple):
    """The findings that changed, and how many there are on either side altogether."""

    changed: tuple[Flip, ...]
    total: int


def flips_between(old: Iterable[Finding], new: Iterable[Finding]) -> Flips:
    """Give what changed between the findings of two Runs on the same data, in the order of `new`, what is gone last.

    A finding is one rule, unit and period; one that stands on one side only has changed too.
    """
    before = {_key(finding): finding for finding in old}
    after = {_key(finding): finding for finding in new}
    changed = []
    for key in dict.fromkeys([*after, *before]):
        was, now = before.get(key), after.get(key)
        verdicts = was and was.verdict, now and now.verdict
        finding = now or was
        if finding and verdicts[0] is not verdicts[1]:
            changed.append(Flip(finding.rule, finding.unit, finding.period, *verdicts))
    return Flips(tuple(changed), len(before | after))


def share_of(several: Iterable[Flips]) -> Fraction:
    """Give the exact share of changed findings over all data, 0 where nothing is asked on either side."""
    found = list(several)
    total = sum(one.total for one in found)
    return Fraction(sum(len(one.changed) for one in found), total) if total else Fraction(0)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule.id, finding.unit.id, finding.period.code
