"""What the schema of a rulebook's files is made of: texts with a form, labels, places with several shapes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from checker.rulebook import scalars

TEXT, LIST, MAPPING = "<text>", "<list>", "<mapping>"
"""The tags of what stands at a place where several shapes are allowed."""


def shape_of(value: object) -> str:
    """Give the tag of what stands at a place."""
    if isinstance(value, str):
        return TEXT
    return MAPPING if isinstance(value, Mapping | BaseModel) else LIST


def _text(pattern: str) -> WithJsonSchema:
    """Give what editors check of a text with a form; numbers need no quotes, for every scalar is read as text."""
    return WithJsonSchema({"type": ["string", "number"], "pattern": f"^{pattern}$"})


_NUMBER = r"\s*[0-9０-９][0-9０-９,，]*([.．][0-9０-９]+)?[万亿]?[%％]?\s*"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Number = Annotated[Words, _text(_NUMBER)]
Id = Annotated[str, AfterValidator(scalars.identifier), _text(r"[^\x00-,/;-@\[-^`{-\x7f]{1,64}")]
Code = Annotated[str, AfterValidator(scalars.code), _text(r"[^\x00-,/:-@\[-^`{-\x7f]{1,64}")]
Day = Annotated[date, BeforeValidator(scalars.day), _text("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
AskedDay = Annotated[Day, AfterValidator(scalars.asked_day)]
MonthDayText = Annotated[str, AfterValidator(scalars.month_day), _text("[0-9]{2}-[0-9]{2}")]
Window = Annotated[str, AfterValidator(scalars.window), _text("[0-9]{4}(-[0-9]{4})?")]
Days = Annotated[str, AfterValidator(scalars.days), _text("[0-9]{1,3}")]
Count = Annotated[str, AfterValidator(scalars.count), _text("[1-9][0-9]{0,2}")]
Everything = Annotated[str, AfterValidator(scalars.everything), WithJsonSchema({"const": "all"})]
Ids = tuple[Id, ...]
Several = Annotated[tuple[Words, ...], Field(min_length=1)]


class Entry(BaseModel):
    """What every part of a rulebook's files shares: unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Entry):
    """A text in both languages."""

    zh: Words = Field(description="中文。In Chinese.", examples=["科普讲座次数"])
    en: Words = Field(description="英文。In English.", examples=["popular-science lectures"])


Label = Annotated[Annotated[Words, Tag(TEXT)] | Annotated[Bilingual, Tag(MAPPING)], Discriminator(shape_of)]


class Choice(Entry):
    """A mapping of whose keys `one_of` exactly one has to be there."""

    one_of: ClassVar[tuple[str, ...]]

    @model_validator(mode="after")
    def _only_one(self) -> Self:
        if sum(getattr(self, name) is not None for name in self.one_of) != 1:
            raise PydanticCustomError("only_one", "exactly one of {names}", {"names": ", ".join(self.one_of)})
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Give what editors check, with the choice."""
        given = handler(schema)
        handler.resolve_ref_schema(given)["oneOf"] = [{"required": [name]} for name in cls.one_of]
        return given
