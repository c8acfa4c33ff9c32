"""Facts that may contradict each other or are hardly believable: which keys intake has to look at.

Follows `conflicting_fact`, `overlapping_flow` and the warnings of "Input data" in the contract. These stages only find
whom to ask about: intake settles the facts of every `suspect` and looks at all records of every `doubt`.
"""

from __future__ import annotations

from checker.engines.columnar.amounts import MILLION
from checker.engines.columnar.population import FIRST, LAST
from checker.engines.columnar.session import Stage

PRESENT = "select item from keyed group by item"
"""The items, pairs of indicator and period, that occur."""

SUSPECT = Stage(
    "suspect",
    """conflicting_fact, repeated_fact: several records reported at once. overlapping_flow: items of one flow that
`crossing` knows to share a day. `by_hand`: what intake has read itself.""",
    """
select found.unit, item.indicator
from (
    select fact.unit, fact.item
    from fact
    join (select unit, item from keyed where many > 1) as crowded
        on crowded.unit = fact.unit and crowded.item = fact.item
    group by fact.unit, fact.item, fact.reported
    having count(*) > 1
    union all
    select one.unit, one.item
    from keyed as one
    join crossing on crossing.item = one.item
    join keyed as other on other.unit = one.unit and other.item = crossing.other
    union all
    select unit, item from by_hand
) as found
join item on item.item = found.item
group by found.unit, item.indicator""",
)

_RECORDS = """
select unit_name.name, fact.file, fact.row, item.indicator, item.period, fact.reported, fact.amount
from fact
join item on item.item = fact.item
join unit_name on unit_name.number = fact.unit"""

OF_SUSPECTS = f"""{_RECORDS}
join suspect on suspect.unit = fact.unit and suspect.indicator = item.indicator
order by fact.file, fact.row"""
"""All records of the suspects, in the order of reading."""

DOUBT = Stage(
    "doubt",
    """unused_fact: items that no rule uses (`unused`). implausible: a percentage over 100%, a fact outside its unit's
life, or two items to be compared (`comparison`) of which the values that stand in the end do not fit.""",
    f"""
select found.unit, item.period
from (
    select keyed.unit, keyed.item
    from keyed
    join unused on unused.item = keyed.item
    union all
    select fact.unit, fact.item
    from fact
    join percent on percent.item = fact.item
    where fact.amount > {MILLION}
    union all
    select keyed.unit, keyed.item
    from keyed
    join (select unit, opened, closed from unit where opened > {FIRST} or closed < {LAST}) as mortal
        on mortal.unit = keyed.unit
    join item on item.item = keyed.item
    where item.last < mortal.opened or mortal.closed <= item.first
    union all
    select small.unit, small.item
    from comparison
    join keyed as small on small.item = comparison.item
    join keyed as large on large.item = comparison.at_most and large.unit = small.unit
    where large.amount >= 0 and small.amount > large.amount
    union all
    select unit, item from by_hand
) as found
join item on item.item = found.item
group by found.unit, item.period""",
)

OF_DOUBTS = f"""{_RECORDS}
join doubt on doubt.unit = fact.unit and doubt.period = item.period
left join suspect on suspect.unit = fact.unit and suspect.indicator = item.indicator
where suspect.unit is null
order by fact.file, fact.row"""
"""All records of the doubts but those of suspects, in the order of reading."""
