"""Reminders (催报): every figure that a unit has still to report, and what waits for it."""

from __future__ import annotations

from fastapi import APIRouter, Request

from checker.model.language import Language, printable
from checker.model.reminder import Reminder
from checker.service.api.desk import AtDesk
from checker.service.api.findings import AsOf, look_at
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import documented, language_of
from checker.service.api.shown import Cursor, Most, page, position
from checker.service.api.values.base import Page, UnitId
from checker.service.api.values.found import ReminderOut
from checker.service.looking import Look
from checker.service.reach import reach_of

router = APIRouter(tags=["催报 reminders"])


@router.get("/reminders", response_model=Page[ReminderOut], responses=documented())
def reminders(
    request: Request, account: Allowed, desk: AtDesk, unit: UnitId | None = None, as_of: AsOf = None,
    cursor: Cursor = None, limit: Most = 50,
) -> Page[ReminderOut]:  # fmt: skip
    """催报：谁还要报什么、何时到期、哪些结论等着它。Who has still to report what, by when, for which findings.

    Of every unit whose submissions are within reach: one's own, those a township reports for, an auditor's area.
    """
    after = position(cursor, str, str, str)
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of), as_of)
        reached = reach_of(account, look).handing_in()
        found = [one for one in look.reminders() if reached is None or one.unit.id in reached]
    wanted = (one for one in found if unit is None or one.unit.id == unit)
    ordered = sorted((one for one in wanted if after is None or _key(one) > tuple(after)), key=_key)
    return page(ordered[: limit + 1], limit, _key, lambda one: _out(one, look, language_of(request)))


def _key(one: Reminder) -> tuple[str, str, str]:
    return one.unit.id, one.indicator, one.period.code


def _out(one: Reminder, look: Look, language: Language) -> ReminderOut:
    return ReminderOut(
        area=one.area.id, unit=one.unit.id, unit_name=printable(one.unit.name), indicator=one.indicator,
        indicator_name=look.rulebook.indicators[one.indicator].name.said(language), period=one.period.code, due=one.due,
        overdue=one.overdue, findings=[finding.identity(look.rulebook.plan.id) for finding in one.decides],
    )  # fmt: skip
