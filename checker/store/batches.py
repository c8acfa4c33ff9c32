"""Rows in batches, for databases bound how much one statement may carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")


def batches(items: Iterable[Item], size: int = 400) -> Iterator[list[Item]]:
    """Go through `items` in lists of at most `size`."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
