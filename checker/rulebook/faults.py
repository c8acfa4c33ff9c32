"""What a file's shape has wrong, in words: pydantic's findings, put back to their places."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from checker.documents.node import Mapping, Node, Sequence
from checker.model.language import Text, same
from checker.rulebook.keys import keys_at
from checker.rulebook.shapes import LIST, MAPPING, TEXT, Entry
from checker.rulebook.source import Path, Source, Spot, came, plain, quoted, suggestion

M = TypeVar("M", bound=Entry)

_TAGS = frozenset({TEXT, LIST, MAPPING})
_KEY = "[key]"


class Expectation(NamedTuple):
    """What was expected at a place, and the way out."""

    expected: Text
    hint: Text


def read(spot: Spot, model: type[M]) -> M | None:
    """Give the `model` that the whole file of `spot` holds, or None after complaining of every fault of its shape."""
    try:
        return model.model_validate(plain(spot.source.root))
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _complain(spot, model, fault)
        return None


def sound(
    source: Source, path: Path, model: type[M], spare: dict[str, object], vital: frozenset[str] = frozenset()
) -> M | None:
    """Give what stands at `path` as a `model` without its faulty keys, so that the others can be checked all the same.

    `spare` stands in for required keys that decide nothing else; `vital` are optional ones that decide too much to be
    left out. None where that is not enough; never a word, because `read` has complained. What it gives must not get
    into a rulebook.
    """
    content = plain(source.at(path))
    if not isinstance(content, dict):
        return None
    try:
        return model.model_validate(content)
    except ValidationError as error:
        faulty = {fault["loc"][0] for fault in error.errors(include_url=False) if fault["loc"]}
    if faulty & vital:
        return None
    kept = {key: value for key, value in content.items() if key not in faulty}
    try:
        return model.model_validate({**spare, **kept})
    except ValidationError:
        return None


def _complain(spot: Spot, model: type[Entry], fault: ErrorDetails) -> None:
    kind = fault["type"]
    path, at_key = _path(fault)
    if kind == "too_short" and _is_long_enough(spot.source.at(path), fault.get("ctx", {})):
        return  # pydantic counts only the items that are right, and has complained of the others
    here = Spot(spot.source, spot.complaints, path)
    if kind == "extra_forbidden":
        key = str(path[-1])
        known = keys_at(model, fault["loc"][:-1])
        here.complain(
            Text(f"不认识的键{quoted(key).zh}", f"unknown key {quoted(key).en}"), suggestion(key, known), at_key=True
        )
        return
    name = _name(path)
    if kind == "missing":
        here.complain(
            Text(f"缺少 {name.zh}", f"{name.en} is missing"), Text(f"请补上 {name.zh}: …", f"add {name.en}: …")
        )
        return
    got = quoted(str(path[-1])) if at_key else came(spot.source.at(path))
    expected, hint = _expected(fault)
    here.complain(
        Text(f"{name.zh} 处是{got.zh}，应为：{expected.zh}", f"{name.en} holds {got.en}, expected {expected.en}"),
        hint,
        at_key,
    )


def _is_long_enough(node: Node | None, context: dict[str, Any]) -> bool:
    size = len(node.items) if isinstance(node, Sequence) else len(node.entries) if isinstance(node, Mapping) else 0
    return size >= int(context["min_length"])


def _path(fault: ErrorDetails) -> tuple[Path, bool]:
    """Give the way to a fault, without the tags of shapes, and whether the fault is one of the key itself."""
    at_key = fault["loc"][-1:] == (_KEY,)
    loc = fault["loc"][:-1] if at_key else fault["loc"]
    kept = len(loc) - 1 if at_key or fault["type"] in ("extra_forbidden", "missing") else None
    return tuple(step for number, step in enumerate(loc) if number == kept or step not in _TAGS), at_key


def _name(path: Path) -> Text:
    """Give the last key of `path`, with the number of the item where it is one of a list."""
    keys = [step for step in path if isinstance(step, str)]
    if not keys:
        return Text("文件", "the file")
    return same(keys[-1] if isinstance(path[-1], str) else f"{keys[-1]}[{path[-1] + 1}]")


def _expected(fault: ErrorDetails) -> Expectation:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind in _COMPUTED:
        return _COMPUTED[kind](context, fault["input"])
    return Expectation(Text(f"符合格式的内容（{fault['msg']}）", f"what the format says ({fault['msg']})"), _SEE)


def _choice(context: dict[str, Any], given: object) -> Expectation:
    choices = [word.strip("'") for word in str(context["expected"]).replace(" or ", ", ").split(", ")]
    return Expectation(
        Text("、".join(choices) + "之一", "one of " + ", ".join(choices)), suggestion(str(given), choices)
    )


def _shapes(context: dict[str, Any], given: object) -> Expectation:
    del given
    shapes = [tag for tag in (TEXT, LIST, MAPPING) if tag in context["expected_tags"]]
    return Expectation(
        Text("或".join(_SHAPES[tag].zh for tag in shapes), " or ".join(_SHAPES[tag].en for tag in shapes)), _SEE
    )


def _only_one(context: dict[str, Any], given: object) -> Expectation:
    names = str(context["names"])
    del given
    return Expectation(
        Text(f"{names} 中恰好一个", f"exactly one of {names}"), Text("请只留一个", "keep exactly one of them")
    )


def _at_least(context: dict[str, Any], given: object) -> Expectation:
    del given
    least = context["min_length"]
    return Expectation(Text(f"至少 {least} 项", f"at least {least}"), Text("请补全", "add what is missing"))


def _at_most(context: dict[str, Any], given: object) -> Expectation:
    del given
    most = context["max_length"]
    return Expectation(Text(f"最多 {most} 项", f"at most {most}"), Text("请删去多余的", "delete what is too much"))


_SEE = Text("写法见 rules/README.md", "rules/README.md shows how it is written")
_SHAPES = {
    TEXT: Text("文字", "a text"),
    LIST: Text("列表", "a list"),
    MAPPING: Text("映射（键: 值）", "a mapping (key: value)"),
}
_LIST = Expectation(_SHAPES[LIST], Text("请写成 [甲, 乙] 或每行一个“- ”", "write [a, b] or one line with - for each"))
_MAPPING = Expectation(_SHAPES[MAPPING], Text("请写成 键: 值", "write key: value"))
_ID_HINT = Text("例如 youth.lectures", "for example youth.lectures")
_DAY_HINT = Text("例如 2022-09-01", "for example 2022-09-01")
_EXPECTED = {
    "string_type": Expectation(_SHAPES[TEXT], Text("请写成一段文字", "write a text")),
    "string_too_short": Expectation(
        Text("文字", "a text"), Text("请填写，或删去这个键", "fill it in, or delete the key")
    ),
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "id": Expectation(
        Text("编号（字母、汉字、数字和 . _ - :，最多 64 个）", "an id (letters, digits and . _ - :, at most 64)"),
        _ID_HINT,
    ),
    "code": Expectation(
        Text(
            "部门代码：字母、汉字、数字和 . _ -，不含冒号", "a department's code (letters, digits and . _ -, no colon)"
        ),
        Text("例如 science-association", "for example science-association"),
    ),
    "day": Expectation(Text("日期 YYYY-MM-DD", "a day YYYY-MM-DD"), _DAY_HINT),
    "year": Expectation(Text("1900 至 2200 年之间", "a year from 1900 to 2200"), _DAY_HINT),
    "month_day": Expectation(Text("月-日 MM-DD", "a month and day MM-DD"), Text("例如 09-01", "for example 09-01")),
    "window": Expectation(
        Text("一年或几年，如 2024 或 2021-2025", "a year or years, such as 2024 or 2021-2025"),
        Text("先小后大", "the first before the last"),
    ),
    "time_zone": Expectation(
        Text("时区名称", "the name of a time zone"), Text("例如 Asia/Shanghai", "for example Asia/Shanghai")
    ),
    "days": Expectation(Text("天数，0 至 999", "a number of days, 0 to 999"), Text('例如 "10"', 'for example "10"')),
    "count": Expectation(Text("次数，1 至 999", "a count, 1 to 999"), Text('例如 "2"', 'for example "2"')),
    "everything": Expectation(
        Text("all、列表或 {except: 列表}", "all, a list or {except: a list}"), Text("例如 all", "for example all")
    ),
    "backwards": Expectation(
        Text("from 不晚于 until", "from not after until"), Text("请对调两个日期", "swap the two days")
    ),
}
_COMPUTED: dict[str, Callable[[dict[str, Any], object], Expectation]] = {
    "enum": _choice,
    "union_tag_invalid": _shapes,
    "only_one": _only_one,
    "too_short": _at_least,
    "too_long": _at_most,
}
