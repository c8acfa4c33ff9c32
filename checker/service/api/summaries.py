"""Findings added up by section, township, department or period."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from fractions import Fraction

from fastapi import APIRouter, Request

from checker.model.finding import Verdict
from checker.model.language import Language, printable
from checker.model.number import shown_percent, simplest
from checker.model.rulebook import Force
from checker.service.api.desk import AtDesk
from checker.service.api.findings import AsOf, Filters, JudgedBy, look_at, within
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import documented, language_of
from checker.service.api.values.found import CountsOut, SummaryOut
from checker.service.looking import Look
from checker.service.reach import reach_of
from checker.store import findings as standing
from checker.store.database import Reading
from checker.store.findings import Standing, Wanted

router = APIRouter(tags=["汇总 summaries"])
Count = tuple[str, str, str, int]


class By(StrEnum):
    """What findings are added up by."""

    SECTION = "section"
    TOWNSHIP = "township"
    DEPARTMENT = "department"
    PERIOD = "period"


@router.get("/summaries/{by}", response_model=SummaryOut, responses=documented(404))
def summary(
    by: By, request: Request, account: Allowed, desk: AtDesk, filters: Filters, as_of: AsOf = None,
    rulebook: JudgedBy = None,
) -> SummaryOut:  # fmt: skip
    """按节、乡镇、部门或期间汇总；两种比率并列。Counts by one thing, with the rates before and after waivers."""
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of, rulebook), as_of)
        wanted = within(reach_of(account, look), filters)
        counted = _counted(reading, look, wanted, by)
    rows: dict[str, list[Count]] = defaultdict(list)
    for count in counted:
        rows[_group(count[0], by, look)].append(count)
    order = {section.number: n for n, section in enumerate(look.rulebook.sections)}
    keys = sorted(rows, key=lambda key: (order.get(key, 0), key))
    shown = [_row(key, rows[key], by, look, language_of(request)) for key in keys]
    return SummaryOut(as_of=look.as_of, by=by.value, rows=shown)


def _counted(reading: Reading, look: Look, wanted: Wanted, by: By) -> list[Count]:
    if not look.stands:
        return [count for one in look.standing(wanted) for count in _keys(one, by)]
    if by is By.DEPARTMENT:
        return standing.counts_by_department(reading, wanted)
    return standing.counts(reading, wanted, "unit" if by is By.TOWNSHIP else by.value)


def _keys(one: Standing, by: By) -> list[Count]:
    keys = {By.SECTION: [one.section], By.TOWNSHIP: [one.unit], By.PERIOD: [one.period],
            By.DEPARTMENT: one.responsible.strip(";").split(";")}[by]  # fmt: skip
    return [(key, one.force, one.verdict, 1) for key in keys]


def _group(key: str, by: By, look: Look) -> str:
    """Give what a count belongs to: for townships the one that the unit lies in, or what is topmost."""
    unit = look.registry.get(key)
    if by is not By.TOWNSHIP or unit is None:
        return key
    stands = {group.every for group in look.rulebook.plan.departments.groups.values()}
    way = list(look.registry.above(unit))
    return next((one.id for one in way if one.type in stands), way[-1].id)


def _row(key: str, counts: list[Count], by: By, look: Look, language: Language) -> CountsOut:
    must, strive = (
        {
            verdict.value: sum(n for _, one, came, n in counts if one == force.value and came == verdict.value)
            for verdict in Verdict
        }
        for force in (Force.MUST, Force.STRIVE)
    )
    met, due = must["met"], must["met"] + must["not_met"] + must["unknown"] + must["waived"]
    return CountsOut(
        key=key, name=_name(key, by, look, language), **must, strive=strive, rate=_rate(met, due),
        rate_after_waivers=_rate(met, due - must["waived"]),
    )  # fmt: skip


def _rate(part: int, whole: int) -> str | None:
    return shown_percent(simplest(Fraction(part, whole))) if whole else None


def _name(key: str, by: By, look: Look, language: Language) -> str:
    plan = look.rulebook.plan
    unit = look.registry.get(key)
    if by is By.SECTION:
        titles = {section.number: section.title for section in look.rulebook.sections}
        return titles[key].said(language) if key in titles else key
    if by is By.DEPARTMENT and key in plan.departments.codes:
        return plan.departments.codes[key].said(language)
    return printable(unit.name) if unit is not None and by is not By.PERIOD else key
