"""Written records become facts: what each of the five cells means, looked up in tables of the texts that occur.

Follows "Input data" and "Numbers" of the contract, for the records that are sound without doubt; all others are given
back as they were written, for intake to say what is wrong with them.
"""

from __future__ import annotations

from checker.engines.columnar.amounts import MILLION, WITHDRAWN
from checker.engines.columnar.session import Stage

_PLAIN = "regexp_like(raw.value, '^[0-9]{1,12}$')"

OCCURRING = {
    "unit": "select unit from raw where unit is not null group by unit",
    "indicator": "select indicator from raw where indicator is not null group by indicator",
    "period": "select period from raw where period is not null group by period",
    "reported_at": "select reported_at from raw where reported_at <> '' group by reported_at",
}
"""The texts that occur in each column."""

VALUES = f"""
select indicator_text.value_kind, raw.value
from raw
join indicator_text on indicator_text.text = raw.indicator
where raw.value <> '' and not (indicator_text.plain = 1 and {_PLAIN})
group by indicator_text.value_kind, raw.value"""
"""The kinds and texts of values that are not plain digits."""

_READ = f"""
    select raw.file, raw.row, unit_text.unit, indicator_text.indicator, period_text.period, period_text.begins,
        unit_text.kind,
        case when coalesce(raw.reported_at, '') = '' then 0 else moment_text.reported end as reported,
        case
            when indicator_text.plain = 1 and {_PLAIN} then cast(raw.value as decimal(18, 0)) * {MILLION}
            else value_text.amount
        end as amount
    from raw
    left join unit_text on unit_text.text = raw.unit
    left join indicator_text on indicator_text.text = raw.indicator
    left join period_text on period_text.text = raw.period
    left join moment_text on moment_text.text = raw.reported_at
    left join value_text on value_text.value_kind = indicator_text.value_kind and value_text.text = raw.value"""

_SOUND = f"""
select written.file, written.row, cast(written.unit as int) as unit, cast(written.indicator as int) as indicator,
    cast(written.period as int) as period, cast(written.reported as int) as reported,
    cast(written.amount as decimal(18, 0)) as amount
from ({_READ}
) as written
join reporter on reporter.indicator = written.indicator and reporter.kind = written.kind
where written.period is not null and (written.reported = 0 or written.reported >= written.begins)
    and (written.amount >= 0 or (written.amount = {WITHDRAWN} and written.reported > 0))"""

READ = Stage("fact", "Input data: the records that are sound without doubt.", _SOUND)

DOUBTFUL = """
select raw.file, raw.row, raw.unit, raw.indicator, raw.period, raw.value, raw.reported_at,
    raw.evidence, raw.note
from raw
left join fact on fact.file = raw.file and fact.row = raw.row
where fact.file is null
order by raw.file, raw.row"""
"""The records that are not, as they were written."""
