"""Warnings about facts that are used all the same: repeated, of no use to any rule, or hardly believable.

Follows the warnings of "Input data" of the contract: one for each row and code, for every record without an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from checker.intake.contradictions import Settled
from checker.intake.wording import joined
from checker.model.fact import Fact, Spoiled
from checker.model.language import Text
from checker.model.number import ValueKind, shown, shown_percent
from checker.model.problem import Code, Place, Problem
from checker.model.rulebook import Check, Rulebook
from checker.model.unit import Unit
from checker.model.usage import Uses

_SAID = 3

Doubt = tuple[Fact, Code, Text]
_HINTS = {
    Code.REPEATED_FACT: Text("可删去其中一条", "one of them can be deleted"),
    Code.UNUSED_FACT: Text(
        "请核对期间，如学期指标应按学期填报", "check the period: a semester's figure needs a semester"
    ),
    Code.IMPLAUSIBLE: Text("请核实，确有其事则不必改动", "check it; leave it if it is right"),
}


def warnings(
    settled: Settled, spoiled: frozenset[Spoiled], rulebook: Rulebook, units: Mapping[str, Unit]
) -> list[Problem]:
    """Give every warning about the records of `settled`; `units` by id."""
    doubts = chain(
        _repeated(settled.copies),
        _unused(settled.records, rulebook),
        _unlikely(settled.records, rulebook, units),
        _inconsistent(settled.records, spoiled, rulebook),
    )
    gathered: dict[tuple[Place, Code], list[Text]] = {}
    for fact, code, message in doubts:
        gathered.setdefault((fact.place, code), []).append(message)
    return [Problem(code, _few(messages), _HINTS[code], place) for (place, code), messages in gathered.items()]


def _few(messages: list[Text]) -> Text:
    """Give the first few of what is said about one row: a whole document can stand on a single line."""
    said = joined(messages[:_SAID])
    more = len(messages) - _SAID
    return said if more <= 0 else Text(f"{said.zh}；另有 {more} 处", f"{said.en}; and {more} more")


def _repeated(copies: Iterable[tuple[Fact, Fact]]) -> Iterator[Doubt]:
    for copy, first in copies:
        where = first.place
        yield (
            copy,
            Code.REPEATED_FACT,
            Text(
                f"{copy.unit} {copy.indicator} {copy.period.code} 与 {where} 完全相同，只计一次",
                f"{copy.unit} {copy.indicator} {copy.period.code} stands at {where} already and is counted once",
            ),
        )


def _unused(records: Iterable[Fact], rulebook: Rulebook) -> Iterator[Doubt]:
    uses = Uses(rulebook)
    for fact in records:
        if not uses.include(fact.indicator, fact.period):
            name = rulebook.indicators[fact.indicator].name
            yield (
                fact,
                Code.UNUSED_FACT,
                Text(
                    f"没有规则用到“{name.zh}”在 {fact.period.code} 的数",
                    f"no rule uses {name.en} in {fact.period.code}",
                ),
            )


def _unlikely(records: Iterable[Fact], rulebook: Rulebook, units: Mapping[str, Unit]) -> Iterator[Doubt]:
    percents = {code for code, indicator in rulebook.indicators.items() if indicator.value is ValueKind.PERCENT}
    for fact in records:
        if fact.indicator in percents and fact.value is not None and fact.value > 1:
            name, came = rulebook.indicators[fact.indicator].name, shown_percent(fact.value)
            yield fact, Code.IMPLAUSIBLE, Text(f"“{name.zh}”是 {came}，超过 100%", f"{name.en} is {came}, over 100%")
        unit = units[fact.unit]
        if unit.opened and fact.period.last < unit.opened:
            message = Text(
                f"{unit.id} 到 {unit.opened} 才设立，期间 {fact.period.code} 在此之前",
                f"{unit.id} opened on {unit.opened}, after the period {fact.period.code}",
            )
            yield fact, Code.IMPLAUSIBLE, message
        if unit.closed and unit.closed <= fact.period.first:
            message = Text(
                f"{unit.id} 自 {unit.closed} 起已不存在，期间 {fact.period.code} 在此之后",
                f"{unit.id} closed on {unit.closed}, before the period {fact.period.code}",
            )
            yield fact, Code.IMPLAUSIBLE, message


def _inconsistent(records: list[Fact], spoiled: frozenset[Spoiled], rulebook: Rulebook) -> Iterator[Doubt]:
    involved = {code for check in rulebook.checks for code in (check.indicator, check.at_most)}
    standing: dict[tuple[str, str, str], tuple[int, Fact]] = {}
    for number, fact in enumerate(records):
        if fact.indicator in involved:
            key = (fact.unit, fact.indicator, fact.period.code)
            held = standing.get(key)
            if held is None or _is_later(fact, held[1]):
                standing[key] = number, fact
    for check in rulebook.checks:
        for (unit, indicator, code), (number, small) in standing.items():
            other = standing.get((unit, check.at_most, code)) if indicator == check.indicator else None
            if other and not _spoils(spoiled, small, other[1]) and _fails(small, other[1]):
                first = small if number < other[0] else other[1]
                yield first, Code.IMPLAUSIBLE, _more_than(small, other[1], check, rulebook)


def _is_later(fact: Fact, held: Fact) -> bool:
    return fact.reported is not None and (held.reported is None or fact.reported > held.reported)


def _spoils(spoiled: frozenset[Spoiled], *facts: Fact) -> bool:
    return any(Spoiled(fact.unit, fact.indicator, fact.period) in spoiled for fact in facts)


def _fails(small: Fact, large: Fact) -> bool:
    return small.value is not None and large.value is not None and small.value > large.value


def _more_than(small: Fact, large: Fact, check: Check, rulebook: Rulebook) -> Text:
    own, other = rulebook.indicators[check.indicator].name, rulebook.indicators[check.at_most].name
    came, limit = shown(small.value or 0), shown(large.value or 0)
    return Text(
        f"{small.unit} {small.period.code} 的“{own.zh}”{came} 多于“{other.zh}”{limit}",
        f"{small.unit} {small.period.code}: {own.en} {came} is more than {other.en} {limit}",
    )
