"""What became of each finding since an earlier check, and why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    """How a finding stands to the earlier check.

    `new`: it was not asked then. `resolved`: not met or unknown then, met now. `changed`: any other difference in what
    was found. `persisting`: the same was found. `gone`: it was asked then and is not any more.
    """

    NEW = "new"
    CHANGED = "changed"
    RESOLVED = "resolved"
    PERSISTING = "persisting"
    GONE = "gone"


class Cause(StrEnum):
    """What a change comes from, in the order in which the inputs of two checks are exchanged one after the other."""

    SOFTWARE = "software"
    CALENDAR = "calendar"
    REGISTRY = "registry"
    RULE = "rule"
    WAIVER = "waiver"
    DATA = "data"


class Outcome(NamedTuple):
    """What an earlier check found, as its JSON says it: display values, `None` where it says null."""

    rule: str
    unit: str
    unit_name: str
    period: str
    verdict: str
    value: str | None
    target: str
    shortfall: str | None


class Change(NamedTuple):
    """One finding beside the earlier check; `then` None where it is new.

    `certain`: exactly the `causes` made it; otherwise they are those that are possible, and some may not be.
    """

    state: State
    then: Outcome | None
    causes: tuple[Cause, ...] = ()
    certain: bool = True


class Changes(NamedTuple):
    """All findings beside an earlier check of `as_of` by `version`; `found` and `gone` are by the ids of findings."""

    as_of: date
    version: str
    found: Mapping[str, Change]
    gone: Mapping[str, Change]
