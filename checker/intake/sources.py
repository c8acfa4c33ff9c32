"""One file of the input: where it lies, what it is called in problems, and its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from checker.documents.node import TextError
from checker.model.language import Text
from checker.model.problem import Code, Place, Problem

_RESAVE = Text("请另存为 UTF-8 后重试", "save it as UTF-8 and try again")
_ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}


class LeftOut(Exception):  # noqa: N818 (not an error of the program: a file and what is wrong with it)
    """A file that is left out whole, and every reason why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its path, its name in places and its number in the order of reading."""

    path: Path
    name: str
    order: int

    def place(self, row: int | None = None, column: str | None = None, sheet: str | None = None) -> Place:
        """Give the place of a row and column of it."""
        return Place(self.name, row, column, sheet, self.order)

    def malformed(self, message: Text, hint: Text, row: int = 1) -> Problem:
        """Say that the file is not what its name says."""
        return Problem(Code.MALFORMED_FILE, message, hint, self.place(row))

    def document_text(self) -> str:
        """Give the text of a YAML or JSON file, which is UTF-8. Raises LeftOut."""
        return self._decoded(("utf-8-sig",))

    def table_text(self) -> str:
        """Give the text of a CSV file, which is UTF-8 or GB18030. Raises LeftOut."""
        text = self._decoded(("utf-8-sig", "gb18030")).removeprefix("\ufeff")
        if (at := text.find("\0")) >= 0:
            row = _row(text[:at].encode("utf-8", "replace"))
            raise LeftOut([self.malformed(Text("含有空字符（NUL）", "holds a NUL character"), _RESAVE, row)])
        return text

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise LeftOut([self.missing()]) from None
        except OSError as fault:
            raise LeftOut([self.unreadable(fault)]) from None

    def unreadable(self, fault: OSError) -> Problem:
        """Say that the system does not let the file be read."""
        why = fault.strerror or type(fault).__name__
        return self.malformed(
            Text(f"读不出来：{why}", f"cannot be read: {why}"), Text("请检查是否允许读取", "check that it may be read")
        )

    def unsupported(self, message: Text, hint: Text) -> Problem:
        """Say that the file is of a kind that is not read."""
        said = Text(f"{self.name} {message.zh}", f"{self.name} {message.en}")
        return Problem(Code.UNSUPPORTED_FILE, said, hint, self.place())

    def missing(self, hint: Text | None = None) -> Problem:
        """Say that the file is not there."""
        message = Text(f"没有这个文件：{self.name}", f"there is no such file: {self.name}")
        return Problem(Code.MISSING_FILE, message, hint or Text("请检查路径", "check the path"), self.place())

    def _decoded(self, encodings: tuple[str, ...]) -> str:
        content = self._bytes()
        farthest = 0
        for encoding in encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as fault:
                farthest = max(farthest, fault.start)
        names = "/".join(_ENCODINGS[encoding] for encoding in encodings)
        message = Text(f"不是 {names} 编码的文字", f"not text in {names}")
        raise LeftOut([self.malformed(message, _RESAVE, _row(content[:farthest]))])

    def refused(self, fault: TextError) -> LeftOut:
        """Give the refusal of a file whose text is not what its name says."""
        return LeftOut([self.malformed(fault.message, fault.hint, fault.row)])


def _row(before: bytes) -> int:
    return before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n") + 1
