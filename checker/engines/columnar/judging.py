"""Judged: verdict, reason, pace, shortfall and waiver of every question, decided by comparing whole numbers.

Follows "Verdicts" 1 to 4 and "Shortfall" of the contract. A fraction a/b meets p/q when a·q ≥ p·b: `lower_low` is
that difference, in whole numbers, of the lower bound and the target's lower end, and so on.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.columnar.amounts import MILLION
from checker.engines.columnar.session import Stage


def judging() -> Iterator[Stage]:
    """Go through the stages."""
    yield Stage("finding", _JUDGED_SAYS, _JUDGED)


_JUDGED_SAYS = """Verdicts and Shortfall: an excluded figure has to be passed by at least one whole difference, so that
`>= strict` serves both. `shortfall` is in parts of `unity`."""

_COMPARED = f"""
    select measured.question, measured.unit, measured.figure, measured.lower, measured.unit_of,
        measured.upper, measured.reason as obstacle,
        question.due, question.early, question.days, question.elapsed, question.whole, question.unity,
        figure.has_floor, figure.has_ceiling, figure.strict, figure.one_sided,
        cast(figure.low as decimal(38, 0)) as low,
        measured.lower * {MILLION} - figure.low * measured.unit_of as lower_low,
        figure.high * measured.unit_of - measured.lower * {MILLION} as lower_high,
        measured.upper * {MILLION} - figure.low * measured.unit_of as upper_low,
        figure.high * measured.unit_of - measured.upper * {MILLION} as upper_high,
        waiving.waiver
    from measured
    join question on question.question = measured.question
    join figure on figure.figure = measured.figure
    left join (
        select question, unit, min(waiver) as waiver from waived group by question, unit
    ) as waiving on waiving.question = measured.question and waiving.unit = measured.unit"""

_STOOD = f"""
    select *,
        case
            when lower is null then 'unknown'
            when (has_floor = 0 or lower_low >= strict) and (has_ceiling = 0 or upper_high >= strict) then 'met'
            when (has_ceiling = 1 and lower_high < strict) or (has_floor = 1 and upper_low < strict) then 'not_met'
            else 'unknown'
        end as standing,
        case
            when early = 0 or one_sided = 0 then null
            when has_floor = 1 and lower_low >= strict then 'met'
            when has_ceiling = 1 and lower_high < strict then 'not_met'
        end as ahead,
        case
            when has_floor = 1 and lower_low < strict then abs(lower_low)
            when has_ceiling = 1 and lower_high < strict then abs(lower_high)
        end as distance
    from ({_COMPARED}
    ) as compared"""

_DECIDED = f"""
    select *,
        case when due = 1 then standing when ahead is not null then ahead else 'pending' end as plain_verdict,
        distance % unity as beyond
    from ({_STOOD}
    ) as stood"""

_JUDGED = f"""
select question, unit, figure,
    case when waiver is not null and plain_verdict in ('not_met', 'unknown') then 'waived' else plain_verdict
    end as verdict,
    case when waiver is not null and plain_verdict in ('not_met', 'unknown') then plain_verdict end as underlying,
    case when plain_verdict = 'unknown' or (plain_verdict = 'pending' and standing = 'unknown') then obstacle
    end as reason,
    case
        when plain_verdict <> 'pending' then null
        when early = 0 or one_sided = 0 then
            case standing when 'met' then 'reached' when 'unknown' then 'unknown' else 'behind' end
        when lower is null then 'unknown'
        when has_floor = 1 and lower * days < low * elapsed then 'behind'
        when has_ceiling = 1 and lower * days > low * elapsed then 'behind'
        else 'on_track'
    end as pace,
    lower, unit_of, upper,
    case
        when whole = 0 then distance
        when strict = 1 or beyond > 0 then distance - beyond + unity
        else distance
    end as shortfall,
    case when waiver is not null and plain_verdict in ('not_met', 'unknown') then waiver end as waiver
from ({_DECIDED}
) as decided"""
