"""A plan's text in sections of its own numbering, with hard-wrapped lines joined again.

Numbering follows the usual order of official documents (GB/T 9704-2012, 7.3.3): 一、 then （一） then 1. then （1）,
with 第一章 and the like above and ① below. A section is written as its labels one after the other, such as 二（一）3.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from checker.authoring.numerals import number

FRONT = "（编号之前）"
"""How what stands before the first number of a text is called where a section's number is asked for."""
_CHINESE = "一二三四五六七八九十百"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_LABELS = (
    re.compile(rf"(第[{_CHINESE}0-9]+(?:编|篇|部分))"),
    re.compile(rf"(第[{_CHINESE}0-9]+章)"),
    re.compile(rf"(第[{_CHINESE}0-9]+节)"),
    re.compile(rf"(第[{_CHINESE}0-9]+条)"),
    re.compile(rf"([{_CHINESE}]+|[{_STEMS}])、(?![{_CHINESE}]+(?:、|是|次|产)|[{_STEMS}]、)"),
    re.compile(rf"[（(]([{_CHINESE}]+)[）)]"),
    re.compile(
        r"([0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?=\s+[^0-9\s])|([0-9]{1,2})(?:[.．、](?![0-9])|(?=\s+[\u4e00-\u9fff]))"
    ),
    re.compile(r"[（(]([0-9]{1,2})[）)]"),
    re.compile(r"([①-⑳])|([0-9]{1,2})[)）]"),
)
_BRACKETED = (5, 7)
_HEADED = (0, 1, 2, 4, 5)
_HEADING = re.compile(r"[^，。；：、！？:;]{1,20}(?<![0-9于到达至少过])")
_ENDED = re.compile(r"[。！？：；:;!?][”’」』）)]*$")
_TAIL = 8
_GOES_ON = re.compile(r"[，、；,（(“—]$")
_BULLET = re.compile(r"[—–\-*●•■◆▪·]+\s*")
_CONTENTS = re.compile(r"(?:……|\.{4}|·{4})\s{0,9}[0-9]{1,4}$")
_PAGE = re.compile(r"[—–\-]+\s*[0-9]{1,4}\s*[—–\-]+|第\s*[0-9]{1,4}\s*页(?:\s*共\s*[0-9]{1,4}\s*页)?|\f+")
_HEAD = re.compile(r"[\u4e00-\u9fff、（）()]{2,10}[：:]")
_TITLE = re.compile(r"[^。；;，]{1,40}")
_CELLS = re.compile(r"\s*[|｜\t]\s*|\s{2,}|\u3000+")
NUMBER = re.compile(r"[≥≤><]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[%‰万亿]|以上|以下)*")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SECTION = re.compile(
    rf"第[{_CHINESE}0-9]+(?:编|篇|部分|章|节|条)|[（(][^（）()]+[）)]|[{_CHINESE}]+|[0-9]+(?:\.[0-9]+)*|[①-⑳]|."
)


class Line(NamedTuple):
    """A line of the text: its number from 1 and what stands on it, digits and signs in half width."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a row of a table, of one section, without white space; `lines` has the line of each character.

    `cells` are those of a row of a table, empty for running text.
    """

    section: tuple[str, ...]
    text: str
    lines: tuple[int, ...]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The paragraphs of a text, in order, and the titles of its sections."""

    paragraphs: tuple[Paragraph, ...]
    titles: dict[tuple[str, ...], str] = field(default_factory=dict)


def half_width(text: str) -> str:
    """Give `text` with digits, letters and a few signs in half width; as many characters as before."""
    return "".join(_narrow(c) if "\uff00" <= c <= "\uff5e" or c == "﹪" else c for c in text)


def _narrow(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if narrow.isalnum() or narrow in "%.+=<>" else character


def split_section(written: str) -> tuple[str, ...]:
    """Give the labels that a section's number is made of: 二（一）3 is 二, （一）, 3; none for `FRONT`."""
    if written == FRONT:
        return ()
    return tuple(_SECTION.findall(half_width(written).replace("(", "（").replace(")", "）").replace(" ", "")))


def outline(text: str) -> Outline:
    """Give the sections and paragraphs of a plan's `text`."""
    reading = _Reading()
    for line in _without_pages(text):
        reading.take(line)
    reading.end()
    return Outline(tuple(reading.paragraphs), reading.titles)


def _without_pages(text: str) -> list[Line]:
    """Give the lines of `text` without page numbers and the empty lines around them, which part no paragraph."""
    lines = [Line(n, half_width(line.replace("\ufeff", ""))) for n, line in enumerate(text.splitlines(), 1)]
    kept: list[Line] = []
    paged = False
    for line in lines:
        bare = line.text.strip()
        if _PAGE.fullmatch(bare):
            paged = True
            while kept and not kept[-1].text.strip():
                kept.pop()
        elif bare or not paged:
            paged = False
            kept.append(line)
    return kept


class _Reading:
    """A text read so far: where in its numbering it is, and the paragraph that is still growing."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.titles: dict[tuple[str, ...], str] = {}
        self._labels: dict[int, str] = {}
        self._last: dict[int, tuple[int, ...]] = {}
        self._text, self._blank, self._fresh = "", True, False
        self._lines: list[int] = []

    def take(self, line: Line) -> None:
        text = line.text.strip()
        if not text or _CONTENTS.search(text):
            self._blank = True
            return
        cells = _cells(line.text)
        if cells:
            self.end()
            whole = "　".join(cells)
            self.paragraphs.append(Paragraph(self._section(), whole, (line.number,) * len(whole), cells))
            return
        rest = self._entered(text)
        if rest is None and not self._continues(text):
            self.end()
        self._fresh = rest is not None
        self._grow(_BULLET.sub("", text, count=1) if rest is None and _BULLET.match(text) else rest or text, line)
        self._blank = False

    def end(self) -> None:
        if self._text:
            self.paragraphs.append(Paragraph(self._section(), self._text, tuple(self._lines)))
        self._text, self._lines, self._blank, self._fresh = "", [], True, False

    def _grow(self, text: str, line: Line) -> None:
        bare = "".join(text.split())
        self._text += bare
        self._lines += [line.number] * len(bare)

    def _section(self) -> tuple[str, ...]:
        return tuple(label for _, label in sorted(self._labels.items()))

    def _continues(self, text: str) -> bool:
        """Whether a line goes on with the sentence before it."""
        if not self._text or self._is_heading() or _BULLET.match(text) or _HEAD.match(text):
            return False
        return bool(_GOES_ON.search(self._text[-_TAIL:])) if self._blank else not _ENDED.search(self._text[-_TAIL:])

    def _is_heading(self) -> bool:
        """Whether all that stands in the paragraph is a title: short, without a stop, right after its label."""
        return max(self._labels, default=None) in _HEADED and self._fresh and bool(_HEADING.fullmatch(self._text))

    def _entered(self, text: str) -> str | None:
        """Enter the section that a line begins, and give the rest of the line; None where it begins none."""
        for level, pattern in enumerate(_LABELS):
            match = pattern.match(text)
            label = next(filter(None, match.groups()), "") if match else ""
            if match and self._is_in_order(level, label):
                self.end()
                for deeper in [one for one in self._labels if one >= level]:
                    del self._labels[deeper]
                self._labels[level] = f"（{label}）" if level in _BRACKETED else label
                self._last[level] = _ordinal(label)
                rest = text[match.end() :].strip()
                title = _TITLE.match(rest)
                self.titles.setdefault(self._section(), title[0].strip() if title else "")
                return rest
        return None

    def _is_in_order(self, level: int, label: str) -> bool:
        """Whether a label begins a section here: always after a finished sentence, else only in its turn."""
        if self._blank or not self._text or self._is_heading() or _ENDED.search(self._text[-_TAIL:]):
            return True
        # Articles are numbered through all chapters, so the last one counts even where a chapter came between.
        ordinal, last = _ordinal(label), self._last.get(level, (0,))
        turns = ((*last[:depth], last[depth] + 1) for depth in range(len(last)))
        return ordinal[-1] == 1 or ordinal in turns


def _ordinal(label: str) -> tuple[int, ...]:
    """Give the numbers that a label bears: 2 of 二, 1 and 2 of 1.2."""
    bare = label.strip("（）第编篇部分章节条")
    if "①" <= bare <= "⑳":
        return (ord(bare) - ord("①") + 1,)
    if bare in _STEMS:
        return (_STEMS.index(bare) + 1,)
    return tuple(int(number(part) or 0) for part in bare.split("."))


def _cells(line: str) -> tuple[str, ...]:
    """Give the cells of a row of a table that holds figures, or nothing where the line is running text."""
    cells = tuple(cell.strip() for cell in _CELLS.split(line.strip().strip("|｜")) if cell.strip())
    figures = [cell for cell in cells[1:] if NUMBER.fullmatch(cell) and not YEAR.fullmatch(cell)]
    named = any(re.search(r"[\u4e00-\u9fff]", cell) for cell in cells)
    return cells if len(cells) > 1 and figures and named else ()
