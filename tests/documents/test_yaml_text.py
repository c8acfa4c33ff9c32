"""YAML is read as texts, lists and mappings with their places, and everything else is refused with its place."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from checker.documents import yaml_text
from checker.documents.node import Mapping, Node, Scalar, Sequence, TextError
from checker.documents.yaml_text import DEEPEST, LARGEST, read_yaml, refuse_unreadable


@pytest.fixture(autouse=True, params=["libyaml", "python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers have to say the same, for libyaml is not everywhere."""
    if request.param == "python":
        monkeypatch.setattr(yaml_text, "_LOADER", yaml.SafeLoader)


def bare(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [bare(item) for item in node.items]
    return {key.text: bare(value) for key, value in node.entries}


def either(text: str) -> list[Node] | list[TextError]:
    try:
        return read_yaml(text)
    except TextError as error:
        return [error]


def refused(text: str) -> str:
    with pytest.raises(TextError) as caught:
        read_yaml(text)
    error = caught.value
    assert error.message.en
    assert error.hint.zh
    assert error.hint.en
    return f"{error.row}:{error.column} {error.message.zh}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("no", ["no"]),
        ("8.10", ["8.10"]),
        ("010", ["010"]),
        ("12:30", ["12:30"]),
        ("2022-09-01", ["2022-09-01"]),
        ("0x1F", ["0x1F"]),
        (".nan", [".nan"]),
        ("<<: {a: b}", [{"<<": {"a": "b"}}]),
        ("a: ~", [{"a": ""}]),
        ("a: null", [{"a": ""}]),
        ("a:", [{"a": ""}]),
        ("[a, 'null', \"~\"]", [["a", "null", "~"]]),
        ("a: |\n  两行\n  文字\n", [{"a": "两行\n文字\n"}]),
        ('a: "x\\ny"', [{"a": "x\ny"}]),
        ("{名称: 讲座, 数: [1, 2]}", [{"名称": "讲座", "数": ["1", "2"]}]),
        ("a: 1\n---\nb: 2\n", [{"a": "1"}, {"b": "2"}]),
        ("---\n---\na: 1\n---\n", [{"a": "1"}]),
        ("", []),
        ("# 只有注释\n", []),
        ("--- ~\n", []),
        ("--- ''\n", [""]),
        ("\ufeffa: 1", [{"a": "1"}]),
    ],
)
def test_scalars_stay_as_they_were_written(text: str, read: object) -> None:
    assert [bare(node) for node in read_yaml(text)] == read


def test_every_node_has_its_line_and_column() -> None:
    (root,) = read_yaml("# 注\n讲座: [一,\n  二]\n人数: {男: 1}\n")
    assert isinstance(root, Mapping)
    talks, people = root.entries
    assert (root.row, root.column) == (2, 1)
    assert talks[0] == Scalar("讲座", 2, 1)
    assert talks[1] == Sequence((Scalar("一", 2, 6), Scalar("二", 3, 3)), 2, 5)
    assert people[1] == Mapping(((Scalar("男", 4, 6), Scalar("1", 4, 9)),), 4, 5)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x 1", "1:4 不可用引用：&x"),
        ("a: 1\nb: *x", "2:4 不可用引用：*x"),
        ("a: &x [1]", "1:4 不可用引用：&x"),
        ("a: !!str 1", "1:4 不可用标签：tag:yaml.org,2002:str"),
        ("a: ! 1", "1:4 不可用标签：!"),
        ("!x {a: 1}", "1:1 不可用标签：!x"),
        ("%TAG ! tag:x,2000:\n---\na: 1", "1:1 不可用标签：%TAG"),
        ("a: 1\nb: 2\na: 3", "3:1 键重复：a（第 1 行已有）"),
        ('{a: 1, "a": 2}', "1:8 键重复：a（第 1 行已有）"),
        ("? [a]\n: b", "1:3 键应为文字，这里是列表或映射"),
        ("{a: b}: c", "1:1 键应为文字，这里是列表或映射"),
        ("a: 好\x1b[31m", "1:5 含有不可见的控制字符 U+001B"),
        ("a: 1\r\nb: \x00", "2:4 含有不可见的控制字符 U+0000"),
        ("a: \ud800", "1:4 含有不可见的控制字符 U+D800"),
        ("a: \u2028", "1:4 含有不可见的控制字符 U+2028"),
        ('a: "\\e[31m"', "1:4 含有不可见的控制字符 U+001B"),
        ("a: b: c", "1:5 不是 YAML：这里不能再有“键: 值”，多半是缩进不齐，或文字里的冒号没有加引号"),
        ("\ta: 1", "1:1 不是 YAML：这个字符不能作为开头，缩进只能用空格，特殊符号要加引号"),
        ("a: 1\nb: @x", "2:4 不是 YAML：这个字符不能作为开头，缩进只能用空格，特殊符号要加引号"),
        ("a: 'x", "1:6 不是 YAML：引号没有成对"),
        ("a: 1\n- b", "2:1 不是 YAML：缩进不齐，或引号后面还有文字"),
    ],
)
def test_what_is_not_plain_yaml_is_refused_where_it_stands(text: str, problem: str) -> None:
    assert refused(text) == problem


@pytest.mark.parametrize(
    "text",
    ["a: [1, 2\n", "a: {b: 1\n", '"\\ud800"', '"\\q"', "%YAML 2.0\n--- a", "- a\nb", r'"\U00110000"', r'"\UFFFFFFFF"'],
)
def test_faults_that_the_parsers_place_differently_lie_inside_the_text(text: str) -> None:
    row = int(refused(text).partition(":")[0])
    assert 1 <= row <= text.count("\n") + 1


def test_twenty_levels_are_read_and_one_more_is_refused() -> None:
    assert len(read_yaml("[" * DEEPEST + "]" * DEEPEST)) == 1
    assert refused("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1)) == "1:21 嵌套超过 20 层"
    assert refused("{a: " * (DEEPEST + 1) + "}" * (DEEPEST + 1)).endswith("嵌套超过 20 层")


@pytest.mark.parametrize("opening", ["[", "{", "- ", "{a: [", "? "])
def test_fifty_thousand_nested_brackets_are_refused(opening: str) -> None:
    assert refused(opening * 50_000)


def test_the_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert refused(bomb) == "1:4 不可用引用：&a"


def test_a_text_of_a_megabyte_is_the_largest() -> None:
    assert bare(read_yaml("x" * 1000 + "\n" + "#" * (LARGEST - 1001))[0]) == "x" * 1000
    assert refused("#" * (LARGEST + 1)) == "1:1 文件太大：至少 1000001 字节，最多 1000000"
    assert refused("# " + "好" * 333_334) == "1:1 文件太大：至少 1000004 字节，最多 1000000"


def test_an_escaped_control_character_in_a_long_text_is_placed_at_its_beginning() -> None:
    with pytest.raises(TextError) as caught:
        refuse_unreadable("好\n好\x07", row=5, column=9)
    assert (caught.value.row, caught.value.column) == (6, 2)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!|>'\"%@`#?,~ \n\t\\0é全\x85\ufeff\ud800\x00"), max_size=60))
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for node in either(text):
        if isinstance(node, TextError):
            assert 1 <= node.row <= len(text.splitlines()) + 1
            assert node.column >= 1
        else:
            assert bare(node) is not None
