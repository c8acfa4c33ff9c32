"""Lines of a registry become numbered units: read, looked at and put under their parents by SQL.

Follows "Units" and "Input data" of the contract, for a registry that is sound without doubt; of any other these stages
only tell that there is a doubt, and intake says what it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from checker.engines.columnar.session import Stage

CELLS = ("id", "name", "type", "parent", "opened", "closed")
_SOUND_ID = "^[A-Za-z0-9._:一-龥-]{1,64}$"
"""The ids that everybody writes; of any other intake is asked."""


def written(places: Mapping[str, int], attributes: Sequence[int | None]) -> Stage:
    """Give the stage of the cells in ``unit_line``; the column of each is told by name and, of attributes, by place."""
    cells = [f"{_cell(places.get(name))} as {name}" for name in CELLS]
    asked = [f"{_cell(number)} as attribute_{place}" for place, number in enumerate(attributes)]
    query = f"""
select row, length(line) - length(replace(line, ',', '')) as commas, {", ".join([*cells, *asked])}
from unit_line
where trim(replace(line, ',', '')) <> ''"""
    return Stage("unit_written", "Input data: the cells of units.csv; a row of empty cells is skipped.", query)


def _cell(number: int | None) -> str:
    return "''" if number is None else f"trim(split_part(line, ',', {number + 1}))"


WRITTEN_DAYS = "select opened from unit_written group by opened union select closed from unit_written group by closed"
"""The texts that stand for days."""


def doubts(commas: int) -> str:
    """Give the query that counts the rows with a flaw of their own or a parent that cannot be; `commas`: at most."""
    return f"""
select count(*)
from unit_written as own
left join unit_type on unit_type.name = own.type
left join day_text as opening on opening.text = own.opened
left join day_text as closing on closing.text = own.closed
left join unit_written as above on above.id = own.parent
left join unit_type as higher on higher.name = above.type
where own.commas > {commas} or unit_type.level is null or opening.opened is null or closing.closed is null
    or closing.closed <= opening.opened or not regexp_like(own.id, '{_SOUND_ID}')
    or (own.parent <> '' and (higher.level is null or higher.level >= unit_type.level))"""


TWICE = "select count(*) from (select id from unit_written group by id having count(*) > 1) as twice"
"""How many ids stand twice."""


def numbered(attributes: int) -> Stage:
    """Give the stage of the units by id, each with what a plan asks of it as marks; `attributes`: how many."""
    places = range(attributes)
    marks = "".join(f", coalesce(told_{n}.mark, -1) as attribute_{n}" for n in places)
    joined = "".join(
        f"\nleft join attribute_text as told_{n} on told_{n}.place = {n} and told_{n}.text = own.attribute_{n}"
        for n in places
    )
    query = f"""
select cast(row_number() over (order by own.id) - 1 as int) as unit, own.row, own.id, own.type, own.parent,
    opening.opened, closing.closed, unit_type.is_area, coalesce(part.planned, -1) as planned,
    coalesce(whole.mark, -1) as whole_code, coalesce(part.mark, -1) as part_code{marks}
from unit_written as own
join unit_type on unit_type.name = own.type
join day_text as opening on opening.text = own.opened
join day_text as closing on closing.text = own.closed
left join code_text as whole on whole.type = own.type and whole.text = own.id
left join code_text as part on part.type = own.type and part.text = regexp_replace(own.id, '^.*:', ''){joined}"""
    return Stage("unit_numbered", "Units: numbered by id, by code point, with all that a plan asks of them.", query)


def grouped(attributes: int) -> Stage:
    """Give the stage of the groups of units that no rule tells apart, each with an example."""
    told = _told(attributes)
    query = f"""
select row_number() over (order by example) - 1 as grouping_number, example, {told}
from (select min(unit) as example, {told} from unit_numbered group by {told}) as alike"""
    return Stage("unit_group", "Units: those that agree in everything that a plan asks are of one kind.", query)


EXAMPLES = """
select unit_group.grouping_number, unit_line.line
from unit_group
join unit_numbered on unit_numbered.unit = unit_group.example
join unit_line on unit_line.row = unit_numbered.row
order by unit_group.grouping_number"""
"""The groups with the line of the example of each."""


def placed(attributes: int) -> Stage:
    """Give the stage of the units with their kinds (``group_kind``) and the numbers of their parents."""
    alike = " and ".join(f"unit_group.{name} = own.{name}" for name in _told(attributes).split(", "))
    query = f"""
select own.unit, cast(group_kind.kind as int) as kind, coalesce(above.unit, -1) as parent, own.opened, own.closed
from unit_numbered as own
join unit_group on {alike}
join group_kind on group_kind.grouping_number = unit_group.grouping_number
left join unit_numbered as above on above.id = own.parent"""
    return Stage("unit", "Units: with their kinds and parents.", query)


def _told(attributes: int) -> str:
    return ", ".join(["type", "whole_code", "part_code", *(f"attribute_{place}" for place in range(attributes))])


def topped(depth: int) -> Stage:
    """Give the stage of the units with their roots and areas; `depth`: how many units can stand above one."""
    steps = range(1, depth + 1)
    upwards = "".join(f"\nleft join unit_numbered as up_{n} on up_{n}.id = up_{n - 1}.parent" for n in steps)
    root = ", ".join(f"up_{n}.id" for n in reversed(range(depth + 1)))
    area = " ".join(f"when up_{n}.is_area = 1 then up_{n}.id" for n in range(depth + 1))
    height = " ".join(f"when up_{n}.id is not null then {n}" for n in reversed(steps)) or "when false then 0"
    query = f"""
select up_0.unit as number, up_0.id as name, up_0.type, case {area} end as own_area, coalesce({root}) as root,
    case {height} else 0 end as above, up_0.planned
from unit_numbered as up_0{upwards}"""
    return Stage("unit_topped", "Units: with the area and the root above each, and how many stand above.", query)


NAMED = Stage(
    "unit_name",
    "Findings as data: what units are called.",
    "select number, name, type, coalesce(own_area, root) as area, root from unit_topped",
)

CLASHES = """
select count(*)
from (
    select own_area, planned from unit_topped where planned >= 0 and own_area is not null
    group by own_area, planned having count(*) > 1
) as clash"""
"""How many departments' codes stand twice in one area."""

DEPTH = "select coalesce(max(above), 0) from unit_topped"
"""How many units stand at most above one."""


SOUGHT = """
select unit_numbered.unit, unit_line.line
from unit_sought
join unit_numbered on unit_numbered.id = unit_sought.id
join unit_line on unit_line.row = unit_numbered.row"""
"""The units whose ids are sought, with their lines."""

EVERYONE = """
select unit_numbered.unit, unit_line.line
from unit_numbered
join unit_line on unit_line.row = unit_numbered.row
order by unit_numbered.row"""
"""All units with their lines, in the order of these."""
