"""JSON is read as it was written, with the place of everything."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.documents.json_text import DEEPEST, read_json
from checker.documents.node import Mapping, Node, Scalar, Sequence, TextError


def test_a_number_stays_what_was_written() -> None:
    assert read_json("[8.10, 0.90, 1e3, -0]") == [
        Sequence((Scalar("8.10", 1, 2), Scalar("0.90", 1, 8), Scalar("1e3", 1, 14), Scalar("-0", 1, 19)), 1, 1)
    ]


def test_truths_are_words_and_null_is_nothing() -> None:
    assert read_json("[true, false, null]") == [
        Sequence((Scalar("true", 1, 2), Scalar("false", 1, 8), Scalar("", 1, 15)), 1, 1)
    ]


def test_a_text_is_read_with_its_escapes() -> None:
    assert read_json(r'"\u5e73\u7f57 \ud83d\ude00\n"') == [Scalar("平罗 😀\n", 1, 1)]


def test_rows_and_columns_count_from_one() -> None:
    (node,) = read_json('\ufeff{"unit": "s1",\r\n "values": {\r  "a": []}\n}')
    assert isinstance(node, Mapping)
    assert [(key.text, key.row, key.column) for key, _ in node.entries] == [("unit", 1, 2), ("values", 2, 2)]
    values = node.get("values")
    assert isinstance(values, Mapping)
    assert (values.row, values.column) == (2, 12)
    assert values.entries == ((Scalar("a", 3, 3), Sequence((), 3, 8)),)


def test_several_documents_follow_each_other_with_or_without_line_breaks() -> None:
    assert read_json('{}\n{} []\n"x"') == [Mapping((), 1, 1), Mapping((), 2, 1), Sequence((), 2, 4), Scalar("x", 3, 1)]
    assert read_json(" \n") == []


@pytest.mark.parametrize(
    ("text", "row", "column", "said"),
    [
        ('{"a": 1,\n "a": 2}', 2, 2, "键重复：a（第 1 行已有）"),
        ('{"a": NaN}', 1, 7, "NaN 不是 JSON 的数"),
        ("[-Infinity]", 1, 2, "-Infinity 不是 JSON 的数"),
        ("[1,\n 01]", 2, 2, "这里是 01]"),
        ("[+1]", 1, 2, "这里是 +1]"),
        ("[1.]", 1, 2, "应为一个值"),
        ("[.5]", 1, 2, "应为一个值"),
        ("[１]", 1, 2, "应为一个值"),
        ("[1,]", 1, 4, "应为一个值"),
        ("[1 2]", 1, 4, "应为逗号或 ]"),
        ("[1", 1, 3, "这里没有了"),
        ("{1: 2}", 1, 2, "应为加双引号的键"),
        ('{"a" 1}', 1, 6, "应为冒号"),
        ('{"a": 1 "b"}', 1, 9, "应为逗号或 }"),
        ('{"a": 1,}', 1, 9, "应为加双引号的键"),
        ("{'a': 1}", 1, 2, "应为加双引号的键"),
        ('["a\nb"]', 1, 4, "引号没有成对"),
        ('["ab', 1, 2, "引号没有成对"),
        (r'["\x"]', 1, 3, "转义"),
        (r'["\ud800"]', 1, 2, "不成对的"),
        (r'{"\udc00": 1}', 1, 2, "不成对的"),
        ("truely", 1, 1, "应为一个值"),
        ("// no\n1", 1, 1, "应为一个值"),
    ],
)
def test_what_is_not_strict_json_is_refused_at_its_place(text: str, row: int, column: int, said: str) -> None:
    with pytest.raises(TextError) as fault:
        read_json(text)
    assert (fault.value.row, fault.value.column) == (row, column)
    assert said in fault.value.message.zh
    assert fault.value.hint.en


def test_nesting_has_an_end() -> None:
    assert read_json("[" * DEEPEST + "]" * DEEPEST)
    with pytest.raises(TextError, match="嵌套超过 20 层"):
        read_json("[" * 100_000)


def test_long_texts_know_their_rows() -> None:
    lines = ",\n".join(f'"k{n}": {n}' for n in range(60_000))
    (node,) = read_json("{" + lines + "}")
    assert isinstance(node, Mapping)
    assert node.entries[-1][0].row == 60_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
    max_leaves=20,
)


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key.text: _plain(value) for key, value in node.entries}


def _as_text(value: object) -> object:
    if isinstance(value, list):
        return [_as_text(item) for item in value]
    if isinstance(value, dict):
        return {key: _as_text(item) for key, item in value.items()}
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


@given(JSON, st.sampled_from([None, 1]), st.booleans())
def test_whatever_python_writes_is_read_back(value: object, indent: int | None, ascii_only: bool) -> None:
    (node,) = read_json(json.dumps(value, indent=indent, ensure_ascii=ascii_only))
    assert _plain(node) == _as_text(value)


@given(st.text(st.sampled_from('{}[]",:\\/ \n\r\t0123456789.eE+-truefalsnNaI\ud800é'), max_size=30))
def test_no_text_raises_anything_but_a_text_error(text: str) -> None:
    with suppress(TextError):
        read_json(text)
