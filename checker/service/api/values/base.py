"""What all values share: no further keys, texts without control characters, pages."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

Item = TypeVar("Item")


def _plain(text: str) -> str:
    if any(unicodedata.category(c) in {"Cc", "Cs", "Cf", "Co"} and c not in "\n\t" for c in text):
        raise ValueError("control characters are not taken")
    return text


Name = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._@-]+$")]
UnitId = Annotated[str, StringConstraints(min_length=1, max_length=64), AfterValidator(_plain)]
Said = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(_plain)]
Password = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(_plain)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Version = Annotated[int, Field(ge=1, le=2**31 - 1, examples=[1], description="所读到的版本  the version that was read")]


class Value(BaseModel):
    """A value of the interface."""

    model_config = ConfigDict(extra="forbid")


class Page(Value, Generic[Item]):
    """Some of a list, and where to go on: `next` is the cursor of the next page, null at the end."""

    items: list[Item]
    next: str | None = Field(examples=[None])


class AtVersion(Value):
    """A step that needs no more than the version that was read."""

    version: Version
