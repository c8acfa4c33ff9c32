"""Facts that may contradict each other or are hardly believable: which keys intake has to look at.

Follows `conflicting_fact`, `overlapping_flow` and the warnings of "Input data" in the contract. These stages only find
whom to ask about: intake settles the facts of every `suspect` and looks at all records of every `doubt`.
"""

from __future__ import annotations

from checker.engines.columnar.amounts import MILLION
from checker.engines.columnar.population import FIRST, LAST
from checker.engines.columnar.session import Stage

PRESENT = "select indicator, period from keyed group by indicator, period"
"""The pairs of indicator and period that occur."""

SUSPECT = Stage(
    "suspect",
    """conflicting_fact, repeated_fact: several records reported at once. overlapping_flow: different periods that
`crossing` knows to share a day. `by_hand`: what intake has read itself.""",
    """
select unit, indicator
from (
    select fact.unit, fact.indicator
    from fact
    join keyed on keyed.unit = fact.unit and keyed.indicator = fact.indicator and keyed.period = fact.period
    where keyed.many > 1
    group by fact.unit, fact.indicator, fact.period, fact.reported
    having count(*) > 1
    union all
    select one.unit, one.indicator
    from keyed as one
    join crossing on crossing.indicator = one.indicator and crossing.period = one.period
    join keyed as other
        on other.unit = one.unit and other.indicator = one.indicator and other.period = crossing.other
    union all
    select unit, indicator from by_hand
) as found
group by unit, indicator""",
)

_COLUMNS = "unit_name.name, fact.file, fact.row, fact.indicator, fact.period, fact.reported, fact.amount"

OF_SUSPECTS = f"""
select {_COLUMNS}
from fact
join unit_name on unit_name.number = fact.unit
join suspect on suspect.unit = fact.unit and suspect.indicator = fact.indicator
order by fact.file, fact.row"""
"""All records of the suspects, in the order of reading."""

DOUBT = Stage(
    "doubt",
    """unused_fact: pairs that no rule uses (`unused`). implausible: a percentage over 100%, a fact outside its unit's
life, or a `comparison` of two indicators that fails between the values that stand in the end.""",
    f"""
select unit, period
from (
    select keyed.unit, keyed.period
    from keyed
    join unused on unused.indicator = keyed.indicator and unused.period = keyed.period
    union all
    select fact.unit, fact.period
    from fact
    join percent on percent.indicator = fact.indicator
    where fact.amount > {MILLION}
    union all
    select keyed.unit, keyed.period
    from keyed
    join (select unit, opened, closed from unit where opened > {FIRST} or closed < {LAST}) as mortal
        on mortal.unit = keyed.unit
    join days on days.period = keyed.period
    where days.last < mortal.opened or mortal.closed <= days.first
    union all
    select small.unit, small.period
    from comparison
    join keyed as small on small.indicator = comparison.indicator
    join keyed as large
        on large.indicator = comparison.at_most and large.unit = small.unit and large.period = small.period
    where large.amount >= 0 and small.amount > large.amount
    union all
    select unit, period from by_hand_period
) as found
group by unit, period""",
)

OF_DOUBTS = f"""
select {_COLUMNS}
from fact
join unit_name on unit_name.number = fact.unit
join doubt on doubt.unit = fact.unit and doubt.period = fact.period
left join suspect on suspect.unit = fact.unit and suspect.indicator = fact.indicator
where suspect.unit is null
order by fact.file, fact.row"""
"""All records of the doubts but those of suspects, in the order of reading."""
