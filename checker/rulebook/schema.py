"""What plan.yaml and indicators.yaml look like, key by key; the other schemas do the other files.

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
    Days,
    Entry,
    Id,
    Ids,
    Label,
    MonthDayText,
    Window,
    Words,
    shape_of,
)


class CalendarPart(Entry):
    """One part of a cycle."""

    first: MonthDayText = Field(alias="from", description="第一天，如 09-01。The first day.", examples=["09-01"])
    last: MonthDayText = Field(alias="until", description="最后一天，如 01-31。The last day.", examples=["01-31"])


class CalendarKind(Entry):
    """A cycle of parts through a year, such as semesters."""

    name: Label = Field(
        description="名称，如 学期。What people call one part.", examples=["学期", {"zh": "学期", "en": "semester"}]
    )
    parts: Annotated[tuple[CalendarPart, ...], Field(min_length=1, max_length=9)] = Field(
        description="各段，按先后。The parts, in order.",
        examples=[[{"from": "09-01", "until": "01-31"}, {"from": "02-01", "until": "08-31"}]],
    )


class AskedEntry(Entry):
    """Which periods of a kind are asked."""

    first: AskedDay = Field(
        alias="from",
        description="期间首日不早于此日。The first day of a period is not before it.",
        examples=["2022-09-01"],
    )
    last: AskedDay = Field(
        alias="until",
        description="期间首日不晚于此日。The first day of a period is not after it.",
        examples=["2025-12-31"],
    )

    @model_validator(mode="after")
    def _in_order(self) -> AskedEntry:
        if self.last < self.first:
            raise PydanticCustomError("backwards", "until before from")
        return self


class GroupEntry(Entry):
    """A name that stands for every unit of a type."""

    name: Label = Field(
        description="名称，如 各乡镇。What the plan calls them.",
        examples=["各乡镇", {"zh": "各乡镇", "en": "all townships"}],
    )
    every: Id = Field(
        description="单位类型，代表该类型的每个单位。The unit type that it stands for.", examples=["township"]
    )


class DepartmentsEntry(Entry):
    """The departments that the plan names."""

    unit_type: Id = Field(description="部门的单位类型。The unit type of departments.", examples=["department"])
    below: Id = Field(
        description="同一代码在此类单位之下只能出现一次。Below one unit of this type a code stands once.",
        examples=["county"],
    )
    codes: dict[Code, Label] = Field(
        description="部门代码和名称。Codes and names.",
        examples=[{"finance": {"zh": "县财政局", "en": "Finance Bureau"}}],
    )
    groups: dict[Code, GroupEntry] = Field(
        default={},
        description="统称，如各乡镇。Names for all units of a type.",
        examples=[{"townships": {"name": "各乡镇", "every": "township"}}],
    )


class WithdrawnEntry(Entry):
    """Names that were in use once and must not be given again."""

    rules: dict[Id, Label] = Field(
        default={},
        description="撤销的规则编号和原因。Ids of withdrawn rules, and why.",
        examples=[{"youth.talks": "2024年并入 youth.lectures"}],
    )
    indicators: dict[Id, Label] = Field(
        default={},
        description="撤销的指标代码和原因。Withdrawn indicators, and why.",
        examples=[{"visits": "改报人次"}],
    )


class PlanFile(Entry):
    """plan.yaml: the plan as a whole."""

    id: Id = Field(description="规划的编号。The id of the plan.", examples=["pingluo-2021-2025"])
    title: Label = Field(description="标题。The title.", examples=["全民科学素质行动规划纲要实施方案（2021—2025年）"])
    document: Label = Field(
        description="引用的文件名称。The title of the document that findings cite.",
        examples=["全民科学素质行动规划纲要实施方案（2021—2025年）"],
    )
    number: Words | None = Field(
        default=None, description="文号。The document's number.", examples=["平政办发〔2022〕45号"]
    )
    issued: Day | None = Field(default=None, description="印发日期。The day it was issued.", examples=["2022-05-05"])
    window: Window = Field(
        description="规划期，如 2021-2025 或 2024。The years that the plan covers.", examples=["2021-2025", "2024"]
    )
    time_zone: Annotated[str, AfterValidator(scalars.time_zone)] = Field(
        description="时区，如 Asia/Shanghai。The time zone that days are counted in.", examples=["Asia/Shanghai"]
    )
    grace_days: Days = Field(
        default="0",
        description="期满后留给报送的天数。Days left for reporting after a period's last day.",
        examples=["0", "10"],
    )
    calendar: Annotated[dict[Id, CalendarKind], Field(max_length=1)] = Field(
        default={},
        description="规划自己的周期，如学期。The plan's own kind of period.",
        examples=[{"semester": {"name": "学期", "parts": [{"from": "09-01", "until": "01-31"}]}}],
    )
    asked: dict[Id, AskedEntry] = Field(
        default={},
        description="各类期间从何时查到何时。Which periods are asked.",
        examples=[{"year": {"from": "2022-01-01", "until": "2025-12-31"}}],
    )
    unit_types: Annotated[tuple[Annotated[dict[Id, Label], Field(min_length=1)], ...], Field(min_length=1)] = Field(
        description="单位类型，自上而下分组；最后一组不作上级。Unit types in groups from the top.",
        examples=[[{"county": "县"}, {"township": "乡镇"}, {"school": "学校", "department": "部门"}]],
    )
    departments: DepartmentsEntry = Field(
        description="部门。The departments.",
        examples=[{"unit_type": "department", "below": "county", "codes": {"finance": "县财政局"}}],
    )
    withdrawn: WithdrawnEntry = Field(
        default=WithdrawnEntry(),
        description="用过、不再用的名字，不得另作他用。Names that must not be given again.",
        examples=[{"rules": {"youth.talks": "2024年并入 youth.lectures"}}],
    )


class NamedDepartment(Entry):
    """A reporter that is one department."""

    department: Code = Field(description="部门代码。The code of the department.", examples=["finance"])


class IndicatorEntry(Entry):
    """One indicator."""

    name: Label = Field(
        description="名称。The name.",
        examples=["科普讲座次数", {"zh": "科普讲座次数", "en": "popular-science lectures"}],
    )
    unit: Label = Field(description="计量单位，如 人次。The unit of measure.", examples=["人次", "次", "%"])
    counts: Label = Field(description="一个单位的数怎么算。What one of it is.", examples=["本期在校内举办的讲座"])
    nature: Nature = Field(
        description="flow 逐期累加，level 取最新。A flow adds up over time, of a level the latest counts.",
        examples=["flow", "level"],
    )
    value: ValueKind = Field(
        description="数值类型。The kind of value.", examples=["integer", "decimal", "percent", "boolean"]
    )
    reporter: Annotated[
        Annotated[Id, Tag(TEXT)]
        | Annotated[Annotated[Ids, Field(min_length=1)], Tag(LIST)]
        | Annotated[NamedDepartment, Tag(MAPPING)],
        Discriminator(shape_of),
    ] = Field(
        description="谁报：单位类型、其列表，或 {department: 代码}。Who reports it.",
        examples=["school", ["village", "community"], {"department": "finance"}],
    )


class CheckEntry(Entry):
    """A consistency check between two indicators of one unit and period."""

    indicator: Id = Field(description="指标。An indicator.", examples=["students_participating"])
    at_most: Id = Field(
        description="不应大于的指标。The indicator that it should not exceed.", examples=["students_enrolled"]
    )


class IndicatorsFile(Entry):
    """indicators.yaml: what is reported, by whom."""

    indicators: dict[Id, IndicatorEntry] = Field(
        min_length=1,
        description="指标代码和内容。Indicators by code.",
        examples=[
            {
                "science_lectures": {
                    "name": "科普讲座次数",
                    "unit": "次",
                    "counts": "场",
                    "nature": "flow",
                    "value": "integer",
                    "reporter": "school",
                }
            }
        ],
    )
    checks: tuple[CheckEntry, ...] = Field(
        default=(),
        description="合理性核对。Consistency checks.",
        examples=[[{"indicator": "students_participating", "at_most": "students_enrolled"}]],
    )
