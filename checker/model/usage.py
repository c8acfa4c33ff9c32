"""Which indicators are of use to a plan's rules, and in which periods."""

from __future__ import annotations

from collections.abc import Mapping

from checker.model.period import Period
from checker.model.rulebook import Rulebook, indicators_of


def periods_of_use(rulebook: Rulebook) -> Mapping[str, set[Period]]:
    """Give the periods in which some rule, a draft too, can use each indicator; a fact's own lies inside one."""
    used: dict[str, set[Period]] = {}
    for rule in rulebook.active(include_drafts=True):
        asked = rulebook.plan.periods(rule.every)
        periods = {period for one in asked for period in rulebook.looked_at(rule, one)}
        for code in indicators_of(rule.measure):
            used.setdefault(code, set()).update(periods)
    return used
