"""Where the operative words that a rule quotes stand in a plan's text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from checker.authoring.tracing.outline import FRONT, Outline, Paragraph, half_width, split_section

_OMITTED = re.compile("…+|\\.{3,}")
_ALIKE = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "(": "（", ")": "）", ",": "，", ":": "：", ";": "；"})
_STOP = "。"


class Quote(NamedTuple):
    """A paragraph that holds the quoted words, and where each piece of them stands in it."""

    paragraph: Paragraph
    pieces: tuple[tuple[int, int], ...]

    def covers(self, start: int, end: int) -> bool:
        """Whether any piece has a character of the stretch from `start` to before `end`."""
        return any(first < end and start < last for first, last in self.pieces)


def quotes(clause: str, section: str, outline: Outline) -> list[Quote]:
    """Give every paragraph of `section`, or of a section below it, that holds the words of `clause` in their order.

    … in `clause` stands for words left out, within a sentence; white space, full width and kinds of quotation marks
    make no difference.
    """
    wanted = split_section(section)
    inside = (one for one in outline.paragraphs if one.section[: len(wanted) or None] == wanted)
    return list(_found(clause, inside))


def elsewhere(clause: str, outline: Outline) -> list[str]:
    """Give the numbers of all sections that hold the words of `clause`."""
    return list(
        dict.fromkeys("".join(quote.paragraph.section) or FRONT for quote in _found(clause, outline.paragraphs))
    )


def _found(clause: str, paragraphs: Iterable[Paragraph]) -> Iterator[Quote]:
    pieces = [bare for piece in _OMITTED.split(clause) if (bare := _bare(piece)[0])]
    for paragraph in paragraphs if pieces else ():
        text, places = _bare(paragraph.text)
        if spans := _shortest(pieces, text):
            yield Quote(paragraph, tuple((places[start], places[end - 1] + 1) for start, end in spans))


@lru_cache(maxsize=4096)
def _bare(text: str) -> tuple[str, list[int]]:
    """Give `text` as it is compared, and where each of its characters stood."""
    places = [place for place, character in enumerate(text) if not character.isspace()]
    alike = half_width(text).translate(_ALIKE)
    return "".join(alike[place] for place in places), places


def _shortest(pieces: list[str], text: str) -> list[tuple[int, int]]:
    """Give the places of `pieces`, one after the other within a sentence, that lie closest together."""
    best: list[tuple[int, int]] = []
    start = text.find(pieces[0])
    while start >= 0:
        spans = [(start, start + len(pieces[0]))]
        for piece in pieces[1:]:
            at = text.find(piece, spans[-1][1])
            if at < 0 or _STOP in text[spans[-1][1] : at]:
                break
            spans.append((at, at + len(piece)))
        if len(spans) == len(pieces) and (not best or spans[-1][1] - start < best[-1][1] - best[0][0]):
            best = spans
        start = text.find(pieces[0], start + 1)
    return best
