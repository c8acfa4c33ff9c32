"""What plan, indicators, follow-ups and coverage look like, key by key; `rule_schema` does sections and rules.

Every scalar is text. The models say only what can be seen in one place; what needs two is checked when the rulebook
is compiled. Descriptions are for people who write rules: Chinese first, then English.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from checker.model.number import ValueKind
from checker.model.rulebook import Nature
from checker.rulebook import scalars
from checker.rulebook.shapes import (
    LIST,
    MAPPING,
    TEXT,
    AskedDay,
    Code,
    Day,
    Entry,
    Id,
    Ids,
    Label,
    MonthDayText,
    Words,
    only_one,
    shape_of,
)


class CalendarPart(Entry):
    """One part of a cycle."""

    first: MonthDayText = Field(alias="from", description="第一天，如 09-01。The first day.")
    last: MonthDayText = Field(alias="until", description="最后一天，如 01-31。The last day.")


class CalendarKind(Entry):
    """A cycle of parts through a year, such as semesters."""

    name: Label = Field(description="名称，如 学期。What people call one part.")
    parts: Annotated[tuple[CalendarPart, ...], Field(min_length=1, max_length=9)] = Field(
        description="各段，按先后。The parts, in order."
    )


class AskedEntry(Entry):
    """Which periods of a kind are asked."""

    first: AskedDay = Field(alias="from", description="期间首日不早于此日。The first day of a period is not before it.")
    last: AskedDay = Field(alias="until", description="期间首日不晚于此日。The first day of a period is not after it.")

    @model_validator(mode="after")
    def _in_order(self) -> AskedEntry:
        if self.last < self.first:
            raise PydanticCustomError("backwards", "until before from")
        return self


class GroupEntry(Entry):
    """A name that stands for every unit of a type."""

    name: Label = Field(description="名称，如 各乡镇。What the plan calls them.")
    every: Id = Field(description="单位类型，代表该类型的每个单位。The unit type that it stands for.")


class DepartmentsEntry(Entry):
    """The departments that the plan names."""

    unit_type: Id = Field(description="部门的单位类型。The unit type of departments.")
    below: Id = Field(description="同一代码在此类单位之下只能出现一次。Below one unit of this type a code stands once.")
    codes: dict[Code, Label] = Field(description="部门代码和名称。Codes and names.")
    groups: dict[Code, GroupEntry] = Field(default={}, description="统称，如各乡镇。Names for all units of a type.")


class WithdrawnEntry(Entry):
    """Names that were in use once and must not be given again."""

    rules: dict[Id, Label] = Field(default={}, description="撤销的规则编号和原因。Ids of withdrawn rules, and why.")
    indicators: dict[Id, Label] = Field(default={}, description="撤销的指标代码和原因。Withdrawn indicators, and why.")


class PlanFile(Entry):
    """plan.yaml: the plan as a whole."""

    id: Id = Field(description="规划的编号。The id of the plan.")
    title: Label = Field(description="标题。The title.")
    document: Label = Field(description="引用的文件名称。The title of the document that findings cite.")
    number: Words | None = Field(default=None, description="文号。The document's number.")
    issued: Day | None = Field(default=None, description="印发日期。The day it was issued.")
    window: Annotated[str, AfterValidator(scalars.window)] = Field(
        description="规划期，如 2021-2025 或 2024。The years that the plan covers."
    )
    time_zone: Annotated[str, AfterValidator(scalars.time_zone)] = Field(
        description="时区，如 Asia/Shanghai。The time zone that days are counted in."
    )
    grace_days: Annotated[str, AfterValidator(scalars.days)] = Field(
        default="0", description="期满后留给报送的天数。Days left for reporting after a period's last day."
    )
    calendar: Annotated[dict[Id, CalendarKind], Field(max_length=1)] = Field(
        default={}, description="规划自己的周期，如学期。The plan's own kind of period."
    )
    asked: dict[Id, AskedEntry] = Field(default={}, description="各类期间从何时查到何时。Which periods are asked.")
    unit_types: Annotated[tuple[Annotated[dict[Id, Label], Field(min_length=1)], ...], Field(min_length=1)] = Field(
        description="单位类型，自上而下分组；最后一组不作上级。Unit types in groups from the top."
    )
    departments: DepartmentsEntry = Field(description="部门。The departments.")
    withdrawn: WithdrawnEntry = Field(
        default=WithdrawnEntry(), description="用过、不再用的名字，不得另作他用。Names that must not be given again."
    )


class NamedDepartment(Entry):
    """A reporter that is one department."""

    department: Code = Field(description="部门代码。The code of the department.")


class IndicatorEntry(Entry):
    """One indicator."""

    name: Label = Field(description="名称。The name.")
    unit: Label = Field(description="计量单位，如 人次。The unit of measure.")
    counts: Label = Field(description="一个单位的数怎么算。What one of it is.")
    nature: Nature = Field(
        description="flow 逐期累加，level 取最新。A flow adds up over time, of a level the latest counts."
    )
    value: ValueKind = Field(description="数值类型。The kind of value.")
    reporter: Annotated[
        Annotated[Id, Tag(TEXT)]
        | Annotated[Annotated[Ids, Field(min_length=1)], Tag(LIST)]
        | Annotated[NamedDepartment, Tag(MAPPING)],
        Discriminator(shape_of),
    ] = Field(description="谁报：单位类型、其列表，或 {department: 代码}。Who reports it.")


class CheckEntry(Entry):
    """A consistency check between two indicators of one unit and period."""

    indicator: Id = Field(description="指标。An indicator.")
    at_most: Id = Field(description="不应大于的指标。The indicator that it should not exceed.")


class IndicatorsFile(Entry):
    """indicators.yaml: what is reported, by whom."""

    indicators: dict[Id, IndicatorEntry] = Field(min_length=1, description="指标代码和内容。Indicators by code.")
    checks: tuple[CheckEntry, ...] = Field(default=(), description="合理性核对。Consistency checks.")


class Exceptions(Entry):
    """All unit types but some."""

    excluded: Ids = Field(alias="except", description="除外的单位类型。The unit types left out.")


class FollowUpEntry(Entry):
    """One follow-up."""

    id: Id = Field(description="编号。The id.")
    title: Label = Field(description="标题。The title.")
    repeat: Annotated[str, AfterValidator(scalars.count)] | None = Field(
        default=None, description="连续几期未达到。Periods in a row not met."
    )
    cluster: Annotated[str, AfterValidator(scalars.count)] | None = Field(
        default=None, description="同期几条未达到。Rules not met in one period."
    )
    unit_types: Annotated[
        Annotated[Annotated[str, AfterValidator(scalars.everything)], Tag(TEXT)]
        | Annotated[Annotated[Ids, Field(min_length=1)], Tag(LIST)]
        | Annotated[Exceptions, Tag(MAPPING)],
        Discriminator(shape_of),
    ] = Field(description="all、列表或 {except: 列表}。Which unit types.")

    @model_validator(mode="after")
    def _one(self) -> FollowUpEntry:
        return only_one(self, ["repeat", "cluster"])


class FollowUpsFile(Entry):
    """follow-ups.yaml: what several findings give rise to."""

    follow_ups: tuple[FollowUpEntry, ...] = Field(description="后续措施。Follow-ups.")


class SettledEntry(Entry):
    """One clause that needs no rule."""

    section: Words = Field(description="原文的节号和段号，如 三（三）2。Where the clause stands in the plan.")
    clause: Words = Field(description="原文的词句，省略处用…。The words of the plan.")
    reason: Label = Field(description="为什么不立规则。Why there is no rule for it.")


class CoverageFile(Entry):
    """coverage.yaml: clauses with figures that no rule carries, each with the reason."""

    settled: tuple[SettledEntry, ...] = Field(description="已有说明、不立规则的条款。Clauses settled without a rule.")
