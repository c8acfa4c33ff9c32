"""What is known: the values that stand at an as-of date, and each unit's own figure in each span.

Follows "Time" (superseding, withdrawing, knowing) and "Findings as data" (``--keep-going``) of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.columnar.session import Stage

STRIDE = 100_000_000
"""More than there are periods: an item, ``indicator * STRIDE + period``, is an indicator in a period as one number."""

KEYED = Stage(
    "keyed",
    """Time: of each unit, indicator and period how many records there are, and what the one reported last says.""",
    """
select unit, item, count(*) as many, max(reported) as reported, max_by(amount, reported) as amount
from fact
group by unit, item""",
)


def knowing(as_of: int, known: int, spoils: bool) -> Iterator[Stage]:
    """Go through the stages after `KEYED`; `as_of` is a day, `known` the rank of the last instant of it.

    `spoils`: some records were set aside, so that their keys have to be left out.
    """
    yield Stage("spoilt", _SPOILT_SAYS, _SPOILT)
    yield Stage("own", _OWN_SAYS, _own(_standing(as_of, known, spoils), spoils))


_SPOILT_SAYS = """--keep-going: the spans in which a unit counts as silent, because a record was set aside whose period
lies in them or cannot be read."""

_OWN_SAYS = """Measures: at each reporter the sum of a flow, of a level the fact whose period ends last, among equals
the one that begins last; a spoiled level has no value."""


def _standing(as_of: int, known: int, spoils: bool) -> str:
    """Give the query of the values that stand: of each key the one reported last among those known, not withdrawn.

    A key of which a record was set aside has none. What was doubtful comes back as ``mended``.
    """
    sound = _SOUND if spoils else ""
    is_known = f"((reported = 0 and first <= {as_of}) or (reported > 0 and reported <= {known}))"
    return f"""
select unit, item, cast(amount as decimal(18, 0)) as amount
from (
    select keyed.unit, keyed.item, keyed.reported, keyed.amount, item.first
    from keyed
    join item on item.item = keyed.item
    left join suspect on suspect.unit = keyed.unit and suspect.indicator = item.indicator
    where keyed.many = 1 and suspect.unit is null
) as single
where amount >= 0 and {is_known}{sound.format(table="single")}
union all
select unit, item, cast(max_by(amount, reported) as decimal(18, 0)) as amount
from (
    select fact.unit, fact.item, fact.reported, fact.amount, item.first
    from fact
    join (select unit, item from keyed where many > 1) as crowded
        on crowded.unit = fact.unit and crowded.item = fact.item
    join item on item.item = fact.item
    left join suspect on suspect.unit = fact.unit and suspect.indicator = item.indicator
    where suspect.unit is null
    union all
    select mended.unit, mended.item, mended.reported, mended.amount, item.first
    from mended
    join item on item.item = mended.item
) as several
where {is_known}{sound.format(table="several")}
group by unit, item
having max_by(amount, reported) >= 0"""


_SOUND = """
and not exists (select 1 from spoiled where spoiled.unit = {table}.unit and spoiled.item = {table}.item)"""

_SPOILT = """
select spoiled.unit, slot.slot
from spoiled
join slot on slot.indicator = spoiled.indicator
left join lying on lying.item = spoiled.item and lying.slot = slot.slot
where spoiled.item < 0 or lying.slot is not null
group by spoiled.unit, slot.slot"""


def _own(standing: str, spoils: bool) -> str:
    summed = f"""
select standing.unit, lying.slot, lying.flow,
    case
        when lying.flow = 1 then cast(sum(standing.amount) as decimal(38, 0))
        else cast(max_by(standing.amount, lying.latest) as decimal(38, 0))
    end as amount
from ({standing}
) as standing
join lying on lying.item = standing.item
group by standing.unit, lying.slot, lying.flow"""
    if not spoils:
        return summed
    return f"""
select found.unit, found.slot, found.amount
from ({summed}) as found
left join spoilt on spoilt.unit = found.unit and spoilt.slot = found.slot
where found.flow = 1 or spoilt.unit is null"""
