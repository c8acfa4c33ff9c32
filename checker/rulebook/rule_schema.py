"""What a section's file looks like, key by key: its rules, their measures and their targets."""

from __future__ import annotations

from typing import Annotated

from pydantic import Discriminator, Field, Tag, model_validator

from checker.model.rulebook import Force, Status
from checker.model.target import Form
from checker.rulebook.shapes import (
    LIST,
    MAPPING,
    TEXT,
    Code,
    Day,
    Entry,
    Id,
    Ids,
    Label,
    Several,
    Words,
    only_one,
    shape_of,
)

Pair = Annotated[tuple[Words, ...], Field(min_length=2, max_length=2)]


class ConditionForms(Entry):
    """What a counted unit's own figure must satisfy: one form."""

    at_least: Words | None = Field(default=None, description="不少于，含本数。At least, the figure included.")
    more_than: Words | None = Field(default=None, description="超过，不含本数。More than, the figure excluded.")
    at_most: Words | None = Field(default=None, description="不超过，含本数。At most, the figure included.")
    less_than: Words | None = Field(default=None, description="少于，不含本数。Less than, the figure excluded.")
    equals: Words | None = Field(default=None, description="等于。Exactly.")
    between: Pair | None = Field(default=None, description="介于，含两端。From the first to the second, both included.")

    @model_validator(mode="after")
    def _one(self) -> ConditionForms:
        return only_one(self, [form.value for form in Form])


Amount = Annotated[
    Annotated[Words, Tag(TEXT)] | Annotated[Annotated[dict[Id, Words], Field(min_length=1)], Tag(MAPPING)],
    Discriminator(shape_of),
]
Amounts = Annotated[
    Annotated[Pair, Tag(LIST)] | Annotated[Annotated[dict[Id, Pair], Field(min_length=1)], Tag(MAPPING)],
    Discriminator(shape_of),
]


class TargetEntry(Entry):
    """A figure, or a table of units and their figures, from a date on."""

    start: Day | None = Field(default=None, alias="from", description="自此日起适用。In force from this day.")
    at_least: Amount | None = Field(default=None, description="不少于，含本数。At least, the figure included.")
    more_than: Amount | None = Field(default=None, description="超过，不含本数。More than, the figure excluded.")
    at_most: Amount | None = Field(default=None, description="不超过，含本数。At most, the figure included.")
    less_than: Amount | None = Field(default=None, description="少于，不含本数。Less than, the figure excluded.")
    equals: Amount | None = Field(default=None, description="等于。Exactly.")
    between: Amounts | None = Field(default=None, description="介于，含两端。From the first to the second.")
    parts_of: Id | None = Field(default=None, description="分解自哪条规则。The rule whose figure the parts must reach.")

    @model_validator(mode="after")
    def _one(self) -> TargetEntry:
        return only_one(self, [form.value for form in Form])


class ShareEntry(Entry):
    """The part of the units of one type that satisfy all conditions."""

    of: Id = Field(description="数哪类单位。The unit type that is counted.")
    where: Annotated[
        dict[
            Id,
            Annotated[Annotated[Words, Tag(TEXT)] | Annotated[ConditionForms, Tag(MAPPING)], Discriminator(shape_of)],
        ],
        Field(min_length=1),
    ] = Field(description="条件，全部满足才算。Conditions, all of which must hold.")


class MeasureEntry(Entry):
    """What a rule computes: one of four."""

    total: Id | None = Field(default=None, description="指标合计。An indicator added up.")
    ratio: Annotated[Ids, Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="两个合计之比：分子、分母。One total divided by another."
    )
    share: ShareEntry | None = Field(default=None, description="达到条件的单位占比。The share of units that satisfy.")
    change: Id | None = Field(default=None, description="比上一期的增减。This period's total less the one before.")

    @model_validator(mode="after")
    def _one(self) -> MeasureEntry:
        return only_one(self, ["total", "ratio", "share", "change"])


class ScopeEntry(Entry):
    """Units of a type, narrowed by attributes."""

    type: Id = Field(description="单位类型。The unit type.")
    where: dict[
        Words, Annotated[Annotated[Words, Tag(TEXT)] | Annotated[Several, Tag(LIST)], Discriminator(shape_of)]
    ] = Field(default={}, description="属性及其取值。Attributes and the texts that they may have.")


class SourceEntry(Entry):
    """Where in the plan a rule comes from."""

    paragraph: Words | None = Field(default=None, description="节内的段号，如 3。The paragraph in the section.")
    clause: Words = Field(description="原文的关键词句，省略处用…。The operative words of the plan.")


class ReadingEntry(Entry):
    """A reading that is ours."""

    assumed: Label = Field(description="我们怎样理解原文。How we read the text.")


class RuleEntry(Entry):
    """One rule."""

    id: Id = Field(description="规则编号。The id of the rule.")
    commitment: Id = Field(description="承诺编号，如 C03。The commitment that it carries.")
    title: Label = Field(description="标题。The title.")
    source: SourceEntry = Field(description="出处。Where it comes from.")
    of_each: Annotated[Annotated[Id, Tag(TEXT)] | Annotated[ScopeEntry, Tag(MAPPING)], Discriminator(shape_of)] = Field(
        description="逐个要求哪类单位。Which units are asked."
    )
    every: Id = Field(description="每隔多久：plan、year、quarter、month 或规划自己的周期。How often it is asked.")
    measure: MeasureEntry = Field(description="算什么。What is computed.")
    target: Annotated[
        Annotated[TargetEntry, Tag(MAPPING)]
        | Annotated[Annotated[tuple[TargetEntry, ...], Field(min_length=1)], Tag(LIST)],
        Discriminator(shape_of),
    ] = Field(description="要达到什么。What it must reach.")
    force: Force = Field(default=Force.MUST, description="must 应当，strive 力争。How binding it is.")
    status: Status = Field(default=Status.ACTIVE, description="active 启用，draft 草稿。Whether it judges yet.")
    answerable: Code | None = Field(default=None, description="由哪个部门负责。The department that answers for it.")
    reading: ReadingEntry | None = Field(default=None, description="我们的理解。A reading that is ours.")
    remedy: Label | None = Field(default=None, description="未达到时怎么办。What to do when it is not met.")
    lint_off: dict[Words, Label] = Field(
        default={}, description="这条规则不作的检查和原因。Checks of `rules lint` that it is exempt from, and why."
    )


class SectionFile(Entry):
    """A section of the plan."""

    section: Words = Field(description="节号，如 二（一）。The section's number.")
    title: Label = Field(description="节的标题。The section's title.")
    lead: Annotated[tuple[Code, ...], Field(min_length=1)] = Field(description="牵头部门。Lead departments.")
    support: tuple[Code, ...] = Field(default=(), description="配合部门。Supporting departments.")
    no_commitment: Label | None = Field(default=None, description="没有承诺时的说明。Why there are no rules.")
    rules: tuple[RuleEntry, ...] = Field(default=(), description="规则，按原文顺序。Rules in the plan's order.")
