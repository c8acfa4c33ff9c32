"""What all values share: no further keys, texts without control characters, pages."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Item = TypeVar("Item")


def _plain(text: str) -> str:
    if any(unicodedata.category(c) in {"Cc", "Cs", "Cf", "Co"} and c not in "\n\t" for c in text):
        raise ValueError("control characters are not taken")
    return text


DIGEST = "sha256:ee7914c64aec0cb26d8a0c6b8e74f55b364dcae06236467e7a284e0281393db3"
HASH = "5e324cd1da931a46eeda2502db6cf81985f4817c73a2d461ac71491d3116bc77"

_Short = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_plain)]
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._@-]+$"), Field(examples=["school-001"])
]
UnitId = Annotated[_Short, Field(examples=["school-001"])]
UnitType = Annotated[_Short, Field(examples=["school"])]
RuleId = Annotated[_Short, Field(examples=["youth.lectures"])]
PeriodCode = Annotated[_Short, Field(examples=["2024-2025-1"])]
Section = Annotated[_Short, Field(examples=["二（一）"])]
Department = Annotated[_Short, Field(examples=["education-sports"])]
Subject = Annotated[
    str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain),
    Field(examples=["submission:9f86d081884c7d65"]),
]  # fmt: skip
Said = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_plain)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$"), Field(examples=["9f86d081884c7d65"])]
Digest = Annotated[str, StringConstraints(pattern=r"^sha256:[0-9a-f]{64}$"), Field(examples=[DIGEST])]
Moment = Annotated[datetime, Field(examples=["2025-06-30T04:00:00Z"])]
Day = Annotated[date, Field(examples=["2025-06-30"])]
Id = Annotated[str, Field(examples=["9f86d081884c7d65"])]
Words = Annotated[str, Field(examples=["每学期举办科普讲座不少于2次"])]
Number = Annotated[int, Field(examples=[3])]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[1], description="所读到的版本  the version that was read")]


class Value(BaseModel):
    """A value of the interface."""

    model_config = ConfigDict(extra="forbid")


class Page(Value, Generic[Item]):
    """Some of a list, and where to go on: `next` is the cursor of the next page, null at the end."""

    items: list[Item]
    next: str | None = Field(examples=["WyJzY2hvb2wtMDAxIl0="])


class AtVersion(Value):
    """A step that needs no more than the version that was read."""

    version: Version
