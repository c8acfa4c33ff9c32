"""Rectification orders (整改单): what one addressee has to put right. Values only."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from checker.model.evidence import Evidence
from checker.model.finding import Verdict


class Order(NamedTuple):
    """The findings that one addressee answers for and that are not met, or not decided though they are due.

    `addressee`: a unit's id, or a department's code where the registry has no such unit.
    """

    addressee: str
    evidence: tuple[Evidence, ...]


class Dispatch(NamedTuple):
    """What an issuer sets down on a notice: its name (empty: none), its numbers, the day, and by when to put right."""

    issuer: str
    prefix: str
    issued: date
    deadline: date


ORDERED = frozenset({Verdict.NOT_MET, Verdict.UNKNOWN})
