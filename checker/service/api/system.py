"""What watches over the service: is it alive, is it ready, and its figures."""

from __future__ import annotations

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from checker.model.language import Text
from checker.service.api.desk import AtDesk
from checker.service.api.identity import Watching
from checker.service.api.problems import ApiFault, Reason, documented
from checker.store.migrating import is_current

router = APIRouter(tags=["运行 running"])


class Health(BaseModel):
    """That it is so."""

    status: str = Field(examples=["ok"])


@router.get("/healthz", response_model=Health)
def alive() -> Health:
    """进程在运行。The process answers."""
    return Health(status="ok")


@router.get("/readyz", response_model=Health, responses={503: documented()[503]})
def ready(desk: AtDesk) -> Health:
    """数据库可用、版本相符、已有规则和名册，也不在停止。The database answers, with its schema, a rulebook and units.

    503 as soon as the service was told to stop, though it still answers whoever asks.
    """
    if desk.stopping.is_set():
        raise ApiFault(503, Reason.STOPPING, Text("正在停止，请稍后再连接", "stopping: connect again later"))
    if not is_current(desk.ground.database):
        why = Text("数据库不是这个版本的：请运行 checker db upgrade", "the database is of another version")
        raise ApiFault(503, Reason.UNPREPARED, why)
    with desk.ground.database.read() as reading:
        desk.ground.rulebook(reading)
        desk.ground.registry(reading)
    return Health(status="ok")


@router.get("/metrics", response_class=Response,
            responses={**documented(), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}})  # fmt: skip
def metrics(_: Watching, desk: AtDesk) -> Response:
    """Prometheus 指标，要审核、政策或管理账号的令牌。Figures for Prometheus, for those who watch over the whole.

    An address proves nothing: whatever comes through a proxy on this machine comes from this machine.
    """
    return Response(desk.metrics.text(), media_type="text/plain; version=0.0.4")
