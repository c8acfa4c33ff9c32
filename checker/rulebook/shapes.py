"""What the schema of a rulebook's files is made of: texts with a form, labels, places with several shapes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

from checker.rulebook import scalars

TEXT, LIST, MAPPING = "<text>", "<list>", "<mapping>"
"""The tags of what stands at a place where several shapes are allowed."""


def shape_of(value: object) -> str:
    """Give the tag of what stands at a place."""
    if isinstance(value, str):
        return TEXT
    return MAPPING if isinstance(value, Mapping | BaseModel) else LIST


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, AfterValidator(scalars.identifier)]
Code = Annotated[str, AfterValidator(scalars.code)]
Day = Annotated[date, BeforeValidator(scalars.day)]
AskedDay = Annotated[Day, AfterValidator(scalars.asked_day)]
MonthDayText = Annotated[str, AfterValidator(scalars.month_day)]
Ids = tuple[Id, ...]
Several = Annotated[tuple[Words, ...], Field(min_length=1)]


class Entry(BaseModel):
    """What every part of a rulebook's files shares: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


E = TypeVar("E", bound=Entry)


class Bilingual(Entry):
    """A text in both languages."""

    zh: Words = Field(description="中文。In Chinese.")
    en: Words = Field(description="英文。In English.")


Label = Annotated[Annotated[Words, Tag(TEXT)] | Annotated[Bilingual, Tag(MAPPING)], Discriminator(shape_of)]


def only_one(entry: E, names: list[str]) -> E:
    """Give `entry`, of whose optional fields `names` exactly one may be there."""
    if sum(getattr(entry, name) is not None for name in names) != 1:
        raise PydanticCustomError("only_one", "exactly one of {names}", {"names": ", ".join(names)})
    return entry
