"""Submissions as YAML or JSON documents: one unit and period each, with the values reported for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from checker.documents.json_text import read_json
from checker.documents.node import Mapping, Node, Scalar, Sequence, TextError
from checker.documents.yaml_text import read_yaml
from checker.intake.facts import At, Gathering, Heading
from checker.intake.lookups import Fault
from checker.intake.sources import LeftOut, Source
from checker.intake.wording import cut, near
from checker.model.language import Text
from checker.model.problem import Problem

_KEYS = ("unit", "period", "reported_at", "values")
_PARTS = ("value", "evidence", "note")
READERS: dict[str, Callable[[str], list[Node]]] = {".json": read_json, ".yaml": read_yaml, ".yml": read_yaml}


def nodes_of(source: Source) -> list[Node]:
    """Give the documents of a YAML or JSON file. Raises LeftOut where it is neither, or empty."""
    try:
        nodes = READERS[source.path.suffix.lower()](source.document_text())
    except TextError as fault:
        raise source.refused(fault) from None
    if not nodes:
        hint = Text("请填写内容，或删去文件", "fill it in, or delete the file")
        raise LeftOut([source.malformed(Text("文件是空的", "the file is empty"), hint)])
    return nodes


def read_document(source: Source, gathering: Gathering) -> None:
    """Take every value of every document of `source`. Raises LeftOut where its form is not a submission's."""
    documents = [item for node in nodes_of(source) for item in (node.items if isinstance(node, Sequence) else (node,))]
    problems = [problem for node in documents for problem in _misshapen(source, node)]
    if problems:
        raise LeftOut(problems)
    for node in documents:
        if isinstance(node, Mapping) and isinstance(values := node.get("values"), Mapping):
            heading = _heading(source, node, gathering)
            for key, value in values.entries:
                _take(source, heading, key, value, gathering)


def unknown_keys(source: Source, node: Mapping, known: Iterable[str]) -> Iterator[Problem]:
    """Go through the keys of `node` that are not `known`."""
    known = tuple(known)
    hint = Text(f"可用的键：{'、'.join(known)}", f"known keys: {', '.join(known)}")
    for key, _ in node.entries:
        if key.text not in known:
            message = Text(f"不认识的键：{cut(key.text)}", f"unknown key: {cut(key.text)}")
            yield source.malformed(message, near(key.text, known, hint), key.row)


def _misshapen(source: Source, node: Node) -> Iterator[Problem]:
    shape = Text("应有 unit、period 和 values 三个键", "write the keys unit, period and values")
    if not isinstance(node, Mapping):
        yield source.malformed(
            Text("这里应是一份报送（键: 值）", "a submission was expected here (key: value)"), shape, node.row
        )
        return
    yield from unknown_keys(source, node, _KEYS)
    for key in _KEYS[:3]:
        if (told := node.get(key)) is not None and not isinstance(told, Scalar):
            message = Text(f"{key} 应是一段文字", f"{key} has to be a text")
            yield source.malformed(message, Text(f"请写成 {key}: 文字", f"write {key}: text"), told.row)
    values = node.get("values")
    if not isinstance(values, Mapping):
        message = Text("缺少 values，或它不是“指标: 数值”", "values is missing, or not a mapping indicator: value")
        hint = Text("请在 values: 下每行写一个 指标: 数值", "write one indicator: value on each line below values:")
        yield source.malformed(message, hint, node.row if values is None else values.row)
        return
    for _, value in values.entries:
        yield from _misshapen_value(source, value)


def _misshapen_value(source: Source, value: Node) -> Iterator[Problem]:
    hint = Text(
        "请写成 数值，或 {value: 数值, evidence: 佐证, note: 备注}",
        "write a value, or {value: …, evidence: …, note: …}",
    )
    if isinstance(value, Mapping):
        yield from unknown_keys(source, value, _PARTS)
    parts = [part for _, part in value.entries] if isinstance(value, Mapping) else [value]
    for part in parts:
        if not isinstance(part, Scalar):
            yield source.malformed(Text("数值应是一段文字", "a value has to be a text"), hint, part.row)


def _heading(source: Source, node: Mapping, gathering: Gathering) -> Heading:
    """Look up what `node` says about all its values, and complain once of what is wrong with that."""
    lookups = gathering.lookups
    texts = {key: _text(node.get(key)) for key in _KEYS[:3]}
    rows = {key: (node.get(key) or node).row for key in _KEYS[:3]}
    unit, told = lookups.units[texts["unit"]], lookups.periods[texts["period"]]
    reported = lookups.instants[texts["reported_at"]]
    future = lookups.future(told, reported, texts["reported_at"])
    answers = (("unit", unit), ("period", told), ("reported_at", reported), ("period", future))
    faults = [(key, answer) for key, answer in answers if isinstance(answer, Fault)]
    for key, fault in faults:
        gathering.complain([At(fault, key)], source.place(rows[key]))
    return Heading(unit, told, reported, bool(texts["reported_at"]), not faults)


def _take(source: Source, heading: Heading, key: Scalar, node: Node, gathering: Gathering) -> None:
    lookups = gathering.lookups
    parts = {name: _text(node.get(name)) if isinstance(node, Mapping) else "" for name in _PARTS}
    indicator = lookups.indicators[key.text.strip()]
    text = parts["value"] if isinstance(node, Mapping) else _text(node)
    value = lookups.value(text, indicator, heading.has_instant)
    at = source.place(key.row), key.text
    gathering.take_value(heading, indicator, value, at, parts["evidence"], parts["note"])


def _text(node: Node | None) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""
