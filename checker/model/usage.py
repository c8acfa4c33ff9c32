"""Which indicators are of use to a plan's rules, and in which periods."""

from __future__ import annotations

from collections.abc import Iterable

from checker.model.period import Period
from checker.model.rulebook import Rulebook, indicators_of


class Uses:
    """What the rules of a rulebook, drafts too, can use: which indicator in which periods."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._asked: dict[str, set[Period]] = {}
        self._known: dict[tuple[str, str], bool] = {}
        for rule in rulebook.active(include_drafts=True):
            asked = rulebook.plan.periods(rule.every)
            periods = {period for one in asked for period in rulebook.looked_at(rule, one)}
            for code in indicators_of(rule.measure):
                self._asked.setdefault(code, set()).update(periods)

    def include(self, indicator: str, period: Period) -> bool:
        """Whether some rule can use a fact of `indicator` in `period`."""
        key = (indicator, period.code)
        if key not in self._known:
            self._known[key] = any(period.lies_in(asked) for asked in self._asked.get(indicator, ()))
        return self._known[key]

    def periods(self, indicators: Iterable[str]) -> list[Period]:
        """Give the periods that rules ask of any of `indicators`, by their first day."""
        asked = {period for code in indicators for period in self._asked.get(code, ())}
        return sorted(asked, key=lambda period: (period.first, period.last))
