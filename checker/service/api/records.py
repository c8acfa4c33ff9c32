"""What the service keeps beside findings: runs, alerts, the audit trail."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path

from checker.service.api.desk import AtDesk
from checker.service.api.identity import Overseeing, Watching
from checker.service.api.identity import Reading as Allowed
from checker.service.api.problems import documented, not_found
from checker.service.api.shown import Cursor, Most, page, position
from checker.service.api.values.base import Page, Subject, UnitId
from checker.service.api.values.found import AlertOut, RunOut
from checker.service.api.values.kept import AuditOut, HeadOut
from checker.service.looking import Look
from checker.service.reach import reach_of
from checker.store import audit, journal
from checker.store.audit import Entry
from checker.store.database import time_of
from checker.store.journal import Alerting, Run

router = APIRouter(tags=["记录 records"])


@router.get("/runs", response_model=Page[RunOut], responses=documented())
def runs(_: Watching, desk: AtDesk, cursor: Cursor = None, limit: Most = 50) -> Page[RunOut]:
    """判定记录，新的在前。Every judging, the newest first."""
    before = position(cursor, int)
    with desk.ground.database.read() as reading:
        found = journal.runs(reading, before[0] if before else None, limit + 1)
    return page(found, limit, lambda run: (run.seq,), _run_out)


@router.get("/runs/{run_id}", response_model=RunOut, responses=documented(404))
def one_run(run_id: Annotated[int, Path(ge=1, lt=2**63, examples=[3])], _: Watching, desk: AtDesk) -> RunOut:
    """一次判定。One judging."""
    with desk.ground.database.read() as reading:
        run = journal.find_run(reading, run_id)
    if run is None:
        raise not_found()
    return _run_out(run)


@router.get("/alerts", response_model=Page[AlertOut], responses=documented())
def alerts(
    account: Allowed, desk: AtDesk, unit: UnitId | None = None, cursor: Cursor = None, limit: Most = 50
) -> Page[AlertOut]:
    """预警。Alerts of the units within reach."""
    after = position(cursor, int)
    with desk.ground.database.read() as reading:
        units = reach_of(account, Look(desk.ground, reading)).units()
        if unit is not None:
            units = [unit] if units is None or unit in units else []
        found = journal.alerts_of(reading, units, after[0] if after else 0, limit + 1)
    return page(found, limit, lambda one: (one.seq,), _alert_out)


@router.get("/audit", response_model=Page[AuditOut], responses=documented())
def audit_records(
    _: Overseeing, desk: AtDesk,
    subject: Subject | None = None,
    cursor: Cursor = None, limit: Most = 50,
) -> Page[AuditOut]:  # fmt: skip
    """审计记录，旧的在前；只有账号编号，没有姓名。Audit records, the oldest first; ids of accounts, no names."""
    after = position(cursor, int)
    with desk.ground.database.read() as reading:
        found = audit.entries(reading, after[0] if after else 0, limit + 1, subject)
    return page(found, limit, lambda entry: (entry.seq,), _entry_out)


@router.get("/audit/head", response_model=HeadOut, responses=documented())
def audit_head(_: Overseeing, desk: AtDesk) -> HeadOut:
    """审计链头，请存到别处：`checker admin verify-audit --head` 用它发现截尾和回退。The head, to be kept elsewhere."""
    with desk.ground.database.read() as reading:
        head = desk.ground.audit.head(reading)
    return HeadOut(**{**head._asdict(), "at": time_of(head.at)})


def _run_out(run: Run) -> RunOut:
    told = {key: value for key, value in run._asdict().items() if key not in {"seq", "at", "causes", "as_of"}}
    causes = [cause for cause in run.causes.split(";") if cause]
    return RunOut(id=run.seq, at=time_of(run.at), causes=causes, as_of=date.fromisoformat(run.as_of), **told)


def _alert_out(one: Alerting) -> AlertOut:
    alert = one.alert
    return AlertOut(
        id=one.seq, follow_up=alert.follow_up, unit=alert.unit, rule=alert.rule, periods=list(alert.periods),
        escalate_to=list(alert.escalate_to), since=time_of(one.since),
    )  # fmt: skip


def _entry_out(entry: Entry) -> AuditOut:
    return AuditOut(**{**entry.public(), "at": time_of(entry.at)})
