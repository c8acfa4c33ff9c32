"""YAML for people: texts, lists and mappings, and none of YAML's surprises.

Only the event stream of the parser is read, never its composer or constructor: no value is guessed (``no``, ``8.10``
and ``12:30`` stay what was written), and neither nested brackets nor aliases can exhaust anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

import yaml

from checker.documents.node import Mapping, Node, Scalar, Sequence, TextError
from checker.model.language import Text

LARGEST = 1_000_000
"""How many bytes of UTF-8 a text may have."""
DEEPEST = 20
"""How many lists and mappings may stand within each other."""

_UNREADABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BREAK = re.compile("\r\n?|\n")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WORDINGS = {
    "mapping values are not allowed": "这里不能再有“键: 值”，多半是缩进不齐，或文字里的冒号没有加引号",
    "could not find expected ':'": "这个键后面缺少冒号",
    "while scanning for the next token": "这个字符不能作为开头，缩进只能用空格，特殊符号要加引号",
    "cannot start any token": "这个字符不能作为开头，缩进只能用空格，特殊符号要加引号",
    "expected '-' indicator": "列表的缩进不齐，或缺少“- ”",
    "expected <block end>": "缩进不齐，或引号后面还有文字",
    "did not find expected key": "缩进不齐，或引号后面还有文字",
    "unexpected end of stream": "引号没有成对",
    "expected ',' or": "方括号或花括号里缺少逗号或右括号",
    "expected <document start>": "文件里有一段不属于任何文档的内容",
    "unknown escape character": "双引号里的反斜线写法不认识，请改用单引号",
    "exceeded max": "嵌套太深",
}
_MEND = Text("请对照相邻各行改正缩进、冒号和引号", "compare indentation, colons and quotes with the lines around it")


def read_yaml(text: str) -> list[Node]:
    """Give one node for each document of `text`; documents without content are left out.

    Every scalar is the text as written; a plain ``null``, ``~`` or nothing is "". Rows and columns count from 1. At
    most `LARGEST` bytes and `DEEPEST` levels. Raises TextError for anything else than YAML made of texts, lists and
    mappings with unique text keys: also for aliases, anchors, tags and control characters.
    """
    text = text.removeprefix("\ufeff")
    _refuse_unreadable(text)
    try:
        return list(_documents(iter(yaml.parse(text, Loader=_LOADER))))
    except TextError:
        raise
    except yaml.MarkedYAMLError as error:
        raise _translated(error, text) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise TextError(Text(f"不是 YAML：{error}", f"not YAML: {error}"), _MEND) from None


def refuse_unreadable(text: str, row: int = 1, column: int = 1) -> None:
    """Raise TextError where `text` holds a control character or half a character; place it from `row`, `column` on."""
    if match := _UNREADABLE.search(text):
        breaks = list(_BREAK.finditer(text, 0, match.start()))
        code = f"U+{ord(match[0]):04X}"
        raise TextError(
            Text(f"含有不可见的控制字符 {code}", f"holds the control character {code}"),
            Text("请删去这个字符后重新保存", "delete the character and save again"),
            row + len(breaks),
            match.start() - breaks[-1].end() + 1 if breaks else column + match.start(),
        )


def _refuse_unreadable(text: str) -> None:
    size = len(text) if len(text) > LARGEST else len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST:
        raise TextError(
            Text(f"文件太大：至少 {size} 字节，最多 {LARGEST}", f"too large: at least {size} bytes, at most {LARGEST}"),
            Text("请拆成几个文件", "split it into several files"),
        )
    refuse_unreadable(text)


def _documents(events: Iterator[yaml.Event]) -> Iterator[Node]:
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            if event.tags:
                _refuse_tag(event)
            first = next(events)
            node = _node(first, events, 1)
            if not (isinstance(node, Scalar) and node.text == "" and _is_plain(first)):
                yield node


def _node(event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
    row, column = _spot(event)
    if isinstance(event, yaml.NodeEvent) and event.anchor:
        _refuse_alias(event)
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
        _refuse_tag(event)
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event)
    if depth > DEEPEST:
        raise TextError(
            Text(f"嵌套超过 {DEEPEST} 层", f"nested more than {DEEPEST} levels deep"),
            Text("请检查括号和缩进", "check brackets and indentation"),
            row,
            column,
        )
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence(tuple(_node(item, events, depth + 1) for item in _until_end(events)), row, column)
    return Mapping(tuple(_entries(events, depth)), row, column)


def _until_end(events: Iterator[yaml.Event]) -> Iterable[yaml.Event]:
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield event


def _entries(events: Iterator[yaml.Event], depth: int) -> Iterator[tuple[Scalar, Node]]:
    seen: dict[str, Scalar] = {}
    for event in _until_end(events):
        key = _node(event, events, depth + 1)
        if not isinstance(key, Scalar):
            raise TextError(
                Text("键应为文字，这里是列表或映射", "a key has to be a text, here it is a list or a mapping"),
                Text("请检查花括号、方括号和问号", "check braces, brackets and question marks"),
                key.row,
                key.column,
            )
        if (first := seen.setdefault(key.text, key)) is not key:
            raise TextError(
                Text(
                    f"键重复：{key.text}（第 {first.row} 行已有）",
                    f"duplicate key: {key.text} (first on line {first.row})",
                ),
                Text("请合并或删去其中一个", "merge the two or delete one"),
                key.row,
                key.column,
            )
        yield key, _node(next(events), events, depth + 1)


def _scalar(event: yaml.ScalarEvent) -> Scalar:
    row, column = _spot(event)
    if event.style == '"':
        refuse_unreadable(event.value.replace("\n", " "), row, column)
    return Scalar("" if _is_plain(event) and event.value in _NULLS else event.value, row, column)


def _is_plain(event: yaml.Event) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style


def _refuse_alias(event: yaml.NodeEvent) -> NoReturn:
    name = f"{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}"
    raise TextError(
        Text(f"不可用引用：{name}", f"aliases are not allowed: {name}"),
        Text("请把内容写全，或给以 & 或 * 开头的文字加引号", "write it out, or quote a text that begins with & or *"),
        *_spot(event),
    )


def _refuse_tag(event: yaml.Event) -> NoReturn:
    name = getattr(event, "tag", None) or "%TAG"
    raise TextError(
        Text(f"不可用标签：{name}", f"tags are not allowed: {name}"),
        Text("请删去标签，或给以 ! 开头的文字加引号", "delete the tag, or quote a text that begins with !"),
        *_spot(event),
    )


def _spot(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _translated(error: yaml.MarkedYAMLError, text: str) -> TextError:
    said = ", ".join(part for part in (error.context, error.problem) if part)
    zh = next((wording for phrase, wording in _WORDINGS.items() if phrase in said), said)
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    last = max(len(text.splitlines()), 1)  # the parser counts a line more when it misses something at the end
    row, column = (row, column) if row <= last else (last, 1)
    return TextError(Text(f"不是 YAML：{zh}", f"not YAML: {said}"), _MEND, row, column)
