"""What is known: the values that stand at an as-of date, and each unit's own figure in each span.

Follows "Time" (superseding, withdrawing, knowing) and "Findings as data" (``--keep-going``) of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator

from checker.engines.columnar.session import Stage

KEYED = Stage(
    "keyed",
    """Time: of each unit, indicator and period how many records there are, and what the one reported last says.""",
    """
select unit, indicator, period, count(*) as many, max(reported) as reported, max_by(amount, reported) as amount
from fact
group by unit, indicator, period""",
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
select unit, indicator, period, cast(amount as decimal(18, 0)) as amount
from (
    select keyed.unit, keyed.indicator, keyed.period, keyed.reported, keyed.amount, period.first
    from keyed
    join period on period.period = keyed.period
    left join suspect on suspect.unit = keyed.unit and suspect.indicator = keyed.indicator
    where keyed.many = 1 and suspect.unit is null
) as single
where amount >= 0 and {is_known}{sound.format(table="single")}
union all
select unit, indicator, period, cast(max_by(amount, reported) as decimal(18, 0)) as amount
from (
    select fact.unit, fact.indicator, fact.period, fact.reported, fact.amount, period.first
    from fact
    join keyed
        on keyed.unit = fact.unit and keyed.indicator = fact.indicator and keyed.period = fact.period
    join period on period.period = fact.period
    left join suspect on suspect.unit = fact.unit and suspect.indicator = fact.indicator
    where keyed.many > 1 and suspect.unit is null
    union all
    select mended.unit, mended.indicator, mended.period, mended.reported, mended.amount, period.first
    from mended
    join period on period.period = mended.period
) as several
where {is_known}{sound.format(table="several")}
group by unit, indicator, period
having max_by(amount, reported) >= 0"""


_SOUND = """
and not exists (
    select 1 from spoiled
    where spoiled.unit = {table}.unit and spoiled.indicator = {table}.indicator and spoiled.period = {table}.period)"""

_SPOILT = """
select spoiled.unit, spoiled.indicator, need.span
from spoiled
join need on need.indicator = spoiled.indicator
left join lying on lying.period = spoiled.period and lying.span = need.span
where spoiled.period < 0 or lying.span is not null
group by spoiled.unit, spoiled.indicator, need.span"""


def _own(standing: str, spoils: bool) -> str:
    summed = f"""
select standing.unit, standing.indicator, lying.span, need.flow,
    case
        when need.flow = 1 then cast(sum(standing.amount) as decimal(38, 0))
        else cast(max_by(standing.amount, lying.latest) as decimal(38, 0))
    end as amount
from ({standing}
) as standing
join lying on lying.period = standing.period
join need on need.indicator = standing.indicator and need.span = lying.span
group by standing.unit, standing.indicator, lying.span, need.flow"""
    if not spoils:
        return summed
    return f"""
select found.unit, found.indicator, found.span, found.amount
from ({summed}) as found
left join spoilt
    on spoilt.unit = found.unit and spoilt.indicator = found.indicator and spoilt.span = found.span
where found.flow = 1 or spoilt.unit is null"""
