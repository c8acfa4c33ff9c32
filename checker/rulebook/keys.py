"""Which keys a place of a rulebook's file may have, read off the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, Tag


def keys_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Give the keys that the mapping at pydantic's `loc` below `model` may have; none where it may have any."""
    here: Any = model
    for step in loc:
        here = _below(here, step)
    found = next((part for part in _parts(here) if _is_model(part)), None)
    return [] if found is None else [field.alias or name for name, field in found.model_fields.items()]


def _below(annotation: Any, step: str | int) -> Any:
    for part in _parts(annotation):
        if _is_model(part):
            for name, field in part.model_fields.items():
                if step == (field.alias or name):
                    return field.annotation
        elif _tag(part) == step:
            return get_args(part)[0]
        elif get_origin(part) is dict:
            return get_args(part)[1]
        elif get_origin(part) is tuple and isinstance(step, int):
            return get_args(part)[0]
    return None


def _parts(annotation: Any) -> Iterator[Any]:
    """Go through the alternatives that `annotation` stands for, tagged ones as they are."""
    if get_origin(annotation) is Annotated and _tag(annotation) is None:
        yield from _parts(get_args(annotation)[0])
    elif get_origin(annotation) in (dict, tuple) or _tag(annotation) is not None or _is_model(annotation):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from _parts(argument)


def _tag(annotation: Any) -> str | None:
    metadata = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((item.tag for item in metadata if isinstance(item, Tag)), None)


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
