"""What lists are narrowed by, as forms send it: a field that was left empty asks for nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from checker.service.api.values.base import PeriodCode


def _emptied(told: object) -> object:
    return told or None


MayBeEmpty = BeforeValidator(_emptied)
Period = Annotated[PeriodCode | None, MayBeEmpty]
