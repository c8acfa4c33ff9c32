"""How a county, a township or a single unit stands, and the way down to each finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from fastapi import APIRouter, Response

from checker.model.rulebook import Rule
from checker.model.unit import Unit
from checker.service.api.desk import AtDesk
from checker.service.api.problems import not_found
from checker.service.api.values.base import UnitId
from checker.service.looking import Look
from checker.service.pages import chart
from checker.service.pages.filters import Period
from checker.service.pages.forms import Form
from checker.service.pages.visiting import ByExaminer, Visit
from checker.service.reach import Reach, reach_of
from checker.service.summing import By, Tally, tallies, tallies_below, total, within
from checker.store import findings as standing
from checker.store.database import Reading
from checker.store.findings import Order, Standing, Wanted

router = APIRouter()
_MOST = 400


class Row(NamedTuple):
    """What one rule asks of a unit, period by period."""

    rule: Rule
    findings: tuple[Standing, ...]


@router.get("/overview")
def at_a_glance(visit: ByExaminer, desk: AtDesk, period: Period = None) -> Response:
    """Show what the visitor looks after, as a whole."""
    with desk.ground.database.read() as reading:
        look = Look(desk.ground, reading)
        tops = [unit for unit in look.registry if unit.parent is None]
        named = look.registry.get(visit.who.area or "") or (tops[0] if len(tops) == 1 else None)
        return visit.page("overview.html", **_shown(visit, reading, look, named, period))


@router.get("/overview/{unit_id}")
def of_a_unit(unit_id: UnitId, visit: ByExaminer, desk: AtDesk, period: Period = None) -> Response:
    """Show one unit with all that lie below it."""
    with desk.ground.database.read() as reading:
        look = Look(desk.ground, reading)
        unit = look.registry.get(unit_id)
        if unit is None:
            raise not_found()
        return visit.page("overview.html", **_shown(visit, reading, look, unit, period))


def _shown(visit: Visit, reading: Reading, look: Look, unit: Unit | None, period: str | None) -> dict[str, Any]:
    reach = reach_of(visit.who, look)
    way = list(_way(look, reach, unit)) if unit else []
    if unit and unit not in way:
        raise not_found()
    wanted = within(reach.wanted(), unit, look) if unit else reach.wanted()
    by_period = {one.key: one for one in tallies(reading, look, wanted, By.PERIOD)}
    narrowed = wanted._replace(period=period)
    by_section = tallies(reading, look, narrowed, By.SECTION)
    below = tallies_below(reading, look, narrowed, unit) if unit else tallies(reading, look, narrowed, By.TOWNSHIP)
    return {
        "as_of": look.as_of, "unit": unit, "way": way[1:], "whole": total(by_section), "by_section": by_section,
        "below": below, "trends": list(_trends(look, by_period)), "plan": look.rulebook.plan, "rates": chart.rates,
        "strip": chart.strip, "trend": chart.trend, "rows": list(_rows(reading, look, wanted, unit)) if unit else [],
        "periods": [(code, code) for code in sorted(by_period)], "form": Form({"period": [period or ""]}),
    }  # fmt: skip


def _way(look: Look, reach: Reach, unit: Unit) -> Iterator[Unit]:
    """Go up from `unit` as far as the visitor reaches."""
    reached = reach.units()
    known = None if reached is None else frozenset(reached)
    return (one for one in look.registry.above(unit) if known is None or one.id in known)


def _trends(look: Look, by_period: dict[str, Tally]) -> Iterator[tuple[str, list[Tally]]]:
    """Go through the kinds of periods that follow each other, each with its tallies in order."""
    for kind in look.rulebook.plan.asked:
        found = [by_period[one.code] for one in look.rulebook.plan.periods(kind) if one.code in by_period]
        due = [one for one in found if one.due]
        if due:
            yield kind, due


def _rows(reading: Reading, look: Look, wanted: Wanted, unit: Unit) -> Iterator[Row]:
    """Go through the rules that ask something of `unit` itself, in the plan's order."""
    held: dict[str, list[Standing]] = defaultdict(list)
    for one in standing.page(reading, wanted._replace(unit=unit.id), Order.UNIT, None, _MOST):
        held[one.rule].append(one)
    for rule in look.rulebook.rules.values():
        if rule.id in held:
            yield Row(rule, tuple(sorted(held[rule.id], key=lambda one: one.period)))
