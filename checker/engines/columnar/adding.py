"""Totals: who tells what, who is silent, and what that adds up to at every unit that is asked.

Follows "Units" and "Measures and their bounds" of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.columnar.session import Stage


def adding(depth: int) -> Iterator[Stage]:
    """Go through the stages; `depth` is how many units stand at most above one."""
    yield from _lineage(depth)
    yield Stage("wanted", _WANTED_SAYS, _WANTED)
    yield Stage("told", _TOLD_SAYS, _TOLD)
    yield Stage("added", _ADDED_SAYS, _ADDED)


def _lineage(depth: int) -> Iterator[Stage]:
    yield Stage("above_0", "Units: each unit stands at itself.", "select unit, unit as top from unit")
    for step in range(1, depth + 1):
        says = f"Units: what stands {step} above each unit, in scope or not."
        query = f"""
select below.unit, unit.parent as top
from above_{step - 1} as below
join unit on unit.unit = below.top
where unit.parent >= 0"""
        yield Stage(f"above_{step}", says, query)
    together = "\nunion all\n".join(f"select unit, top, {n} as steps from above_{n}" for n in range(depth + 1))
    query = f"""
select gathered.unit, gathered.top, gathered.steps, unit.kind as top_kind
from ({together}) as gathered
join unit on unit.unit = gathered.top
join (select kind from asked group by kind) as asking on asking.kind = unit.kind"""
    yield Stage("lineage", "Units: each unit with every unit at or above it that some rule asks.", query)


_WANTED_SAYS = """Which totals are asked of which kinds of units; `lone`: such a unit reports itself and nobody below it
does, so that there is nothing to add."""

_WANTED = """
select wish.slot, asked.kind, case when lone.kind is null then 0 else 1 end as lone
from (
    select question, above as slot from question where kind <> 'share'
    union
    select question, below as slot from question where kind <> 'share'
) as wish
join slot on slot.slot = wish.slot
join asked on asked.question = wish.question
left join lone on lone.indicator = slot.indicator and lone.kind = asked.kind
group by wish.slot, asked.kind, case when lone.kind is null then 0 else 1 end"""

_TOLD_SAYS = """Measures: what each declared reporter tells in each slot. On the check date a flow counts from all of
them, a level only from those in scope; expected are those in scope, silent those of whom nothing counts. A unit of
which a record was set aside is silent, whoever it is."""

_TOLD = """
select asking.unit, asking.slot, asking.kind,
    case when asking.flow = 1 or asking.expected = 1 then own.amount end as amount,
    case when spoilt.unit is not null or (asking.expected = 1 and own.amount is null) then 1 else 0 end as silent,
    asking.expected
from (
    select unit.unit, unit.kind, summed.slot, summed.flow,
        case when unit.opened <= summed.day and summed.day < unit.closed then 1 else 0 end as expected
    from unit
    join reporter on reporter.kind = unit.kind
    join (
        select slot.slot, slot.indicator, slot.flow, slot.day
        from slot
        join (select slot from wanted group by slot) as summing on summing.slot = slot.slot
    ) as summed on summed.indicator = reporter.indicator
) as asking
left join own on own.unit = asking.unit and own.slot = asking.slot
left join spoilt on spoilt.unit = asking.unit and spoilt.slot = asking.slot
where asking.expected = 1 or own.amount is not null or spoilt.unit is not null
union all
select spoilt.unit, spoilt.slot, unit.kind, cast(null as decimal(38, 0)) as amount, 1 as silent, 0 as expected
from spoilt
join slot on slot.slot = spoilt.slot
join unit on unit.unit = spoilt.unit
left join reporter on reporter.indicator = slot.indicator and reporter.kind = unit.kind
where reporter.kind is null"""

_ADDED_SAYS = """Measures: a total added over the unit and every unit below it, with how many are silent and expected.
`amount` null: no fact counts."""

_ADDED = """
select told.unit, told.slot, told.amount, cast(told.silent as bigint) as silent,
    cast(told.expected as bigint) as expected
from told
join wanted on wanted.slot = told.slot and wanted.kind = told.kind
where wanted.lone = 1
union all
select lineage.top as unit, told.slot, cast(sum(told.amount) as decimal(38, 0)) as amount,
    cast(sum(told.silent) as bigint) as silent, cast(sum(told.expected) as bigint) as expected
from told
join wanted on wanted.slot = told.slot
join lineage on lineage.unit = told.unit and lineage.top_kind = wanted.kind
where wanted.lone = 0
group by lineage.top, told.slot"""
