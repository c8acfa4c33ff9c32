"""The registry: units and their trees."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from checker.model.unit import Unit
from checker.service.api.desk import AtDesk
from checker.service.api.identity import Anyone
from checker.service.api.problems import documented, not_found
from checker.service.api.shown import Cursor, Most, page, position, unit_out
from checker.service.api.values.base import Page, UnitId, UnitType
from checker.service.api.values.kept import UnitOut
from checker.service.looking import Look
from checker.service.reach import reach_of
from checker.store.accounts import Account

router = APIRouter(tags=["单位 units"])


@router.get("/units", response_model=Page[UnitOut], responses=documented())
def units_listed(
    account: Anyone,
    desk: AtDesk,
    unit_type: Annotated[UnitType | None, Query(alias="type", description="单位类型  of one type")] = None,
    below: Annotated[UnitId | None, Query(examples=["chengguan"], description="此单位以下  below this unit")] = None,
    cursor: Cursor = None,
    limit: Most = 50,
) -> Page[UnitOut]:
    """单位列表，按编号。Units by id, as far as the account may know them."""
    after = position(cursor, str)
    with desk.ground.database.read() as reading:
        look = Look(desk.ground, reading)
        known = reach_of(account, look).known_units()
    root = look.registry.get(below) if below is not None else None
    within = None if below is None else {unit.id for unit in look.registry.below(root)} if root else set()
    seen = None if known is None else set(known)
    found = [
        unit
        for unit in look.registry
        if (seen is None or unit.id in seen)
        and (unit_type is None or unit.type == unit_type)
        and (within is None or unit.id in within)
        and (after is None or unit.id > after[0])
    ]
    return page(found[: limit + 1], limit, lambda unit: (unit.id,), unit_out)


@router.get("/units/{unit_id}", response_model=UnitOut, responses=documented(404))
def one_unit(unit_id: UnitId, account: Anyone, desk: AtDesk) -> UnitOut:
    """一个单位。One unit."""
    with desk.ground.database.read() as reading:
        return unit_out(known_unit(Look(desk.ground, reading), account, unit_id))


@router.get("/units/{unit_id}/children", response_model=list[UnitOut], responses=documented(404))
def children(unit_id: UnitId, account: Anyone, desk: AtDesk) -> list[UnitOut]:
    """直属下级。The units just below, as far as the account may know them."""
    with desk.ground.database.read() as reading:
        look = Look(desk.ground, reading)
        parent = known_unit(look, account, unit_id)
        known = reach_of(account, look).known_units()
    below = (unit for unit in look.registry.below(parent) if unit.parent == parent.id)
    return [unit_out(unit) for unit in below if known is None or unit.id in known]


def known_unit(look: Look, account: Account, unit_id: str) -> Unit:
    """Give the unit of that id. Raises ApiFault where there is none that the account may know."""
    unit = look.registry.get(unit_id)
    known = reach_of(account, look).known_units()
    if unit is None or (known is not None and unit_id not in known):
        raise not_found()
    return unit
