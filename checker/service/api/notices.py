"""Rectification notices (整改通知书) as files."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from checker.advising.ordering import Ordering
from checker.engines.witnessing import Witnessing
from checker.explaining.notice import Notice
from checker.explaining.notice_words import NoticeWords
from checker.model.language import Language, Text
from checker.model.order import Dispatch
from checker.model.run import Run
from checker.reporting.notice_file import SETTERS, Unset
from checker.service.api.desk import AtDesk
from checker.service.api.findings import AsOf, look_at
from checker.service.api.identity import Reporting
from checker.service.api.problems import ApiFault, Reason, Responses, documented, language_of, not_found
from checker.service.api.reports import reached_whole
from checker.service.api.shown import attachment
from checker.service.api.values.base import Said, UnitId
from checker.service.looking import Look
from checker.service.reach import reach_of

router = APIRouter(tags=["报告 reports"])


class Kind(StrEnum):
    """The kinds of files."""

    PDF = "pdf"
    DOCX = "docx"


_MEDIA = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_CONTENT: Responses = {200: {"content": dict.fromkeys(_MEDIA.values(), _BINARY)}}


@router.get("/notices/{unit_id}/{kind}", response_class=Response, responses={**documented(404, 501), **_CONTENT})
def notice(
    unit_id: UnitId, kind: Kind, request: Request, account: Reporting, desk: AtDesk, as_of: AsOf = None,
    within: Annotated[int, Query(ge=1, le=3650, examples=[30], description="几天内整改  days to put right")] = 30,
    issuer: Annotated[
        Said | None, Query(examples=["平罗县教育体育局"], description="发文机关  the issuing authority")
    ] = None,
    prefix: Annotated[
        Said, Query(examples=["整改"], description="发文字号的机关代字  what its number begins with")
    ] = "整改",
) -> Response:  # fmt: skip
    """下载整改通知书：未达标和到期后无法判定的；没有要整改的答 404。The notice to one unit of what it has to put right.

    404 where there is nothing, 501 where what sets such files is not installed.
    """
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of), as_of)
        reach = reach_of(account, look)
        reached = reach.units()
        if unit_id not in look.registry or (reached is not None and unit_id not in reached):
            raise not_found()
        run = look.run(reached_whole(reach))
    dispatch = Dispatch(issuer or "", prefix, look.today, look.today + timedelta(days=within))
    told = _notice(run, look, unit_id, dispatch, language_of(request))
    try:
        content = SETTERS[kind.value]()(told).content
    except Unset as unset:
        raise ApiFault(501, Reason.NOT_INSTALLED, unset.why) from None
    return Response(content, 200, attachment(f"{unit_id}-{look.as_of}.{kind.value}"), _MEDIA[kind])


def _notice(run: Run, look: Look, unit: str, dispatch: Dispatch, language: Language) -> Notice:
    if run.data is None:
        raise not_found()
    ordering = Ordering(look.rulebook, look.registry, Witnessing(look.rulebook, run.data, run.as_of))
    order = ordering.order_to(unit, run.findings or ())
    if order is None:
        raise ApiFault(404, Reason.NOT_FOUND, Text("没有需要整改的事项", "nothing has to be put right"))
    return NoticeWords(run, look.rulebook, dispatch, language).notice(order)
