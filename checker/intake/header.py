"""The header of a table: which cell of a row holds what, or what is wrong with the header."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.intake.sources import LeftOut, Source
from checker.intake.wording import joined, listed, near
from checker.model.language import Text
from checker.model.problem import Code, Problem


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns a kind of table has, each with the words its header may be written in.

    `required` must be there; `open_ended`: any further column is an attribute.
    """

    words: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]
    open_ended: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one table: its texts as written, and the number of the column that holds each name."""

    written: tuple[str, ...]
    numbers: Mapping[str, int]

    def text(self, name: str) -> str:
        """Give the header of the column `name` as it is written in the file."""
        number = self.numbers.get(name)
        return name if number is None else self.written[number]

    def further(self) -> Iterator[tuple[int, str]]:
        """Go through the columns beyond the known ones."""
        known = set(self.numbers.values())
        return ((number, text) for number, text in enumerate(self.written) if number not in known)


def read_header(source: Source, cells: Iterable[str], shape: Shape) -> Header:
    """Give the header that `cells` make up. Raises LeftOut with everything that is wrong with it."""
    written = tuple(cell.strip() for cell in cells)
    names = {word: name for name, words in shape.words.items() for word in words}
    problems = [*_doubled(source, written, names), *_unknown(source, written, names, shape)]
    problems += _missing(source, written, names, shape)
    if problems:
        raise LeftOut(problems)
    return Header(written, {names[text]: number for number, text in enumerate(written) if text in names})


def _doubled(source: Source, written: Sequence[str], names: Mapping[str, str]) -> Iterator[Problem]:
    counted = Counter(names.get(text, text) for text in written if text)
    doubled = [text for text in dict.fromkeys(written) if text and counted[names.get(text, text)] > 1]
    if doubled:
        shown = listed(doubled)
        yield source.malformed(
            Text(f"表头里同一列出现多次：{shown.zh}", f"the header names a column more than once: {shown.en}"),
            Text("请合并或删去其中一列", "merge the columns or delete one"),
        )


def _unknown(source: Source, written: Sequence[str], names: Mapping[str, str], shape: Shape) -> Iterator[Problem]:
    unknown = [text for text in written if text not in names and not (shape.open_ended and text)]
    if not any(written) or not unknown:
        return
    shown = listed(dict.fromkeys(unknown))
    known = Text(f"可用的列：{'、'.join(names)}", f"known columns: {', '.join(names)}")
    if shape.open_ended or not any(unknown):
        known = Text(
            "每一列都要有表头，多余的逗号请删去", "every column needs a header; delete commas that are too many"
        )
    message = Text(f"表头里有不认识的列：{shown.zh}", f"the header has unknown columns: {shown.en}")
    hint = joined([near(text, names, known) for text in unknown[:3] if text] or [known])
    yield Problem(Code.UNKNOWN_COLUMN, message, hint, source.place(1, unknown[0] or None))


def _missing(source: Source, written: Sequence[str], names: Mapping[str, str], shape: Shape) -> Iterator[Problem]:
    present = [names[text] for text in written if text in names]
    lacking = [name for name in shape.required if name not in present]
    if not lacking:
        return
    # Ask for the words of the language that the header is written in.
    chinese = bool(present) and not any(text in shape.words for text in written)
    asked = [shape.words[name][-1 if chinese else 0] for name in lacking]
    shown = listed(asked)
    message = Text(f"表头里缺少：{shown.zh}", f"the header lacks: {shown.en}")
    hint = Text("请在第一行补上这些列", "add these columns to the first line")
    if any(sign in text for text in written for sign in ";\t；"):
        hint = Text("列之间要用英文逗号分隔", "columns are separated by commas")
    yield Problem(Code.MISSING_COLUMN, message, hint, source.place(1))
