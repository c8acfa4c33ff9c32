"""Where a feature and the product disagree, said so that whoever wrote the feature can act on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TypeVar

from checker.model.language import Text

Meant = TypeVar("Meant")


class Mismatch(AssertionError):  # noqa: N818 (a finding about a feature, and no error of ours)
    """A step that does not hold, or whose words mean nothing here: what was said and what is the case."""

    def __init__(self, said: Text) -> None:
        super().__init__(f"{said.zh}\n{said.en}")
        self.said = said


def meant(told: str, known: Mapping[str, Meant], noun: Text) -> Meant:
    """Give what `told` stands for among the `known` names of a `noun`.

    Raises Mismatch, with the names that come close, where it stands for nothing.
    """
    if told not in known:
        names = close_to(told, known)
        raise Mismatch(
            Text(
                f"没有叫“{told}”的{noun.zh}；有 {'、'.join(names)}",
                f'there is no {noun.en} "{told}"; there is {", ".join(names)}',
            )
        )
    return known[told]


def close_to(told: str, known: Iterable[str]) -> list[str]:
    """Give the names that come close to `told`, else the first few."""
    names = list(known)
    return get_close_matches(told, names, 3, cutoff=0.4) or names[:5]
