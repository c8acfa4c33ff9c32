"""Units and the audit trail as values."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from checker.service.api.values.base import HASH, Day, Moment, Number, Value


class UnitOut(Value):
    """A unit of the registry."""

    id: str = Field(examples=["school-001"])
    name: str = Field(examples=["一小"])
    type: str = Field(examples=["school"])
    parent: str | None = Field(examples=["chengguan"])
    opened: Day | None = Field(examples=["2012-09-01"])
    closed: Day | None = Field(examples=[None])
    attributes: dict[str, str] = Field(examples=[{"stage": "primary"}])


class AuditOut(Value):
    """One record of the audit trail."""

    seq: Number
    at: Moment
    account: Number
    action: str = Field(examples=["submission.accept"])
    subject: str = Field(examples=["submission:9f86d081884c7d65"])
    detail: dict[str, Any] = Field(examples=[{"unit": "school-001", "version": 3}])
    mac: str = Field(examples=[HASH])


class HeadOut(Value):
    """The head of the audit trail, to be kept elsewhere."""

    seq: Number
    at: Moment
    mac: str = Field(examples=[HASH])
    seal: str = Field(examples=[HASH])
