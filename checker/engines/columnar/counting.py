"""Shares: each counted unit tested on its own facts, and how many satisfy all conditions.

Follows "Measures and their bounds" of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.columnar.session import Stage


def counting() -> Iterator[Stage]:
    """Go through the stages."""
    yield Stage("tested", _TESTED_SAYS, _TESTED)
    yield Stage("counted_unit", _COUNTED_SAYS, _COUNTED)
    yield Stage("share", _SHARE_SAYS, _SHARE)


_TESTED_SAYS = """Measures: every condition of a share, tested on the own facts of every unit in scope on the check
date: 1 satisfied, 0 failed, null undecided. What else a unit reported beside a spoiled flow is a lower bound."""

_TESTED = """
select facing.question, facing.unit, facing.place, facing.slot,
    case
        when facing.amount is null then null
        when (figure.has_floor = 0 or facing.amount - figure.low >= figure.strict)
            and (figure.has_ceiling = 0 or (facing.loose = 0 and figure.high - facing.amount >= figure.strict)) then 1
        when (figure.has_ceiling = 1 and figure.high - facing.amount < figure.strict)
            or (figure.has_floor = 1 and facing.loose = 0 and facing.amount - figure.low < figure.strict) then 0
    end as satisfied
from (
    select question.question, unit.unit, condition.place, condition.slot, condition.figure, own.amount,
        case when spoilt.unit is null then 0 else 1 end as loose
    from question
    join condition on condition.question = question.question
    join counted on counted.question = question.question
    join unit on unit.kind = counted.kind and unit.opened <= question.day and question.day < unit.closed
    left join own on own.unit = unit.unit and own.slot = condition.slot
    left join spoilt on spoilt.unit = unit.unit and spoilt.slot = condition.slot
    where question.kind = 'share'
) as facing
join figure on figure.figure = facing.figure"""

_COUNTED_SAYS = """Measures: any condition fails: the unit fails; otherwise any missing: undecided."""

_COUNTED = """
select question, unit,
    case
        when count(case when satisfied = 0 then 1 end) > 0 then 0
        when count(case when satisfied is null then 1 end) > 0 then null
        else 1
    end as satisfied
from tested
group by question, unit"""

_SHARE_SAYS = """Measures: of the units of one type below, how many satisfy, are undecided, and are in scope."""

_SHARE = """
select counted_unit.question, lineage.top as unit,
    count(case when counted_unit.satisfied = 1 then 1 end) as satisfied,
    count(case when counted_unit.satisfied is null then 1 end) as undecided,
    count(*) as counted
from counted_unit
join lineage on lineage.unit = counted_unit.unit and lineage.steps > 0
join asked on asked.question = counted_unit.question and asked.kind = lineage.top_kind
group by counted_unit.question, lineage.top"""
