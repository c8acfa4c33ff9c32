"""Which waivers cover a finding, and which of them nobody needs.

Follows "Verdicts" 4 and the warning `unneeded_waiver` of the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from checker.model.fact import Waiver
from checker.model.finding import Verdict
from checker.model.period import PLAN, Period
from checker.model.rulebook import Rule
from checker.model.unit import Unit


class Waivers:
    """The waivers of some data at one as-of date."""

    def __init__(self, waivers: Iterable[Waiver], as_of: date) -> None:
        self._as_of = as_of
        self._waivers: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
        self._needed: dict[str, bool] = {}
        for waiver in sorted(waivers, key=lambda waiver: waiver.id):
            self._waivers[waiver.rule, waiver.unit].append(waiver)

    def covering(self, rule: Rule, unit: Unit, period: Period) -> list[Waiver]:
        """Give the waivers that cover the finding of `rule`, `unit` and `period`, the smallest id first.

        What recurs is covered on its check date, for what is past cannot be mended later; what is asked of the whole
        plan on the as-of date, for there a waiver is an extension.
        """
        if (held := self._waivers.get((rule.id, unit.id))) is None:
            return []
        day = self._as_of if rule.every == PLAN else min(period.last, self._as_of)
        return [waiver for waiver in held if waiver.covers(period.code, day)]

    def note(self, covering: Iterable[Waiver], verdict: Verdict) -> None:
        """Remember whether the finding that `covering` cover was `met`."""
        for waiver in covering:
            self._needed[waiver.id] = self._needed.get(waiver.id, False) or verdict is not Verdict.MET

    def unneeded(self) -> list[Waiver]:
        """Give the waivers that cover at least one finding and none that is not `met`, by id."""
        every = (waiver for waivers in self._waivers.values() for waiver in waivers)
        return sorted((w for w in every if self._needed.get(w.id) is False), key=lambda waiver: waiver.id)
