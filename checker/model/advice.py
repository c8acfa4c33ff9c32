"""Advice: the least change of the data that would make a finding met. Values only; `checker.advising` finds them.

Follows "Measures and their bounds", "Verdicts" and "Shortfall" of the contract.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from checker.model.finding import Finding
from checker.model.period import Period
from checker.model.span import Span


class Act(StrEnum):
    """What has to be done about a figure: reported, or, where it is there, raised or lowered.

    `mend`: the faulty record of a unit that does not count has to be put right.
    """

    REPORT = "report"
    MEND = "mend"
    ADD = "add"
    TAKE_AWAY = "take_away"


class Obstacle(StrEnum):
    """Why no change of figures helps: nobody is in scope to report or to count, or no value can satisfy the target."""

    NO_UNITS = "no_units"
    UNREACHABLE = "unreachable"


class Need(NamedTuple):
    """What `units` have to do about one indicator in one period.

    `amount`: which amounts they have to report, add or take away together; None: that depends on the other figures
    that are missing. `every`: each of them has to report, else any of them may. `faulty`: those of them whose record
    was set aside, so that it has to be mended.
    """

    act: Act
    units: tuple[str, ...]
    indicator: str
    period: Period
    amount: Span | None
    every: bool = False
    faulty: tuple[str, ...] = ()


class Tempo(NamedTuple):
    """What has to be added in each of the `periods` of a `kind` that are left, as its reporters report."""

    kind: str
    each: Span
    periods: tuple[Period, ...]


class Advice(NamedTuple):
    """What would make `finding` met; smaller would not.

    `needs` belong together: all of them, or where `obstacle` is given none. For a share they are those of the fewest
    units, `units`, that are closest to what is asked; None for other measures. `relation`: the needs decide, but what
    is reported has also to reach the target. `tempo` is for what is not due yet. `over`: the period has passed, so
    that only a figure that was late or wrong can still change.
    """

    finding: Finding
    needs: tuple[Need, ...]
    obstacle: Obstacle | None = None
    units: tuple[str, ...] | None = None
    relation: bool = False
    tempo: Tempo | None = None
    over: bool = False
