"""Measured: every question with its lower and upper bound as exact fractions.

Follows "Units" (in scope) and "Measures and their bounds" of the contract. A bound is `lower / unit_of` or
`upper / unit_of`, both whole numbers; `lower` null: no bounds, `upper` null beside a `lower`: open.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.columnar.amounts import MILLION
from checker.engines.columnar.session import Stage


def measuring() -> Iterator[Stage]:
    """Go through the stages."""
    yield Stage("facing", _CASES_SAYS, _CASES)
    yield Stage("measured", _MEASURED_SAYS, "\nunion all\n".join((_TOTAL, _RATIO, _CHANGE, _SHARE)))


_CASES_SAYS = """Time and Units: each rule asked in each period that has begun, of each unit of its kinds in scope on
the check date; where a table sets the figures, of the units in it."""

_CASES = """
select question.question, unit.unit, question.kind, question.above, question.below, question.figure
from question
join asked on asked.question = question.question
join unit on unit.kind = asked.kind and unit.opened <= question.day and question.day < unit.closed
where question.figure >= 0
union all
select question.question, unit.unit, question.kind, question.above, question.below, tabled.figure
from question
join tabled on tabled.question = question.question
join unit on unit.unit = tabled.unit and unit.opened <= question.day and question.day < unit.closed
join asked on asked.question = question.question and asked.kind = unit.kind"""

_MEASURED_SAYS = """Measures: the bounds of every question, and why nothing could be decided from them."""

_TOTAL = f"""
select facing.question, facing.unit, facing.figure,
    added.amount as lower, cast({MILLION} as decimal(38, 0)) as unit_of,
    case when added.silent = 0 then added.amount end as upper,
    case
        when added.amount is not null and added.silent = 0 then null
        when added.expected > 0 then 'missing_facts'
        else 'no_units'
    end as reason
from facing
left join added on added.unit = facing.unit and added.slot = facing.above
where facing.kind = 'total'"""

_RATIO = """
select question, unit, figure,
    case when above_known = 1 and below_known = 1 and below_amount > 0 then above_amount end as lower,
    case when above_known = 1 and below_known = 1 and below_amount > 0 then below_amount end as unit_of,
    case when above_known = 1 and below_known = 1 and below_amount > 0 then above_amount end as upper,
    case
        when above_known = 1 and below_known = 1 and below_amount > 0 then null
        when above_known = 1 and below_known = 1 then 'zero_denominator'
        when (above_known = 0 and above_expected = 0) or (below_known = 0 and below_expected = 0) then 'no_units'
        else 'missing_facts'
    end as reason
from (
    select facing.question, facing.unit, facing.figure,
        above.amount as above_amount, below.amount as below_amount,
        case when above.amount is not null and above.silent = 0 then 1 else 0 end as above_known,
        case when below.amount is not null and below.silent = 0 then 1 else 0 end as below_known,
        case when above.expected > 0 then 1 else 0 end as above_expected,
        case when below.expected > 0 then 1 else 0 end as below_expected
    from facing
    left join added as above on above.unit = facing.unit and above.slot = facing.above
    left join added as below on below.unit = facing.unit and below.slot = facing.below
    where facing.kind = 'ratio'
) as pair"""

_CHANGE = f"""
select question, unit, figure,
    case when now_known = 1 and then_known = 1 then now_amount - then_amount end as lower,
    cast({MILLION} as decimal(38, 0)) as unit_of,
    case when now_known = 1 and then_known = 1 then now_amount - then_amount end as upper,
    case
        when now_known = 1 and then_known = 1 then null
        when (now_known = 0 and now_expected = 0) or (then_known = 0 and then_expected = 0) then 'no_units'
        else 'missing_facts'
    end as reason
from (
    select facing.question, facing.unit, facing.figure,
        now.amount as now_amount, past.amount as then_amount,
        case when now.amount is not null and now.silent = 0 then 1 else 0 end as now_known,
        case when past.amount is not null and past.silent = 0 then 1 else 0 end as then_known,
        case when now.expected > 0 then 1 else 0 end as now_expected,
        case when past.expected > 0 then 1 else 0 end as then_expected
    from facing
    left join added as now on now.unit = facing.unit and now.slot = facing.above
    left join added as past on past.unit = facing.unit and past.slot = facing.below
    where facing.kind = 'change'
) as pair"""

_SHARE = """
select facing.question, facing.unit, facing.figure,
    cast(share.satisfied as decimal(38, 0)) as lower, cast(share.counted as decimal(38, 0)) as unit_of,
    cast(share.satisfied + share.undecided as decimal(38, 0)) as upper,
    case when share.counted is null then 'no_units' when share.undecided > 0 then 'missing_facts' end as reason
from facing
left join share on share.question = facing.question and share.unit = facing.unit
where facing.kind = 'share'"""
