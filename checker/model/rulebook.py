"""The rulebook of a plan: what it measures, asks, of whom and when. Values only; `checker.rulebook` reads them.

Follows "Words", "Time", "Units" and "Follow-ups" of the contract.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field

from checker.model.coverage import Settled, Withdrawn
from checker.model.department import Departments
from checker.model.language import Text
from checker.model.number import ValueKind
from checker.model.period import PLAN, Calendar, Period
from checker.model.target import Figure, Target
from checker.model.unit import Unit


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nature(StrEnum):
    """How an indicator adds over time: a `flow` is summed, of a `level` the latest counts."""

    FLOW = "flow"
    LEVEL = "level"


class Force(StrEnum):
    """How binding a commitment is: 应当 or 力争."""

    MUST = "must"
    STRIVE = "strive"


class Status(StrEnum):
    """Whether a rule judges anyone yet."""

    ACTIVE = "active"
    DRAFT = "draft"


class Reporter(_Value):
    """Who reports an indicator: every unit of some types, or one named department."""

    unit_types: tuple[str, ...] = ()
    department: str | None = None


class Indicator(_Value):
    """Something that is reported: `unit` is its unit of measure, `counts` what one of it is."""

    code: str
    name: Text
    unit: Text
    counts: Text
    nature: Nature
    value: ValueKind
    reporter: Reporter


class Check(_Value):
    """A plausibility check: the value of `indicator` is at most that of `at_most`, of one unit and period."""

    indicator: str
    at_most: str


class Total(_Value):
    """An indicator added over the unit and every unit below it."""

    kind: Literal["total"] = "total"
    indicator: str


class Ratio(_Value):
    """One total divided by another."""

    kind: Literal["ratio"] = "ratio"
    numerator: str
    denominator: str


class Change(_Value):
    """This period's total less that of the period before."""

    kind: Literal["change"] = "change"
    indicator: str


class Condition(_Value):
    """What a counted unit's own figure must satisfy."""

    indicator: str
    figure: Figure


class Share(_Value):
    """The part of the units of one type below that satisfy all conditions."""

    kind: Literal["share"] = "share"
    of: str
    conditions: tuple[Condition, ...]


Measure = Annotated[Total | Ratio | Change | Share, Field(discriminator="kind")]


def indicators_of(measure: Measure) -> tuple[str, ...]:
    """Give the codes of the indicators that `measure` is made of, each once."""
    if measure.kind == "ratio":
        return tuple(dict.fromkeys((measure.numerator, measure.denominator)))
    if measure.kind == "share":
        return tuple(dict.fromkeys(condition.indicator for condition in measure.conditions))
    return (measure.indicator,)


def counted_in(measure: Total | Ratio | Change) -> str:
    """Give the code of the indicator whose unit `measure` and its shortfall are counted in: a ratio's numerator."""
    return measure.numerator if measure.kind == "ratio" else measure.indicator


class Scope(_Value):
    """Which units a rule asks: all of one type, or those whose attributes have one of the texts named."""

    unit_type: str
    where: dict[str, tuple[str, ...]] = {}

    def includes(self, unit: Unit) -> bool:
        """Whether the rule asks `unit`, whatever the day."""
        return unit.type == self.unit_type and (
            not self.where or all(unit.attributes.get(key) in texts for key, texts in self.where.items())
        )


class Rule(_Value):
    """One promise in a form that can be judged."""

    id: str
    commitment: str
    title: Text
    section: str
    clause: str
    lead: tuple[str, ...]
    of_each: Scope
    every: str
    measure: Measure
    targets: tuple[Target, ...]
    force: Force = Force.MUST
    status: Status = Status.ACTIVE
    answerable: str | None = None
    reading: Text | None = None
    remedy: Text | None = None

    def target_on(self, day: date) -> Target | None:
        """Give the target in force on `day`: the last whose start is not after it."""
        begun = [target for target in self.targets if target.start is None or target.start <= day]
        return max(begun, key=lambda target: target.start or date.min) if begun else None


class Section(_Value):
    """A section of the plan with its rules in the plan's order; without any it says why (`no_commitment`)."""

    number: str
    title: Text
    lead: tuple[str, ...]
    support: tuple[str, ...]
    rules: tuple[Rule, ...]
    no_commitment: Text | None = None


class FollowUpKind(StrEnum):
    """`repeat`: the same rule failed n periods in a row. `cluster`: n rules failed in one period."""

    REPEAT = "repeat"
    CLUSTER = "cluster"


class FollowUp(_Value):
    """What several findings together give rise to."""

    id: str
    title: Text
    kind: FollowUpKind
    count: int
    unit_types: tuple[str, ...]


class Asked(_Value):
    """From when to when the first day of a period lies for it to be asked; both days included."""

    earliest: date
    latest: date


class Plan(_Value):
    """The plan as a whole. `unit_types` stand in groups from the top; the last group is never a parent."""

    id: str
    title: Text
    document: Text
    number: str
    window: Period
    time_zone: str
    grace_days: int
    calendar: Calendar
    asked: dict[str, Asked]
    unit_types: tuple[dict[str, Text], ...]
    departments: Departments

    @cached_property
    def zone(self) -> ZoneInfo:
        """The plan's time zone."""
        return ZoneInfo(self.time_zone)

    @cached_property
    def _levels(self) -> dict[str, int]:
        return {unit_type: n for n, group in reversed([*enumerate(self.unit_types)]) for unit_type in group}

    def level(self, unit_type: str) -> int | None:
        """Give the number of the group that `unit_type` stands in, 0 at the top, or None where it is unknown."""
        return self._levels.get(unit_type)

    def type_name(self, unit_type: str) -> Text:
        """Give what people call `unit_type`."""
        return next((group[unit_type] for group in self.unit_types if unit_type in group), Text(unit_type, unit_type))

    @cached_property
    def _periods(self) -> dict[str, tuple[Period, ...]]:
        asked = {k: self.calendar.periods(k, days.earliest, days.latest) for k, days in self.asked.items()}
        return {PLAN: (self.window,), **asked}

    def periods(self, kind: str) -> tuple[Period, ...]:
        """Give the periods of `kind` for which the plan's rules are asked, in order."""
        return self._periods.get(kind, ())


class Rulebook(_Value):
    """A plan with its indicators, sections of rules, follow-ups and the clauses that need no rule."""

    plan: Plan
    indicators: dict[str, Indicator]
    checks: tuple[Check, ...]
    sections: tuple[Section, ...]
    follow_ups: tuple[FollowUp, ...]
    settled: tuple[Settled, ...] = ()
    withdrawn: Withdrawn = Withdrawn()

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """All rules by id, in the plan's order."""
        return {rule.id: rule for section in self.sections for rule in section.rules}

    @cached_property
    def section_of(self) -> dict[str, str]:
        """The number of the section that each rule stands in, by the rule's id."""
        return {rule.id: section.number for section in self.sections for rule in section.rules}

    def active(self, include_drafts: bool = False) -> Iterator[Rule]:
        """Go through the rules that judge, in the plan's order."""
        return (rule for rule in self.rules.values() if include_drafts or rule.status is Status.ACTIVE)

    def counts_whole(self, measure: Measure) -> bool:
        """Whether a shortfall of `measure` is a whole number: of units for a share, else of an integer indicator."""
        return measure.kind == "share" or self.indicators[counted_in(measure)].value is ValueKind.INTEGER

    def has_begun(self, rule: Rule, day: date) -> bool:
        """Whether any period of `rule` has begun by `day`."""
        return any(period.first <= day for period in self.plan.periods(rule.every))

    def looked_at(self, rule: Rule, period: Period) -> tuple[Period, ...]:
        """Give the periods whose facts decide `rule` in `period`: for a change the one before, then the period."""
        if rule.measure.kind != "change":
            return (period,)
        return self.plan.calendar.before(rule.every, period), period

    def reports(self, unit: Unit, indicator: str) -> bool:
        """Whether `unit` is a declared reporter of `indicator`, whatever the day."""
        reporter = self.indicators[indicator].reporter
        if reporter.department is None:
            return unit.type in reporter.unit_types
        return unit.type == self.plan.departments.unit_type and reporter.department in (unit.id, unit.code)

    @cached_property
    def digest(self) -> str:
        """``sha256:…`` of all that judges, apart from layout and comments; so not of `settled` and `withdrawn`."""
        said = self.model_dump_json(exclude={"settled", "withdrawn"})
        return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
