"""What a section's file looks like, key by key: its rules, their measures and their targets."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Field, Tag

from checker.model.rulebook import Force, Status
from checker.model.target import Form
from checker.rulebook.shapes import (
    LIST,
    MAPPING,
    TEXT,
    Choice,
    Code,
    Day,
    Entry,
    Id,
    Ids,
    Label,
    Number,
    Several,
    Words,
    shape_of,
)

Pair = Annotated[tuple[Number, ...], Field(min_length=2, max_length=2)]


class ConditionForms(Choice):
    """What a counted unit's own figure must satisfy: one form."""

    one_of: ClassVar = tuple(form.value for form in Form)

    at_least: Number | None = Field(
        default=None, description="不少于，含本数。At least, the figure included.", examples=["2", "85%", "1.2万"]
    )
    more_than: Number | None = Field(
        default=None, description="超过，不含本数。More than, the figure excluded.", examples=["2", "85%", "1.2万"]
    )
    at_most: Number | None = Field(
        default=None, description="不超过，含本数。At most, the figure included.", examples=["2", "85%", "1.2万"]
    )
    less_than: Number | None = Field(
        default=None, description="少于，不含本数。Less than, the figure excluded.", examples=["2", "85%", "1.2万"]
    )
    equals: Number | None = Field(default=None, description="等于。Exactly.", examples=["2", "85%", "1.2万"])
    between: Pair | None = Field(
        default=None, description="介于，含两端。From the first to the second, both included.", examples=[["3", "5"]]
    )


Amount = Annotated[
    Annotated[Number, Tag(TEXT)] | Annotated[Annotated[dict[Id, Number], Field(min_length=1)], Tag(MAPPING)],
    Discriminator(shape_of),
]
Amounts = Annotated[
    Annotated[Pair, Tag(LIST)] | Annotated[Annotated[dict[Id, Pair], Field(min_length=1)], Tag(MAPPING)],
    Discriminator(shape_of),
]


class TargetEntry(Choice):
    """A figure, or a table of units and their figures, from a date on."""

    one_of: ClassVar = tuple(form.value for form in Form)

    start: Day | None = Field(
        default=None, alias="from", description="自此日起适用。In force from this day.", examples=["2024-09-01"]
    )
    at_least: Amount | None = Field(
        default=None, description="不少于，含本数。At least, the figure included.", examples=["2", "85%", "1.2万"]
    )
    more_than: Amount | None = Field(
        default=None, description="超过，不含本数。More than, the figure excluded.", examples=["2", "85%", "1.2万"]
    )
    at_most: Amount | None = Field(
        default=None, description="不超过，含本数。At most, the figure included.", examples=["2", "85%", "1.2万"]
    )
    less_than: Amount | None = Field(
        default=None, description="少于，不含本数。Less than, the figure excluded.", examples=["2", "85%", "1.2万"]
    )
    equals: Amount | None = Field(default=None, description="等于。Exactly.", examples=["2", "85%", "1.2万"])
    between: Amounts | None = Field(
        default=None, description="介于，含两端。From the first to the second.", examples=[["3", "5"]]
    )
    parts_of: Id | None = Field(
        default=None,
        description="分解自哪条规则。The rule whose figure the parts must reach.",
        examples=["rural.farmers"],
    )


class ShareEntry(Entry):
    """The part of the units of one type that satisfy all conditions."""

    of: Id = Field(description="数哪类单位。The unit type that is counted.", examples=["village"])
    where: Annotated[
        dict[
            Id,
            Annotated[Annotated[Words, Tag(TEXT)] | Annotated[ConditionForms, Tag(MAPPING)], Discriminator(shape_of)],
        ],
        Field(min_length=1),
    ] = Field(
        description="条件，全部满足才算。Conditions, all of which must hold.",
        examples=[{"has_activity_room": "是", "info_officers": {"at_least": "1"}}],
    )


class MeasureEntry(Choice):
    """What a rule computes: one of four."""

    one_of: ClassVar = ("total", "ratio", "share", "change")

    total: Id | None = Field(
        default=None, description="指标合计。An indicator added up.", examples=["science_lectures"]
    )
    ratio: Annotated[Ids, Field(min_length=2, max_length=2)] | None = Field(
        default=None,
        description="两个合计之比：分子、分母。One total divided by another.",
        examples=[["students_participating", "students_enrolled"]],
    )
    share: ShareEntry | None = Field(
        default=None,
        description="达到条件的单位占比。The share of units that satisfy.",
        examples=[{"of": "village", "where": {"info_officers": {"at_least": "1"}}}],
    )
    change: Id | None = Field(
        default=None,
        description="比上一期的增减。This period's total less the one before.",
        examples=["science_budget"],
    )


class ScopeEntry(Entry):
    """Units of a type, narrowed by attributes."""

    type: Id = Field(description="单位类型。The unit type.", examples=["school"])
    where: dict[
        Words, Annotated[Annotated[Words, Tag(TEXT)] | Annotated[Several, Tag(LIST)], Discriminator(shape_of)]
    ] = Field(
        default={},
        description="属性及其取值。Attributes and the texts that they may have.",
        examples=[{"stage": ["小学", "初中"]}],
    )


class SourceEntry(Entry):
    """Where in the plan a rule comes from."""

    paragraph: Words | None = Field(
        default=None, description="节内的段号，如 3。The paragraph in the section.", examples=["3"]
    )
    clause: Words = Field(
        description="原文的关键词句，省略处用…。The operative words of the plan.",
        examples=["每学期举办科普讲座不少于2次"],
    )


class ReadingEntry(Entry):
    """A reading that is ours."""

    assumed: Label = Field(description="我们怎样理解原文。How we read the text.", examples=["按学校、按学期核算"])


class RuleEntry(Entry):
    """One rule."""

    id: Id = Field(description="规则编号。The id of the rule.", examples=["youth.lectures"])
    commitment: Id = Field(description="承诺编号，如 C03。The commitment that it carries.", examples=["C03"])
    title: Label = Field(description="标题。The title.", examples=["每学期举办科普讲座不少于2次"])
    source: SourceEntry = Field(
        description="出处。Where it comes from.", examples=[{"paragraph": "3", "clause": "每学期举办科普讲座不少于2次"}]
    )
    of_each: Annotated[Annotated[Id, Tag(TEXT)] | Annotated[ScopeEntry, Tag(MAPPING)], Discriminator(shape_of)] = Field(
        description="逐个要求哪类单位。Which units are asked.",
        examples=["school", {"type": "school", "where": {"stage": ["小学", "初中"]}}],
    )
    every: Id = Field(
        description="每隔多久：plan、year、quarter、month 或规划自己的周期。How often it is asked.",
        examples=["semester", "year", "plan"],
    )
    measure: MeasureEntry = Field(
        description="算什么。What is computed.",
        examples=[{"total": "science_lectures"}, {"ratio": ["students_participating", "students_enrolled"]}],
    )
    target: Annotated[
        Annotated[TargetEntry, Tag(MAPPING)]
        | Annotated[Annotated[tuple[TargetEntry, ...], Field(min_length=1)], Tag(LIST)],
        Discriminator(shape_of),
    ] = Field(
        description="要达到什么。What it must reach.",
        examples=[{"at_least": "2"}, [{"at_least": "80%"}, {"from": "2024-09-01", "at_least": "85%"}]],
    )
    force: Force = Field(
        default=Force.MUST, description="must 应当，strive 力争。How binding it is.", examples=["must", "strive"]
    )
    status: Status = Field(
        default=Status.ACTIVE,
        description="active 启用，draft 草稿。Whether it judges yet.",
        examples=["active", "draft"],
    )
    answerable: Code | None = Field(
        default=None, description="由哪个部门负责。The department that answers for it.", examples=["finance"]
    )
    reading: ReadingEntry | None = Field(
        default=None, description="我们的理解。A reading that is ours.", examples=[{"assumed": "按学校、按学期核算"}]
    )
    remedy: Label | None = Field(
        default=None,
        description="未达到时怎么办。What to do when it is not met.",
        examples=["补办科普讲座，并附活动记录"],
    )
    lint_off: dict[Words, Label] = Field(
        default={},
        description="这条规则不作的检查和原因。Checks of `rules lint` that it is exempt from, and why.",
        examples=[{"figure_differs": "原文写100%，这里问的是每个村的一个"}],
    )


class SectionFile(Entry):
    """A section of the plan."""

    section: Words = Field(description="节号，如 二（一）。The section's number.", examples=["二（一）"])
    title: Label = Field(description="节的标题。The section's title.", examples=["青少年科学素质提升行动"])
    lead: Annotated[tuple[Code, ...], Field(min_length=1)] = Field(
        description="牵头部门。Lead departments.", examples=[["education-sports"]]
    )
    support: tuple[Code, ...] = Field(
        default=(), description="配合部门。Supporting departments.", examples=[["finance"]]
    )
    no_commitment: Label | None = Field(
        default=None,
        description="没有承诺时的说明。Why there are no rules.",
        examples=["本节只有定性要求，没有量化承诺"],
    )
    rules: tuple[RuleEntry, ...] = Field(
        default=(), description="规则，按原文顺序。Rules in the plan's order.", examples=[[]]
    )
