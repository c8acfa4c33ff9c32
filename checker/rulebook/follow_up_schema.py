"""What follow-ups.yaml looks like, key by key."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Field, Tag

from checker.rulebook.shapes import LIST, MAPPING, TEXT, Choice, Count, Entry, Everything, Id, Ids, Label, shape_of


class Exceptions(Entry):
    """All unit types but some."""

    excluded: Ids = Field(alias="except", description="除外的单位类型。The unit types left out.", examples=[["county"]])


class FollowUpEntry(Choice):
    """One follow-up."""

    one_of: ClassVar = ("repeat", "cluster")

    id: Id = Field(description="编号。The id.", examples=["repeat"])
    title: Label = Field(description="标题。The title.", examples=["连续两期未达到"])
    repeat: Count | None = Field(default=None, description="连续几期未达到。Periods in a row not met.", examples=["2"])
    cluster: Count | None = Field(
        default=None, description="同期几条未达到。Rules not met in one period.", examples=["3"]
    )
    unit_types: Annotated[
        Annotated[Everything, Tag(TEXT)]
        | Annotated[Annotated[Ids, Field(min_length=1)], Tag(LIST)]
        | Annotated[Exceptions, Tag(MAPPING)],
        Discriminator(shape_of),
    ] = Field(
        description="all、列表或 {except: 列表}。Which unit types.",
        examples=["all", ["school"], {"except": ["county"]}],
    )


class FollowUpsFile(Entry):
    """follow-ups.yaml: what several findings give rise to."""

    follow_ups: tuple[FollowUpEntry, ...] = Field(
        description="后续措施。Follow-ups.",
        examples=[[{"id": "repeat", "title": "连续两期未达到", "repeat": "2", "unit_types": "all"}]],
    )
