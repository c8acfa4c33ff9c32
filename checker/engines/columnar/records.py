"""Written records become facts: what each of the five cells means, looked up in tables of the texts that occur.

Follows "Input data" and "Numbers" of the contract, for the records that are sound without doubt; all others are given
back as they were written, for intake to say what is wrong with them.
"""

from __future__ import annotations

from checker.engines.columnar.amounts import MILLION, WITHDRAWN
from checker.engines.columnar.knowing import STRIDE
from checker.engines.columnar.session import Stage

PLAIN = Stage(
    "plain_text",
    """Numbers: the values of digits alone, worth as many as they say; `bit`: 0 and 1, which are truths too.""",
    f"""
select value as text, cast(value as decimal(18, 0)) * {MILLION} as amount,
    case when value in ('0', '1') then 1 else 0 end as bit
from (select value from raw group by value) as occurring
where regexp_like(value, '^[0-9]{{1,12}}$')""",
)
_IS_PLAIN = (
    "plain_text.amount is not null and (indicator_text.plain = 1 or (indicator_text.plain = 2 and plain_text.bit = 1))"
)

OCCURRING = {
    "unit": """
select raw.unit
from raw
left join unit_name on unit_name.name = raw.unit
where raw.unit is not null and unit_name.name is null
group by raw.unit""",
    "indicator": "select indicator from raw where indicator is not null group by indicator",
    "period": "select period from raw where period is not null group by period",
    "reported_at": "select reported_at from raw where reported_at <> '' group by reported_at",
}
"""The texts that occur in each column; of units those that are no ids."""

UNITS = Stage(
    "unit_text",
    "Input data: units by id, else by what intake makes of the text (`unit_other`).",
    """
select unit_name.name as text, unit.unit, unit.kind from unit_name join unit on unit.unit = unit_name.number
union all
select text, unit, kind from unit_other""",
)

VALUES = f"""
select indicator_text.value_kind, raw.value
from raw
join indicator_text on indicator_text.text = raw.indicator
left join plain_text on plain_text.text = raw.value
where raw.value <> '' and not ({_IS_PLAIN})
group by indicator_text.value_kind, raw.value"""
"""The kinds and texts of values that are not plain digits."""


def reading(others: bool) -> Stage:
    """Give the stage of the records that are sound without doubt, the others with `amount` null where not left out.

    `others`: some values are no plain digits.
    """
    joined, amount = (_OTHERS, "value_text.amount") if others else ("", "null")
    written = _WRITTEN.format(others=joined, amount=amount)
    return Stage("fact", "Input data: the records that are sound without doubt.", _SOUND.format(written=written))


_OTHERS = """
    left join value_text on value_text.value_kind = indicator_text.value_kind and value_text.text = raw.value"""

_WRITTEN = f"""
    select raw.file, raw.row, unit_text.unit, indicator_text.indicator, period_text.period, period_text.begins,
        unit_text.kind,
        case when raw.reported_at is null then 0 else moment_text.reported end as reported,
        case when {_IS_PLAIN} then plain_text.amount else {{amount}} end as amount
    from raw
    join unit_text on unit_text.text = raw.unit
    join indicator_text on indicator_text.text = raw.indicator
    join period_text on period_text.text = raw.period
    left join moment_text on moment_text.text = raw.reported_at
    left join plain_text on plain_text.text = raw.value{{others}}"""

_SOUND = f"""
select written.file, written.row, written.unit,
    cast(written.indicator as bigint) * {STRIDE} + written.period as item, written.reported,
    case
        when (written.reported = 0 or written.reported >= written.begins)
            and (written.amount >= 0 or (written.amount = {WITHDRAWN} and written.reported > 0))
        then cast(written.amount as decimal(18, 0))
    end as amount
from ({{written}}
) as written
join reporter on reporter.indicator = written.indicator and reporter.kind = written.kind"""

SIFTED = Stage(
    "fact", "Input data: the same without those that turned out unsound.", "select * from fact where amount is not null"
)
"""A filter of its own, for inside the joins it costs more than all of them."""

DOUBTFUL = """
select raw.file, raw.row, raw.unit, raw.indicator, raw.period, raw.value, raw.reported_at,
    raw.evidence, raw.note
from raw
left join fact on fact.file = raw.file and fact.row = raw.row
where fact.file is null
order by raw.file, raw.row"""
"""The records that are not, as they were written."""
