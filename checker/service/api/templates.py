"""The workbook that a unit fills in and hands in again."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from checker.model.language import Text
from checker.model.period import Period
from checker.model.rulebook import Rulebook
from checker.model.unit import Registry
from checker.service.api.desk import AtDesk
from checker.service.api.identity import Submitting
from checker.service.api.problems import ApiFault, Reason, Responses, documented, language_of
from checker.service.api.shown import attachment
from checker.service.api.submissions import ForUnit, target
from checker.service.api.uploads import XLSX
from checker.service.api.values.base import PeriodCode
from checker.service.looking import Look
from checker.templates.planning import default_periods, fitting, sheets_for
from checker.templates.template import to_template

router = APIRouter(tags=["报送 submissions"])
Periods = Annotated[
    list[PeriodCode] | None,
    Query(max_length=16, examples=[["2024-2025-1"]], description="期间，默认各种期间里最近的  default: the latest"),
]
_CONTENT: Responses = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/template", response_class=Response, responses={**documented(404), **_CONTENT})
def template(
    request: Request, account: Submitting, desk: AtDesk, unit: ForUnit = None, period: Periods = None
) -> Response:
    """下载填报模板：每个期间一张工作表，填好后上报。The workbook that a unit fills in, a sheet for each period."""
    with desk.ground.database.read() as reading:
        look = Look(desk.ground, reading)
        asked = target(look, account, unit)
    rulebook, registry = look.rulebook, Registry([asked])
    periods = _periods(rulebook, asked.type, period) if period else default_periods(rulebook, asked.type, look.today)
    sheets = [sheet for sheet in sheets_for(rulebook, asked.type, registry, periods) if sheet.rows]
    if not sheets:
        why = Text(f"{asked.id} 在这些期间没有要报的数", f"{asked.id} has nothing to report in these periods")
        raise ApiFault(404, Reason.NOT_FOUND, why)
    content = to_template(rulebook, registry, sheets, language_of(request))
    return Response(content, 200, attachment(f"{asked.id}.xlsx"), XLSX)


def _periods(rulebook: Rulebook, unit_type: str, typed: list[str]) -> list[Period]:
    found: list[Period] = []
    for code in dict.fromkeys(typed):
        period = rulebook.plan.calendar.read(code)
        if period is None or not any(period.lies_in(one) for one in fitting(rulebook, unit_type)):
            names = ", ".join(one.code for one in fitting(rulebook, unit_type)[-8:])
            why = Text(f"{code} 没有要报的数，可用 {names}", f"nothing to report in {code}; there are {names}")
            raise ApiFault(422, Reason.INVALID, why)
        found.append(period)
    return found
