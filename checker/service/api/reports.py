"""Report downloads: a Run of what is reached, in every format that the reporters give."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from fastapi import APIRouter, Path, Request, Response

from checker.checking import witnessed
from checker.model.finding import Finding
from checker.model.language import Language, Text
from checker.model.run import Run
from checker.reporting.csv_format import to_csv
from checker.reporting.html_format import to_html
from checker.reporting.json_format import to_json
from checker.reporting.junit_format import to_junit
from checker.reporting.markdown_format import to_markdown
from checker.reporting.sarif_format import is_listed, to_sarif
from checker.reporting.table import Layout, to_table
from checker.reporting.xlsx_format import to_xlsx
from checker.service.api.desk import AtDesk
from checker.service.api.findings import AsOf, JudgedBy, look_at
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import ApiFault, Reason, Responses, documented, language_of
from checker.service.looking import Look
from checker.service.reach import Reach, reach_of

router = APIRouter(tags=["报告 reports"])


class Format(NamedTuple):
    """A format: its media type, the suffix of its files, how a Run becomes its bytes, and what it wants evidence of."""

    media_type: str
    suffix: str
    content: Callable[[Run, Language], Iterable[bytes]]
    witnesses: Callable[[Finding], bool] = lambda _: False


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
}
_BINARY = {"schema": {"type": "string", "format": "binary"}}
_CONTENT: Responses = {200: {"content": {one.media_type.partition(";")[0]: _BINARY for one in FORMATS.values()}}}


@router.get("/reports/{name}", response_class=Response, responses={**documented(404), **_CONTENT})
def report(
    request: Request, account: Allowed, desk: AtDesk, name: str = Path(examples=[*FORMATS]), as_of: AsOf = None,
    rulebook: JudgedBy = None,
) -> Response:  # fmt: skip
    """下载报告：自己范围内的结论。A report of the findings within reach, one's own contributions to others left out."""
    form = FORMATS.get(name)
    if form is None:
        known = ", ".join(FORMATS)
        raise ApiFault(404, Reason.NOT_FOUND, Text(f"可用的格式：{known}", f"formats: {known}"))
    with desk.ground.database.read() as reading:
        look = look_at(Look(desk.ground, reading, as_of, rulebook), as_of)
        run = look.run(_within(reach_of(account, look)))
    content = b"".join(form.content(witnessed(run, form.witnesses), language_of(request)))
    headers = {"Content-Disposition": f'attachment; filename="checker-{look.as_of}.{form.suffix}"'}
    return Response(content, 200, headers, form.media_type)


def _within(reach: Reach) -> Callable[[Finding], bool]:
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
