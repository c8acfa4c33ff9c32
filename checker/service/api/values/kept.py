"""Units and the audit trail as values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from checker.service.api.values.base import Value


class UnitOut(Value):
    """A unit of the registry."""

    id: str = Field(examples=["school-001"])
    name: str
    type: str
    parent: str | None
    opened: date | None
    closed: date | None
    attributes: dict[str, str]


class AuditOut(Value):
    """One record of the audit trail."""

    seq: int
    at: datetime
    account: int
    action: str
    subject: str
    detail: dict[str, Any]
    mac: str


class HeadOut(Value):
    """The head of the audit trail, to be kept elsewhere."""

    seq: int
    at: datetime
    mac: str
    seal: str
