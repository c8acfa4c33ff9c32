"""Text in columns for a terminal, where a Chinese character takes two cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_WIDE = frozenset("WF")


def width(text: str) -> int:
    """Give how many terminal cells `text` takes."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)


def cut(text: str, cells: int) -> str:
    """Give `text` cut to at most `cells` cells, with … where something was cut."""
    if width(text) <= cells:
        return text
    kept, used = "", 0
    for character in text:
        used += width(character)
        if used > cells - 1:
            break
        kept += character
    return kept + "…"


def in_columns(rows: Sequence[Sequence[str]], widest: Sequence[int], right: Iterable[int] = ()) -> Iterator[str]:
    """Go through `rows` as aligned lines; no column wider than `widest`, the columns in `right` right-aligned."""
    cells = [[cut(cell, limit) for cell, limit in zip(row, widest, strict=True)] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    flush_right = frozenset(right)
    for row in cells:
        padded = [
            " " * (size - width(cell)) + cell if n in flush_right else cell + " " * (size - width(cell))
            for n, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(padded).rstrip()
