"""Waivers: dated, attributed permissions, and what is wrong with them.

Follows `unknown_rule` and `bad_waiver` of the contract.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.documents.node import Mapping as MappingNode
from checker.documents.node import Node, Scalar, Sequence
from checker.intake.document import nodes_of, unknown_keys
from checker.intake.header import Shape
from checker.intake.sources import LeftOut, Source
from checker.intake.table import read_table
from checker.intake.wording import cut, joined, listed, near, quoted
from checker.model.fact import Waiver
from checker.model.identity import is_id
from checker.model.language import Text
from checker.model.period import parse_date
from checker.model.problem import Code, Place, Problem
from checker.model.rulebook import Rulebook
from checker.model.unit import Unit

_COLUMNS = ("id", "rule", "unit", "periods", "from", "until", "reason", "approved_by")
_REQUIRED = ("id", "rule", "unit", "until", "reason", "approved_by")
_SHAPE = Shape({name: (name,) for name in _COLUMNS}, required=_REQUIRED)
_DAY = Text("请写成 2025-01-31", "write it as 2025-01-31")


@dataclass(frozen=True)
class Permit:
    """A waiver as written: its texts by column, the place of each, and the place of the whole."""

    texts: Mapping[str, str]
    places: Mapping[str, Place]
    place: Place

    def at(self, column: str) -> Place:
        """Give the place of a cell, also of one that is not there."""
        return self.places.get(column, self.place._replace(column=column))


Flaw = tuple[str, Text, Text]
"""The column at fault, what is wrong and the way out."""


Among = Callable[[Iterable[str]], Mapping[str, Unit]]
"""Gives the units whose ids are among some texts, and perhaps others."""


def read_waivers(
    sources: Iterable[Source], rulebook: Rulebook, among: Among | None, problems: list[Problem]
) -> list[Waiver]:
    """Give the sound waivers of all files and add what is wrong to `problems`; `among` None: units are not known."""
    permits: list[Permit] = []
    for source in sources:
        try:
            permits += READERS[source.path.suffix](source)
        except LeftOut as fault:
            problems += fault.problems
    times = Counter(permit.texts["id"] for permit in permits)
    examining = _Examining(rulebook, among(permit.texts["unit"] for permit in permits) if among else None)
    first: dict[str, Place] = {}
    waivers: list[Waiver] = []
    for permit in permits:
        name = permit.texts["id"]
        faults = list(examining.problems(permit, first.get(name) if name else None))
        first.setdefault(name, permit.place)
        problems += faults
        if not faults and times[name] == 1:
            waivers += examining.waiver(permit)
    return waivers


class _Examining:
    """Looks at waivers in the light of a rulebook and, where they are known, the units."""

    def __init__(self, rulebook: Rulebook, units: Mapping[str, Unit] | None) -> None:
        self._rulebook = rulebook
        self._units = units

    def problems(self, permit: Permit, earlier: Place | None) -> Iterator[Problem]:
        """Go through what is wrong with `permit`; `earlier` is where its id stands already."""
        name = permit.texts["rule"]
        if name and name not in self._rulebook.rules:
            message = Text(f"规则里没有 {cut(name)}", f"no rule {cut(name)} in the rulebook")
            hint = Text("请对照规则编号", "compare with the ids of rules")
            yield Problem(Code.UNKNOWN_RULE, message, near(name, self._rulebook.rules, hint), permit.at("rule"))
        flaws = sorted(
            [
                *self._empty(permit),
                *_id_flaws(permit, earlier),
                *self._unit(permit),
                *self._periods(permit),
                *_days(permit),
            ],
            key=lambda flaw: _COLUMNS.index(flaw[0]),
        )
        if flaws:
            message = joined(message for _, message, _ in flaws)
            hint = joined(hint for _, _, hint in flaws)
            yield Problem(Code.BAD_WAIVER, message, hint, permit.at(flaws[0][0]))

    def waiver(self, permit: Permit) -> Iterator[Waiver]:
        """Give the waiver that a faultless `permit` is, if the registry it was checked against is known."""
        told = permit.texts
        if self._units is not None and (until := parse_date(told["until"])):
            yield Waiver(
                id=told["id"],
                rule=told["rule"],
                unit=told["unit"],
                periods=_codes(permit),
                start=parse_date(told["from"]),
                until=until,
                reason=told["reason"],
                approved_by=told["approved_by"],
                place=permit.place,
            )

    def _empty(self, permit: Permit) -> Iterator[Flaw]:
        for column in _REQUIRED:
            if not permit.texts[column]:
                yield column, Text(f"没有填 {column}", f"{column} is empty"), Text("请填写", "fill it in")

    def _unit(self, permit: Permit) -> Iterator[Flaw]:
        name = permit.texts["unit"]
        if not name or self._units is None:
            return
        unit = self._units.get(name)
        if unit is None:
            message = Text(f"名册里没有编号 {cut(name)}", f"no unit with the id {cut(name)} in the registry")
            yield "unit", message, Text("豁免按编号写单位，请对照 units.csv", "waivers name units by id: see units.csv")
            return
        rule, plan = self._rulebook.rules.get(permit.texts["rule"]), self._rulebook.plan
        if rule and plan.level(unit.type) is not None and unit.type != rule.of_each.unit_type:
            own, asked = plan.type_name(unit.type), plan.type_name(rule.of_each.unit_type)
            message = Text(
                f"{unit.id} 是{own.zh}，规则 {rule.id} 只问{asked.zh}",
                f"{unit.id} is of type {own.en}, the rule {rule.id} asks only: {asked.en}",
            )
            yield "unit", message, Text("请改正规则或单位", "correct the rule or the unit")

    def _periods(self, permit: Permit) -> Iterator[Flaw]:
        rule = self._rulebook.rules.get(permit.texts["rule"])
        if rule is None:
            return
        asked = [period.code for period in self._rulebook.plan.periods(rule.every)]
        strange = [code for code in _codes(permit) if code not in asked]
        if strange:
            came, known = listed(strange), listed(asked)
            message = Text(f"规则 {rule.id} 没有期间 {came.zh}", f"the rule {rule.id} has no period {came.en}")
            yield (
                "periods",
                message,
                Text(f"可用的期间：{known.zh}，用 ; 分隔", f"its periods, separated by ;: {known.en}"),
            )


def _id_flaws(permit: Permit, earlier: Place | None) -> Iterator[Flaw]:
    name = permit.texts["id"]
    if name and not is_id(name):
        hint = Text("用字母、汉字、数字和 . _ - :，最多 64 个", "use letters, digits and . _ - :, at most 64")
        yield "id", Text(f"编号是{quoted(name).zh}", f"the id is {quoted(name).en}"), hint
    if earlier is not None:
        where = f"{earlier.file}:{earlier.row}"
        message = Text(
            f"编号 {cut(name)} 在 {where} 已有，都不生效", f"the id {cut(name)} stands at {where} too; none counts"
        )
        yield "id", message, Text("请另取编号", "choose another id")


def _days(permit: Permit) -> Iterator[Flaw]:
    for column in ("from", "until"):
        text = permit.texts[column]
        if text and parse_date(text) is None:
            came = quoted(text)
            yield column, Text(f"{column} 是{came.zh}，不是日期", f"{column} is {came.en}, which is no day"), _DAY
    start, until = parse_date(permit.texts["from"]), parse_date(permit.texts["until"])
    if start and until and until < start:
        message = Text(f"until {until} 早于 from {start}", f"until {until} is before from {start}")
        yield "until", message, Text("请对调或改正日期", "swap or correct the days")


def _codes(permit: Permit) -> tuple[str, ...]:
    codes = (code.strip() for code in permit.texts["periods"].split(";"))
    return tuple(code for code in codes if code)


def _from_table(source: Source) -> Iterator[Permit]:
    header, records = read_table(source, _SHAPE)
    for row, cells in records:
        texts = {name: cells[header.numbers[name]].strip() if name in header.numbers else "" for name in _COLUMNS}
        yield Permit(texts, {}, source.place(row))


def _from_document(source: Source) -> Iterator[Permit]:
    nodes = _unwrapped(nodes_of(source))
    problems = [problem for node in nodes for problem in _misshapen(source, node)]
    if problems:
        raise LeftOut(problems)
    for node in nodes:
        if isinstance(node, MappingNode):
            told = {key.text: value for key, value in node.entries}
            texts = {name: _text(told.get(name)) for name in _COLUMNS}
            places = {name: source.place(value.row, name) for name, value in told.items()}
            yield Permit(texts, places, source.place(node.row))


def _unwrapped(nodes: list[Node]) -> list[Node]:
    """Give the waivers of documents that are lists of them, or have such a list under `waivers`."""
    found: list[Node] = []
    for node in nodes:
        inner = node.get("waivers") if isinstance(node, MappingNode) and len(node.entries) == 1 else None
        held = node if inner is None else inner
        found.extend(held.items if isinstance(held, Sequence) else [held])
    return found


def _misshapen(source: Source, node: Node) -> Iterator[Problem]:
    if not isinstance(node, MappingNode):
        message = Text("这里应是一项豁免（键: 值）", "a waiver was expected here (key: value)")
        yield source.malformed(
            message, Text("写成列表，每项以 - id: … 开头", "write a list of items - id: …"), node.row
        )
        return
    yield from unknown_keys(source, node, _COLUMNS)
    for key, value in node.entries:
        items = value.items if isinstance(value, Sequence) and key.text == "periods" else (value,)
        if key.text in _COLUMNS and not all(isinstance(item, Scalar) for item in items):
            message = Text(f"{key.text} 应是一段文字", f"{key.text} has to be a text")
            yield source.malformed(message, Text("请写成 键: 文字", "write key: text"), value.row)


def _text(node: Node | None) -> str:
    if isinstance(node, Sequence):
        return ";".join(item.text for item in node.items if isinstance(item, Scalar))
    return node.text.strip() if isinstance(node, Scalar) else ""


READERS: dict[str, Callable[[Source], Iterable[Permit]]] = {
    ".csv": _from_table,
    ".yaml": _from_document,
    ".yml": _from_document,
}
