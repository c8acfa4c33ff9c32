"""Report downloads: a Run of what is reached, in every format that the reporters give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from checker.checking import witnessed
from checker.model.finding import Finding
from checker.model.language import Language, Text
from checker.model.run import Run
from checker.reporting.changes_format import to_changes
from checker.reporting.csv_format import to_csv
from checker.reporting.html_format import to_html
from checker.reporting.json_format import to_json
from checker.reporting.junit_format import to_junit
from checker.reporting.markdown_format import to_markdown
from checker.reporting.sarif_format import is_listed, to_sarif
from checker.reporting.table import Layout, to_table
from checker.reporting.xlsx_format import to_xlsx
from checker.service.api.desk import AtDesk, Desk
from checker.service.api.findings import AsOf, JudgedBy, look_at
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import ApiFault, Reason, Responses, documented, language_of, not_found
from checker.service.api.shown import attachment
from checker.service.api.values.base import Day
from checker.service.comparing import narrowed_since, since, since_run
from checker.service.looking import Look
from checker.service.reach import Reach, reach_of
from checker.store import journal
from checker.store.database import Reading

router = APIRouter(tags=["报告 reports"])


class Format(NamedTuple):
    """A format: its media type, the suffix of its files, how a Run becomes its bytes, and what it wants evidence of."""

    media_type: str
    suffix: str
    content: Callable[[Run, Language], Iterable[bytes]]
    witnesses: Callable[[Finding], bool] = lambda _: False
    needs_since: bool = False


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, Format] = {
    "table": Format("text/plain; charset=utf-8", "txt", lambda run, say: [to_table(run, Layout(say, most=0)).encode()]),
    "json": Format("application/json", "json", to_json),
    "csv": Format("text/csv; charset=utf-8", "csv", to_csv),
    "html": Format("text/html; charset=utf-8", "html", lambda run, _: to_html(run), witnesses=lambda _: True),
    "xlsx": Format(_XLSX, "xlsx", to_xlsx),
    "markdown": Format("text/markdown; charset=utf-8", "md", to_markdown),
    "sarif": Format("application/sarif+json", "sarif", to_sarif, witnesses=is_listed),
    "junit": Format("application/xml", "xml", to_junit),
    "changes": Format("application/json", "json", lambda run, _: to_changes(run), needs_since=True),
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_SUMMARY = {"met": 17, "not_met": 2, "pending": 13, "unknown": 0, "waived": 1}
_EXAMPLES = {
    "json": {"schema": "checker.findings/1", "as_of": "2025-06-30", "summary": _SUMMARY, "findings": [], "alerts": []},
    "changes": {"schema": "checker.changes/1", "summary": {"new": 0, "changed": 1, "resolved": 1}, "changes": []},
    "sarif": {"version": "2.1.0", "runs": []},
}


def _documented(media_type: str) -> dict[str, Any]:
    mine = {name: {"value": one} for name, one in _EXAMPLES.items() if FORMATS[name].media_type == media_type}
    return {"schema": {"type": "object"}, "examples": mine} if mine else _BINARY


_CONTENT: Responses = {
    200: {"content": {one.media_type.partition(";")[0]: _documented(one.media_type) for one in FORMATS.values()}}
}


class Since(NamedTuple):
    """What a report is compared with: an earlier day, or an earlier run."""

    day: date | None
    run: int | None


def _since(
    since: Annotated[Day | None, Query(description="与更早的哪一天比较  compared with an earlier day")] = None,
    since_run: Annotated[
        int | None,
        Query(ge=1, lt=2**63, examples=[3], description="与更早的哪次判定比较  compared with an earlier run"),
    ] = None,
) -> Since:
    if since is not None and since_run is not None:
        raise _invalid(Text("since 和 since_run 只能给一个", "give either since or since_run"))
    return Since(since, since_run)


@router.get("/reports/{name}", response_class=Response, responses={**documented(404), **_CONTENT})
def report(
    request: Request, account: Allowed, desk: AtDesk, than: Annotated[Since, Depends(_since)],
    name: Annotated[str, Path(examples=[*FORMATS], json_schema_extra={"enum": [*FORMATS]})],
    as_of: AsOf = None, rulebook: JudgedBy = None,
) -> Response:  # fmt: skip
    """下载报告：自己范围内的结论；与更早的比较时写明变化和原因。A report of the findings within reach.

    One's own contributions to the findings of others are left out. `changes` needs `since` or `since_run`.
    """
    form = FORMATS.get(name)
    if form is None:
        known = ", ".join(FORMATS)
        raise ApiFault(404, Reason.NOT_FOUND, Text(f"可用的格式：{known}", f"formats: {known}"))
    if form.needs_since and than == Since(None, None):
        raise _invalid(Text(f"{name} 要有 since 或 since_run", f"{name} needs since or since_run"))
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of, rulebook), as_of)
        reach = reach_of(account, look)
        if than == Since(None, None):
            run = look.run(reached_whole(reach))
        else:
            compared = _compared(desk, reading, look, than)
            run = narrowed_since(compared, reached_whole(reach), reach.units())
    content = b"".join(form.content(witnessed(run, form.witnesses), language_of(request)))
    return Response(content, 200, attachment(f"checker-{look.as_of}.{form.suffix}"), form.media_type)


def _compared(desk: Desk, reading: Reading, look: Look, wanted: Since) -> Run:
    now = look.run(lambda _: True)
    if wanted.day is not None:
        if wanted.day >= look.as_of:
            raise _invalid(Text(f"since 要早于 {look.as_of}", f"since has to be before {look.as_of}"))
        return since(Look(desk.ground, reading, wanted.day).run(lambda _: True), now)
    run = journal.find_run(reading, wanted.run or 0)
    if run is None:
        raise not_found()
    return since_run(reading, run, look.rulebook.plan.id, now)


def _invalid(why: Text) -> ApiFault:
    return ApiFault(422, Reason.INVALID, why)


def reached_whole(reach: Reach) -> Callable[[Finding], bool]:
    """Give which findings a report holds: those reached whole."""
    units = reach.units()
    if units is None:
        return lambda _: True
    mine = frozenset(units)

    def wanted(finding: Finding) -> bool:
        if finding.unit.id in mine:
            return True
        return reach.answers_for(finding.unit.id, finding.answerable)

    return wanted
