"""How much has to be added in each period that is left before a finding is due, as its reporters report."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from checker.advising.reckoning import Reckoning
from checker.model.advice import Act, Advice, Tempo
from checker.model.period import MONTH, PLAN, QUARTER, YEAR, Calendar, Period
from checker.model.rulebook import Rule, Share, counted_in, indicators_of
from checker.model.span import Span


def tempo_of(advice: Advice, reckoning: Reckoning, as_of: date) -> Tempo | None:
    """Give what each remaining period has to bring; None where nothing has to be added or no period is left.

    Rounded up, so that as much in every period is enough; a running period is one of those left.
    """
    rule, finding = advice.finding.rule, advice.finding
    missing = _missing(advice)
    kind = _kind(advice, reckoning)
    if missing is None or missing.low is None or kind is None:
        return None
    calendar, period = reckoning.rulebook.plan.calendar, finding.period
    left = tuple(
        one for one in calendar.periods(kind, period.first, period.last) if one.lies_in(period) and one.last > as_of
    )
    if not left:
        return None
    each = Span(Fraction(missing.low, len(left)), None, missing.low_open)
    return Tempo(kind, each.reportable(reckoning.rulebook.counts_whole(rule.measure)), left)


def _missing(advice: Advice) -> Span | None:
    """Give what has to be added to the finding's measure until it is due: units of a share, else an amount."""
    measure, period = advice.finding.rule.measure, advice.finding.period
    if isinstance(measure, Share):
        return Span(len(advice.units), None) if advice.units and advice.finding.shortfall else None
    own = [need for need in advice.needs if (need.indicator, need.period) == (counted_in(measure), period)]
    if len(own) != 1 or own[0].act not in (Act.ADD, Act.REPORT) or own[0].amount is None:
        return None
    return own[0].amount if own[0].amount.low or own[0].amount.low_open else None


def _kind(advice: Advice, reckoning: Reckoning) -> str | None:
    """Give the kind of period that the reporters mostly report in, as far as it fits into the finding's."""
    finding, calendar = advice.finding, reckoning.rulebook.plan.calendar
    kinds = [MONTH, QUARTER, *([calendar.cycle.kind] if calendar.cycle else []), YEAR]
    fitting = [kind for kind in kinds if _fits(calendar, kind, finding.period)]
    for within in (finding.period, None):
        periods = Counter(
            period
            for code in indicators_of(finding.rule.measure)
            for period in reckoning.reported_in(code, finding.unit, within)
        )
        seen = {kind: sum(periods[one] for one in periods if _is(calendar, kind, one)) for kind in fitting}
        if any(seen.values()):
            return max(fitting, key=lambda kind: seen[kind])
    return _own_kind(finding.rule, fitting)


def _own_kind(rule: Rule, fitting: list[str]) -> str | None:
    return rule.every if rule.every in fitting and rule.every != PLAN else fitting[-1] if fitting else None


def _fits(calendar: Calendar, kind: str, period: Period) -> bool:
    return any(one.lies_in(period) for one in calendar.periods(kind, period.first, period.last))


def _is(calendar: Calendar, kind: str, period: Period) -> bool:
    return period in calendar.periods(kind, period.first, period.first)
