"""What refers to what in a rulebook: every name that is used has to be declared, wherever it stands.

Works on nodes, so that a fault elsewhere in a file hides no reference and makes none look wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from checker.documents.node import Mapping, Node, Scalar, Sequence
from checker.model.identity import is_id
from checker.model.language import Text
from checker.model.period import BUILT_IN_KINDS
from checker.rulebook.source import Path, Source, Spot, quoted, suggestion

ITEMS, VALUES, KEYS = "[]", "{}", "{keys}"
"""Steps of a pattern: each item of a list, each value of a mapping, each key of a mapping."""


class Name(Enum):
    """What a name can stand for, and how a message calls it."""

    UNIT_TYPE = Text("单位类型", "unit type")
    INDICATOR = Text("指标", "indicator")
    DEPARTMENT = Text("部门代码", "department code")
    RESPONSIBLE = Text("部门代码或统称", "department code or group")
    KIND = Text("期间种类", "kind of period")
    RULE = Text("规则", "rule")


Names = dict[Name, frozenset[str]]
"""What is declared; a kind of name is absent where its declaration cannot be read, and is then not checked."""

_RULE = ("rules", ITEMS)
_PLAN = (
    (("departments", "unit_type"), Name.UNIT_TYPE),
    (("departments", "below"), Name.UNIT_TYPE),
    (("departments", "groups", VALUES, "every"), Name.UNIT_TYPE),
    (("asked", KEYS), Name.KIND),
)
_INDICATORS = (
    (("indicators", VALUES, "reporter"), Name.UNIT_TYPE),
    (("indicators", VALUES, "reporter", ITEMS), Name.UNIT_TYPE),
    (("indicators", VALUES, "reporter", "department"), Name.DEPARTMENT),
    (("checks", ITEMS, "indicator"), Name.INDICATOR),
    (("checks", ITEMS, "at_most"), Name.INDICATOR),
)
_SECTION = (
    (("lead", ITEMS), Name.RESPONSIBLE),
    (("support", ITEMS), Name.RESPONSIBLE),
    ((*_RULE, "of_each"), Name.UNIT_TYPE),
    ((*_RULE, "of_each", "type"), Name.UNIT_TYPE),
    ((*_RULE, "every"), Name.KIND),
    ((*_RULE, "measure", "total"), Name.INDICATOR),
    ((*_RULE, "measure", "change"), Name.INDICATOR),
    ((*_RULE, "measure", "ratio", ITEMS), Name.INDICATOR),
    ((*_RULE, "measure", "share", "of"), Name.UNIT_TYPE),
    ((*_RULE, "measure", "share", "where", KEYS), Name.INDICATOR),
    ((*_RULE, "target", "parts_of"), Name.RULE),
    ((*_RULE, "target", ITEMS, "parts_of"), Name.RULE),
    ((*_RULE, "answerable"), Name.DEPARTMENT),
)
_FOLLOW_UPS = (
    (("follow_ups", ITEMS, "unit_types", ITEMS), Name.UNIT_TYPE),
    (("follow_ups", ITEMS, "unit_types", "except", ITEMS), Name.UNIT_TYPE),
)
REFERENCES = {"plan": _PLAN, "indicators": _INDICATORS, "section": _SECTION, "follow-ups": _FOLLOW_UPS}
"""Every place that refers to something declared elsewhere, by kind of file."""


def declared(plan: Source | None, indicators: Source | None, sections: list[Source]) -> Names:
    """Give everything that the files declare, however faulty the declarations may be."""
    names: Names = {Name.RULE: frozenset(_texts(sections, (*_RULE, "id")))}
    if plan:
        codes = frozenset(_texts([plan], ("departments", "codes", KEYS)))
        names[Name.UNIT_TYPE] = frozenset(_texts([plan], ("unit_types", ITEMS, KEYS)))
        names[Name.DEPARTMENT] = codes
        names[Name.RESPONSIBLE] = codes and codes.union(_texts([plan], ("departments", "groups", KEYS)))
        if isinstance(plan.at(("calendar",)), Mapping | None):
            names[Name.KIND] = frozenset([*_texts([plan], ("calendar", KEYS)), *BUILT_IN_KINDS])
    if indicators:
        names[Name.INDICATOR] = frozenset(_texts([indicators], ("indicators", KEYS)))
    return {name: known for name, known in names.items() if known or name is Name.RULE}


def check(spot: Spot, kind: str, names: Names) -> None:
    """Complain of every name in the file of `spot`, of the `kind` of file that it is, that nothing declares."""
    for pattern, name in REFERENCES[kind]:
        known = names.get(name)
        for path, text, at_key in _found(spot.source.root, pattern):
            if known is not None and text not in known and _is_well_formed(text, name):
                Spot(spot.source, spot.complaints, path).complain(
                    Text(f"没有这个{name.value.zh}：{quoted(text).zh}", f"unknown {name.value.en}: {quoted(text).en}"),
                    suggestion(text, known),
                    at_key,
                )


def _is_well_formed(text: str, name: Name) -> bool:
    """Whether `text` can be a name at all; of what cannot, the schema has complained."""
    return is_id(text) and not (":" in text and name in (Name.DEPARTMENT, Name.RESPONSIBLE))


def _texts(sources: list[Source], pattern: tuple[str, ...]) -> list[str]:
    return [text for source in sources for _, text, _ in _found(source.root, pattern)]


def _found(node: Node | None, pattern: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, str, bool]]:
    """Go through the texts that `pattern` leads to: their path, the text, and whether it is a key."""
    if not pattern:
        if isinstance(node, Scalar):
            yield path, node.text, False
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(node, Sequence) and step == ITEMS:
        for number, item in enumerate(node.items):
            yield from _found(item, rest, (*path, number))
    elif isinstance(node, Mapping) and step == KEYS:
        yield from (((*path, key.text), key.text, True) for key, _ in node.entries)
    elif isinstance(node, Mapping) and step == VALUES:
        for key, value in node.entries:
            yield from _found(value, rest, (*path, key.text))
    elif isinstance(node, Mapping):
        yield from _found(node.get(step), rest, (*path, step))
