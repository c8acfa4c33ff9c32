"""JSON as it was written: every scalar a text with its place, numbers not converted, duplicate keys refused."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecodeError, JSONDecoder

from checker.documents.node import Mapping, Node, Scalar, Sequence, TextError
from checker.model.language import Text

DEEPEST = 20
"""How many lists and mappings may stand within each other."""

_SPACE = re.compile(r"[ \t\n\r]*")
_BREAK = re.compile(r"\r\n?|\n")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.+-])")
_WORD = re.compile(r"(?:true|false|null)(?![0-9A-Za-z_.+-])")
_WORDS = {"true": "true", "false": "false", "null": ""}
_REFUSED = re.compile(r"-?(?:NaN|Infinity)")
_HALF = re.compile("[\ud800-\udfff]")
_STRINGS = JSONDecoder()
_SHOWN = 20
_MEND = Text("请检查这里的引号、逗号和括号", "check quotes, commas and brackets here")


def read_json(text: str) -> list[Node]:
    """Give one node for each JSON text that stands in `text`, one after the other (JSON lines too).

    Numbers keep their digits; true, false and null are "true", "false" and "". Rows and columns count from 1. At most
    `DEEPEST` levels. Raises TextError for anything else than strict JSON with unique keys.
    """
    return list(_Reading(text.removeprefix("\ufeff")).documents())


class _Reading:
    """One text and how far it has been read."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        # Where each line begins: a place is looked up, so that a long line or many lines cost no more than few.
        self._lines = [0, *(match.end() for match in _BREAK.finditer(text))]

    def documents(self) -> Iterator[Node]:
        self._skip()
        while self._at < len(self._text):
            yield self._node(1)
            self._skip()

    def _skip(self) -> str:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _spot(self, at: int) -> tuple[int, int]:
        row = bisect_right(self._lines, at)
        return row, at - self._lines[row - 1] + 1

    def _fault(self, at: int, message: Text, hint: Text = _MEND) -> TextError:
        return TextError(message, hint, *self._spot(at))

    def _unexpected(self, expected: Text) -> TextError:
        found = self._text[self._at : self._at + _SHOWN].split("\n")[0].strip()
        came = Text(f"这里是 {found}", f"here is {found}") if found else Text("这里没有了", "nothing is left here")
        return self._fault(
            self._at,
            Text(f"不是 JSON：{came.zh}，应为{expected.zh}", f"not JSON: {came.en}, expected {expected.en}"),
        )

    def _node(self, depth: int) -> Node:
        at = self._at
        sign = self._text[at : at + 1]
        if sign in ("{", "["):
            if depth > DEEPEST:
                raise self._fault(
                    at,
                    Text(f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep"),
                    Text("请检查括号", "check the brackets"),
                )
            self._at += 1
            row, column = self._spot(at)
            if sign == "[":
                return Sequence(tuple(self._items(depth)), row, column)
            return Mapping(tuple(self._entries(depth)), row, column)
        return self._string() if sign == '"' else self._plain()

    def _plain(self) -> Scalar:
        at = self._at
        if match := _WORD.match(self._text, at) or _NUMBER.match(self._text, at):
            self._at = match.end()
            return Scalar(_WORDS.get(match[0], match[0]), *self._spot(at))
        if match := _REFUSED.match(self._text, at):
            raise self._fault(
                at,
                Text(f"{match[0]} 不是 JSON 的数", f"{match[0]} is not a number of JSON"),
                Text("没有数值就不写，或写 null", "leave it out, or write null"),
            )
        raise self._unexpected(Text("一个值：文字要加双引号", "a value; texts stand in double quotes"))

    def _string(self) -> Scalar:
        at = self._at
        try:
            text, self._at = _STRINGS.raw_decode(self._text, at)
        except JSONDecodeError as error:
            message = Text("引号没有成对，或文字里有换行、控制符或写错的 \\ 转义", error.msg)
            raise self._fault(
                min(error.pos, len(self._text)), Text(f"不是 JSON：{message.zh}", f"not JSON: {message.en}")
            ) from None
        if _HALF.search(text):
            raise self._fault(
                at,
                Text("文字里有不成对的 \\ud8xx 转义", "a text holds half a character, a lone \\ud8xx escape"),
                Text("请直接写这个字", "write the character itself"),
            )
        return Scalar(text, *self._spot(at))

    def _items(self, depth: int) -> Iterator[Node]:
        if self._skip() == "]":
            self._at += 1
            return
        while True:
            self._skip()
            yield self._node(depth + 1)
            if self._ended("]"):
                return

    def _entries(self, depth: int) -> Iterator[tuple[Scalar, Node]]:
        if self._skip() == "}":
            self._at += 1
            return
        seen: dict[str, Scalar] = {}
        while True:
            if self._skip() != '"':
                raise self._unexpected(Text("加双引号的键", "a key in double quotes"))
            key = self._string()
            if (first := seen.setdefault(key.text, key)) is not key:
                raise TextError(
                    Text(
                        f"键重复：{key.text}（第 {first.row} 行已有）", f"duplicate key: {key.text} (line {first.row})"
                    ),
                    Text("请合并或删去其中一个", "merge the two or delete one"),
                    key.row,
                    key.column,
                )
            if self._skip() != ":":
                raise self._unexpected(Text("冒号", "a colon"))
            self._at += 1
            self._skip()
            yield key, self._node(depth + 1)
            if self._ended("}"):
                return

    def _ended(self, bracket: str) -> bool:
        sign = self._skip()
        if sign not in (",", bracket) or not sign:
            raise self._unexpected(Text(f"逗号或 {bracket}", f"a comma or {bracket}"))
        self._at += 1
        return sign == bracket
