"""Findings added up by section, township, department or period."""

from __future__ import annotations

from fractions import Fraction

from fastapi import APIRouter, Request

from checker.model.language import Language
from checker.model.number import shown_percent, simplest
from checker.service.api.desk import AtDesk
from checker.service.api.findings import AsOf, Filters, JudgedBy, look_at, within
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import documented, language_of
from checker.service.api.values.found import CountsOut, SummaryOut
from checker.service.looking import Look
from checker.service.reach import reach_of
from checker.service.summing import By, Tally, tallies

router = APIRouter(tags=["汇总 summaries"])


@router.get("/summaries/{by}", response_model=SummaryOut, responses=documented(404))
def summary(
    by: By, request: Request, account: Allowed, desk: AtDesk, filters: Filters, as_of: AsOf = None,
    rulebook: JudgedBy = None,
) -> SummaryOut:  # fmt: skip
    """按节、乡镇、部门或期间汇总；两种比率并列。Counts by one thing, with the rates before and after waivers."""
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of, rulebook), as_of)
        found = tallies(reading, look, within(reach_of(account, look), filters), by)
    return SummaryOut(as_of=look.as_of, by=by.value, rows=[_row(one, language_of(request)) for one in found])


def _row(one: Tally, language: Language) -> CountsOut:
    must, strive = ({verdict.value: n for verdict, n in counts.items()} for counts in (one.must, one.strive))
    return CountsOut(
        key=one.key, name=one.name.said(language), **must, strive=strive, rate=_rate(one.rate),
        rate_after_waivers=_rate(one.rate_after_waivers),
    )  # fmt: skip


def _rate(part: Fraction | None) -> str | None:
    return None if part is None else shown_percent(simplest(part))
